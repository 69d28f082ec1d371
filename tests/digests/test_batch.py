"""Many files: read in this process or in others, with the same result, and compactly."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import pickle
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.batch import Job, Status, open_pool, read_anew, read_files, reader_version, slices
from digests.model import Article
from digests.record import to_article, to_record
from digests.scan import Walk
from digests.storage import Database, library
from tests.build import NOW, article, file_text, publish, write_file

SECRET = "OPAQUE" * 30


def job(folder: Path, *, warnings: bool = False) -> Job:
    return Job(folder, None, NOW, warnings)


def test_what_a_file_comes_to(folder: Path) -> None:
    texts = {
        "published.md": file_text(1),
        "scheduled.md": file_text(-1),
        "unpublished.md": file_text(1, published=False),
        "removed.md": file_text(1, removed="true"),
        "broken.md": "",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    found = {one.path: one for one in read_anew(job(folder), [*texts, "gone.md"])}
    assert {path: one.status for path, one in found.items()} == {
        "published.md": Status.PUBLISHED,
        "scheduled.md": Status.SCHEDULED,
        "unpublished.md": Status.UNPUBLISHED,
        "removed.md": Status.UNPUBLISHED,
        "broken.md": Status.BROKEN,
        "gone.md": Status.GONE,
    }


def test_of_what_is_not_published_no_word_comes_back(folder: Path) -> None:
    write_file(folder, 1, published=False, title="SEALED", secured=f'"{SECRET}"')
    write_file(folder, -1, title="SEALED")
    write_file(folder, 2, secured=f'"{SECRET}"')
    found = pickle.dumps(read_files(job(folder), [(one, "") for one in Walk(folder)]))
    assert b"SEALED" not in found
    assert SECRET[:20].encode() not in found


def test_known_bytes_are_not_read_again(folder: Path) -> None:
    write_file(folder, 1)
    (seen,) = Walk(folder)
    (first,) = read_files(job(folder), [(seen, "")])
    (second,) = read_files(job(folder), [(seen, first.hash)])
    assert (second.status, second.record) == (Status.SAME, None)


def test_warnings_come_back_only_if_wanted(folder: Path) -> None:
    write_file(folder, 1, heat="-1")
    path = next(folder.iterdir()).name
    assert read_anew(job(folder), [path])[0].problems == ()
    codes = {one.code for one in read_anew(job(folder, warnings=True), [path])[0].problems}
    assert "heat-not-measured" in codes


def test_other_processes_read_the_same(folder: Path) -> None:
    for number in range(20):
        write_file(folder, number)
    wanted = [(one, "") for one in Walk(folder)]
    pool = open_pool()
    try:
        assert pool.submit(read_files, job(folder), wanted).result() == read_files(
            job(folder), wanted
        )
    finally:
        pool.shutdown()


def _pool_in_a_doomed_process(pids: multiprocessing.Queue[list[int]]) -> None:
    pool = open_pool()
    pids.put(list(pool._processes))
    time.sleep(60)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc who is there")
async def test_readers_do_not_outlive_a_killed_program() -> None:
    context = multiprocessing.get_context("spawn")
    pids: multiprocessing.Queue[list[int]] = context.Queue()
    parent = context.Process(target=_pool_in_a_doomed_process, args=(pids,))
    parent.start()
    readers = await asyncio.to_thread(pids.get, timeout=30)
    assert parent.pid is not None
    os.kill(parent.pid, signal.SIGKILL)
    await asyncio.to_thread(parent.join)
    async with asyncio.timeout(20):
        while any(_runs(pid) for pid in readers):
            await asyncio.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_the_reader_has_one_version_until_something_about_it_changes() -> None:
    assert reader_version(None) == reader_version(None)
    assert reader_version(None) != reader_version("https://news.example")
    assert 0 <= reader_version(None) < 2**63


@given(st.lists(st.integers()), st.integers(1, 5))
def test_slices_leave_nothing_out(items: list[int], size: int) -> None:
    pieces = list(slices(items, size))
    assert [one for piece in pieces for one in piece] == items
    assert all(0 < len(piece) <= size for piece in pieces)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.builds(lambda title, excerpt: article(1, title=title, excerpt=excerpt), TEXTS, TEXTS))
def test_a_record_is_the_article(written: Article) -> None:
    told = to_record(written)
    back = to_article(
        json.loads(told.body),
        link=told.link,
        published_at=told.published_at,
        quality=told.quality,
        heat=told.heat,
    )
    assert back == written


async def test_quotes_in_texts_survive_the_database(database: Database) -> None:
    written = article(1, title='"\\ \u2028 {}', excerpt="it's \\u0041 null")
    (id_,) = await publish(database, written)
    async with database.read() as connection:
        assert (await library.published(connection, [id_]))[id_].article == written
