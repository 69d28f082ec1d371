"""Step 5b, show: drafts that changed in, their messages in the staff channel brought up to date.

    claim -> ProofSender.post or change -> settle

The message of a draft is posted once, as a delivery is: with a nonce that never changes, looked
for where an earlier attempt is in doubt. From then on it is changed, which can be repeated. If it
cannot be posted, the edition goes out at its time all the same, and somebody is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from digests.editors import Sheet, sheet_of
from digests.outcomes import (
    Absent,
    Outcome,
    RetryLater,
    Revoked,
    Sent,
    Unknown,
    Unreadable,
)
from digests.relay import NONCE_WINDOW
from digests.storage import Connection, Database, drafts, proofs, reviews
from digests.storage.proofs import Claim, End
from digests.worker import LEASE, TokenRevoked, backoff

log = logging.getLogger(__name__)

BATCH = 20

EVERY = 5.0
"""Seconds between two looks when nobody says that something changed."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft to be shown, claimed: posted if it has no message yet, else changed.

    ``in_doubt_since`` is when the first attempt began that may have posted it.
    """

    sheet: Sheet
    claim: Claim

    @property
    def in_doubt_since(self) -> datetime:
        return self.claim.in_doubt_since


class ProofSender(Protocol):
    """Shows drafts. Every foreseeable end is an outcome, not an error."""

    async def post(self, proof: Proof) -> Outcome:
        """Post its message, or post it again with the same nonce."""
        ...

    async def change(self, proof: Proof) -> Outcome:
        """Change its message; Sent without its id if it is there no more."""
        ...

    async def find(self, proof: Proof) -> Outcome:
        """Look whether an earlier attempt posted it: Sent, Absent or Unreadable."""
        ...


def must_look_first(proof: Proof) -> bool:
    """Whether an earlier attempt may have posted it, and no nonce guards a repeat."""
    claim = proof.claim
    return (
        proof.sheet.draft.message_id is None
        and claim.claimed_at - claim.in_doubt_since > NONCE_WINDOW
    )


def after(outcome: Outcome, proof: Proof, now: datetime) -> End:
    """What an outcome means for a draft's message (pure)."""
    claim = proof.claim
    earlier = claim.in_doubt_since < claim.claimed_at
    doubt = claim.in_doubt_since if earlier else None
    wait = backoff(claim.attempt)
    match outcome:
        case Sent(message_id):
            if message_id is None:
                return End(claim, given_up="it was deleted")
            return End(claim, shown=proof.sheet.draft.version, message_id=message_id)
        case RetryLater(_, seconds):
            due = now + max(wait, timedelta(seconds=seconds))
            return End(claim, not_before=due, in_doubt_since=doubt)
        case Unknown():
            due = now + min(wait, NONCE_WINDOW / 4)
            return End(claim, not_before=due, in_doubt_since=claim.in_doubt_since)
        case Absent():
            return End(claim, not_before=now)
        case Revoked():
            return End(claim, not_before=now, in_doubt_since=doubt)
        case _:
            return End(claim, given_up=outcome.reason)


@dataclass
class Proofs:
    """Shows what changed. ``clock`` gives the time, aware, in UTC; ``room`` whether to send now."""

    database: Database
    sender: ProofSender
    clock: Callable[[], datetime]
    room: Callable[[], int] = lambda: BATCH

    async def take_over(self) -> None:
        """On a database of our own, whatever is claimed was left by a process that died."""
        if self.database.embedded:
            async with self.database.write() as connection:
                await proofs.end_leases(connection, self.clock())

    async def run(self, stop: asyncio.Event, woken: asyncio.Event) -> None:
        """Show until ``stop``; raises TokenRevoked."""
        while not stop.is_set():
            woken.clear()
            await self.run_once()
            waiters = [asyncio.create_task(one.wait()) for one in (stop, woken)]
            await asyncio.wait(waiters, timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
            for waiter in waiters:
                waiter.cancel()

    async def run_once(self) -> int:
        """Bring what is behind up to date; how many messages that were."""
        most = min(self.room(), BATCH)
        if most <= 0:
            return 0
        now = self.clock()
        async with self.database.write() as connection:
            claims = await proofs.claim(connection, now, now + LEASE, most)
            taken = [await _proof(connection, one) for one in claims]
        outcomes = await asyncio.gather(*(self._send(one) for one in taken))
        now = self.clock()
        async with self.database.write() as connection:
            ended = list(zip(taken, outcomes, strict=True))
            await proofs.settle(connection, [after(end, proof, now) for proof, end in ended])
        # In transactions of their own: planning locks reviews before drafts, this the other way.
        for proof, end in ended:
            await self._note(proof, end, now)
        for outcome in outcomes:
            if isinstance(outcome, Revoked):
                raise TokenRevoked(outcome.reason)
        return len(taken)

    async def _note(self, proof: Proof, outcome: Outcome, now: datetime) -> None:
        """Note, when a draft was to be posted, whether that can be done there."""
        draft, end = proof.sheet.draft, after(outcome, proof, now)
        name = f"draft {draft.id} for {proof.sheet.destination.address.id}"
        id_, channel_id = draft.destination_id, draft.channel_id
        if end.shown is not None:
            log.info("%s: version %d shown in channel %s", name, end.shown, channel_id)
        elif end.given_up is not None:
            log.warning("%s cannot be shown in channel %s: %s", name, channel_id, end.given_up)
        if draft.message_id is not None or isinstance(outcome, Unreadable):
            return
        if end.shown is not None:
            async with self.database.write() as connection:
                await reviews.no_trouble(connection, id_, channel_id)
        elif end.given_up is not None and not isinstance(outcome, Sent):
            async with self.database.write() as connection:
                await reviews.note_trouble(connection, id_, channel_id, end.given_up, now)

    async def _send(self, proof: Proof) -> Outcome:
        try:
            if proof.sheet.draft.message_id is not None:
                return await self.sender.change(proof)
            if must_look_first(proof):
                return await self.sender.find(proof)
            return await self.sender.post(proof)
        except Exception as error:  # one message must never stop another
            log.exception("draft %s: showing it failed unexpectedly", proof.sheet.draft.id)
            return Unknown(f"unexpected {type(error).__name__}")


async def _proof(connection: Connection, claim: Claim) -> Proof:
    draft = await drafts.find(connection, claim.draft_id)
    assert draft is not None  # noqa: S101 - it was claimed in this transaction
    return Proof(await sheet_of(connection, draft), claim)
