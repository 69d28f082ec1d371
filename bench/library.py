"""The catalog at scale, beside what it is compared to: ``python -m bench.library --count 100000``.

Prints, all from one run over the same made-up files:

    cold    CPU and time of a first index, against a loop of python-frontmatter that only parses
    warm    a look when nothing changed, against a bare walk with os.scandir and lstat
    watch   from saving ten files until they are indexed
    memory  the peak of this process, and of it and its two readers together
    held    the longest time that the event loop stood still

Every part runs in a process of its own, so that none pays for another.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

Figures = dict[str, float]


def main() -> None:
    """Make the library, measure each part in its own process, print the ratios."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=5_000, help="articles (default: 5000)")
    options.add_argument("--repeat", type=int, default=1, help="runs; the best of each counts")
    options.add_argument("--library", type=Path, help="use (and keep) the library in this folder")
    options.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    options.add_argument("--database", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.part:
        print(json.dumps(PARTS[given.part](given.library, given.database)))
        return
    with tempfile.TemporaryDirectory(prefix="digest-bot-bench-") as scratch:
        folder = given.library or Path(scratch) / "articles"
        if not folder.exists():
            print(f"writing {given.count:,} articles …", flush=True)
            _make(folder, given.count)
        runs = [_run(folder, Path(scratch) / f"bench-{run}.db") for run in range(given.repeat)]
    _print(runs)


def _make(folder: Path, count: int) -> None:
    from bench.articles import write_library  # noqa: PLC0415 - what is measured starts small

    write_library(folder, count)
    time.sleep(2.5)  # what was written a moment ago counts as still being written


def _run(folder: Path, database: Path) -> dict[str, Figures]:
    return {part: _part(part, folder, database) for part in PARTS}


def _part(part: str, folder: Path, database: Path) -> Figures:
    command = [sys.executable, "-m", "bench.library", "--part", part]
    command += ["--library", str(folder), "--database", str(database)]
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    print(f"  {part:<10}", {name: round(value, 4) for name, value in figures.items()}, flush=True)
    return figures


def _print(runs: list[dict[str, Figures]]) -> None:
    def least(ratio: Callable[[dict[str, Figures]], float]) -> float:
        return min(ratio(run) for run in runs)

    files = runs[0]["cold"]["files"]
    print(f"\n{files:,.0f} articles, the best of {len(runs)} run(s)         measured   at most")
    for name, value, most, unit in (
        ("cold CPU / a bare python-frontmatter loop's", _ratio("cold", "loop", "cpu"), 0.9, "x"),
        ("cold time / the loop's", _ratio("cold", "loop", "wall"), 0.6, "x"),
        ("warm CPU / a bare scandir + lstat walk's", _ratio("warm", "walk", "cpu"), 1.8, "x"),
        ("ten files saved until indexed", lambda run: run["watch"]["seconds"], 1.0, "s"),
        ("peak memory of the process", lambda run: run["cold"]["peak_mb"], 150, "MB"),
        ("event loop held", lambda run: run["cold"]["held_ms"], 50, "ms"),
        ("… by its own work", lambda run: run["cold"]["held_by_itself_ms"], 50, "ms"),
    ):
        print(f"{name:<48} {least(value):>8.2f} {unit:<3} {most:>6} {unit}")
    children = max(run["cold"]["readers_mb"] for run in runs)
    print(f"(its two readers: at most {children:.0f} MB each)")


def _ratio(part: str, other: str, figure: str) -> Callable[[dict[str, Figures]], float]:
    return lambda run: run[part][figure] / run[other][figure]


# ── what is measured ─────────────────────────────────────────────────────────────────────────


def _cpu() -> float:
    """User and system time of this process and of those it has seen end, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def loop(folder: Path, _: Path) -> Figures:
    """python-frontmatter over every file, one after the other; what it says is dropped."""
    import frontmatter  # noqa: PLC0415 - its own part's cost

    paths = [str(path) for path in folder.rglob("*.md")]
    cpu, wall = _cpu(), time.perf_counter()
    for path in paths:
        frontmatter.load(path)
    return {"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall, "files": len(paths)}


def walk(folder: Path, unused: Path) -> Figures:  # noqa: ARG001 - the parts are called alike
    """Every file's time and size, and nothing else."""
    runs = []
    for _ in range(3):
        cpu, wall = _cpu(), time.perf_counter()
        count = _bare_walk(str(folder))
        runs.append({"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall, "files": count})
    return min(runs, key=lambda run: run["cpu"])


def _bare_walk(folder: str) -> int:
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += _bare_walk(entry.path)
            else:
                os.lstat(entry.path)
                count += 1
    return count


def cold(folder: Path, database: Path) -> Figures:
    """The first index of all, into an empty database."""
    return asyncio.run(_cold(folder, database))


async def _cold(folder: Path, database: Path) -> Figures:
    from digests.catalog import Catalog  # noqa: PLC0415 - as above
    from digests.storage import open_database  # noqa: PLC0415

    opened = open_database(f"sqlite:///{database}")
    await opened.migrate()
    catalog = Catalog(opened, folder, max_age=timedelta(days=14))
    gc.collect()
    gc.freeze()  # as the program does when it begins to work
    gc.set_threshold(50_000)
    held: list[float] = []
    busy: list[float] = []
    watching = asyncio.create_task(_watch_the_loop(held, busy))
    watching_readers = asyncio.create_task(_watch_readers(peaks := [0.0]))
    cpu, wall = _cpu(), time.perf_counter()
    changes = await catalog.refresh(datetime.now(UTC))
    figures = {"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall}
    watching.cancel()
    watching_readers.cancel()
    await opened.close()
    held.sort()
    return figures | {
        "files": changes.files,
        "published": changes.published,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "readers_mb": max(peaks),
        "held_ms": 1000 * held[-1],
        "held_by_itself_ms": 1000 * max(busy),
        "held_99.9%_ms": 1000 * held[int(len(held) * 0.999)],
    }


async def _watch_the_loop(held: list[float], busy: list[float]) -> None:
    """How much later than asked for the event loop came back, every 2 ms.

    ``busy`` is how long its thread really worked meanwhile: the rest it waited, for Python's lock
    or because the machine was doing something else.
    """
    while True:
        before, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(0.002)
        held.append(time.perf_counter() - before - 0.002)
        busy.append(time.thread_time() - worked)


async def _watch_readers(peaks: list[float]) -> None:
    """The most memory that any process beside this one has taken so far, in MB."""
    while True:
        await asyncio.sleep(0.5)
        for process in multiprocessing.active_children():
            with suppress(OSError):
                status = await asyncio.to_thread(Path(f"/proc/{process.pid}/status").read_text)
                peaks += [int(one) / 1024 for one in re.findall(r"VmHWM:\s+(\d+)", status)]


def warm(folder: Path, database: Path) -> Figures:
    """A new process looks, and nothing has changed: the first time, and the times after."""
    return asyncio.run(_warm(folder, database))


async def _warm(folder: Path, database: Path) -> Figures:
    from digests.catalog import Catalog  # noqa: PLC0415
    from digests.storage import open_database  # noqa: PLC0415

    opened = open_database(f"sqlite:///{database}")
    catalog = Catalog(opened, folder, max_age=timedelta(days=14))
    runs = []
    for _ in range(4):
        cpu, wall = _cpu(), time.perf_counter()
        changes = await catalog.refresh(datetime.now(UTC))
        runs.append({"cpu": _cpu() - cpu, "wall": time.perf_counter() - wall})
        assert changes.read == 0, changes
    await opened.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first = {f"first_{name}": value for name, value in runs[0].items()}
    return min(runs[1:], key=lambda run: run["cpu"]) | first | {"peak_mb": peak}


def watch(folder: Path, database: Path) -> Figures:
    """Ten files are saved while the program watches."""
    return asyncio.run(_watch(folder, database))


async def _watch(folder: Path, database: Path) -> Figures:
    from bench.articles import articles  # noqa: PLC0415
    from bot.library import Keeper  # noqa: PLC0415
    from digests.catalog import Catalog  # noqa: PLC0415
    from digests.storage import library, open_database  # noqa: PLC0415

    opened = open_database(f"sqlite:///{database}")
    catalog = Catalog(opened, folder, max_age=timedelta(days=14))
    async with opened.read() as connection:
        there = await library.count_published(connection)
    changed, stopping = asyncio.Event(), asyncio.Event()
    keeper = Keeper(catalog, lambda: datetime.now(UTC), stopping, changed.set)
    work = asyncio.create_task(keeper.run())
    await keeper.watching.wait()
    new = folder / "0000"
    names = []
    before = time.perf_counter()
    for name, text in articles(10, seed=os.getpid()):
        names.append(new / f"new-{name}")
        names[-1].write_text(text.replace("published: false", "published: true"))
    async with asyncio.timeout(30):
        found = there
        while found < there + len(names):
            await changed.wait()
            changed.clear()
            async with opened.read() as connection:
                found = await library.count_published(connection)
    seconds = time.perf_counter() - before
    for path in names:
        path.unlink()
    stopping.set()
    await work
    await opened.close()
    return {"seconds": seconds}


PARTS: dict[str, Callable[[Path, Path], Figures]] = {
    "loop": loop,
    "cold": cold,
    "walk": walk,
    "warm": warm,
    "watch": watch,
}

if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
