"""A draft in, the message that shows it to its editors out (pure): how it stands, list, buttons."""

from __future__ import annotations

from typing import Any

import discord

from bot import render
from bot.language import Tongue, tongue
from bot.presses import button
from bot.replies import name, when
from bot.text import isolate, masked_link, one_line, plain
from digests.editing import Act, Done, DraftState
from digests.editors import Sheet
from digests.model import FOREVER, Article

Payload = dict[str, Any]

TITLE = 100
PROVIDER = 60
ACTS = 6
"""How many of the latest acts the message names."""

_ROOM = render.DESCRIPTION_LIMIT - 200  # for the line that says how many more there are
_COLOURS = {
    DraftState.OPEN: 0x5B8DEF,
    DraftState.APPROVED: 0x4CAF6D,
    DraftState.HELD: 0xB5A033,
}
_OVER = 0x8A93A3


def proof(sheet: Sheet) -> Payload:
    """What is posted of a draft, as the API takes it; the same also for changing the message."""
    say = tongue(sheet.destination.language)
    embed = discord.Embed(
        description=_listed(say, sheet) or None,
        colour=_COLOURS.get(sheet.draft.state, _OVER),
    )
    done = [act_line(say, sheet, one) for one in sheet.draft.acts[-ACTS:]]
    return {
        "content": "\n".join([f"**{heading(say, sheet)}**", standing(say, sheet), *done]),
        "embeds": [dict(embed.to_dict())] if embed.description else [],
        "allowed_mentions": {"parse": []},
        "components": _rows(say, sheet) if sheet.live else [],
    }


def place_of(sheet: Sheet) -> str:
    """The mention of the channel that the draft is for."""
    return f"<#{sheet.destination.address.id}>"


def heading(say: Tongue, sheet: Sheet) -> str:
    """What it is, and how many articles it has."""
    return say("draft-heading", place=place_of(sheet), n=len(sheet.going))


def standing(say: Tongue, sheet: Sheet) -> str:
    """How it stands, and what becomes of it if nobody does anything."""
    draft = sheet.draft
    match draft.state:
        case DraftState.OPEN | DraftState.APPROVED | DraftState.HELD:
            return _comes(say, sheet)
        case DraftState.SENT if draft.ended_at is not None:
            at, number = when(draft.ended_at), draft.edition or 0
            return say("draft-sent", when=at, number=number)
        case _:
            return say(f"draft-{draft.state.value}")


def _comes(say: Tongue, sheet: Sheet) -> str:
    """When a live draft goes out."""
    draft = sheet.draft
    if sheet.due is None or sheet.due >= FOREVER:
        return say("draft-paused")
    if draft.state is DraftState.HELD:
        passed = sheet.due > draft.slot
        return say("draft-held-over" if passed else "draft-held", when=when(sheet.due))
    return say(f"draft-{draft.state.value}", when=when(sheet.due))


def act_line(say: Tongue, sheet: Sheet, done: Done) -> str:
    """Who did what."""
    title = ""
    if done.article_id is not None:
        title = name(one_line(sheet.titles.get(done.article_id, "")) or say("untitled"))
    return say(f"draft-act-{done.act.value}", who=f"<@{done.by}>", title=title)


def _listed(say: Tongue, sheet: Sheet) -> str:
    """A line for each card: those that go out numbered, those that are left out struck."""
    lines: list[str] = []
    for number, (_, card) in enumerate(sheet.going, 1):
        if number == sheet.shown + 1:
            lines += ["", say("draft-rest")]  # the empty line ends the list
        pin = "📌 " if number <= sheet.pinned else ""
        lines.append(f"{number}. {pin}{_line(say, card.article)}")
    if sheet.dropped:
        lines += ["", say("draft-dropped")]
        lines += [f"- ~~{_title(say, card.article)}~~" for _, card in sheet.dropped]
    room, kept = _ROOM, list[str]()
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return "\n".join([*kept, say("draft-and-more", n=len(lines) - len(kept))])
        kept.append(line)
    return "\n".join(kept)


def _line(say: Tongue, article: Article) -> str:
    link = masked_link(one_line(article.title), article.link, TITLE)
    said = f"**{link or _title(say, article)}**"
    if article.provider and (provider := plain(one_line(article.provider.name), PROVIDER)):
        return f"{said} · {isolate(provider)}"
    return said


def _title(say: Tongue, article: Article) -> str:
    return isolate(plain(one_line(article.title), TITLE)) or say("untitled")


def _rows(say: Tongue, sheet: Sheet) -> list[Payload]:
    rows = (decisions(say, sheet), changes(say, sheet))
    return [
        {"type": 1, "components": [one.to_component_dict() for one in row]} for row in rows if row
    ]


def decisions(say: Tongue, sheet: Sheet) -> list[discord.ui.Button[discord.ui.View]]:
    """The buttons that decide when a draft goes out, for the version that it is."""
    id_ = f"{sheet.draft.id}:{sheet.draft.version}"
    green = discord.ButtonStyle.success
    approve = button(say("button-approve"), f"draft:approve:{id_}", style=green, emoji="✅")
    hold = button(say("button-hold"), f"draft:hold:{id_}", emoji="⏸️")
    send = button(say("button-send-now"), f"draft:send:{id_}", emoji="📨")
    state = sheet.draft.state
    return [
        *([approve] if state is not DraftState.APPROVED else []),
        *([hold] if state is not DraftState.HELD else []),
        send,
    ]


def changes(say: Tongue, sheet: Sheet) -> list[discord.ui.Button[discord.ui.View]]:
    """The buttons that open menus to change a draft, and the one that shows its cards."""
    id_ = sheet.draft.id
    return [
        button(say("button-drop"), f"draft:drop:{id_}:0", emoji="🗑️"),
        button(say("button-pin"), f"draft:pin:{id_}:0", emoji="📌"),
        button(say("button-see-cards"), f"draft:see:{id_}:0", emoji="👀"),
    ]


def last_act(say: Tongue, sheet: Sheet) -> str:
    """What was done last; that its time was moved, if nobody did anything."""
    last = sheet.last
    moved = last is None or last.number < sheet.draft.version
    return say("draft-moved") if moved or last is None else act_line(say, sheet, last)


SAID = {Act.APPROVED: "draft-you-approved", Act.HELD: "draft-you-held", Act.SENT: "draft-you-sent"}
"""What is said to who did it."""
