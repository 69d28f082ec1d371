"""Files with the same link: one counts, the others are warned of, whatever the order of events."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Problem, Severity
from digests.rivals import Claim, winners
from tests.build import NOW, file_text
from tests.shelf import LATER, Shelf, age

LINK = "https://news.example/same"


def write(folder: Path, name: str, hour: int, *, updated: int | None = None, **keys: str) -> Path:
    """A file with LINK, published that many hours before NOW, with its name as the title."""
    if updated is not None:
        keys["updatedDateTime"] = f"{NOW - timedelta(hours=updated):%Y-%m-%dT%H:%M:%SZ}"
    path = folder / f"{name}.md"
    path.write_text(file_text(60 * hour, **{"webUrl": LINK, "title": name, **keys}))  # type: ignore[arg-type]  # front matter
    return age(path, NOW - timedelta(days=1))


def warned(problems: list[Problem]) -> list[str]:
    assert all((one.code, one.severity) == ("duplicate-link", "warning") for one in problems)
    return sorted(one.path for one in problems)


async def test_the_newer_publication_wins_and_the_other_is_a_warning(shelf: Shelf) -> None:
    write(shelf.folder, "old", 5)
    write(shelf.folder, "new", 1)
    changes = await shelf.catalog.refresh(NOW)
    assert set(await shelf.published()) == {"new"}
    assert warned(changes.problems) == ["old.md"]
    assert "new.md" in changes.problems[0].expected


async def test_of_equal_publications_the_newer_update_wins(shelf: Shelf) -> None:
    write(shelf.folder, "a", 5)
    write(shelf.folder, "b", 5, updated=1)
    write(shelf.folder, "c", 5, updated=2)
    changes = await shelf.catalog.refresh(NOW)
    assert set(await shelf.published()) == {"b"}
    assert warned(changes.problems) == ["a.md", "c.md"]


@pytest.mark.parametrize("order", list(permutations("abc")))
async def test_the_order_in_which_files_come_decides_nothing(
    shelf: Shelf, order: tuple[str, ...]
) -> None:
    hours = {"a": 3, "b": 1, "c": 2}
    for name in order:
        write(shelf.folder, name, hours[name])
        await shelf.catalog.refresh(NOW)
    found = await shelf.published()
    assert set(found) == {"b"}
    assert (found["b"].id, found["b"].sequence) == (1, 1)


async def test_a_newer_file_that_comes_later_takes_the_article_over(shelf: Shelf) -> None:
    write(shelf.folder, "old", 5)
    await shelf.catalog.refresh(NOW)
    before = (await shelf.published())["old"]
    write(shelf.folder, "new", 1)
    changes = await shelf.catalog.refresh(NOW)
    assert warned(changes.problems) == ["old.md"]
    after = await shelf.published()
    assert set(after) == {"new"}
    assert after["new"].sequence == before.sequence


async def test_an_older_file_that_comes_later_changes_nothing(shelf: Shelf) -> None:
    write(shelf.folder, "new", 1)
    await shelf.catalog.refresh(NOW)
    before = await shelf.published()
    write(shelf.folder, "old", 5)
    changes = await shelf.catalog.refresh(NOW, {"old.md"})
    assert warned(changes.problems) == ["old.md"]
    assert not changes.anything
    assert await shelf.published() == before


async def test_when_the_winner_is_deleted_the_next_best_takes_over(shelf: Shelf) -> None:
    for name, hour in (("first", 1), ("second", 2), ("third", 3)):
        write(shelf.folder, name, hour)
    await shelf.catalog.refresh(NOW)
    (shelf.folder / "first.md").unlink()
    changes = await shelf.catalog.refresh(LATER)
    assert set(await shelf.published()) == {"second"}
    assert (changes.changed, changes.withdrawn) == (1, 0)
    assert warned(changes.problems) == ["third.md"]


@pytest.mark.parametrize("change", [{"published": "false"}, {"webUrl": "https://other.example/"}])
async def test_when_the_winner_no_longer_publishes_the_link_the_other_does(
    shelf: Shelf, change: dict[str, str]
) -> None:
    write(shelf.folder, "new", 1)
    write(shelf.folder, "old", 5)
    await shelf.catalog.refresh(NOW)
    age(write(shelf.folder, "new", 1, updated=None, **change), NOW)
    changes = await shelf.catalog.refresh(LATER, {"new.md"})
    assert "old" in await shelf.published()
    assert changes.withdrawn == 0


async def test_when_the_winner_becomes_the_older_the_other_wins(shelf: Shelf) -> None:
    write(shelf.folder, "one", 1)
    write(shelf.folder, "two", 2)
    await shelf.catalog.refresh(NOW)
    age(write(shelf.folder, "one", 9), NOW)
    changes = await shelf.catalog.refresh(LATER, {"one.md"})
    assert set(await shelf.published()) == {"two"}
    assert warned(changes.problems) == ["one.md"]


async def test_both_gone_is_withdrawn_and_forgotten(shelf: Shelf) -> None:
    paths = [write(shelf.folder, "one", 1), write(shelf.folder, "two", 2)]
    await shelf.catalog.refresh(NOW)
    for path in paths:
        path.unlink()
    assert (await shelf.catalog.refresh(LATER)).withdrawn == 1
    assert await shelf.published() == {}


async def test_a_draft_with_the_same_link_is_no_rival(shelf: Shelf) -> None:
    write(shelf.folder, "old", 5)
    write(shelf.folder, "draft", 1, published="false")
    changes = await shelf.catalog.refresh(NOW)
    assert changes.problems == []
    assert set(await shelf.published()) == {"old"}


async def test_a_newer_file_takes_over_when_its_time_comes(shelf: Shelf) -> None:
    write(shelf.folder, "now", 1)
    write(shelf.folder, "later", -2)
    await shelf.catalog.refresh(NOW)
    assert set(await shelf.published()) == {"now"}
    changes = await shelf.catalog.refresh(NOW + timedelta(hours=2), ())
    assert set(await shelf.published()) == {"later"}
    assert warned(changes.problems) == ["now.md"]


CLAIMS = st.builds(
    Claim,
    path=st.text("ab", min_size=1, max_size=3),
    link=st.sampled_from(["x", "y"]),
    published_at=st.sampled_from([NOW, LATER]),
    updated_at=st.sampled_from([None, NOW, LATER]),
)


@given(st.lists(CLAIMS, max_size=8, unique_by=lambda one: one.path), st.randoms())
def test_who_wins_does_not_depend_on_the_order(claims: list[Claim], random: Random) -> None:
    mixed = list(claims)
    random.shuffle(mixed)
    assert winners(claims)[0] == winners(mixed)[0]


@given(st.lists(CLAIMS, max_size=8, unique_by=lambda one: one.path))
def test_every_claim_wins_or_is_warned_of(claims: list[Claim]) -> None:
    best, problems = winners(claims)
    assert all(one.severity is Severity.WARNING for one in problems)
    assert sorted([*best.values(), *(one.path for one in problems)]) == sorted(
        one.path for one in claims
    )
