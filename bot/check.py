"""``digest-bot check``: article files in, their problems out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from digests.batch import MANY, Job, Read, Status, Wanted, open_pool, read_files, slices
from digests.model import Problem, Severity
from digests.rivals import Claim, winners
from digests.scan import Walk, look_at
from digests.topic_files import read_topics

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
LONG = 500
"""From so many files on, a progress bar is shown."""

TOGETHER = 100
"""Files read in one go, between two steps of the progress bar."""


@dataclass(slots=True)
class Findings:
    """What a check found. ``published`` leaves out what is published later: time plays no part."""

    files: int = 0
    published: int = 0
    topics: int = 0
    problems: list[Problem] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many problems keep something from being posted."""
        return sum(one.severity is Severity.ERROR for one in self.problems)

    def add(self, reads: list[Read]) -> None:
        """Take in what files said; of an article only what tells it from others is kept."""
        for one in reads:
            self.problems += one.problems
            self.files += one.status is not Status.GONE
            if one.record is not None:
                told = one.record
                self.claims.append(Claim(one.path, told.link, told.published_at, told.updated_at))


def run(path: Path, asset_base: str | None, *, as_json: bool) -> int:
    """Print every problem below a folder, or of one file; 1 if any is an error, else 0."""
    found = look(path, asset_base, quiet=as_json)
    summary = {
        "files": found.files,
        "published": found.published,
        "topics": found.topics,
        "errors": found.errors,
        "warnings": len(found.problems) - found.errors,
    }
    if as_json:
        problems = [asdict(one) for one in found.problems]
        click.echo(json.dumps({**summary, "problems": problems}))
    else:
        _print(found.problems, summary)
    return 1 if found.errors else 0


def look(path: Path, asset_base: str | None, *, quiet: bool) -> Findings:
    """Read everything below a folder, or one file; problems come sorted by file and line."""
    found = Findings()
    root = path if path.is_dir() else path.parent
    job = Job(root, asset_base, warnings=True)
    if path.is_dir():
        walk = Walk(path)
        wanted: list[Wanted] = [(one, "") for one in walk]
        found.problems += walk.problems
        topics = read_topics(path)
        found.topics = len(topics.definitions)
        found.problems += topics.problems
    else:
        wanted = [(look_at(root, path.name) or (path.name, 0, 0), "")]
    for reads in _read(job, wanted, quiet=quiet):
        found.add(reads)
    counting, doubles = winners(found.claims)
    found.published = len(counting)
    found.problems += doubles
    found.problems.sort()
    return found


def _read(job: Job, wanted: list[Wanted], *, quiet: bool) -> Iterator[list[Read]]:
    """Read files, many of them in two processes, with a progress bar where it takes long."""
    pieces = list(slices(wanted, TOGETHER))
    with ExitStack() as stack:
        if len(wanted) >= MANY:
            pool = open_pool()
            stack.callback(pool.shutdown, cancel_futures=True)
            under_way: list[Future[list[Read]]] = [
                pool.submit(read_files, job, piece) for piece in pieces
            ]
            results = (one.result() for one in _taken(under_way))
        else:
            results = (read_files(job, piece) for piece in pieces)
        if quiet or len(wanted) < LONG:
            yield from results
        else:
            yield from track(
                results,
                "Reading",
                total=len(pieces),
                console=Console(stderr=True),
                transient=True,
            )


def _taken(items: list[Future[list[Read]]]) -> Iterator[Future[list[Read]]]:
    """The items, let go one by one, so that what was taken in needs no memory any more."""
    items.reverse()
    while items:
        yield items.pop()


def _print(problems: list[Problem], summary: dict[str, int]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for path, group in groupby(problems, key=lambda one: one.path):
        console.print(f"[bold]{escape(path)}[/bold]")
        for one in group:
            style = _STYLE[one.severity]
            found = f"found {escape(one.found)}; " if one.found else ""
            console.print(
                f"  {one.line}:{one.column}  [{style}]{one.severity}[/{style}]  "
                f"{escape(one.code)}: {found}expected {escape(one.expected)}"
            )
            console.print(f"      [dim]{escape(one.mend)}[/dim]")
    told = {
        "files": "file",
        "published": "published article",
        "topics": "topic file",
        "errors": "error",
        "warnings": "warning",
    }
    console.print(", ".join(counted(summary[key], noun) for key, noun in told.items()))


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
