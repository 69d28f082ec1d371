"""Step 6b, mend: messages that do not show what their articles say in, the same messages right out.

    claim -> Mends.edit -> settle

As the relay sends, but behind it: nothing is claimed while a delivery is due. An edit that is
repeated does no harm, so after a lost answer or a crash it is simply made again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
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
from digests.storage import Connection, edits
from digests.storage.edits import EditEnd
from digests.worker import LEASE, Worker, backoff

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
class Mender(Worker[Mends, Edit, EditOutcome]):
    """Edits what has to be edited."""

    cut_off = Unknown("the program ended while it was being edited")

    async def anything(self) -> bool:
        """Nearly always there is nothing to edit: then nothing is written either."""
        async with self.database.read() as connection:
            return await edits.any_wanted(connection)

    async def end_leases(
        self, connection: Connection, now: datetime, *, all_of_them: bool = False
    ) -> int:
        """What a dead process was editing waits again."""
        return await edits.end_leases(connection, now, all_of_them=all_of_them)

    async def tidy(
        self,
        connection: Connection,
        now: datetime,  # noqa: ARG002 - the relay needs it
    ) -> None:
        """Forget messages that never came to be."""
        await edits.forget_unposted(connection)

    async def claim(self, connection: Connection, now: datetime, most: int) -> list[Edit]:
        """Take messages that have to be edited."""
        return await edits.claim(connection, now, now + LEASE, most)

    async def settle(
        self, connection: Connection, ended: Sequence[tuple[Edit, EditOutcome]], now: datetime
    ) -> None:
        """Write what became of edits."""
        wanted = [after(outcome, edit, now) for edit, outcome in ended]
        await edits.settle(connection, wanted)
        for (edit, outcome), end in zip(ended, wanted, strict=True):
            _log(edit, outcome, end)

    async def work_on(self, piece: Edit) -> EditOutcome:
        """Edit one message."""
        try:
            return await self.discord.edit(piece)
        except Exception as error:  # one edit must never stop another
            log.exception("message %s: editing failed unexpectedly", piece.message_id)
            return Unknown(f"unexpected {type(error).__name__}")


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
