"""The library while the program runs: what is saved is indexed, whatever happens to the folders."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.library import Keeper
from digests.storage import open_database
from tests.build import file_text, write_file
from tests.shelf import Shelf, write_topic


def now() -> datetime:
    return datetime.now(UTC)


class Running:
    """A keeper at work on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.changed = asyncio.Event()
        self.stopping = asyncio.Event()
        self.keeper = Keeper(shelf.catalog, now, self.stopping, self.changed.set)

    async def until(self, *titles: str) -> None:
        """Wait until exactly these articles are published."""
        async with asyncio.timeout(30):
            while set(await self.shelf.published()) != set(titles):
                await self.changed.wait()
                self.changed.clear()


@asynccontextmanager
async def running(shelf: Shelf) -> AsyncIterator[Running]:
    here = Running(shelf)
    work = asyncio.create_task(here.keeper.run())
    try:
        yield here
    finally:
        here.stopping.set()
        await asyncio.wait_for(work, 20)


@pytest.fixture
async def shelf(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Shelf]:
    folder = tmp_path / "library" / "articles"
    folder.mkdir(parents=True)
    database = open_database(sqlite_url)
    yield Shelf(database, folder)
    await database.close()


async def test_a_saved_file_is_indexed_and_a_deleted_one_withdrawn(shelf: Shelf) -> None:
    write_file(shelf.folder, 1)
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        await here.until("Article 1")
        path = write_file(shelf.folder, 2)
        await here.until("Article 1", "Article 2")
        path.unlink()
        await here.until("Article 1")


async def test_a_file_that_replaces_another_is_indexed(shelf: Shelf) -> None:
    """As most editors save: a new file, renamed over the old one."""
    path = write_file(shelf.folder, 1)
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        new = shelf.folder / ".article.md.tmp"
        new.write_text(file_text(1, title="Saved"))
        new.rename(path)
        await here.until("Saved")


async def test_new_folders_are_watched(shelf: Shelf) -> None:
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        below = shelf.folder / "2026" / "11"
        below.mkdir(parents=True)
        write_file(below, 1)
        await here.until("Article 1")
        write_file(below, 2)
        await here.until("Article 1", "Article 2")
        shutil.move(below, shelf.folder / "moved")
        write_file(shelf.folder / "moved", 3)
        await here.until("Article 1", "Article 2", "Article 3")
        shutil.rmtree(shelf.folder / "moved")
        await here.until()


async def test_a_folder_that_comes_later_is_indexed(shelf: Shelf) -> None:
    shelf.folder.rmdir()
    async with running(shelf) as here:
        await here.keeper.indexed.wait()
        shelf.folder.mkdir()
        write_file(shelf.folder, 1)
        await here.until("Article 1")


async def test_topic_files_beside_the_library_are_watched(shelf: Shelf) -> None:
    topics = shelf.folder.parent / "topics"
    write_topic(topics, "AI")
    write_file(shelf.folder, 1, topics=["Robots"])
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        write_topic(topics, "Robots", "parent: AI\n")
        async with asyncio.timeout(20):
            while not await shelf.on("AI"):
                await asyncio.sleep(0.05)


async def test_an_article_comes_out_when_its_time_comes(shelf: Shelf) -> None:
    soon = now() + timedelta(seconds=2)
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        when = f"{soon:%Y-%m-%dT%H:%M:%SZ}"
        (shelf.folder / "soon.md").write_text(file_text(1, publishedDateTime=when))
        await here.until("Article 1")
        (article,) = (await shelf.published()).values()
        assert now() >= article.article.published_at


async def test_a_file_that_is_written_slowly_is_published_whole(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    text = file_text(1)
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        path = shelf.folder / "slow.md"
        for end in range(0, len(text), 40):
            path.write_text(text[:end])
            await asyncio.sleep(0.1)
        path.write_text(text)
        await here.until("Article 1")
    assert "expected" not in caplog.text


async def test_many_changes_at_once_are_all_seen(shelf: Shelf) -> None:
    async with running(shelf) as here:
        await here.keeper.watching.wait()
        for number in range(200):
            write_file(shelf.folder, number)
        await here.until(*(f"Article {number}" for number in range(200)))


async def test_stopping_ends_a_long_refresh(shelf: Shelf) -> None:
    for number in range(300):
        write_file(shelf.folder, number)
    async with running(shelf) as here:
        await asyncio.sleep(0)
        here.stopping.set()
    assert len(await shelf.published()) <= 300
