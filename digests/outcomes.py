"""What became of an attempt to send one delivery: the answers that a ``Sender`` may give.

They are values and not errors; the relay decides by them what happens next to the delivery.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Posted: the receipt. ``message_id`` is None if it was deleted before we could learn it."""

    message_id: int | None
    channel_id: int


@dataclass(frozen=True, slots=True)
class Edited:
    """The message looks as it has to."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Certainly not posted; may work after ``seconds``."""

    reason: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been posted: the answer was lost."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not posted, and not before somebody acts: a permission, an open DM, a channel."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Not posted, and not before the place comes back: it was deleted, or the bot removed."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked for and not found: no earlier attempt posted it."""

    reason: str = "it was not there"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An earlier attempt may have posted it, and the bot may not look."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Not posted, and never will be: the message itself is at fault."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """Not posted: something that the message says is not let through there. Less may be."""

    reason: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """The token no longer works: nothing can be sent by anyone."""

    reason: str


Outcome = (
    Sent
    | RetryLater
    | Unknown
    | Refused
    | Gone
    | Absent
    | Unreadable
    | Rejected
    | Blocked
    | Revoked
)

EditOutcome = Edited | RetryLater | Unknown | Refused | Gone | Rejected | Revoked
"""How an attempt to edit a message may end; an edit may be repeated without harm."""
