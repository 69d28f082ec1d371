"""A delivery in, the body of its message out (pure): heading, cards, buttons, and whom it pings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import discord

from bot import looks, replies
from bot.language import tongue
from bot.views import digest_rows
from digests.model import Delivery, Published

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
