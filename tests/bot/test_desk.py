"""The message of a draft over the loopback Discord: posted once, changed, and looked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.desk import DiscordDesk
from bot.places import Places
from digests.editing import Act
from digests.model import Address, Kind
from digests.proofs import Proofs
from digests.storage import Database, open_database
from tests.bot.scene import Scene, scene
from tests.build import ADMIN, article, publish
from tests.digests.reviewed import ADA, SHOWN, SLOT, Newsroom
from tests.discord_server import Channel
from tests.discord_server import permissions as bits


class Staff:
    """A newsroom whose staff channel is one of the loopback Discord."""

    def __init__(self, here: Scene) -> None:
        self.here = here
        self.channel: Channel = here.guild.add_text_channel("news-desk")
        self.place = Address(Kind.CHANNEL, here.channel.id, here.guild.id)
        self.room = Newsroom(here.database)
        desk = DiscordDesk(here.client, Places(here.client))
        self.proofs = Proofs(here.database, desk, self.room.clock)

    async def open(self) -> None:
        """One article is in a draft that is out."""
        room = self.room
        await publish(room.database, article(999), announced=False)
        await room.follow(self.place)
        await room.editors.review(self.place, self.channel.id, 15, by=ADMIN)
        await room.publish(1)
        await self.here.settled()
        await room.at(SHOWN)

    async def show(self, moment: datetime | None = None) -> None:
        if moment is not None:
            self.room.clock.now = moment
        await self.proofs.run_once()

    async def decide(self, act: Act) -> None:
        draft = (await self.room.sheet(self.place)).draft
        await self.room.editors.decide(draft.id, draft.version, act, by=ADA, now=self.room.clock())

    @property
    def messages(self) -> list[dict[str, object]]:
        return self.here.posts(self.channel)

    @property
    def said(self) -> list[str]:
        return [str(one["content"]) for one in self.messages]


@pytest.fixture
async def staff(sqlite_database: Database) -> AsyncIterator[Staff]:
    """A draft that is out, and not shown yet."""
    async with scene(sqlite_database) as here:
        staff = Staff(here)
        await staff.open()
        yield staff


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """The end of a request is no matter of the database's kind."""
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


async def test_it_is_posted_once_and_then_changed(staff: Staff) -> None:
    await staff.show()
    await staff.show()
    assert len(staff.messages) == 1
    await staff.decide(Act.APPROVED)
    await staff.show()
    (said,) = staff.said
    assert f"<@{ADA}> approved it." in said


async def test_a_lost_answer_is_asked_for_again_with_the_same_nonce(staff: Staff) -> None:
    path = f"/channels/{staff.channel.id}/messages"
    staff.here.server.faults.reset_after("POST", path)
    await staff.show()
    assert len(staff.messages) == 1
    await staff.show(SHOWN + timedelta(seconds=20))
    assert len(staff.messages) == 1
    assert (await staff.room.sheet(staff.place)).draft.message_id == int(
        str(staff.messages[0]["id"])
    )


async def test_killed_after_posting_it_is_found_when_nonces_are_forgotten(staff: Staff) -> None:
    """The process died with the answer; the next one looks first."""
    await staff.show()
    async with staff.here.database.write() as connection:
        await connection.execute(
            text(
                "UPDATE drafts SET message_id = NULL, shown = -1, attempt = 1, in_doubt_since = :t"
            ),
            {"t": "2020-01-01 00:00:00.000000"},
        )
    staff.here.server.world.nonces.window = 0.0
    await staff.show(SHOWN + timedelta(minutes=5))
    assert len(staff.messages) == 1
    assert (await staff.room.sheet(staff.place)).draft.message_id is not None


async def test_a_deleted_message_is_not_posted_again_and_the_edition_goes_out(
    staff: Staff,
) -> None:
    await staff.show()
    await staff.here.client.http.delete_message(staff.channel.id, int(str(staff.messages[0]["id"])))
    await staff.decide(Act.APPROVED)
    await staff.show()
    await staff.show()
    assert staff.messages == []
    await staff.room.at(SLOT)
    assert len(staff.room.posted(staff.place)) == 1


async def test_where_it_is_refused_somebody_is_told_and_the_edition_goes_out(
    staff: Staff,
) -> None:
    general = staff.here.guild.add_text_channel("general")
    staff.here.deny(bits.SEND_MESSAGES, staff.channel)
    await staff.here.settled()
    await staff.show()
    await staff.show()
    assert await staff.here.servers.tell() == 1
    (notice,) = staff.here.posts(general)
    assert "**Send Messages** is missing there" in str(notice["content"])
    await staff.room.at(SLOT)
    assert len(staff.room.posted(staff.place)) == 1
