"""The command line: words and settings in, one of the program's jobs done, an exit code out.

0 done, 1 found problems or failed, 2 wrong usage or settings.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, NoReturn

import click
import discord
from rich.console import Console

from bot import app, check, config, logs
from digests.errors import DigestError, UnknownTopic
from digests.relay import TokenRevoked
from digests.storage import StorageError, open_database

_out = Console(highlight=False, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Delivers article digests in Discord."""


@cli.command()
def run() -> None:
    """Run the bot: log in, index ARTICLES_DIR, plan, send."""
    settings = _settings(needs_token=True)
    _finish(_run(settings))


@cli.command()
@click.option("--port", default=8765, show_default=True, help="Where the browser finds it.")
@click.option("--articles", type=click.Path(exists=True, file_okay=False, path_type=Path))
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
        _fail(f"The demo needs {error.name}: pip install 'digest-bot[demo]'", 1)
    logs.set_up("WARNING", "text")
    _finish(show(port, articles, language))


@cli.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON document.")
def check_(path: Path | None, as_json: bool) -> None:
    """Name every problem in article files, by line; PATH is a folder or a file."""
    settings = _settings()
    folder = path or settings.articles_dir
    if not folder.exists():
        _fail(f"There is no folder {folder}. Name one, or set ARTICLES_DIR.", 2)
    sys.exit(check.run(folder, settings.asset_base_url, as_json=as_json))


@cli.command()
@click.option("--topic", help="Only this topic.")
@click.option("--json", "as_json", is_flag=True, help="The embeds as Discord gets them.")
def preview(topic: str | None, as_json: bool) -> None:
    """Show the latest articles as the bot would post them; posts nothing."""
    _finish(check.preview(_settings(), topic, as_json=as_json))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON document.")
def status(as_json: bool) -> None:
    """Say what waits, what was sent and what is held."""
    _finish(_status(_settings(), as_json))


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    _finish(_migrate(_settings()))


async def _run(settings: config.Settings) -> None:
    async with app.open_app(settings, alone=True) as program:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, program.stop)
        await program.run(settings.require_token())


async def _status(settings: config.Settings, as_json: bool) -> None:
    async with app.open_app(settings) as program:
        found = await program.service.status()
        running = await program.service.processes(app.clock())
    stopped = [one for one in running if one.stopped_until is not None]
    found |= {"processes": len(running), "processes_stopped": len(stopped)}
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, number in found.items():
        _out.print(f"{name.replace('_', ' '):<18} {number:>9,}")
    for one in stopped:
        _out.print(
            f"Sending is stopped until {one.stopped_until:%H:%M} UTC: {one.stopped_because}."
        )


async def _migrate(settings: config.Settings) -> None:
    database = open_database(settings.database_url)
    try:
        before, after = await database.migrate()
    finally:
        await database.close()
    if before == after:
        _out.print(f"The database is up to date (schema {after}).")
    else:
        _out.print(f"The database went from schema {before or 'nothing'} to {after}.")


def _settings(*, needs_token: bool = False) -> config.Settings:
    try:
        settings = config.load()
        if needs_token:
            settings.require_token()
    except config.SettingError as error:
        _fail(str(error), 2)
    secrets = (settings.token or "", settings.database_password or "")
    logs.set_up(settings.log_level, settings.log_format, secrets)
    return settings


def _finish(job: Coroutine[Any, Any, None]) -> None:
    """Run a job to its end; every foreseeable failure is one line and an exit code."""
    try:
        asyncio.run(job)
    except KeyboardInterrupt:
        sys.exit(0)
    except (TokenRevoked, discord.LoginFailure):
        _fail(
            "Discord does not accept DISCORD_TOKEN. Make a new one in the developer portal and "
            "start again; what was promised is still there and will be sent.",
            1,
        )
    except UnknownTopic as error:
        near = " or ".join(error.nearest)
        _fail(f"{error} Did you mean {near}?" if near else str(error), 1)
    except (DigestError, StorageError, OSError, discord.DiscordException) as error:
        _fail(str(error).partition("\n")[0] or type(error).__name__, 1)


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"digest-bot: {message}", err=True)
    sys.exit(code)


def main() -> NoReturn:
    """The program."""
    cli(prog_name="digest-bot")
    raise SystemExit
