"""The folder and the catalog: what is new, changed, moved, withdrawn, and what never gets in."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from digests.batch import MANY
from digests.scan import Walk, is_article
from digests.storage import files, library
from tests.build import NOW, article, file_text, publish, write_file
from tests.shelf import LATER, Shelf, age

DAY = timedelta(days=1)


async def test_published_files_are_indexed_and_others_are_not(shelf: Shelf) -> None:
    write_file(shelf.folder, 1)
    write_file(shelf.folder, 2, published=False)
    write_file(shelf.folder, 3, removed="true")
    broken = shelf.folder / "broken.md"
    broken.write_text("---\ntitle: [\n---\n")
    age(broken, NOW - DAY)
    (shelf.folder / "notes.txt").write_text("not an article")
    changes = await shelf.catalog.refresh(NOW)
    assert (changes.files, changes.read, changes.published) == (4, 4, 1)
    assert set(await shelf.published()) == {"Article 1"}
    assert any(one.path == "broken.md" for one in changes.problems)


async def test_sequences_follow_the_time_of_publication(shelf: Shelf) -> None:
    for number in (1, 3, 2):
        write_file(shelf.folder, number)
    await shelf.catalog.refresh(NOW)
    found = await shelf.published()
    assert [found[f"Article {n}"].sequence for n in (3, 2, 1)] == [1, 2, 3]


async def test_nothing_changed_is_nothing_done(shelf: Shelf) -> None:
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(LATER + timedelta(days=400))
    changes = await shelf.catalog.refresh(LATER + timedelta(days=400))
    assert (changes.read, changes.anything) == (0, False)


async def test_a_file_that_may_still_be_written_is_looked_at_again(shelf: Shelf) -> None:
    """A change within the tick of the file's time, of the same size, does not go unseen."""
    path = write_file(shelf.folder, 1)
    now = NOW.fromtimestamp(path.stat().st_mtime, NOW.tzinfo)
    await shelf.catalog.refresh(now)
    changes = await shelf.catalog.refresh(now)
    assert (changes.read, changes.anything) == (1, False)


