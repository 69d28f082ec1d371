"""The folder and the catalog: what is new, changed, moved, withdrawn, and what never gets in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from digests.catalog import Catalog
from digests.model import Published
from digests.storage import Database, library
from tests.build import NOW, write_file

LATER = NOW + timedelta(minutes=1)


class Library:
    """A folder of articles, its catalog, and what can be asked of it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.catalog = Catalog(database, folder, max_age=timedelta(days=14))

    async def published(self) -> dict[str, Published]:
        """What is published, by title."""
        async with self.database.read() as connection:
            topics = await library.list_topics(connection)
            found = await library.latest(connection, [one.id for one in topics], 100)
        return {one.article.title: one for one in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def shelf(database: Database, folder: Path) -> Library:
    return Library(database, folder)


async def test_published_files_are_indexed_and_others_are_not(shelf: Library) -> None:
    write_file(shelf.folder, 1)
    write_file(shelf.folder, 2, published=False)
    write_file(shelf.folder, 3, removed="true")
    (shelf.folder / "broken.md").write_text("---\ntitle: [\n---\n")
    (shelf.folder / "notes.txt").write_text("not an article")
    changes = await shelf.catalog.refresh(NOW)
    assert (changes.files, changes.read, changes.published) == (4, 4, 1)
    assert set(await shelf.published()) == {"Article 1"}
    assert any(one.path == "broken.md" for one in changes.problems)


async def test_sequences_follow_the_time_of_publication(shelf: Library) -> None:
    for number in (1, 3, 2):
        write_file(shelf.folder, number)
    await shelf.catalog.refresh(NOW)
    found = await shelf.published()
    assert [found[f"Article {n}"].sequence for n in (3, 2, 1)] == [1, 2, 3]


async def test_nothing_changed_is_nothing_done(shelf: Library) -> None:
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(LATER + timedelta(days=400))
    changes = await shelf.catalog.refresh(LATER + timedelta(days=400))
    assert (changes.read, changes.anything) == (0, False)


async def test_a_file_that_may_still_be_written_is_looked_at_again(shelf: Library) -> None:
    """A change within the tick of the file's time, of the same size, does not go unseen."""
    path = write_file(shelf.folder, 1)
    now = NOW.fromtimestamp(path.stat().st_mtime, NOW.tzinfo)
    await shelf.catalog.refresh(now)
    changes = await shelf.catalog.refresh(now)
    assert (changes.read, changes.anything) == (1, False)


async def test_a_changed_article_keeps_its_number(shelf: Library) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    path.write_text(path.read_text().replace("What article 1 says", "Corrected words"))
    changes = await shelf.catalog.refresh(LATER)
    after = (await shelf.published())["Article 1"]
    assert changes.changed == 1
    assert after.article.excerpt == "Corrected words."
    assert (after.id, after.sequence) == (before.id, before.sequence)


async def test_a_moved_file_is_the_same_article(shelf: Library) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    (shelf.folder / "archive").mkdir()
    path.rename(shelf.folder / "archive" / "renamed.md")
    changes = await shelf.catalog.refresh(LATER)
    assert (changes.published, changes.withdrawn) == (0, 0)
    assert (await shelf.published())["Article 1"] == before


async def test_a_deleted_file_withdraws_its_article(shelf: Library) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    path.unlink()
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 1
    assert await shelf.published() == {}


async def test_unpublishing_withdraws_and_publishing_again_is_not_new(shelf: Library) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    write_file(shelf.folder, 1, published=False)
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 1
    assert await shelf.published() == {}
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(LATER)
    assert (await shelf.published())["Article 1"].sequence == before.sequence
    del path


async def test_an_article_of_the_future_waits_for_its_time(shelf: Library) -> None:
    write_file(shelf.folder, -60)  # an hour ahead
    await shelf.catalog.refresh(NOW)
    assert await shelf.published() == {}
    await shelf.catalog.refresh(NOW + timedelta(minutes=61))
    assert set(await shelf.published()) == {"Article -60"}


async def test_an_old_article_is_catalogued_but_not_announced(shelf: Library) -> None:
    write_file(shelf.folder, 1)
    write_file(shelf.folder, 60 * 24 * 15)
    await shelf.catalog.refresh(NOW)
    found = await shelf.published()
    assert found["Article 1"].announced
    assert not found[f"Article {60 * 24 * 15}"].announced


async def test_two_files_of_one_link_are_one_article(shelf: Library) -> None:
    write_file(shelf.folder, 1)
    (shelf.folder / "copy.md").write_text((shelf.folder / "2026-11-15-article-1.md").read_text())
    await shelf.catalog.refresh(NOW)
    assert len(await shelf.published()) == 1
    (shelf.folder / "copy.md").unlink()
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 0
    assert len(await shelf.published()) == 1


async def test_a_folder_that_is_missing_withdraws_nothing(shelf: Library) -> None:
    """A disk that is not mounted is no reason to withdraw the whole library."""
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    shelf.folder.rename(shelf.folder.with_name("away"))
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 0
    assert len(await shelf.published()) == 1


async def test_many_files_are_stored_in_batches(shelf: Library) -> None:
    for number in range(450):
        write_file(shelf.folder, number)
    seen: list[tuple[int, int]] = []
    shelf.catalog.progress = lambda done, total: seen.append((done, total))
    changes = await shelf.catalog.refresh(NOW)
    assert changes.published == 450
    assert seen[-1] == (450, 450)
