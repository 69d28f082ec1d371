"""A delivery in, the body of its message out (pure): heading, cards, buttons, and whom it pings."""

from __future__ import annotations

from typing import Any

from bot import render, replies
from bot.language import tongue
from bot.views import digest_rows
from digests.model import Delivery

Payload = dict[str, Any]


def message(delivery: Delivery) -> Payload:
    """What is posted of a delivery, as the API takes it; the same also for changing the message.

    What only posting knows (a nonce, tags) is added by ``bot.delivery``.
    """
    say = tongue(None)
    body: Payload = {
        "embeds": [
            card.to_dict() for card in render.embeds([a.article for a in delivery.articles])
        ],
        "allowed_mentions": {"parse": []},
        "components": digest_rows(say, delivery),
    }
    if heading := replies.heading(say, delivery):
        body["content"] = heading
    return body
