"""The command line: words and settings in, one of the program's jobs done, an exit code out.

0 done, 1 found problems or failed, 2 wrong usage or settings.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import click

from bot import check, config, logs
from bot.failure import Failure, WrongUsage


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Delivers article digests in Discord."""


@cli.command()
def run() -> None:
    """Run the bot: log in, index ARTICLES_DIR, plan, send."""
    settings = _settings(needs_token=True)
    jobs = _jobs()
    jobs.finish(jobs.run(settings))


@cli.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8765,
    show_default=True,
    help="Where the browser finds it.",
)
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of your own articles, in place of the samples; it is copied.",
)
@click.option(
    "--language",
    default="en-US",
    show_default=True,
    metavar="LOCALE",
    help="What everybody there speaks, like de or fr.",
)
def demo(port: int, articles: Path | None, language: str) -> None:
    """Show the bot in your browser: no token, no internet."""
    try:
        from bot.demo import show  # noqa: PLC0415 - what it needs is an optional extra
    except ModuleNotFoundError as error:
        raise Failure(f"The demo needs {error.name}: pip install 'digest-bot[demo]'") from None
    from bot.language import LANGUAGES  # noqa: PLC0415 - slow to load, and only needed here

    if language.partition("-")[0] not in LANGUAGES:
        raise WrongUsage(f"There is no language {language}. There are: {', '.join(LANGUAGES)}.")
    logs.set_up("WARNING", "text")
    _jobs().finish(show(port, articles, language))


@cli.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON document.")
def check_(path: Path | None, as_json: bool) -> None:
    """Name every problem in article files, by line; PATH is a folder or a file."""
    settings = _settings()
    folder = path or _library(settings)
    sys.exit(check.run(folder, settings.asset_base_url, as_json=as_json))


@cli.command()
@click.option("--topic", help="Only this topic.")
@click.option("--json", "as_json", is_flag=True, help="The embeds as Discord gets them.")
def preview(topic: str | None, as_json: bool) -> None:
    """Show the latest articles as the bot would post them; posts nothing."""
    settings, jobs = _settings(), _jobs()
    _library(settings)
    jobs.finish(jobs.preview(settings, topic, as_json=as_json))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON document.")
def status(as_json: bool) -> None:
    """Say what waits, what was sent and what is held."""
    settings, jobs = _settings(), _jobs()
    jobs.finish(jobs.status(settings, as_json=as_json))


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    settings, jobs = _settings(), _jobs()
    jobs.finish(jobs.migrate(settings))


def _library(settings: config.Settings) -> Path:
    if not settings.articles_dir.is_dir():
        raise WrongUsage(
            f"There is no folder {settings.articles_dir}. Name one, or set ARTICLES_DIR."
        )
    return settings.articles_dir


def _settings(*, needs_token: bool = False) -> config.Settings:
    try:
        settings = config.load()
        if needs_token:
            settings.require_token()
    except config.SettingError as error:
        raise WrongUsage(str(error)) from None
    secrets = (settings.token or "", settings.database_password or "")
    logs.set_up(settings.log_level, settings.log_format, secrets)
    return settings


def _jobs() -> ModuleType:
    from bot import jobs  # noqa: PLC0415 - it takes long to load; whoever only checks needs none

    return jobs


def main() -> NoReturn:
    """The program."""
    cli(prog_name="digest-bot")
    raise SystemExit
