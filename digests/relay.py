"""Step 5, send: promised deliveries in, receipts out; retry, hold, or give up.

    claim -> Sender.send -> settle

A delivery is claimed with a lease and settled by its attempt number, so two relays never both
own one. The Sender answers with an outcome; ``after`` decides what becomes of the delivery.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import (
    Delivery,
    Outcome,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Sent,
    State,
    Unknown,
)
from digests.storage import Connection, Database, destinations, outbox

log = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(seconds=45)
"""Longer than a send may take, shorter than the nonce window: what a dead process had claimed is
sent again while Discord still knows the nonce."""

NONCE_WINDOW = timedelta(seconds=60)
"""How long after a first attempt Discord surely still knows its nonce."""

_BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)


class Sender(Protocol):
    """Posts one delivery. Every foreseeable end is an outcome, not an error."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Post the delivery, or post it again with the same nonce."""
        ...


class TokenRevoked(Exception):
    """The token no longer works; everything promised stays in the outbox."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a delivery, and of its destination when ``hold`` is set."""

    state: State
    columns: dict[str, object] = field(default_factory=dict)
    hold: bool = False


def backoff(attempt: int) -> timedelta:
    """How long to wait after attempt number ``attempt`` (from 1) failed."""
    return timedelta(seconds=_BACKOFF[min(attempt, len(_BACKOFF)) - 1])


def after(outcome: Outcome, delivery: Delivery, now: datetime) -> Verdict:
    """What an outcome means for a delivery (pure)."""
    match outcome:
        case Sent(message_id, channel_id):
            return Verdict(State.SENT, {"message_id": message_id, "channel_id": channel_id})
        case Rejected(reason):
            return Verdict(State.DEAD, {"reason": reason})
        case Refused(reason):
            columns: dict[str, object] = {"reason": reason}
            return Verdict(State.HELD, columns | _certainty(delivery), hold=True)
        case RetryLater(reason, seconds):
            wait = max(backoff(delivery.attempt), timedelta(seconds=seconds))
            columns = {"not_before": now + wait, "reason": reason}
            return Verdict(State.WAITING, columns | _certainty(delivery))
        case Unknown(reason):
            wait = min(backoff(delivery.attempt), NONCE_WINDOW / 4)
            return Verdict(State.WAITING, {"not_before": now + wait, "reason": reason})
        case Revoked(reason):
            return Verdict(State.WAITING, {"not_before": now, "reason": reason})


def _certainty(delivery: Delivery) -> dict[str, object]:
    """After an attempt that surely posted nothing: no doubt, unless an earlier one left some."""
    return {"in_doubt_since": None} if delivery.in_doubt_since == delivery.claimed_at else {}


def too_late_to_repeat(delivery: Delivery, now: datetime) -> bool:
    """Whether an earlier attempt may have posted it, too long ago for its nonce to help."""
    in_doubt = delivery.in_doubt_since < delivery.claimed_at
    return in_doubt and now - delivery.in_doubt_since > NONCE_WINDOW


@dataclass
class Relay:
    """Sends what is due. ``clock`` gives the time, aware, in UTC."""

    database: Database
    sender: Sender
    clock: Callable[[], datetime]

    async def take_over(self) -> int:
        """On a database of our own, whatever is being sent was left by a process that died."""
        if not self.database.embedded:
            return 0
        async with self.database.write() as connection:
            return await outbox.end_leases(connection, self.clock())

    async def run_once(self) -> int:
        """Claim one batch, send it, settle it; how many deliveries that were.

        Raises TokenRevoked once everything claimed is settled.
        """
        now = self.clock()
        async with self.database.write() as connection:
            claimed = await outbox.claim(connection, now, now + LEASE, BATCH)
        if not claimed:
            return 0
        outcomes = await asyncio.gather(*map(self._send, claimed))
        await self._settle(claimed, outcomes)
        for outcome in outcomes:
            if isinstance(outcome, Revoked):
                raise TokenRevoked(outcome.reason)
        return len(claimed)

    async def _send(self, delivery: Delivery) -> Outcome:
        if not delivery.articles:
            return Rejected("every article was withdrawn before it was sent")
        if too_late_to_repeat(delivery, self.clock()):
            return Refused("it may have been posted already, and that can no longer be found out")
        try:
            return await self.sender.send(delivery)
        except Exception as error:  # one delivery must never stop another
            log.exception("delivery %s: sending failed unexpectedly", delivery.id)
            return Unknown(f"unexpected {type(error).__name__}")

    async def _settle(self, claimed: Sequence[Delivery], outcomes: Sequence[Outcome]) -> None:
        now = self.clock()
        async with self.database.write() as connection:
            for delivery, outcome in zip(claimed, outcomes, strict=True):
                await _settle_one(connection, delivery, outcome, now)


async def _settle_one(
    connection: Connection, delivery: Delivery, outcome: Outcome, now: datetime
) -> None:
    verdict = after(outcome, delivery, now)
    if not await outbox.settle(connection, delivery, verdict.state, now, **verdict.columns):
        log.warning("delivery %s had passed to another process; its end is theirs", delivery.id)
        return
    destination = delivery.destination
    if verdict.hold or (destination.held and verdict.state is State.SENT):
        reason = str(verdict.columns["reason"]) if verdict.hold else None
        await destinations.set_held(connection, destination.id, reason)
    _log(delivery, outcome, verdict)


def _log(delivery: Delivery, outcome: Outcome, verdict: Verdict) -> None:
    place = f"{delivery.destination.address.kind} {delivery.destination.address.id}"
    name = f"edition {delivery.number} ({delivery.part + 1}/{delivery.parts}) for {place}"
    match outcome:
        case Sent(message_id):
            log.info("%s: sent as message %s", name, message_id)
        case _:
            log.warning("%s: %s: %s", name, verdict.state, outcome.reason)
