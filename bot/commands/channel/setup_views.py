"""A state in; the words, menus and buttons of the steps of ``/channel setup`` out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord
from discord import ui

from bot import replies
from bot.causes import lacking
from bot.commands.channel.setup_state import MOST_TOPICS, SetupState
from bot.commands.options import EVERY_MESSAGES, clock_of
from bot.language import Tongue
from bot.presses import button, buttons
from bot.text import one_line, shorten
from digests.model import Cadence, Look, Schedule, Topic
from digests.service import FollowAnswer
from digests.zones import suggest

MENU = 25
"""How many options Discord shows in one menu."""


def missing_text(say: Tongue, place: str, missing: Sequence[str]) -> str:
    """Step 1 of the set-up, where the bot may not post."""
    return say("setup-missing", place=place, lacking=lacking(missing, say))


def what_text(say: Tongue, place: str, names: Sequence[str], before: Sequence[str] = ()) -> str:
    """Step 2 of the set-up; ``before`` is what the place follows already."""
    told = say("setup-what", place=place)
    if names:
        told = say("setup-what-chosen", place=place, topics=", ".join(map(replies.name, names)))
    if not before:
        return told
    return "\n".join((told, say("setup-what-before", topics=", ".join(map(replies.name, before)))))


def when_text(say: Tongue, place: str, schedule: Schedule) -> str:
    """Step 3 of the set-up."""
    instantly = schedule.every is Cadence.INSTANTLY
    message = "setup-when-instantly" if instantly else "setup-when"
    return say(message, place=place, rhythm=replies.rhythm(say, schedule))


def review_text(
    say: Tongue, place: str, topics: Sequence[Topic], schedule: Schedule, latest: int
) -> str:
    """Before the set-up is confirmed."""
    names = ", ".join(
        say("setup-topic", topic=replies.name(one.name), volume=replies.volume(say, one))
        for one in topics
    )
    comes = replies.comes(say, place, schedule)
    if not latest:
        return say("setup-review", place=place, topics=names, comes=comes)
    return say("setup-review-latest", place=place, topics=names, comes=comes, n=latest)


def done_text(
    say: Tongue, answer: FollowAnswer, place: str, topics: Sequence[Topic], now: datetime
) -> str:
    """After the set-up."""
    names = ", ".join(replies.name(one.name) for one in topics)
    comes = replies.next_digest(say, answer.followed.destination, place, now)
    said = [say("setup-done", place=place, topics=names, next=comes)]
    if answer.on_their_way:
        said.append(say("setup-done-latest", n=answer.on_their_way))
    return "\n".join([*said, say("setup-done-status")])


def topic_page(topics: Sequence[Topic], page: int) -> Sequence[Topic]:
    """The topics on one page of the menu, from 0; none beyond the last."""
    return topics[page * MENU : (page + 1) * MENU]


def topic_step(
    say: Tongue, state: SetupState, here: Sequence[Topic], page: int, total: int
) -> ui.View:
    """A menu of these topics, those that are chosen ticked; and the buttons on and back."""
    text = state.text()
    elsewhere = sum(one not in {topic.id for topic in here} for one in state.topics)
    menu: ui.Select[ui.View] = ui.Select(
        custom_id=f"setup:what:{text}:{page}",
        placeholder=say("menu-topics", n=MOST_TOPICS),
        min_values=0,
        max_values=max(1, min(MOST_TOPICS - elsewhere, len(here))),
        options=[_option(say, topic, ticked=topic.id in state.topics) for topic in here],
        disabled=elsewhere >= MOST_TOPICS,
    )
    row = [button(say("button-back"), f"setup:back:{text}", row=1)]
    if total > MENU:
        last = (total - 1) // MENU
        before, after = (page - 1) % (last + 1), (page + 1) % (last + 1)
        if before != after:
            row.append(button(say("button-busier"), f"setup:turn:{text}:{before}", row=1))
        row.append(button(say("button-more-topics"), f"setup:turn:{text}:{after}", row=1))
    on = button(
        say("button-next"),
        f"setup:when:{text}",
        style=discord.ButtonStyle.primary,
        disabled=not state.topics,
        row=1,
    )
    return buttons(menu, *row, on)


def when_step(say: Tongue, state: SetupState, now: datetime) -> ui.View:
    """Menus for how often, on which day, at what hour and where; only those that matter."""
    text, when = state.text(), state.schedule
    items: list[ui.Item[ui.View]] = [
        _menu(
            f"setup:every:{text}",
            [(say(message), every) for every, message in EVERY_MESSAGES.items()],
            when.every,
        )
    ]
    timed = when.every in (Cadence.DAILY, Cadence.WEEKLY)
    if when.every is Cadence.WEEKLY:
        days = [(say("menu-day", day=say.weekday(day)), str(day)) for day in range(7)]
        items.append(_menu(f"setup:day:{text}", days, str(when.day)))
    if timed:
        hours = [f"{hour:02}:00" for hour in range(24)]
        at = f"{when.at:%H:%M}"
        hours = sorted({*hours, at})
        items.append(
            _menu(f"setup:at:{text}", [(say("menu-at", at=one), one) for one in hours], at)
        )
        zones = list(dict.fromkeys([when.zone, *suggest("")]))[:MENU]
        items.append(
            _menu(
                f"setup:zone:{text}",
                [(clock_of(say, zone, now), zone) for zone in zones],
                when.zone,
            )
        )
    back = button(say("button-back"), f"setup:check:{text}", row=4)
    other = [button(say("button-other-time"), f"setup:other:{text}", row=4)] if timed else []
    on = button(
        say("button-preview"), f"setup:review:{text}", style=discord.ButtonStyle.primary, row=4
    )
    return buttons(*items, back, *other, on)


def review_step(say: Tongue, state: SetupState, look: Look) -> ui.View:
    """How it shall look, and the buttons back and on."""
    text = state.text()
    choices = [(say(f"menu-look-{one.value}"), one.value) for one in Look]
    back = button(say("button-back"), f"setup:when:{text}", row=1)
    confirm = button(
        say("button-confirm"), f"setup:done:{text}", style=discord.ButtonStyle.success, row=1
    )
    return buttons(_menu(f"setup:look:{text}", choices, look.value), back, confirm)


def _option(say: Tongue, topic: Topic, *, ticked: bool) -> discord.SelectOption:
    return discord.SelectOption(
        label=shorten(one_line(topic.name), 100) or str(topic.id),
        value=str(topic.id),
        description=replies.volume(say, topic),
        default=ticked,
    )


def _menu(custom_id: str, choices: Sequence[tuple[str, str]], chosen: str) -> ui.Select[ui.View]:
    return ui.Select(
        custom_id=custom_id,
        options=[
            discord.SelectOption(label=label, value=value, default=value == chosen)
            for label, value in choices
        ],
    )
