"""Step 5, send: promised deliveries in, receipts out; retry, hold, or give up.

    claim -> Sender.send -> settle

A delivery is claimed with a lease and settled by its attempt number, so two relays never both
own one. Sends run side by side, so that a slow channel delays nobody; their ends are written, and
the next are claimed, together in one small transaction. The Sender answers with an outcome, and
``after`` decides what becomes of the delivery.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from digests.model import Delivery, Hold, Kind, State
from digests.outcomes import (
    Absent,
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
from digests.storage import Connection, Database, destinations, holds, outbox
from digests.storage.outbox import Settlement
from digests.under_way import GATHER, TICK, UnderWay

log = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(seconds=45)
"""Longer than a send may take, shorter than the nonce window: what a dead process had claimed is
sent again while Discord still knows the nonce."""

NONCE_WINDOW = timedelta(seconds=60)
"""How long after a first attempt Discord surely still knows its nonce."""

SETTLED_BY_NOW = timedelta(seconds=30)
"""How long after a lost answer whatever became of the request can be seen."""

_BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0)


class Sender(Protocol):
    """Posts one delivery. Every foreseeable end is an outcome, not an error."""

    async def send(self, delivery: Delivery) -> Outcome:
        """Post the delivery, or post it again with the same nonce."""
        ...

    async def find(self, delivery: Delivery) -> Outcome:
        """Look whether an earlier attempt posted it: Sent, Absent or Unreadable."""
        ...


class TokenRevoked(Exception):
    """The token no longer works; everything promised stays in the outbox."""


def backoff(attempt: int) -> timedelta:
    """How long to wait after attempt number ``attempt`` (from 1) failed."""
    return timedelta(seconds=_BACKOFF[min(attempt, len(_BACKOFF)) - 1])


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
            due = now if delivery.attempt <= len(_BACKOFF) else now + wait
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
class Relay:
    """Sends what is due. ``clock`` gives the time, aware, in UTC.

    ``room`` says how many more deliveries may be claimed now, ``probes`` how many held
    destinations may be tried again. ``tick`` and ``gather`` are in seconds.
    """

    database: Database
    sender: Sender
    clock: Callable[[], datetime]
    room: Callable[[], int] = lambda: BATCH
    probes: Callable[[], int] = lambda: BATCH
    tick: float = TICK
    gather: float = GATHER
    _work: UnderWay[Delivery, Outcome] = field(
        default_factory=lambda: UnderWay(Unknown("the program ended while it was being sent"))
    )
    _tidied: datetime | None = None

    @property
    def under_way(self) -> int:
        """How many deliveries are being sent."""
        return len(self._work)

    async def take_over(self) -> int:
        """On a database of our own, whatever is being sent was left by a process that died."""
        if not self.database.embedded:
            return 0
        async with self.database.write() as connection:
            return await outbox.end_leases(connection, self.clock(), all_of_them=True)

    async def run_once(self) -> int:
        """Claim what there is room for, send it, settle it; how many deliveries that were.

        Raises TokenRevoked once everything claimed is settled.
        """
        claimed = await self._turn(min(self.room(), BATCH))
        await self._work.all()
        await self._turn(0)
        return claimed

    async def run(self, stop: asyncio.Event, woken: asyncio.Event, wind_down: float = 8.0) -> None:
        """Send until ``stop``; ``woken`` says that something new is promised.

        What is under way at the end has ``wind_down`` seconds more; whatever is still open then is
        left in doubt, with its nonce. Raises TokenRevoked.
        """
        try:
            while not stop.is_set():
                woken.clear()
                await self._turn(min(self.room(), BATCH))
                await self._work.some(woken, stop, tick=self.tick, gather=self.gather)
        finally:
            await self._work.wind_down(wind_down)
            await self._turn(0)

    async def _turn(self, most: int) -> int:
        """Write what has ended, and claim up to ``most`` more; how many were claimed."""
        ended = self._work.ended[:]
        revoked = next((end for _, end in ended if isinstance(end, Revoked)), None)
        now = self.clock()
        async with self.database.write() as connection:
            await _settle(connection, ended, now)
            if self._tidied is None or now - self._tidied >= timedelta(seconds=TICK):
                await outbox.end_leases(connection, now)
                if (probes := self.probes()) > 0:
                    await holds.probe(connection, now, probes)
                self._tidied = now
            claimed = []
            if most > 0 and revoked is None:
                claimed = await outbox.claim(connection, now, now + LEASE, most)
        # Only now is it written: had that failed, it would be tried again.
        self._work.written(len(ended))
        for delivery in claimed:
            self._work.begin(delivery, self._send(delivery))
        if revoked is not None:
            raise TokenRevoked(revoked.reason)
        return len(claimed)

    async def _send(self, delivery: Delivery) -> Outcome:
        try:
            if must_look_first(delivery, self.clock()):
                return await self.sender.find(delivery)
            if not delivery.articles:
                return Rejected("every article was withdrawn before it was sent")
            return await self.sender.send(delivery)
        except Exception as error:  # one delivery must never stop another
            log.exception("delivery %s: sending failed unexpectedly", delivery.id)
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
