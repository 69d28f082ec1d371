"""A draft in; the words, menus and buttons of the steps of ``/channel setup`` out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot import replies
from bot.commands.channel.draft import MOST_TOPICS, Draft
from bot.places import lacking
from bot.presses import button, buttons
from bot.text import one_line, shorten
from digests.model import Cadence, Schedule, Topic
from digests.service import FollowAnswer
from digests.zones import suggest

MENU = 25
"""How many options Discord shows in one menu."""

_EVERY = {
    Cadence.DAILY: "every day",
    Cadence.WEEKLY: "every week",
    Cadence.HOURLY: "every hour",
    Cadence.INSTANTLY: "as soon as something is published",
}


WHERE = (
    "**Step 1 of 3: where?** Choose where the digest should go. Nothing is posted before "
    "you have seen a preview."
)


def missing_text(place: str, missing: Sequence[str]) -> str:
    """Step 1 of the set-up, where the bot may not post."""
    return (
        f"I cannot post in {place} yet: {lacking(missing)}. Allow that in the channel's settings "
        "and press **Check again**, or choose another."
    )


def what_text(place: str, names: Sequence[str]) -> str:
    """Step 2 of the set-up."""
    chosen = f" So far: {', '.join(map(replies.name, names))}." if names else ""
    return f"**Step 2 of 3: what?** Choose what {place} should follow.{chosen}"


def when_text(place: str, schedule: Schedule) -> str:
    """Step 3 of the set-up."""
    return f"**Step 3 of 3: when?** The digest of {place} comes {replies.rhythm(schedule)}."


def review_text(place: str, topics: Sequence[Topic], schedule: Schedule, latest: int) -> str:
    """Before the set-up is confirmed."""
    names = ", ".join(f"{replies.name(one.name)} ({replies.volume(one)})" for one in topics)
    shown = f" It begins with the latest; these are {latest} of them:" if latest else ""
    return (
        f"**All right?** {place} gets {names}. Its digest comes {replies.rhythm(schedule)}.{shown}"
    )


def done_text(answer: FollowAnswer, place: str, topics: Sequence[Topic], now: datetime) -> str:
    """After the set-up."""
    names = ", ".join(replies.name(one.name) for one in topics)
    comes = replies.next_digest(answer.followed.destination, now)
    said = [f"Done: {place} now follows {names}. {comes}"]
    if answer.on_their_way:
        said.append(f"The latest {replies.articles(answer.on_their_way)} follow in a moment.")
    return "\n".join([*said, "`/channel status` tells how it goes."])


def topic_page(topics: Sequence[Topic], page: int) -> Sequence[Topic]:
    """The topics on one page of the menu, from 0; none beyond the last."""
    return topics[page * MENU : (page + 1) * MENU]


def topic_step(draft: Draft, here: Sequence[Topic], page: int, total: int) -> ui.View:
    """A menu of these topics, those that are chosen ticked; and the buttons on and back."""
    text = draft.text()
    elsewhere = sum(one not in {topic.id for topic in here} for one in draft.topics)
    menu: ui.Select[ui.View] = ui.Select(
        custom_id=f"setup:what:{text}:{page}",
        placeholder=f"Choose up to {MOST_TOPICS} topics",
        min_values=0,
        max_values=max(1, min(MOST_TOPICS - elsewhere, len(here))),
        options=[_option(topic, ticked=topic.id in draft.topics) for topic in here],
        disabled=elsewhere >= MOST_TOPICS,
    )
    row = [button("Back", f"setup:back:{text}", row=1)]
    if total > MENU:
        last = (total - 1) // MENU
        before, after = (page - 1) % (last + 1), (page + 1) % (last + 1)
        if before != after:
            row.append(button("Busier topics", f"setup:turn:{text}:{before}", row=1))
        row.append(button("More topics", f"setup:turn:{text}:{after}", row=1))
    on = button(
        "Next",
        f"setup:when:{text}",
        style=discord.ButtonStyle.primary,
        disabled=not draft.topics,
        row=1,
    )
    return buttons(menu, *row, on)


def when_step(draft: Draft, now: datetime) -> ui.View:
    """Menus for how often, on which day, at what hour and where; only those that matter."""
    text, when = draft.text(), draft.schedule
    items: list[ui.Item[ui.View]] = [
        _menu(
            f"setup:every:{text}", [(words, every) for every, words in _EVERY.items()], when.every
        )
    ]
    timed = when.every in (Cadence.DAILY, Cadence.WEEKLY)
    if when.every is Cadence.WEEKLY:
        days = [(f"on {name}", str(day)) for day, name in enumerate(replies.DAYS)]
        items.append(_menu(f"setup:day:{text}", days, str(when.day)))
    if timed:
        hours = [f"{hour:02}:00" for hour in range(24)]
        at = f"{when.at:%H:%M}"
        hours = sorted({*hours, at})
        items.append(_menu(f"setup:at:{text}", [(f"at {one}", one) for one in hours], at))
        zones = list(dict.fromkeys([when.zone, *suggest("")]))[:MENU]
        items.append(
            _menu(f"setup:zone:{text}", [(_clock(zone, now), zone) for zone in zones], when.zone)
        )
    back = button("Back", f"setup:check:{text}", row=4)
    other = [button("Another time or zone", f"setup:other:{text}", row=4)] if timed else []
    on = button("Preview", f"setup:review:{text}", style=discord.ButtonStyle.primary, row=4)
    return buttons(*items, back, *other, on)


def _option(topic: Topic, *, ticked: bool) -> discord.SelectOption:
    return discord.SelectOption(
        label=shorten(one_line(topic.name), 100) or str(topic.id),
        value=str(topic.id),
        description=replies.volume(topic),
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


def _clock(zone: str, now: datetime) -> str:
    """``Europe/Berlin (now 13:05)``: by its clock everybody knows their own zone."""
    return f"{zone.replace('_', ' ')} (now {now.astimezone(ZoneInfo(zone)):%H:%M})"
