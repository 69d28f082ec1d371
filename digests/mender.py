"""Step 6b, mend: messages that do not show what their articles say in, the same messages right out.

    claim -> Mends.edit -> settle

As the relay sends, but behind it: nothing is claimed while a delivery is due. An edit that is
repeated does no harm, so after a lost answer or a crash it is simply made again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from digests.outcomes import (
    Edited,
    EditOutcome,
    Gone,
    Refused,
    Rejected,
    RetryLater,
    Revoked,
    Unknown,
)
from digests.posted import Edit
from digests.relay import BATCH, LEASE, TokenRevoked, backoff
from digests.storage import Connection, Database, edits
from digests.storage.edits import EditEnd
from digests.under_way import TICK, UnderWay

log = logging.getLogger(__name__)

_HOUR = timedelta(hours=1)

PATIENCE = (_HOUR / 6, _HOUR, 6 * _HOUR, *[24 * _HOUR] * 6)
"""After each refusal so long, should somebody give the permission back; then it is given up."""


class Mends(Protocol):
    """Edits one message. Every foreseeable end is an outcome, not an error."""

    async def edit(self, edit: Edit) -> EditOutcome:
        """Make the message look like this; once more does no harm."""
        ...


def after(outcome: EditOutcome, edit: Edit, now: datetime) -> EditEnd:
    """What an outcome means for an edit (pure)."""
    match outcome:
        case Edited() | Gone() | Rejected():
            return EditEnd(edit, None)
        case Refused():
            if edit.tries >= len(PATIENCE):
                return EditEnd(edit, None)
            return EditEnd(edit, now + PATIENCE[edit.tries])
        case RetryLater(_, seconds):
            return EditEnd(edit, now + max(backoff(edit.tries + 1), timedelta(seconds=seconds)))
        case Unknown():
            return EditEnd(edit, now + backoff(edit.tries + 1))
        case Revoked():
            return EditEnd(edit, now)


@dataclass
class Mender:
    """Edits what has to be edited. ``clock`` gives the time, aware, in UTC.

    ``room`` says how many more messages may be claimed now.
    """

    database: Database
    discord: Mends
    clock: Callable[[], datetime]
    room: Callable[[], int] = lambda: BATCH
    _work: UnderWay[Edit, EditOutcome] = field(
        default_factory=lambda: UnderWay(Unknown("the program ended while it was being edited"))
    )
    _tidied: datetime | None = None

    @property
    def under_way(self) -> int:
        """How many messages are being edited."""
        return len(self._work)

    async def take_over(self) -> int:
        """On a database of our own, whatever is being edited was left by a process that died."""
        if not self.database.embedded:
            return 0
        async with self.database.write() as connection:
            return await edits.end_leases(connection, self.clock(), all_of_them=True)

    async def run_once(self) -> int:
        """Claim what there is room for, edit it, settle it; how many messages that were.

        Raises TokenRevoked once everything claimed is settled.
        """
        claimed = await self._turn(min(self.room(), BATCH))
        await self._work.all()
        await self._turn(0)
        return claimed

    async def run(self, stop: asyncio.Event, woken: asyncio.Event, wind_down: float = 8.0) -> None:
        """Edit until ``stop``; ``woken`` says that there is something new. Raises TokenRevoked."""
        try:
            while not stop.is_set():
                woken.clear()
                await self._turn(min(self.room(), BATCH))
                await self._work.some(woken, stop)
        finally:
            await self._work.wind_down(wind_down)
            await self._turn(0)

    async def _turn(self, most: int) -> int:
        """Write what has ended, and claim up to ``most`` more; how many were claimed."""
        ended = self._work.ended[:]
        revoked = next((end for _, end in ended if isinstance(end, Revoked)), None)
        now = self.clock()
        if not ended and not await self._anything():
            return 0
        async with self.database.write() as connection:
            await _settle(connection, ended, now)
            if self._tidied is None or now - self._tidied >= timedelta(seconds=TICK):
                await edits.end_leases(connection, now)
                await edits.forget_unposted(connection)
                self._tidied = now
            claimed = []
            if most > 0 and revoked is None:
                claimed = await edits.claim(connection, now, now + LEASE, most)
        self._work.written(len(ended))
        for edit in claimed:
            self._work.begin(edit, self._edit(edit))
        if revoked is not None:
            raise TokenRevoked(revoked.reason)
        return len(claimed)

    async def _anything(self) -> bool:
        """Nearly always there is nothing to edit: then nothing is written either."""
        async with self.database.read() as connection:
            return await edits.any_wanted(connection)

    async def _edit(self, edit: Edit) -> EditOutcome:
        try:
            return await self.discord.edit(edit)
        except Exception as error:  # one edit must never stop another
            log.exception("message %s: editing failed unexpectedly", edit.message_id)
            return Unknown(f"unexpected {type(error).__name__}")


async def _settle(
    connection: Connection, ended: Sequence[tuple[Edit, EditOutcome]], now: datetime
) -> None:
    wanted = [after(outcome, edit, now) for edit, outcome in ended]
    await edits.settle(connection, wanted)
    for (edit, outcome), end in zip(ended, wanted, strict=True):
        _log(edit, outcome, end)


def _log(edit: Edit, outcome: EditOutcome, end: EditEnd) -> None:
    address = edit.destination.address
    name = (
        f"edition {edit.edition} ({edit.part + 1}/{edit.parts}) for {address.kind} {address.id}, "
        f"message {edit.message_id}"
    )
    match outcome:
        case Edited():
            log.info("%s: edited", name)
        case Gone(reason):
            log.info("%s: nothing to edit: %s", name, reason)
        case RetryLater(reason):
            log.info("%s: edited later: %s", name, reason)
        case _ if end.again is None:
            log.error("%s: it keeps what it shows: %s", name, outcome.reason)
        case _:
            log.warning("%s: not edited yet: %s", name, outcome.reason)
