"""A set-up half-way through in, the text that stands for it in custom_ids out, and back (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time

from digests.model import Cadence, Look, Schedule
from digests.zones import available

MOST_TOPICS = 5
"""How many topics fit into a custom_id; ``/channel follow`` adds more."""

LONGEST = 80

PATTERN = (
    r"(?P<setup>[0-9a-z]*!(?:[0-9a-z]+(?:~[0-9a-z]+)*)?![ihdw]\d{4}[0-6][ckl]?![A-Za-z0-9_+\-/]+)"
)
"""What ``SetupState.text`` gives, and nothing that it could not have given but in its numbers."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS = {"i": Cadence.INSTANTLY, "h": Cadence.HOURLY, "d": Cadence.DAILY, "w": Cadence.WEEKLY}
_LOOKS = {"": None, "c": Look.CARDS, "k": Look.COMPACT, "l": Look.LEAD}
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SetupState:
    """What was chosen so far; ``channel`` and ``topics`` are ids.

    ``look`` is None while it is to stay what it is.
    """

    channel: int | None = None
    topics: tuple[int, ...] = ()
    schedule: Schedule = field(default_factory=Schedule)
    look: Look | None = None

    def text(self) -> str:
        """At most ``LONGEST`` characters that hold all of it."""
        channel = "" if self.channel is None else _to_base36(self.channel)
        when = self.schedule
        (look,) = (letter for letter, one in _LOOKS.items() if one is self.look)
        rest = f"{when.every.value[0]}{when.at:%H%M}{when.day}{look}!{when.zone}"
        topics = [_to_base36(one) for one in self.topics[:MOST_TOPICS]]
        while len(text := f"{channel}!{'~'.join(topics)}!{rest}") > LONGEST:
            topics.pop()
        return text


def state_of(text: str) -> SetupState:
    """The state of a text that matches ``PATTERN``; what cannot be is as if it was not chosen."""
    channel, topics, when, zone = text.split("!")
    hour, minute = int(when[1:3]), int(when[3:5])
    at = time(hour, minute) if hour < 24 and minute < 60 else Schedule().at
    ids = filter(None, map(_from_base36, topics.split("~")))
    return SetupState(
        channel=_from_base36(channel),
        topics=tuple(dict.fromkeys(ids))[:MOST_TOPICS],
        schedule=Schedule(
            every=_LETTERS[when[0]],
            at=at,
            day=int(when[5]),
            zone=zone if zone in available() else Schedule().zone,
        ),
        look=_LOOKS[when[6:]],
    )


def matches(text: str) -> bool:
    """Whether ``state_of`` can read it."""
    return re.fullmatch(PATTERN, text, re.ASCII) is not None


def _from_base36(text: str) -> int | None:
    number = int(text, 36) if text else 0
    return number if 0 < number <= _LARGEST else None


def _to_base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
