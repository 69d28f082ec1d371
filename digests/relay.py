"""Step 5, send: promised deliveries in, receipts out; retry, hold, or give up.

    claim -> Sender.send -> settle

A delivery is claimed with a lease and settled by its attempt number, so two relays never both
own one. Sends run side by side, so that a slow channel delays nobody; their ends are written, and
the next are claimed, together in one small transaction. The Sender answers with an outcome, and
``after`` decides what becomes of the delivery.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import Delivery, Hold, Kind, Look, State
from digests.outcomes import (
    Absent,
    Blocked,
    Gone,
    Outcome,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Sent,
    Unknown,
    Unreadable,
)
from digests.storage import Connection, destinations, holds, outbox
from digests.storage.outbox import Settlement
from digests.worker import BATCH, LAST_BACKOFF, LEASE, Worker, backoff

log = logging.getLogger(__name__)

NONCE_WINDOW = timedelta(seconds=60)
"""How long after a first attempt Discord surely still knows its nonce."""

SETTLED_BY_NOW = timedelta(seconds=30)
"""How long after a lost answer whatever became of the request can be seen."""


class Sender(Protocol):
    """Posts one delivery. Every foreseeable end is an outcome, not an error."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Post the delivery, or post it again with the same nonce."""
        ...

    async def find(self, delivery: Delivery) -> Outcome:
        """Look whether an earlier attempt posted it: Sent, Absent or Unreadable."""
        ...


def after(outcome: Outcome, delivery: Delivery, now: datetime) -> Settlement:
    """What an outcome means for a delivery (pure)."""
    # A sure failure leaves no doubt, unless an earlier attempt had left some.
    earlier = delivery.in_doubt_since < delivery.claimed_at
    doubt = delivery.in_doubt_since if earlier else None
    wait = backoff(delivery.attempt)
    match outcome:
        case Sent(message_id, channel_id):
            return Settlement(delivery, State.SENT, message_id=message_id, channel_id=channel_id)
        case Rejected(reason):
            return Settlement(delivery, State.DEAD, reason=reason)
        case Blocked(reason):
            # Lines hold neither excerpts nor related links: they are tried once.
            if delivery.look is Look.COMPACT:
                return Settlement(delivery, State.DEAD, reason=reason)
            return Settlement(delivery, State.WAITING, now, doubt, reason=reason, look=Look.COMPACT)
        case Refused(reason) | Gone(reason) | Unreadable(reason):
            return Settlement(delivery, State.HELD, in_doubt_since=doubt, reason=reason)
        case RetryLater(reason, seconds):
            due = now + max(wait, timedelta(seconds=seconds))
            return Settlement(delivery, State.WAITING, due, doubt, reason=reason)
        case Unknown(reason):
            due = now + (min(wait, NONCE_WINDOW / 4) if has_nonce(delivery) else SETTLED_BY_NOW)
            return Settlement(delivery, State.WAITING, due, delivery.in_doubt_since, reason=reason)
        case Absent(reason):
            # At once, unless it has been failing for long.
            due = now if delivery.attempt <= LAST_BACKOFF else now + wait
            return Settlement(delivery, State.WAITING, due, None, reason=reason)
        case Revoked(reason):
            return Settlement(delivery, State.WAITING, now, doubt, reason=reason)


def has_nonce(delivery: Delivery) -> bool:
    """Whether Discord takes a nonce there: not for the message that opens a forum post."""
    return delivery.destination.address.kind is not Kind.FORUM or delivery.thread_id is not None


def must_look_first(delivery: Delivery, now: datetime) -> bool:
    """Whether an earlier attempt may have posted it, and it is no answer to repeat that.

    No nonce guards a repeat there, or no more; or articles were withdrawn since.
    """
    if delivery.in_doubt_since >= delivery.claimed_at:
        return False
    late = now - delivery.in_doubt_since > NONCE_WINDOW
    return late or not has_nonce(delivery) or delivery.shrunk


_CAUSES = {Refused: Hold.REFUSED, Gone: Hold.GONE, Unreadable: Hold.DOUBTFUL}


@dataclass
class Relay(Worker[Sender, Delivery, Outcome]):
    """Sends what is due; ``probes`` says how many held destinations may be tried again."""

    cut_off = Unknown("the program ended while it was being sent")

    probes: Callable[[], int] = lambda: BATCH

    async def end_leases(
        self, connection: Connection, now: datetime, *, all_of_them: bool = False
    ) -> int:
        """What a dead process was sending waits again."""
        return await outbox.end_leases(connection, now, all_of_them=all_of_them)

    async def tidy(self, connection: Connection, now: datetime) -> None:
        """Try some held destinations again."""
        if (probes := self.probes()) > 0:
            await holds.probe(connection, now, probes)

    async def claim(self, connection: Connection, now: datetime, most: int) -> list[Delivery]:
        """Take deliveries that are due."""
        return await outbox.claim(connection, now, now + LEASE, most)

    async def settle(
        self, connection: Connection, ended: Sequence[tuple[Delivery, Outcome]], now: datetime
    ) -> None:
        """Write what became of deliveries, and what that means for their destinations."""
        await _settle(connection, ended, now)

    async def work_on(self, piece: Delivery) -> Outcome:
        """Send one delivery, or look whether an earlier attempt did."""
        try:
            if must_look_first(piece, self.clock()):
                return await self.discord.find(piece)
            if not piece.articles:
                return Rejected("every article was withdrawn before it was sent")
            return await self.discord.send(piece)
        except Exception as error:  # one delivery must never stop another
            log.exception("delivery %s: sending failed unexpectedly", piece.id)
            return Unknown(f"unexpected {type(error).__name__}")


async def _settle(
    connection: Connection, ended: Sequence[tuple[Delivery, Outcome]], now: datetime
) -> None:
    if not ended:
        return
    outcomes = {delivery.id: outcome for delivery, outcome in ended}
    wanted = [after(outcome, delivery, now) for delivery, outcome in ended]
    own = await outbox.settle(connection, wanted, now)
    for lost in {one.delivery.id for one in wanted} - {one.delivery.id for one in own}:
        log.warning("delivery %s had passed to another process; its end is theirs", lost)
    for one in own:
        outcome = outcomes[one.delivery.id]
        await _settle_destination(connection, one, outcome, now)
        _log(one, outcome)


async def _settle_destination(
    connection: Connection, settlement: Settlement, outcome: Outcome, now: datetime
) -> None:
    """What the end of a delivery means for its destination."""
    destination = settlement.delivery.destination
    if settlement.state is State.HELD:
        cause = _CAUSES[type(outcome)]
        await holds.hold(connection, destination.id, cause, settlement.reason or "", now)
    elif destination.held and settlement.state is State.SENT:
        await holds.release(connection, [destination.id], now)
    elif destination.held and settlement.state is State.DEAD:
        await holds.rearm(connection, [destination.id], now)
    new_dm = destination.address.kind is Kind.DM and destination.dm_channel_id is None
    if new_dm and settlement.channel_id is not None:
        await destinations.remember_dm_channel(connection, destination.id, settlement.channel_id)


def _log(settlement: Settlement, outcome: Outcome) -> None:
    delivery = settlement.delivery
    place = f"{delivery.destination.address.kind} {delivery.destination.address.id}"
    name = f"edition {delivery.number} ({delivery.part + 1}/{delivery.parts}) for {place}"
    match outcome:
        case Sent(message_id):
            log.info("%s: sent as message %s", name, message_id or "(deleted since)")
        case Absent():
            log.info("%s: an earlier attempt did not post it", name)
        case _:
            log.warning("%s: %s: %s", name, settlement.state, outcome.reason)
