"""Posted digests as a state machine: whatever happens, at rest each message says what is true.

Files are written, deleted and written again, sends and edits lose their answers, processes die
with claims in their hands; Discord alone is made up.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from digests.correcting import correct
from digests.model import Address, Delivery, Kind
from digests.outcomes import Edited, EditOutcome, RetryLater, Unknown
from digests.posted import Edit
from digests.service import DigestService
from digests.storage import edits, open_database, outbox
from digests.subscriptions import Wish
from tests.build import ADMIN, split_by_ten
from tests.digests.pressroom import WITHDRAWN, Pressroom, Wall

ARTICLES = range(1, 5)
NUMBER = st.sampled_from(ARTICLES)
PLACES = [Address(Kind.CHANNEL, 1001 + number, 70) for number in range(3)]
ENDS = st.lists(st.sampled_from(["well", "lost after", "lost before", "busy"]), min_size=1)
LEASE = timedelta(seconds=45)


class Moody(Wall):
    """A Wall whose edits end in several ways."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.edit_ends = cycle(["well"])

    async def edit(self, edit: Edit) -> EditOutcome:
        end = next(self.edit_ends)
        if end == "busy":
            return RetryLater("too fast", 3)
        if end != "lost before":
            self.apply(edit)
        return Edited() if end == "well" else Unknown("lost")


class CorrectingMachine(RuleBasedStateMachine):
    """Drives a newsroom; a template database makes a fresh one cheap."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="digest-bot-")
        home = Path(self._folder.name)
        shutil.copy(self.template, home / "test.db")
        (home / "articles").mkdir()
        self._runner = asyncio.Runner()
        self.wall = Moody()
        self.database = open_database(f"sqlite:///{home / 'test.db'}")
        self.room = Pressroom(self.database, home / "articles", self.wall)
        self.titles: dict[int, str] = {}
        self.following: set[int] = set()
        for number in ARTICLES:
            self._write(number, f"Article {number}")
        self._do(self.room.look())

    def _do(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(coroutine)

    def _write(self, number: int, title: str) -> None:
        self.room.write(number, title)
        self.titles[number] = title

    @rule(number=NUMBER, version=st.integers(1, 3))
    def edit(self, number: int, version: int) -> None:
        """An article says something else; or comes back, perhaps as it was."""
        self._write(number, f"Article {number}" + " again" * (version - 1))

    @rule(number=NUMBER, heat=st.integers(0, 99))
    def touch(self, number: int, heat: int) -> None:
        """Something changes that nobody sees."""
        if number in self.titles:
            self.room.write(number, self.titles[number], heat=heat)

    @rule(number=NUMBER, deleted=st.booleans())
    def withdraw(self, number: int, deleted: bool) -> None:
        """An article is withdrawn."""
        if self.titles.pop(number, None) is None:
            return
        if deleted:
            self.room.remove(number)
        else:
            self.room.write(number, published=False)

    @rule()
    def look(self) -> None:
        """The folder is looked at."""
        self._do(self.room.look())

    @rule(place=st.sampled_from(PLACES))
    def promise(self, place: Address) -> None:
        """A place begins to follow, or asks for a digest."""
        service, now = DigestService(self.database, split_by_ten), self.room.clock()
        if place.id not in self.following:
            if self._do(service.topics()):
                self._do(service.follow(place, "AI", Wish(), by=ADMIN, now=now))
                self.following.add(place.id)
        else:
            self._do(service.post_now(place, now))

    @rule(ends=ENDS)
    def send(self, ends: list[str]) -> None:
        """What is due is sent, and ends in these ways."""
        self.wall.ends = cycle(ends)
        self._do(self.room.relay.run_once())

    @rule(ends=ENDS)
    def mend(self, ends: list[str]) -> None:
        """What has to be edited is edited, and ends in these ways."""
        self.wall.edit_ends = cycle(ends)
        self._do(self.room.mender.run_once())

    @rule()
    def correct(self) -> None:
        """Messages that have to be edited are looked for."""
        self._do(correct(self.database, self.room.clock()))

    @rule(reached=st.lists(st.booleans(), min_size=1))
    def die(self, reached: list[bool]) -> None:
        """The process dies after its claims; some of its requests reached Discord."""

        async def claim() -> tuple[list[Delivery], list[Edit]]:
            now = self.room.clock()
            async with self.database.write() as connection:
                wanted = await edits.claim(connection, now, now + LEASE, 10)
                return await outbox.claim(connection, now, now + LEASE, 10), wanted

        deliveries, wanted = self._do(claim())
        reaches = cycle(reached)
        for delivery in deliveries:
            sure = delivery.in_doubt_since == delivery.claimed_at and delivery.articles
            if next(reaches) and sure:
                self.wall.post(delivery)
        for edit in wanted:
            if next(reaches):
                self.wall.apply(edit)
        self.room.clock.forward(seconds=1)
        self._do(self.room.relay.take_over())
        self._do(self.room.mender.take_over())

    @rule(seconds=st.sampled_from([1, 5, 20, 70, 1000]))
    def time_passes(self, seconds: int) -> None:
        """The clock moves on."""
        self.room.clock.forward(seconds=seconds)

    @invariant()
    def nothing_comes_or_goes(self) -> None:
        for id_, message in self.wall.messages.items():
            assert len(message) == len(self.wall.posted[id_])

    def teardown(self) -> None:
        """All is well again: then every message says what its articles say."""
        try:
            self.wall.ends = self.wall.edit_ends = cycle(["well"])
            self._do(self.room.look())
            for _ in range(15):
                self.room.clock.forward(seconds=1000)
                self._do(self.room.relay.run_once())
                self._do(correct(self.database, self.room.clock()))
                self._do(self.room.mender.run_once())
            for id_, told in self.wall.posted.items():
                now = [self._now(link) for link, _ in told]
                shown = self.wall.messages[id_]
                assert [one.removesuffix("*") for one in shown] == now
                for (_, first), one in zip(told, shown, strict=True):
                    assert one in (first, WITHDRAWN) or one.endswith("*"), "changed, and said so"
        finally:
            self._do(self.database.close())
            self._runner.close()
            self._folder.cleanup()

    def _now(self, link: str) -> str:
        return self.titles.get(int(link.rpartition("/")[2]), WITHDRAWN)


def test_at_rest_every_message_says_what_its_articles_say(migrated_file: Path) -> None:
    CorrectingMachine.template = migrated_file
    case = CorrectingMachine.TestCase
    case.settings = settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
