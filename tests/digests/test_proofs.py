"""The messages of drafts as rows: claimed by one, posted once, changed, given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from digests.correcting import correct
from digests.editing import Act
from digests.outcomes import Absent, Outcome, Refused, RetryLater, Sent, Unknown
from digests.proofs import Proof, Proofs
from digests.storage import Database, proofs, reviews
from tests.digests.reviewed import SHOWN, SLOT, STAFF, Newsroom

MINUTE = timedelta(minutes=1)


@dataclass
class Desk:
    """A ProofSender that ends as scripted, then well; notes what it was asked to do."""

    script: list[Outcome] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)
    finding: Outcome = field(default_factory=Absent)

    def _end(self, what: str, proof: Proof) -> Outcome:
        self.asked.append((what, proof.sheet.draft.version))
        return self.script.pop(0) if self.script else Sent(5000, STAFF)

    async def post(self, proof: Proof) -> Outcome:
        return self._end("post", proof)

    async def change(self, proof: Proof) -> Outcome:
        return self._end("change", proof)

    async def find(self, proof: Proof) -> Outcome:
        self.asked.append(("find", proof.sheet.draft.version))
        return self.finding


class Shown(Newsroom):
    """A newsroom with a draft that is out, and the desk that shows it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.desk = Desk()
        self.proofs = Proofs(database, self.desk, self.clock)


@pytest.fixture
async def room(database: Database) -> Shown:
    room = Shown(database)
    await room.open()
    await room.publish(1)
    await room.at(SHOWN)
    return room


async def test_each_version_is_shown_once(room: Shown) -> None:
    await room.proofs.run_once()
    await room.proofs.run_once()
    await room.decide(Act.APPROVED)
    await room.proofs.run_once()
    await room.proofs.run_once()
    assert room.desk.asked == [("post", 0), ("change", 1)]


async def test_what_one_process_has_claimed_no_other_gets(room: Shown) -> None:
    now = room.clock()
    async with room.database.write() as connection:
        assert len(await proofs.claim(connection, now, now + MINUTE, 10)) == 1
        assert await proofs.claim(connection, now, now + MINUTE, 10) == []
    async with room.database.write() as connection:
        (again,) = await proofs.claim(connection, now + MINUTE, now + 2 * MINUTE, 10)
    assert again.in_doubt_since == now, "since the first, which may have posted it"


async def test_in_doubt_for_long_it_is_looked_for(room: Shown) -> None:
    room.desk.script = [Unknown("lost")]
    await room.proofs.run_once()
    room.clock.now += 2 * MINUTE
    room.desk.finding = Sent(77, STAFF)
    await room.proofs.run_once()
    assert room.desk.asked == [("post", 0), ("find", 0)]
    assert (await room.sheet()).draft.message_id == 77


async def test_what_has_to_wait_waits(room: Shown) -> None:
    room.desk.script = [RetryLater("busy", 60)]
    await room.proofs.run_once()
    await room.proofs.run_once()
    assert len(room.desk.asked) == 1
    room.clock.now += MINUTE
    await room.proofs.run_once()
    assert len(room.desk.asked) == 2


async def test_refused_it_is_given_up_and_noted_until_it_works_again(room: Shown) -> None:
    room.desk.script = [Refused("closed")]
    await room.proofs.run_once()
    await room.decide(Act.APPROVED)
    await room.proofs.run_once()
    assert len(room.desk.asked) == 1
    async with room.database.read() as connection:
        (trouble,) = await reviews.untold(connection)
    assert trouble.reason == "closed"
    await room.at(SLOT)
    assert len(room.posted()) == 1
    await room.publish(2)
    await room.at(SHOWN + timedelta(days=1))
    await room.proofs.run_once()
    async with room.database.read() as connection:
        assert await reviews.untold(connection) == []


async def test_what_is_over_is_not_shown_for_the_first_time(room: Shown) -> None:
    await room.at(SLOT)
    await room.proofs.run_once()
    assert room.desk.asked == []


async def test_a_withdrawn_article_leaves_the_message_too(room: Shown) -> None:
    await room.proofs.run_once()
    sheet = await room.sheet()
    await room.withdraw(*[id_ for id_, _ in sheet.going])
    await correct(room.database, room.clock() + MINUTE)
    await room.proofs.run_once()
    assert room.desk.asked == [("post", 0), ("change", 1)]
    assert (await room.sheet()).cards == ()
