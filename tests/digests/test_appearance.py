"""What a destination's messages are like: kept, constrained, and part of what digests share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import exc, insert, update

from digests.model import Address, Appearance, Kind, Look
from digests.storage import schema
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON
from tests.digests.newsroom import INSTANTLY, Newsroom, day

COMPACT = Appearance(Look.COMPACT, 0x1F8B4C, 55, silent=True)


async def test_an_appearance_comes_back_as_it_was(room: Newsroom) -> None:
    await room.follow()
    changed = await room.service.restyle(CHANNEL, COMPACT)
    found = await room.service.following(CHANNEL)
    assert found is not None
    assert found[0] == changed
    assert found[0].appearance == COMPACT


async def test_who_chose_nothing_has_cards(room: Newsroom) -> None:
    await room.follow()
    found = await room.service.following(CHANNEL)
    assert found is not None
    assert found[0].appearance == Appearance()


async def test_a_place_without_digests_has_no_appearance(room: Newsroom) -> None:
    assert await room.service.restyle(CHANNEL, COMPACT) is None


@pytest.mark.parametrize("column", ["look", "colour", "role"])
async def test_the_database_refuses_what_cannot_be(room: Newsroom, column: str) -> None:
    await room.follow(PERSON)
    value: object = {"look": "posters", "colour": 1 << 24, "role": 55}[column]
    with pytest.raises(exc.IntegrityError):
        async with room.database.write() as connection:
            await connection.execute(update(schema.destinations).values({column: value}))


async def test_the_database_knows_only_looks_that_there_are(room: Newsroom) -> None:
    row = {"key": "k", "parts": [], "rest": [], "folded": [], "updates": [], "drawn_as": "posters"}
    with pytest.raises(exc.IntegrityError):
        async with room.database.write() as connection:
            await connection.execute(insert(schema.digests).values(row))


async def test_equal_interests_share_a_digest_only_if_they_look_alike(room: Newsroom) -> None:
    places = [Address(Kind.CHANNEL, 1_000 + number, 70) for number in range(4)]
    for place in places:
        await room.follow(place)
    for place in places[2:]:
        await room.service.restyle(place, COMPACT)
    await room.tick()
    before = await room.count(schema.digests)
    await room.news(2)
    assert await room.at(day(1)) == [["Article 101", "Article 100"]] * 4
    assert await room.count(schema.digests) == before + 2
    looks = {one.destination.address: one.look for one in room.sender.sent[-4:]}
    assert looks == dict(
        zip(places, [Look.CARDS, Look.CARDS, Look.COMPACT, Look.COMPACT], strict=True)
    )


async def test_colour_role_and_silence_are_nobody_elses_digest(room: Newsroom) -> None:
    """They change how a message is sent, not which articles are in which message."""
    other = replace(CHANNEL, id=701)
    await room.follow()
    await room.follow(other)
    await room.service.restyle(other, replace(COMPACT, look=Look.CARDS))
    await room.tick()
    before = await room.count(schema.digests)
    await room.news()
    await room.at(day(1))
    assert await room.count(schema.digests) == before + 1


async def test_forced_and_first_digests_have_the_look_too(room: Newsroom) -> None:
    await room.service.reschedule(CHANNEL, Wish(), NOW, by=ADMIN)
    await room.service.restyle(CHANNEL, Appearance(Look.LEAD))
    await room.follow()
    await room.tick()
    await room.news()
    room.clock.forward(minutes=1)
    await room.service.post_now(CHANNEL, room.clock())
    await room.tick()
    assert [one.look for one in room.sender.sent] == [Look.LEAD] * 2


async def test_what_was_promised_keeps_its_look(room: Newsroom) -> None:
    """It was cut into messages for that look; in another it might not fit."""
    await room.follow(wish=INSTANTLY)
    await room.service.restyle(CHANNEL, COMPACT)
    assert await room.tick() == [["Article 1"]]
    assert room.sender.sent[-1].look is Look.CARDS
    assert room.sender.sent[-1].destination.appearance == COMPACT


async def test_a_delivery_knows_what_earlier_messages_of_its_edition_hold(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.news(12)
    await room.service.reschedule(CHANNEL, Wish(at_most=12), room.clock())
    await room.at(day(1))
    first, second = room.sender.sent[-2:]
    assert first.earlier == ()
    assert second.earlier == (first.articles,)
