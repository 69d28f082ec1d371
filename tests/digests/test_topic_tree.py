"""Topics in the catalog: counted, spelt as most often written, inherited from those below."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from digests import subscriptions
from digests.errors import UnknownTopic
from digests.storage import candidates
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, write_file
from tests.shelf import LATER, Shelf, age, write_topic

VISION = "Computer Vision"


@pytest.fixture
def topics(folder: Path) -> Path:
    """The folder of topic files: Computer Vision is below AI."""
    path = folder.parent / "topics"
    write_topic(path, "AI")
    write_topic(path, VISION, "shortname: CV\nparent: AI\nkeywords: [camera]\n")
    return path


async def counts(shelf: Shelf) -> dict[str, int]:
    return {name: one.articles for name, one in (await shelf.topics()).items()}


@pytest.mark.usefixtures("topics")
async def test_a_parent_brings_what_is_written_below_it(shelf: Shelf) -> None:
    write_file(shelf.folder, 1, topics=[VISION])
    write_file(shelf.folder, 2, topics=["AI"])
    write_file(shelf.folder, 3, topics=["Space"])
    await shelf.catalog.refresh(NOW)
    assert await shelf.on("AI") == {"Article 1", "Article 2"}
    assert await shelf.on(VISION) == {"Article 1"}
    assert await counts(shelf) == {"AI": 2, VISION: 1, "Space": 1}


@pytest.mark.usefixtures("topics")
async def test_an_article_with_both_counts_once(shelf: Shelf) -> None:
    write_file(shelf.folder, 1, topics=[VISION, "AI"])
    await shelf.catalog.refresh(NOW)
    assert await counts(shelf) == {"AI": 1, VISION: 1}


@pytest.mark.usefixtures("topics")
async def test_a_parent_that_no_article_carries_can_be_followed(shelf: Shelf) -> None:
    write_file(shelf.folder, 1, topics=[VISION])
    await shelf.catalog.refresh(NOW)
    async with shelf.database.write() as connection:
        done = await subscriptions.follow(connection, CHANNEL, "ai", Wish(), by=ADMIN, now=NOW)
    assert (done.topic.name, done.topic.articles) == ("AI", 1)
    write_file(shelf.folder, 2, topics=[VISION])
    await shelf.catalog.refresh(LATER)
    async with shelf.database.read() as connection:
        found = await candidates.between(connection, 1, 99)
    assert [done.topic.id in one.topics for one in found] == [True]


@pytest.mark.usefixtures("topics")
async def test_a_topic_with_a_file_can_be_followed_before_its_first_article(shelf: Shelf) -> None:
    await shelf.catalog.refresh(NOW)
    assert await shelf.on("AI") == set()
    assert await counts(shelf) == {"AI": 0, VISION: 0}


async def test_what_is_below_changes_with_the_files(shelf: Shelf, topics: Path) -> None:
    write_file(shelf.folder, 1, topics=[VISION])
    write_file(shelf.folder, 2, topics=["Robots"])
    await shelf.catalog.refresh(NOW)
    write_topic(topics, "Robots", "parent: Computer Vision\n")
    await shelf.catalog.refresh(LATER)
    assert await counts(shelf) == {"AI": 2, VISION: 2, "Robots": 1}
    write_topic(topics, VISION, "parent: ''\n")
    await shelf.catalog.refresh(LATER, {"../topics/computer-vision.yaml"})
    assert await counts(shelf) == {"AI": 0, VISION: 2, "Robots": 1}
    for name in ("AI", VISION, "Robots"):
        (topics / f"{name.lower().replace(' ', '-')}.yaml").unlink()
    await shelf.catalog.refresh(LATER)
    assert await counts(shelf) == {VISION: 1, "Robots": 1}


@pytest.mark.usefixtures("topics")
async def test_what_an_article_inherits_goes_with_it(shelf: Shelf) -> None:
    path = write_file(shelf.folder, 1, topics=[VISION])
    write_file(shelf.folder, 2, topics=[VISION])
    await shelf.catalog.refresh(NOW)
    path.unlink()
    write_file(shelf.folder, 2, topics=["Space"])
    await shelf.catalog.refresh(LATER)
    assert await counts(shelf) == {"AI": 0, VISION: 0, "Space": 1}


@pytest.mark.usefixtures("topics")
async def test_a_short_name_is_understood_where_a_topic_is_typed(shelf: Shelf) -> None:
    write_file(shelf.folder, 1, topics=[VISION])
    await shelf.catalog.refresh(NOW)
    assert await shelf.on(" cv ") == {"Article 1"}
    async with shelf.database.write() as connection:
        done = await subscriptions.follow(connection, CHANNEL, "CV", Wish(), by=ADMIN, now=NOW)
        assert done.topic.name == VISION
        left = await subscriptions.unfollow(connection, CHANNEL, "cv")
    assert left.name == VISION


async def test_articles_that_write_the_short_name_belong_to_the_topic(
    shelf: Shelf, topics: Path
) -> None:
    """Whether the articles or the file came first; the short name is listed no more."""
    write_file(shelf.folder, 1, topics=["CV"])
    (topics / "computer-vision.yaml").rename(topics / "away")
    await shelf.catalog.refresh(NOW)
    assert await counts(shelf) == {"AI": 0, "CV": 1}
    (topics / "away").rename(topics / "computer-vision.yaml")
    write_file(shelf.folder, 2, topics=["cv"])
    await shelf.catalog.refresh(LATER)
    assert await counts(shelf) == {"AI": 2, VISION: 2}
    assert await shelf.on("CV") == {"Article 1", "Article 2"}


async def test_a_file_says_how_a_topic_is_spelt(shelf: Shelf, topics: Path) -> None:
    for number in (1, 2):
        write_file(shelf.folder, number, topics=["ai"])
    await shelf.catalog.refresh(NOW)
    assert "AI" in await shelf.topics()
    (topics / "ai.yaml").unlink()
    await shelf.catalog.refresh(LATER)
    assert "ai" in await shelf.topics()


async def test_the_spelling_follows_the_majority(shelf: Shelf) -> None:
    write_file(shelf.folder, 1, topics=["AI"])
    for number in (2, 3):
        write_file(shelf.folder, number, topics=["ai"])
    await shelf.catalog.refresh(NOW)
    assert await counts(shelf) == {"ai": 3}
    for number in (3, 4):
        write_file(shelf.folder, number, topics=["AI"])
    await shelf.catalog.refresh(LATER)
    assert await counts(shelf) == {"AI": 4}


async def test_a_broken_topic_file_takes_nothing_back(shelf: Shelf, topics: Path) -> None:
    """Or articles would slip past those who follow the parent, never to be told."""
    write_file(shelf.folder, 1, topics=[VISION])
    await shelf.catalog.refresh(NOW)
    (topics / "ai.yaml").write_text("name: [")
    age(topics / "ai.yaml", NOW - timedelta(days=1))
    changes = await shelf.catalog.refresh(LATER)
    assert [one.path for one in changes.problems] == ["../topics/ai.yaml"]
    assert await counts(shelf) == {"AI": 1, VISION: 1}


async def test_a_topic_file_that_is_being_written_is_looked_at_again(
    shelf: Shelf, topics: Path
) -> None:
    (topics / "ai.yaml").write_text("")
    age(topics / "ai.yaml", NOW)
    assert (await shelf.catalog.refresh(NOW)).problems == []
    again = await shelf.catalog.next_look()
    assert again == NOW + timedelta(seconds=2)
    write_topic(topics, "AI")
    assert (await shelf.catalog.refresh(again, ())).problems == []
    assert set(await shelf.topics()) == {"AI", VISION}


async def test_how_many_a_topic_brought_lately(shelf: Shelf) -> None:
    day = 60 * 24
    for number in (1, 2, 27 * day, 29 * day):
        write_file(shelf.folder, number, topics=["AI"])
    write_file(shelf.folder, 40 * day, topics=["Space"])
    await shelf.catalog.refresh(NOW)
    found = await shelf.topics()
    assert (found["AI"].recent, found["AI"].weekly, found["AI"].articles) == (3, 0.75, 4)
    assert (found["Space"].recent, found["Space"].articles) == (0, 1)
    await shelf.catalog.refresh(NOW + timedelta(days=28))
    assert (await shelf.topics())["AI"].recent == 0


async def test_the_busiest_topic_of_the_last_weeks_comes_first(shelf: Shelf) -> None:
    for number in range(3):
        write_file(shelf.folder, 60 * 24 * 100 + number, topics=["Old"])
    write_file(shelf.folder, 1, topics=["New"])
    await shelf.catalog.refresh(NOW)
    assert list(await shelf.topics()) == ["New", "Old"]


@pytest.mark.usefixtures("topics")
async def test_a_typo_in_a_short_name_finds_the_topic(shelf: Shelf) -> None:
    await shelf.catalog.refresh(NOW)
    async with shelf.database.read() as connection:
        with pytest.raises(UnknownTopic) as raised:
            await subscriptions.known_topic(connection, "compter vision")
    assert raised.value.nearest == (VISION,)


async def test_two_libraries_in_one_database_count_right(shelf: Shelf, tmp_path: Path) -> None:
    """Two processes that index at the same time wait for each other."""
    other = Shelf(shelf.database, tmp_path / "other")
    other.folder.mkdir()
    for number in range(40):
        write_file((shelf if number % 2 else other).folder, number, topics=["AI"])
    await asyncio.gather(
        shelf.catalog.refresh(NOW, {one.name for one in shelf.folder.iterdir()}),
        other.catalog.refresh(NOW, {one.name for one in other.folder.iterdir()}),
    )
    assert await counts(shelf) == {"AI": 40}
    found = await shelf.published()
    assert sorted(one.sequence for one in found.values()) == list(range(1, 41))
