"""Posted digests stay true: what changes in an article changes in its messages, nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from digests.correcting import QUIET, correct
from digests.model import Address, Kind, Look
from digests.storage import Database
from digests.subscriptions import Wish
from tests.build import CHANNEL, PERSON
from tests.digests.pressroom import WITHDRAWN, Pressroom

OTHER = Address(Kind.CHANNEL, 701, guild_id=70)


@pytest.fixture
def room(database: Database, tmp_path: Path) -> Pressroom:
    (tmp_path / "articles").mkdir()
    made = Pressroom(database, tmp_path / "articles")
    for number in (1, 2, 3):
        made.write(number)
    return made


async def test_what_was_posted_as_lines_because_it_was_blocked_stays_lines(room: Pressroom) -> None:
    room.wall.ends = cycle(["blocked", "well"])
    await room.post()
    await room.relay.run_once()
    room.write(2, "Better")
    assert await room.correct() == 1
    assert [one.look for one in room.wall.edited] == [Look.COMPACT]


async def test_an_edited_article_is_corrected_wherever_it_was_posted(room: Pressroom) -> None:
    await room.post(CHANNEL, PERSON)
    room.write(2, "Better")
    assert await room.correct() == 2
    assert room.shown == [["Article 1", "Better*", "Article 3"]] * 2


async def test_a_withdrawn_article_becomes_a_line_and_nothing_moves(room: Pressroom) -> None:
    await room.post()
    room.write(2, published=False)
    await room.correct()
    assert room.shown == [["Article 1", WITHDRAWN, "Article 3"]]


@pytest.mark.parametrize("how", ["removed: true", "no file"])
async def test_there_are_several_ways_to_withdraw(room: Pressroom, how: str) -> None:
    await room.post()
    if how == "no file":
        room.remove(2)
    else:
        room.write(2, removed="true")
    await room.correct()
    assert room.shown == [["Article 1", WITHDRAWN, "Article 3"]]


async def test_what_is_published_again_comes_back_as_it_was(room: Pressroom) -> None:
    await room.post()
    room.remove(2)
    await room.correct()
    room.write(2)
    await room.correct()
    assert room.shown == [["Article 1", "Article 2", "Article 3"]]


async def test_what_comes_back_changed_says_so(room: Pressroom) -> None:
    await room.post()
    room.remove(2)
    await room.correct()
    room.write(2, "Better")
    await room.correct()
    assert room.shown == [["Article 1", "Better*", "Article 3"]]


async def test_a_note_once_made_stays(room: Pressroom) -> None:
    await room.post()
    room.write(2, "Better")
    await room.correct()
    room.write(1, published=False)
    await room.correct()
    assert room.shown == [[WITHDRAWN, "Better*", "Article 3"]]


UNSEEN: dict[str, Any] = {
    "heat": 40,
    "quality": 70,
    "updatedDateTime": "2026-11-16T12:00:00Z",
    "category": "news",
    "type": "article",
    "secured": "x",
}


@pytest.mark.parametrize("key", UNSEEN)
async def test_an_edit_that_nobody_sees_sends_nothing(room: Pressroom, key: str) -> None:
    await room.post()
    room.write(2, **{key: UNSEEN[key]})
    assert await room.correct() == 0
    assert room.wall.edited == []


async def test_a_touched_file_sends_nothing(room: Pressroom) -> None:
    await room.post()
    room.write(2)
    assert await room.correct() == 0


SEEN = {
    "excerpt": "Other words",
    "publishedDateTime": "2026-11-15T09:00:00Z",
    "topics": "[AI, More]",
    "provider": "The Other",
    "images": "[{url: 'https://news.example/a.png'}]",
    "related": "[{title: One, webUrl: 'https://one.example/1'}]",
}


@pytest.mark.parametrize("key", SEEN)
async def test_an_edit_of_anything_on_a_card_is_seen(room: Pressroom, key: str) -> None:
    await room.post()
    text = room.write(2).read_text()
    lines = [one for one in text.splitlines() if not one.startswith(f"{key}:")]
    lines.insert(1, f"{key}: {SEEN[key]}")
    (room.folder / "2.md").write_text("\n".join(lines))
    assert await room.correct() == 1
    assert room.shown == [["Article 1", "Article 2*", "Article 3"]]


async def test_what_is_changed_back_at_once_sends_nothing(room: Pressroom) -> None:
    await room.post()
    room.remove(2)
    room.write(1, "Oops")
    await room.look()
    room.write(2)
    room.write(1)
    assert await room.correct() == 0


async def test_a_file_must_be_left_alone_for_a_moment(room: Pressroom) -> None:
    await room.post()
    room.write(2, "Better")
    await room.look()
    assert await correct(room.database, room.clock()) == 0
    room.clock.forward(seconds=QUIET.total_seconds())
    assert await correct(room.database, room.clock()) == 1


async def test_what_is_not_posted_yet_is_drawn_afresh(room: Pressroom) -> None:
    """No message is edited: when it is posted it says what the article says, without a note."""
    await room.look()
    await room.service.follow(CHANNEL, "AI", Wish(), by=1, now=room.clock())
    room.write(2, "Better")
    room.write(3, published=False)
    assert await room.correct() == 0
    await room.relay.run_once()
    assert room.shown == [["Article 1", "Better"]]


async def test_what_a_message_never_showed_does_not_appear_in_it(room: Pressroom) -> None:
    """Withdrawn before it was posted, and published again later: it is not in the message."""
    await room.look()
    await room.service.follow(CHANNEL, "AI", Wish(), by=1, now=room.clock())
    room.write(3, published=False)
    await room.look()
    await room.relay.run_once()
    room.write(3)
    room.write(1, "Better")
    await room.correct()
    assert room.shown == [["Better*", "Article 2"]]


async def test_what_was_posted_with_the_new_words_is_left_alone(room: Pressroom) -> None:
    """Between the change and the look for its messages another place gets the article."""
    await room.post(CHANNEL)
    room.write(2, "Better")
    await room.post(OTHER)
    assert await room.correct() == 1
    assert room.shown == [
        ["Article 1", "Better*", "Article 3"],
        ["Article 1", "Better", "Article 3"],
    ]


async def test_what_is_changed_back_is_changed_where_it_was_posted_meanwhile(
    room: Pressroom,
) -> None:
    await room.post(CHANNEL)
    room.write(2, "Oops")
    await room.post(OTHER)
    room.write(2)
    assert await room.correct() == 1
    assert room.shown == [
        ["Article 1", "Article 2", "Article 3"],
        ["Article 1", "Article 2*", "Article 3"],
    ]


async def test_in_the_smallest_steps_it_finds_the_same(room: Pressroom) -> None:
    """One digest and one edition at a time; articles that came at different times."""
    places = [Address(Kind.CHANNEL, 710 + number, guild_id=70) for number in range(3)]
    await room.post(*places)
    room.write(4)
    await room.post(*(replace(place, id=place.id + 10) for place in places))
    room.write(2, "Better")
    room.remove(4)
    await room.look()
    room.clock.forward(seconds=QUIET.total_seconds())
    assert await correct(room.database, room.clock(), at_once=1, editions=1) == 6
    while await room.mender.run_once():
        pass
    without = [
        [one.removesuffix("*") for one in message if one != WITHDRAWN] for message in room.shown
    ]
    assert without == [["Article 1", "Better", "Article 3"]] * 6


async def test_broken_off_in_between_it_goes_on_where_it_was(room: Pressroom) -> None:
    places = [Address(Kind.CHANNEL, 710 + number, guild_id=70) for number in range(6)]
    await room.post(*places)
    room.write(2, "Better")
    await room.look()
    room.clock.forward(seconds=QUIET.total_seconds())
    work = asyncio.create_task(correct(room.database, room.clock(), at_once=1, editions=1))
    while not await _edits(room):
        await asyncio.sleep(0)
    async with room.database.write():  # between two of its transactions, where there is one writer
        work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert 0 < await _edits(room) < 6
    await correct(room.database, room.clock(), at_once=1, editions=1)
    assert await _edits(room) == 6


async def _edits(room: Pressroom) -> int:
    return (await room.service.status())["edits"]
