"""Files that are being written while they are looked at: nobody is judged half-way."""

from __future__ import annotations

from datetime import timedelta

from tests.build import NOW, file_text, write_file
from tests.shelf import Shelf, age

SECOND = timedelta(seconds=1)
OLD = NOW - timedelta(days=1)


async def test_a_published_article_stays_while_its_file_is_rewritten(shelf: Shelf) -> None:
    path = age(write_file(shelf.folder, 1), OLD)
    await shelf.catalog.refresh(NOW)
    path.write_text("")
    age(path, NOW)
    changes = await shelf.catalog.refresh(NOW, {path.name})
    assert (changes.withdrawn, changes.problems) == (0, [])
    assert set(await shelf.published()) == {"Article 1"}
    path.write_text(file_text(1, title="Corrected"))
    age(path, NOW + SECOND)
    changes = await shelf.catalog.refresh(NOW + SECOND, {path.name})
    assert (changes.changed, changes.problems) == (1, [])
    assert set(await shelf.published()) == {"Corrected"}


async def test_a_file_that_stays_broken_is_judged_after_a_while(shelf: Shelf) -> None:
    path = age(write_file(shelf.folder, 1), OLD)
    await shelf.catalog.refresh(NOW)
    path.write_text("---\ntitle: half of")
    age(path, NOW)
    await shelf.catalog.refresh(NOW, {path.name})
    assert await shelf.catalog.next_look() == NOW + 2 * SECOND
    assert (await shelf.catalog.refresh(NOW + SECOND, ())).withdrawn == 0
    changes = await shelf.catalog.refresh(NOW + 2 * SECOND, ())
    assert (changes.withdrawn, changes.errors) == (1, 1)
    assert await shelf.catalog.next_look() is None


async def test_while_it_goes_on_changing_it_is_not_judged(shelf: Shelf) -> None:
    path = age(write_file(shelf.folder, 1), OLD)
    await shelf.catalog.refresh(NOW)
    for second in range(10):
        path.write_text("---\n" + "title: x\n" * second)
        now = NOW + second * SECOND
        age(path, now)
        assert (await shelf.catalog.refresh(now)).problems == []
    assert set(await shelf.published()) == {"Article 1"}


async def test_a_new_file_is_published_once_it_is_whole(shelf: Shelf) -> None:
    path = shelf.folder / "new.md"
    whole = file_text(1)
    path.write_text(whole[:60])
    age(path, NOW)
    assert (await shelf.catalog.refresh(NOW)).problems == []
    path.write_text(whole)
    age(path, NOW)  # The same second, which some file systems do not tell apart.
    changes = await shelf.catalog.refresh(NOW + 2 * SECOND, ())
    assert (changes.published, changes.problems) == (1, [])


async def test_an_old_broken_file_is_judged_at_once(shelf: Shelf) -> None:
    path = shelf.folder / "broken.md"
    path.write_text("no article")
    age(path, OLD)
    assert (await shelf.catalog.refresh(NOW)).errors == 1
    assert await shelf.catalog.next_look() is None


async def test_a_file_from_the_future_is_judged_too(shelf: Shelf) -> None:
    """A clock that goes wrong elsewhere does not keep a file in limbo."""
    path = shelf.folder / "broken.md"
    path.write_text("no article")
    age(path, NOW + timedelta(days=1))
    assert (await shelf.catalog.refresh(NOW)).errors == 0
    assert (await shelf.catalog.refresh(NOW + 2 * SECOND, ())).errors == 1


async def test_a_half_written_file_that_is_gone_is_looked_for_no_more(shelf: Shelf) -> None:
    path = shelf.folder / "half.md"
    path.write_text("")
    age(path, NOW)
    await shelf.catalog.refresh(NOW)
    path.unlink()
    await shelf.catalog.refresh(NOW + SECOND)
    assert await shelf.catalog.next_look() is None


async def test_a_withdrawal_does_not_wait(shelf: Shelf) -> None:
    """A file that says it is not published is whole, however fresh it is."""
    path = age(write_file(shelf.folder, 1), OLD)
    await shelf.catalog.refresh(NOW)
    path.write_text(file_text(1, published=False))
    age(path, NOW)
    assert (await shelf.catalog.refresh(NOW, {path.name})).withdrawn == 1
