"""A member as an attacker: every button, menu and form there is, forged; no channel changes.

What a custom_id holds is filled in with what is real: this channel, its topics, its last digest.
So whatever is added to ``PRESSES`` and ``FORMS`` is attacked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from re import _constants as ops  # type: ignore[attr-defined]  # how the pattern was parsed
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import discord
import pytest
from sqlalchemy import select

from bot.commands import FORMS, PRESSES
from bot.commands.channel.setup_state import SetupState
from bot.presses import Form
from digests.storage.schema import deliveries, destinations, subscriptions
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import article, publish

ATTACKED = [*PRESSES, *FORMS]


def filled(pattern: re.Pattern[str], known: Mapping[str, str]) -> set[str]:
    """Texts that match a pattern: each way through it, with known texts for its named groups."""
    names = {number: name for name, number in pattern.groupindex.items()}

    def ways(items: Iterable[Any]) -> Iterator[str]:
        texts = {""}
        for item in items:
            texts = {before + more for before in texts for more in one(*item)}
        yield from texts

    def one(kind: Any, of: Any) -> Iterator[str]:
        if kind is ops.LITERAL:
            yield chr(of)
        elif kind is ops.SUBPATTERN and names.get(of[0]) in known:
            yield known[names[of[0]]]
        elif kind is ops.SUBPATTERN:
            yield from ways(of[3])
        elif kind is ops.BRANCH:
            for branch in of[1]:
                yield from ways(branch)
        elif kind is ops.MAX_REPEAT:
            least, _, what = of
            yield from (way * count for way in ways(what) for count in {least, 1})
        elif kind is ops.IN:
            yield _one_of(*of[0])
        elif kind is ops.ANY:
            yield "a"

    return {text for text in ways(_parsed(pattern)) if pattern.fullmatch(text)}


def _one_of(kind: Any, of: Any) -> str:
    """One character of a set."""
    if kind is ops.LITERAL:
        return chr(of)
    return chr(of[0]) if kind is ops.RANGE else "1"


def _parsed(pattern: re.Pattern[str]) -> Iterable[Any]:
    parse: Any = parser.parse
    parsed: Iterable[Any] = parse(pattern.pattern)
    return parsed


def test_every_way_through_a_pattern_is_found() -> None:
    found = filled(re.compile(r"a:(?P<n>\d+)(?::(?P<x>[b-d]|ee))?"), {"n": "77"})
    assert found == {"a:77", "a:77:b", "a:77:ee"}


async def kept(town: Town) -> list[tuple[Any, ...]]:
    """Everything that is stored of the channel, and of what is on its way to it."""
    async with town.app.database.read() as connection:
        found = await connection.execute(
            select(destinations).where(destinations.c.address == town.channel.id)
        )
        (channel,) = found.all()
        rows: list[tuple[Any, ...]] = [tuple(channel)]
        for table in (subscriptions, deliveries):
            its_own = select(table).where(table.c.destination_id == channel.id)
            rows += map(tuple, await connection.execute(its_own))
    return rows


@pytest.mark.parametrize("attacked", ATTACKED, ids=lambda one: one.__name__)
async def test_a_member_changes_nothing_of_a_channel(newsroom: Town, attacked: Any) -> None:
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    await publish(newsroom.app.database, *(article(200 + number, "AI") for number in range(12)))
    await newsroom.tick()
    message = newsroom.posted()[-1]
    _, delivery, nonce = next(one for one in custom_ids(message) if one.startswith("me:")).split(
        ":"
    )
    state = SetupState(newsroom.channel.id, (1, 2)).text()
    known = {"delivery": delivery, "nonce": nonce, "setup": state, "topic": "1", "ids": "1.2"}
    known["channel"] = str(newsroom.channel.id)
    form = issubclass(attacked, Form)
    pattern = attacked.template if form else attacked.__discord_ui_compiled_template__
    before = await kept(newsroom)
    texts = filled(pattern, known)
    assert texts, "a pattern that cannot be attacked is not tested"
    for text in sorted(texts):
        await _send_form(newsroom, text) if form else await _press(newsroom, message, text)
        await newsroom.tick()
    assert await kept(newsroom) == before


async def _press(town: Town, message: discord.Message, custom_id: str) -> None:
    """As a button, and as a menu with whatever its values may mean."""
    for values in ((), (str(town.channel.id), "1"), ("weekly",)):
        await forge(town, town.member, message, custom_id, *values)


async def _send_form(town: Town, custom_id: str) -> None:
    """A form of one's own, sent in as another."""
    found = await town.member.slash(town.channel, "schedule")
    opened = await town.member.click(shown(found), label="Change time")
    assert opened.modal is not None
    opened.modal["custom_id"] = custom_id
    filled_in = {"every": ["weekly"], "day": ["2"], "at": "10:00", "zone": "UTC"}
    await town.member.submit_modal(opened, filled_in)
