"""``digest-bot check`` and ``preview``: article files in, their problems or their cards out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bot import render
from bot.app import open_app
from bot.config import Settings
from digests.articles import read_article
from digests.catalog import scan
from digests.files import read_bytes
from digests.model import Problem, Reading, Severity

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
LONG = 500
"""From so many files on, a progress bar is shown."""


def run(path: Path, asset_base: str | None, *, as_json: bool) -> int:
    """Print every problem below a folder, or of one file; 1 if any is an error, else 0."""
    paths = [path] if not path.is_dir() else sorted(path / one.path for one in scan(path))
    root = path if path.is_dir() else path.parent
    readings = list(_read(root, paths, asset_base, quiet=as_json))
    problems = sorted(problem for one in readings for problem in one.problems)
    errors = sum(one.severity is Severity.ERROR for one in problems)
    summary = {
        "files": len(paths),
        "published": sum(one.article is not None and one.public for one in readings),
        "errors": errors,
        "warnings": len(problems) - errors,
    }
    if as_json:
        click.echo(json.dumps({**summary, "problems": [asdict(one) for one in problems]}))
    else:
        _print(problems, summary)
    return 1 if errors else 0


def _read(
    root: Path, paths: list[Path], asset_base: str | None, *, quiet: bool
) -> Iterator[Reading]:
    shown: Iterable[Path] = paths
    if not quiet and len(paths) >= LONG:
        shown = track(paths, "Reading", console=Console(stderr=True), transient=True)
    for path in shown:
        data = read_bytes(root, path)
        if isinstance(data, Problem):
            yield Reading(None, False, (data,))
        else:
            yield read_article(data, path.relative_to(root).as_posix(), asset_base=asset_base)


def _print(problems: list[Problem], summary: dict[str, int]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for path, group in groupby(problems, key=lambda one: one.path):
        console.print(f"[bold]{escape(path)}[/bold]")
        for one in group:
            style = _STYLE[one.severity]
            console.print(
                f"  {one.line}:{one.column}  [{style}]{one.severity}[/{style}]  "
                f"{escape(one.code)}: found {escape(one.found)}; expected {escape(one.expected)}"
            )
            console.print(f"      [dim]{escape(one.mend)}[/dim]")
    console.print(
        "{files} files, {published} published articles, {errors} errors, "
        "{warnings} warnings".format(**summary)
    )


async def preview(settings: Settings, topic: str | None, *, as_json: bool) -> None:
    """Print the latest published articles as they would be posted."""
    async with open_app(settings) as app:
        await app.refresh()
        found = await app.service.latest(topic)
    embeds = render.embeds([one.article for one in found])
    if as_json:
        click.echo(json.dumps([one.to_dict() for one in embeds], ensure_ascii=False))
        return
    console = Console(highlight=False)
    for embed in embeds:
        console.rule(style="dim")
        console.print(f"[dim]{escape(embed.author.name or '')}[/dim]")
        console.print(f"[bold]{escape(embed.title or '')}[/bold]\n[blue]{embed.url}[/blue]")
        console.print(escape(embed.description or ""))
        console.print(f"[dim]{embed.image.url or 'no picture'}[/dim]")
        for line in embed.fields:
            console.print(f"[bold]{line.name}[/bold]\n{escape(line.value or '')}")
        console.print(f"[dim]{escape(embed.footer.text or '')} · {embed.timestamp}[/dim]")
    console.print(f"\n{len(embeds)} articles; nothing was posted.")
