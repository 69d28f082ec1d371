"""A channel whose editions are shown to its editors first, with its clock, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from digests import outbox
from digests.drafts import plan_drafts
from digests.editing import Act
from digests.editors import Edited, Editors, Sheet
from digests.model import Address
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database, destinations, library
from digests.storage import drafts as rows
from digests.storage.review_tables import drafts
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

EVE = datetime.fromisoformat("2026-11-16T12:00:00Z")
SLOT = datetime.fromisoformat("2026-11-17T09:00:00Z")
SHOWN = SLOT - timedelta(minutes=15)
STAFF = 790
ADA, BEN = 901, 902


class Newsroom:
    """Its channel follows AI, daily at nine; drafts come a quarter of an hour before."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock(EVE)
        self.sender = ScriptedSender()
        self.service = DigestService(database, split_by_ten)
        self.editors = Editors(database, split_by_ten)
        self.relay = Relay(database, self.sender, self.clock)

    async def open(self, wish: Wish | None = None, place: Address = CHANNEL) -> None:
        """Follow, and be reviewed."""
        await publish(self.database, article(999), announced=False)
        await self.follow(place, wish)
        await self.editors.review(place, STAFF, 15, by=ADMIN)

    async def follow(self, place: Address, wish: Wish | None = None) -> None:
        await self.service.follow(place, "AI", wish or Wish(), by=ADMIN, now=self.clock())
        while await self.relay.run_once():
            pass
        self.sender.sent.clear()  # what it begins with

    async def publish(self, *numbers: int) -> list[int]:
        return await publish(
            self.database, *(article(one, published_at=EVE - timedelta(0, one)) for one in numbers)
        )

    async def withdraw(self, *ids: int) -> None:
        async with self.database.write() as connection:
            await library.withdraw_orphans(connection, list(ids), self.clock())

    async def at(self, moment: datetime) -> None:
        """The time has come: plan, and send what is promised."""
        self.clock.now = moment
        await outbox.plan(self.database, moment, split_by_ten)
        await plan_drafts(self.database, moment, split_by_ten)
        while await self.relay.run_once():
            pass

    async def sheet(self, place: Address = CHANNEL) -> Sheet:
        """The newest draft of a place, live or not."""
        async with self.database.read() as connection:
            destination = await destinations.find(connection, place)
            assert destination is not None
            newest = select(drafts.c.id).where(drafts.c.destination_id == destination.id)
            id_ = await connection.scalar(newest.order_by(drafts.c.id.desc()).limit(1))
        found = await self.editors.sheet(id_ or 0)
        assert found is not None
        return found

    async def live(self, place: Address = CHANNEL) -> bool:
        async with self.database.read() as connection:
            destination = await destinations.find(connection, place)
            assert destination is not None
            return await rows.live(connection, destination.id) is not None

    async def decide(self, act: Act, by: int = ADA) -> Edited | None:
        now = self.clock()
        draft = (await self.sheet()).draft
        return await self.editors.decide(draft.id, draft.version, act, by=by, now=now)

    async def drop(self, *ids: int, by: int = ADA) -> Edited | None:
        sheet = await self.sheet()
        among = [id_ for id_, _ in sheet.cards]
        draft = sheet.draft
        return await self.editors.leave_out(
            draft.id, draft.version, among, ids, by=by, now=self.clock()
        )

    async def pin(self, id_: int, by: int = ADA) -> Edited | None:
        draft = (await self.sheet()).draft
        return await self.editors.pin(draft.id, draft.version, id_, by=by, now=self.clock())

    def posted(self, place: Address = CHANNEL) -> list[list[int]]:
        """Ids of the articles of each message that was posted there."""
        return [
            [one.id for one in delivery.articles]
            for delivery in self.sender.sent
            if delivery.destination.address == place
        ]
