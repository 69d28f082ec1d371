"""What is stored of an article in, a short mark of what its cards say out (pure).

Two marks differ in a place exactly where readers see a difference: on a card of its own, on a line
of its own, or as a link on the card of another. Quality, heat and whatever else no card shows are
in none of them. A mark also tells, without their words, what other cards of a message depended on:
which pictures were shown already, and whose topic gave the colour.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum
from typing import Any, NamedTuple
from zlib import crc32

PICTURES = 4
"""How many pictures of an article a message shows at most."""


class Place(IntEnum):
    """Where an article stands in a message; ``ALONE`` is a card that shows several pictures."""

    CARD = 0
    LINE = 1
    LINK = 2
    ALONE = 3


class Seen(NamedTuple):
    """A mark taken apart: what each place says, the colour's topic, and the pictures."""

    card: str
    line: str
    link: str
    topic: str
    pictures: tuple[str, ...]


def seen(body: Mapping[str, Any], published_at: datetime) -> str:
    """The mark of an article; ``body`` as in ``digests.record``."""
    provider = body.get("provider") or {}
    name = provider.get("name", "")
    pictures = [(one["url"], one.get("attribution", "")) for one in body.get("images", ())]
    others = body.get("other_links", ())
    topics = list(body.get("topics", ()))
    link = (body["title"], name)
    line = (*link, published_at.isoformat())
    card = (
        *line,
        body.get("excerpt", ""),
        provider.get("domain", ""),
        provider.get("icon"),
        topics,
        pictures[:1],
        [
            (one["title"], one["link"], one.get("provider", ""))
            for one in body.get("related", ())
            if one["link"] not in others
        ],
    )
    topic = topic_mark(topics[0]) if topics else ""
    different = list(dict.fromkeys(url for url, _ in pictures))
    shown = ",".join(map(picture_mark, different[:PICTURES]))
    return ".".join((*map(_mark, (card, line, link)), topic, shown))


def apart(mark: str) -> Seen:
    """A mark taken apart."""
    card, line, link, topic, pictures = mark.split(".")
    return Seen(card, line, link, topic, tuple(filter(None, pictures.split(","))))


def differ(one: str, other: str, place: Place) -> bool:
    """Whether readers see a difference between two marks there."""
    before, after = apart(one), apart(other)
    if place is Place.ALONE:
        return (before.card, before.pictures) != (after.card, after.pictures)
    return before[place] != after[place]


def topic_mark(topic: str) -> str:
    """By which a topic's colour is found again: its CRC without regard to case, as hex."""
    return f"{crc32(topic.casefold().encode('utf-8', 'surrogatepass')):x}"


def picture_mark(url: str) -> str:
    """By which a picture is known again."""
    return _mark(url)


def _mark(told: object) -> str:
    text = json.dumps(told, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
