"""A delivery in, the body of its message out (pure): heading, cards, buttons, and whom it pings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import discord

from bot import looks, replies
from bot.language import Tongue, tongue
from bot.render import Notes
from bot.views import digest_rows
from digests.model import Delivery, Kind, Published
from digests.posted import Edit, Shown

Payload = dict[str, Any]


def message(delivery: Delivery) -> Payload:
    """What is posted of a delivery, as the API takes it; the same also for changing the message.

    What only posting knows (a nonce, flags, tags) is added by ``bot.delivery``.
    """
    say = tongue(delivery.destination.language)
    mentions: Payload = {"parse": []}
    body: Payload = {
        "embeds": _embeds(delivery),
        "allowed_mentions": mentions,
        "components": digest_rows(say, delivery),
    }
    heading = replies.heading(say, delivery)
    role = delivery.destination.appearance.role
    if heading and role is not None:
        mentions["roles"] = [str(role)]
        heading = f"<@&{role}> {heading}"
    if heading:
        body["content"] = heading
    return body


def _embeds(delivery: Delivery) -> list[Payload]:
    """The cards of the message, without pictures that earlier messages of the edition have."""
    pictured: set[str] = set()
    for part, articles in enumerate(delivery.earlier):
        pictured |= set(looks.pictures(_drawn(delivery, articles, part, pictured)))
    embeds = _drawn(delivery, delivery.articles, delivery.part, pictured)
    return [dict(one.to_dict()) for one in embeds]


def _drawn(
    delivery: Delivery, articles: Sequence[Published], part: int, pictured: Collection[str]
) -> list[discord.Embed]:
    return looks.embeds(
        [one.article for one in articles],
        delivery.look,
        first=part == 0,
        colour=delivery.destination.appearance.colour,
        pictured=pictured,
    )


def edited(edit: Edit) -> Payload:
    """What is changed of a message that is posted: its embeds, and nothing else."""
    notes = _notes(tongue(edit.destination.language))
    pictured: set[str] = set()

    def drawn(shown: Sequence[Shown], part: int) -> list[discord.Embed]:
        return looks.redrawn(
            shown,
            notes,
            edit.look,
            first=part == 0,
            colour=edit.colour,
            pictured=pictured,
        )

    for part, shown in enumerate(edit.earlier):
        drawn(shown, part)
    embeds = drawn(edit.shown, edit.part)
    return {
        "embeds": [dict(one.to_dict()) for one in embeds],
        "allowed_mentions": {"parse": []},
    }


def _notes(say: Tongue) -> Notes:
    return Notes(
        withdrawn=say("card-withdrawn"),
        corrected=lambda at: say("card-corrected", at=f"<t:{int(at.timestamp())}:R>"),
    )


def edited_post_name(edit: Edit) -> str | None:
    """What a forum post is called now that was called like its only article; None if it was not."""
    if edit.destination.address.kind is not Kind.FORUM or edit.part or not edit.alone:
        return None
    say = tongue(edit.destination.language)
    if not edit.shown or edit.shown[0].article is None:
        return say("post-name-withdrawn")
    return replies.article_name(say, edit.shown[0].article)