async def test_a_changed_article_keeps_its_number(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    path.write_text(path.read_text().replace("What article 1 says", "Corrected words"))
    changes = await shelf.catalog.refresh(LATER)
    after = (await shelf.published())["Article 1"]
    assert changes.changed == 1
    assert after.article.excerpt == "Corrected words."
    assert (after.id, after.sequence) == (before.id, before.sequence)


async def test_a_moved_file_is_the_same_article(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    (shelf.folder / "archive").mkdir()
    path.rename(shelf.folder / "archive" / "renamed.md")
    changes = await shelf.catalog.refresh(LATER)
    assert (changes.published, changes.withdrawn) == (0, 0)
    assert (await shelf.published())["Article 1"] == before


async def test_a_deleted_file_withdraws_its_article(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    path.unlink()
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 1
    assert await shelf.published() == {}


async def test_unpublishing_withdraws_and_publishing_again_is_not_new(shelf: Shelf) -> None:
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["Article 1"]
    write_file(shelf.folder, 1, published=False)
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 1
    assert await shelf.published() == {}
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(LATER)
    assert (await shelf.published())["Article 1"].sequence == before.sequence


async def test_an_article_of_the_future_waits_for_its_time(shelf: Shelf) -> None:
    write_file(shelf.folder, -60)  # an hour ahead
    await shelf.catalog.refresh(NOW)
    assert await shelf.published() == {}
    await shelf.catalog.refresh(NOW + timedelta(minutes=61))
    assert set(await shelf.published()) == {"Article -60"}


async def test_an_old_article_is_catalogued_but_not_announced(shelf: Shelf) -> None:
    write_file(shelf.folder, 1)
    write_file(shelf.folder, 60 * 24 * 15)
    await shelf.catalog.refresh(NOW)
    found = await shelf.published()
    assert found["Article 1"].announced
    assert not found[f"Article {60 * 24 * 15}"].announced


async def test_a_folder_that_is_missing_withdraws_nothing(shelf: Shelf) -> None:
    """A disk that is not mounted is no reason to withdraw the whole library."""
    write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    shelf.folder.rename(shelf.folder.with_name("away"))
    changes = await shelf.catalog.refresh(LATER)
    assert changes.withdrawn == 0
    assert len(await shelf.published()) == 1


async def test_many_files_are_stored_in_batches(shelf: Shelf) -> None:
    for number in range(450):
        write_file(shelf.folder, number)
    seen: list[tuple[int, int]] = []
    shelf.catalog.progress = lambda done, total: seen.append((done, total))
    changes = await shelf.catalog.refresh(NOW)
    assert changes.published == 450
    assert seen[-1] == (450, 450)


async def test_an_article_is_published_in_the_second_of_its_time(shelf: Shelf) -> None:
    """Without a walk through the folder, and without a change of the file."""
    age(write_file(shelf.folder, -60), NOW - DAY)
    await shelf.catalog.refresh(NOW)
    time = await shelf.catalog.next_look()
    assert time == NOW + timedelta(minutes=60)
    changes = await shelf.catalog.refresh(time - timedelta(seconds=1), ())
    assert (changes.read, changes.published) == (0, 0)
    changes = await shelf.catalog.refresh(time, ())
    assert (changes.read, changes.published) == (1, 1)
    assert await shelf.catalog.next_look() is None


async def test_a_scheduled_file_that_is_gone_is_looked_for_no_more(shelf: Shelf) -> None:
    write_file(shelf.folder, -60).unlink()
    age(write_file(shelf.folder, -60), NOW - DAY)
    await shelf.catalog.refresh(NOW)
    (shelf.folder / "2026-11-15-article--60.md").unlink()
    await shelf.catalog.refresh(NOW + DAY, ())
    assert await shelf.catalog.next_look() is None


async def test_named_files_are_looked_at_and_no_others(shelf: Shelf) -> None:
    new, gone = write_file(shelf.folder, 1), write_file(shelf.folder, 2)
    await shelf.catalog.refresh(NOW)
    new.write_text(new.read_text().replace("What article", "Now what article"))
    gone.unlink()
    write_file(shelf.folder, 3)
    changes = await shelf.catalog.refresh(LATER, {new.name, gone.name, "never-there.md"})
    assert (changes.changed, changes.withdrawn, changes.published) == (1, 1, 0)
    assert set(await shelf.published()) == {"Article 1"}
    changes = await shelf.catalog.refresh(LATER, {"2026-11-15-article-3.md"})
    assert (changes.files, changes.published) == (1, 1)


async def test_two_files_that_change_places_keep_both_articles(shelf: Shelf) -> None:
    one, two = write_file(shelf.folder, 1), write_file(shelf.folder, 2)
    await shelf.catalog.refresh(NOW)
    before = await shelf.published()
    texts = one.read_text(), two.read_text()
    one.write_text(texts[1])
    two.write_text(texts[0])
    changes = await shelf.catalog.refresh(LATER)
    assert (changes.published, changes.withdrawn) == (0, 0)
    assert await shelf.published() == before


async def test_a_moved_folder_of_many_files_moves_no_article(shelf: Shelf) -> None:
    (shelf.folder / "old").mkdir()
    for number in range(120):
        write_file(shelf.folder / "old", number)
    await shelf.catalog.refresh(NOW)
    before = await shelf.published()
    (shelf.folder / "old").rename(shelf.folder / "new")
    changes = await shelf.catalog.refresh(LATER)
    assert (changes.published, changes.changed, changes.withdrawn) == (0, 0, 0)
    assert await shelf.published() == before


async def test_a_reader_that_changed_reads_everything_again(shelf: Shelf) -> None:
    age(write_file(shelf.folder, 1, images="[/a.png]"), NOW - DAY)
    await shelf.catalog.refresh(NOW)
    assert (await shelf.published())["Article 1"].article.images == ()
    assert (await shelf.again().catalog.refresh(NOW)).read == 0
    other = shelf.again(asset_base="https://news.example/")
    changes = await other.catalog.refresh(NOW)
    assert (changes.read, changes.changed, changes.published) == (1, 1, 0)
    (image,) = (await shelf.published())["Article 1"].article.images
    assert image.url == "https://news.example/a.png"


async def test_an_article_that_a_crash_left_without_a_file_is_withdrawn(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    async with shelf.database.write() as connection:
        await files.forget(connection, [path.name])
    path.unlink()
    assert (await shelf.again().catalog.refresh(LATER)).withdrawn == 1
    assert await shelf.published() == {}


async def test_a_new_article_after_a_withdrawn_one_has_the_next_number(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW)
    path.unlink()
    write_file(shelf.folder, 2)
    await shelf.catalog.refresh(LATER)
    assert (await shelf.published())["Article 2"].sequence == 2


async def test_what_is_not_in_a_file_anyone_wrote_stays(shelf: Shelf) -> None:
    """A named file's refresh touches no article that has nothing to do with it."""
    await publish(shelf.database, article(7))
    path = write_file(shelf.folder, 1)
    await shelf.catalog.refresh(NOW, {path.name})
    assert set(await shelf.published()) == {"Article 7", "Article 1"}


async def test_problems_are_kept_up_to_a_number_and_all_counted(shelf: Shelf) -> None:
    for number in range(130):
        path = shelf.folder / f"broken-{number}.md"
        path.write_text("")
        age(path, NOW - DAY)
    changes = await shelf.catalog.refresh(NOW)
    assert (changes.errors, len(changes.problems)) == (130, 100)


async def test_very_many_files_are_read_by_other_processes(shelf: Shelf) -> None:
    text = file_text(1)
    for number in range(MANY + 100):
        words = text.replace("/1\n", f"/{number}\n").replace("Article 1", f"Article {number}")
        (shelf.folder / f"{number}.md").write_text(words)
    (shelf.folder / "broken.md").write_text("")
    age(shelf.folder / "broken.md", NOW - DAY)
    changes = await shelf.catalog.refresh(NOW)
    assert (changes.read, changes.published, changes.errors) == (MANY + 101, MANY + 100, 1)
    assert (await shelf.topics())["AI"].articles == MANY + 100


# ── the folder ───────────────────────────────────────────────────────────────────────────────


def walked(folder: Path) -> set[str]:
    return {path for path, _, _ in Walk(folder)}


def test_files_are_found_at_any_depth_and_others_are_not(folder: Path) -> None:
    for name in ("a.md", "b.MARKDOWN", "x/y/c.md", "d.txt", ".e.md", ".git/f.md", "g.md.bak"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert walked(folder) == {"a.md", "b.MARKDOWN", "x/y/c.md"}


def test_a_link_to_a_file_is_found_as_that_file(folder: Path) -> None:
    (folder / "real.md").write_text("words")
    (folder / "link.md").symlink_to("real.md")
    (folder / "nowhere.md").symlink_to("missing.md")
    found = {path: size for path, _, size in Walk(folder)}
    assert found["link.md"] == found["real.md"] == 5
    assert "nowhere.md" in found


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    (folder / "round").symlink_to(folder)
    (folder / "round.md").symlink_to(folder)
    assert walked(folder) == set()


def test_a_name_that_is_not_text_keeps_no_other_file_out(folder: Path) -> None:
    (folder / "good.md").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).touch()
    closed = Path(os.fsdecode(os.fsencode(folder) + b"/\xff"))
    closed.mkdir()
    (closed / "inside.md").touch()
    assert walked(folder) == {"good.md"}
    walk = Walk(folder)
    assert len(list(walk)) == 1
    assert {one.path for one in walk.problems} == {"caf\ufffd.md", "\ufffd"}
    assert not is_article("caf\udce9.md")


def test_a_folder_that_cannot_be_looked_into_is_named_and_not_gone(folder: Path) -> None:
    """A path longer than the system takes: the one refusal that even root meets."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=at)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)
    walk = Walk(folder)
    assert list(walk) == []
    (closed,) = walk.unreadable
    assert [one.code for one in walk.problems] == ["unreadable-folder"]
    assert walk.is_unknown(closed + "article.md")


def test_what_is_below_an_unreadable_folder_is_unknown(folder: Path) -> None:
    walk = Walk(folder)
    walk.unreadable.append("closed/")
    assert walk.is_unknown("closed/a.md")
    assert not walk.is_unknown("open/a.md")


async def test_looking_again_costs_no_reading(shelf: Shelf) -> None:
    """A time that changed alone: the words are the same, and so nothing is written."""
    path = age(write_file(shelf.folder, 1), NOW - DAY)
    await shelf.catalog.refresh(NOW)
    age(path, NOW - DAY / 2)
    changes = await shelf.catalog.refresh(NOW)
    assert (changes.read, changes.anything) == (1, False)
    assert (await shelf.catalog.refresh(NOW)).read == 0
    async with shelf.database.read() as connection:
        assert await library.count_published(connection) == 1
