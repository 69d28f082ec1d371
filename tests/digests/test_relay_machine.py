"""The relay as a state machine: whatever happens in whatever order, once, in order, and all of it.

Everything but Discord is real. The made-up Discord knows nonces for a while, loses answers and
refuses, and hides its history; processes die between claim and receipt; the clock moves only when
it is told to.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from digests.holding import Holding
from digests.model import Address, Delivery, Kind, State
from digests.outcomes import Absent, Outcome, Refused, RetryLater, Sent, Unknown, Unreadable
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import open_database, outbox
from digests.subscriptions import Wish
from tests.build import ADMIN, NOW, article, publish
from tests.fakes import Clock

NONCES_KNOWN = timedelta(minutes=3)
PARTS = 3
ENDS = st.lists(st.sampled_from(["well", "lost after", "lost before", "busy"]), min_size=1)
PLACES = [
    Address(Kind.CHANNEL, 1001, 70),
    Address(Kind.FORUM, 1002, 70),
    Address(Kind.THREAD, 1003, 70),
]
PLACE = st.sampled_from([one.id for one in PLACES])


class MadeUpDiscord:
    """A Sender and the Discord behind it. ``posted`` holds (place, nonce, part) in order."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.posted: list[tuple[int, str, int]] = []
        self.closed: set[int] = set()
        self.hidden: set[int] = set()
        self.ends = cycle(["well"])
        self._made: dict[str, datetime] = {}

    async def send(self, delivery: Delivery) -> Outcome:
        place = delivery.destination.address
        end = next(self.ends)
        if end == "busy":
            return RetryLater("too fast", 3)
        if place.id in self.closed:
            return Refused("closed")
        if end == "lost before":
            return Unknown("lost")
        self.post(delivery)
        return Unknown("lost") if end == "lost after" else self._receipt(delivery)

    def post(self, delivery: Delivery) -> None:
        """What Discord does with a request that reaches it."""
        opens_a_post = delivery.destination.address.kind is Kind.FORUM and not delivery.thread_id
        made = self._made.get(delivery.nonce)
        if not opens_a_post and made is not None and self.clock() - made <= NONCES_KNOWN:
            return
        self._made[delivery.nonce] = self.clock()
        place = delivery.destination.address.id
        self.posted.append((place, delivery.nonce, delivery.part))

    async def find(self, delivery: Delivery) -> Outcome:
        if next(self.ends) == "busy":
            return RetryLater("too fast", 3)
        place = delivery.destination.address.id
        if place in self.hidden or place in self.closed:
            return Unreadable("hidden")
        there = any(nonce == delivery.nonce for _, nonce, _ in self.posted)
        return self._receipt(delivery) if there else Absent()

    def _receipt(self, delivery: Delivery) -> Sent:
        place = delivery.destination.address
        return Sent(delivery.id, 88 if place.kind is Kind.FORUM else place.id)


class RelayMachine(RuleBasedStateMachine):
    """Drives the relay; a template database makes a fresh one cheap."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="digest-bot-")
        path = Path(self._folder.name) / "relay.db"
        shutil.copy(self.template, path)
        self._runner = asyncio.Runner()
        self.database = open_database(f"sqlite:///{path}")
        self.clock = Clock(NOW)
        self.discord = MadeUpDiscord(self.clock)
        self.promised: set[int] = set()
        self._do(publish(self.database, *(article(number) for number in range(1, PARTS + 1))))
        self.relay = self._start()

    def _do(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(coroutine)

    def _start(self) -> Relay:
        return Relay(self.database, self.discord, self.clock)

    def _states(self) -> dict[State, int]:
        async def states() -> dict[State, int]:
            async with self.database.read() as connection:
                return await outbox.counts(connection)

        found: dict[State, int] = self._do(states())
        return {state: number for state, number in found.items() if number}

    @rule(place=st.sampled_from(PLACES))
    def promise(self, place: Address) -> None:
        """A place begins to follow: an edition in several messages."""
        if place.id not in self.promised:
            self.promised.add(place.id)
            service = DigestService(
                self.database, lambda found, _: [[i] for i in range(len(found))]
            )
            self._do(service.follow(place, "AI", Wish(), by=ADMIN, now=self.clock()))

    @rule(ends=ENDS)
    def turn(self, ends: list[str]) -> None:
        """What is due is sent, and ends in these ways."""
        self.discord.ends = cycle(ends)
        self._do(self.relay.run_once())

    @rule(posts=st.lists(st.booleans(), min_size=1), restart=st.booleans())
    def die(self, posts: list[bool], restart: bool) -> None:
        """The process dies after its claim; some of its requests reached Discord."""

        async def claim() -> list[Delivery]:
            async with self.database.write() as connection:
                now = self.clock()
                return await outbox.claim(connection, now, now + timedelta(seconds=45), 10)

        reached = cycle(posts)
        for delivery in self._do(claim()):
            closed = delivery.destination.address.id in self.discord.closed
            if next(reached) and not closed and delivery.in_doubt_since == delivery.claimed_at:
                self.discord.post(delivery)
        self.clock.forward(seconds=1)  # starting again takes a moment
        self.relay = self._start()
        if restart:
            self._do(self.relay.take_over())

    @rule(seconds=st.sampled_from([1, 5, 20, 50, 70, 200, 4000, 25_000]))
    def time_passes(self, seconds: int) -> None:
        """The clock moves on."""
        self.clock.forward(seconds=seconds)

    @rule(place=PLACE)
    def close(self, place: int) -> None:
        """The bot may no longer post there."""
        self.discord.closed.add(place)

    @precondition(lambda self: self.discord.closed)
    @rule()
    def open(self) -> None:
        """The bot may post everywhere again, and hears of it."""
        self.discord.closed.clear()
        self._rearm()

    @rule(place=PLACE)
    def hide(self, place: int) -> None:
        """The bot may no longer read the history there."""
        self.discord.hidden.add(place)

    def _rearm(self) -> None:
        async def rearm() -> None:
            holding = Holding(self.database)
            held = await holding.in_servers()
            await holding.rearm([one.id for one in held], self.clock())

        self._do(rearm())

    @invariant()
    def nothing_twice(self) -> None:
        nonces = [nonce for _, nonce, _ in self.discord.posted]
        assert len(nonces) == len(set(nonces))

    @invariant()
    def parts_in_order(self) -> None:
        for place in self.promised:
            parts = [part for where, _, part in self.discord.posted if where == place]
            assert parts == list(range(len(parts)))

    def teardown(self) -> None:
        """All is well again: then everything promised arrives, once, in order."""
        try:
            self.discord.closed.clear()
            self.discord.hidden.clear()
            self.discord.ends = cycle(["well"])
            for _ in range(40):
                self._rearm()
                self.clock.forward(seconds=1000)
                self._do(self.relay.run_once())
            wanted = PARTS * len(self.promised)
            assert self._states() == ({State.SENT: wanted} if wanted else {})
            assert len(self.discord.posted) == wanted
            self.nothing_twice()
            self.parts_in_order()
        finally:
            self._do(self.database.close())
            self._runner.close()
            self._folder.cleanup()


def test_whatever_happens_nothing_is_lost_or_twice_or_out_of_order(migrated_file: Path) -> None:
    RelayMachine.template = migrated_file
    case = RelayMachine.TestCase
    case.settings = settings(
        max_examples=8,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
