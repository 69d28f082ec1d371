"""Any row of events: nothing is lost without a reason, and nothing is told twice.

Here, on SQLite, all may happen in any order; after each step every destination is looked at.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from digests import outbox
from digests.drafts import plan_drafts
from digests.editing import Act
from digests.errors import NoDrafts, UnknownTopic
from digests.model import Address, Article, Cadence, Filters, Kind, Look, Provider
from digests.reasons import Reason
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database, destinations, library, open_database, review_tables, schema
from digests.storage.editions import to_digest
from digests.subscriptions import Wish
from tests.build import ADMIN, NOW, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

T = TypeVar("T")

PLACES = [Address(Kind.CHANNEL, 700 + number, 70) for number in range(3)]
TOPICS = ["AI", "Space"]
TITLES = [
    "City council opens the new bridge over the river",
    "Robots learn to sort the harvest by the light of the moon",
]
HELD_BACK = {Reason.WAITING, Reason.TOO_FEW}
TOLD = {Reason.SHOWN, Reason.UPDATE, Reason.FOLDED, Reason.REST}

places = st.sampled_from(PLACES)
wishes = st.builds(
    Wish,
    every=st.sampled_from([None, Cadence.INSTANTLY, Cadence.HOURLY, Cadence.DAILY]),
    at=st.sampled_from([None, time(9), time(23)]),
    quiet=st.sampled_from([None, (time(22), time(7)), (time(0), time(0))]),
    at_least=st.sampled_from([None, 1, 3]),
    at_most=st.sampled_from([1, 2, 10]),
)


class Crash(Exception):
    """The process dies in the middle of planning."""


class Planning(RuleBasedStateMachine):
    """Three places, two topics, and a newsroom that tells two stories again and again."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="digest-bot-"))
        shutil.copy(self.template, self.folder / "test.db")
        self.runner = asyncio.Runner()
        self.database: Database = open_database(f"sqlite:///{self.folder}/test.db")
        self.clock = Clock(NOW)
        self.sender = ScriptedSender()
        self.service = DigestService(self.database, split_by_ten)
        self.relay = Relay(self.database, self.sender, self.clock)
        self.published: list[int] = []
        self.withdrawn: set[int] = set()
        self.low: set[int] = set()
        # By place: articles that were there when its wishes, or articles, were changed.
        self.unsettled: dict[Address, set[int]] = {place: set() for place in PLACES}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @initialize(wishes=st.tuples(wishes, wishes))
    def begin(self, wishes: tuple[Wish, Wish]) -> None:
        """Two of the places follow something from the start."""
        self.run(publish(self.database, article(1, *TOPICS), announced=False))
        for place, wish in zip(PLACES[:2], wishes, strict=True):
            for topic in TOPICS:
                self.follow(place, topic, wish)

    # ── what happens ─────────────────────────────────────────────────────────────────────────

    @rule(place=places, topic=st.sampled_from(TOPICS), wish=wishes)
    def follow(self, place: Address, topic: str, wish: Wish) -> None:
        now = self.clock()
        self.run(self.service.follow(place, topic, wish, by=ADMIN, now=now))

    @rule(place=places, topic=st.sampled_from(TOPICS))
    def unfollow(self, place: Address, topic: str) -> None:
        try:
            self.run(self.service.unfollow(place, topic))
        except UnknownTopic:
            return
        self.unsettle(place)

    def unsettle(self, *places: Address) -> None:
        for place in places:
            self.unsettled[place].update(self.published)

    @rule(
        topics=st.sampled_from([["AI"], ["Space"], ["AI", "Space"]]),
        quality=st.sampled_from([None, 20, 80]),
        title=st.sampled_from([None, *TITLES]),
        provider=st.sampled_from("ABCDEFGH"),
        count=st.integers(1, 3),
    )
    def publish(
        self, topics: list[str], quality: int | None, title: str | None, provider: str, count: int
    ) -> None:
        new: list[Article] = []
        for _ in range(count):
            number = 100 + len(self.published) + len(new)
            fields: dict[str, object] = {"title": title} if title else {}
            new.append(
                article(
                    number,
                    *topics,
                    quality=quality,
                    provider=Provider(provider * (1 + len(new))),
                    published_at=self.clock() + timedelta(seconds=number),
                    **fields,
                )
            )
        ids = self.run(publish(self.database, *new))
        self.published += ids
        self.low.update(ids if quality != 80 else ())

    @precondition(lambda self: len(self.withdrawn) < len(self.published))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        there = sorted(set(self.published) - self.withdrawn)
        id_ = data.draw(st.sampled_from(there))

        async def work() -> None:
            async with self.database.write() as connection:
                await library.withdraw_orphans(connection, [id_], self.clock())

        self.run(work())
        self.withdrawn.add(id_)
        self.unsettle(*PLACES)

    @rule(place=places, wish=wishes)
    def reschedule(self, place: Address, wish: Wish) -> None:
        self.run(self.service.reschedule(place, wish, self.clock()))

    @rule(place=places, days=st.integers(0, 3))
    def pause(self, place: Address, days: int) -> None:
        until = self.clock() + timedelta(days=days)
        self.run(self.service.reschedule(place, Wish(paused_until=until), self.clock()))

    @rule(place=places, quality=st.sampled_from([None, 50]))
    def refilter(self, place: Address, quality: int | None) -> None:
        if self.run(self.service.refilter(place, Filters(min_quality=quality))):
            self.unsettle(place)

    @rule(place=places)
    def force(self, place: Address) -> None:
        self.run(self.service.post_now(place, self.clock()))

    @rule(place=places, minutes=st.sampled_from([5, 30, 120]))
    def review(self, place: Address, minutes: int) -> None:
        try:
            self.run(self.service.editors.review(place, 790, minutes, by=ADMIN))
        except NoDrafts:
            return

    @rule(place=places)
    def end_review(self, place: Address) -> None:
        self.run(self.service.editors.end(place))

    @rule(
        place=places,
        act=st.sampled_from(["approve", "hold", "drop", "pin", "send"]),
        which=st.integers(0, 5),
    )
    def edit(self, place: Address, act: str, which: int) -> None:
        """An editor presses something under the draft of a place, if one is out."""
        editors = self.service.editors
        standing = self.run(editors.standing(place))
        if standing is None or standing[1] is None:
            return
        id_, seen, now = standing[1].id, standing[1].version, self.clock()
        sheet = self.run(editors.sheet(id_))
        assert sheet is not None
        among = [card for card, _ in sheet.cards]
        card = among[which % len(among)] if among else 0
        if act == "drop":
            work = editors.leave_out(id_, seen, among, [card], by=ADMIN, now=now)
            self.run(work)
        elif act == "pin":
            self.run(editors.pin(id_, seen, card, by=ADMIN, now=now))
        elif act == "send":
            self.run(editors.send(id_, seen, by=ADMIN, now=now))
        else:
            decided = Act.APPROVED if act == "approve" else Act.HELD
            self.run(editors.decide(id_, seen, decided, by=ADMIN, now=now))

    @rule(hours=st.sampled_from([0.02, 0.3, 1, 10, 24, 100]))
    def tick(self, hours: float) -> None:
        self.clock.forward(hours=hours)
        self.run(self.plan())

    @rule(hours=st.sampled_from([0.02, 24]), after=st.integers(0, 2))
    def crash(self, hours: float, after: int) -> None:
        """Some batches are written; in one the process dies, and nothing of it stays."""
        self.clock.forward(hours=hours)
        left = [after]

        def dying(articles: Sequence[Article], _: Look) -> list[list[int]]:
            if not left[0]:
                raise Crash
            left[0] -= 1
            return split_by_ten(articles)

        try:
            self.run(outbox.plan(self.database, self.clock(), dying, batch=1))
            self.run(plan_drafts(self.database, self.clock(), dying))
        except Crash:
            return

    @rule()
    def send(self) -> None:
        """Whatever is promised by now is posted."""

        async def work() -> None:
            while await self.relay.run_once():
                pass

        self.run(work())

    async def plan(self) -> None:
        await outbox.plan(self.database, self.clock(), split_by_ten, batch=2)
        await plan_drafts(self.database, self.clock(), split_by_ten)

    # ── what must hold ───────────────────────────────────────────────────────────────────────

    @invariant()
    def nothing_is_promised_twice(self) -> None:
        for held in self.run(self.promised()).values():
            assert all(times == 1 for times in held.values()), held

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        posted = Counter(
            (delivery.destination.address, one.id)
            for delivery in self.sender.sent
            for one in delivery.articles
        )
        assert all(times == 1 for times in posted.values()), posted

    @rule(place=places, data=st.data())
    def ask_why(self, place: Address, data: st.DataObject) -> None:
        held = self.run(self.promised()).get(place)
        if held is not None and self.published:
            self.check(place, data.draw(st.sampled_from(self.published)), held)

    def check(self, place: Address, id_: int, held: Counter[int]) -> None:
        verdict = self.run(self.service.why(place, id_))
        assert verdict is not None
        reason = verdict.reason
        if id_ in self.withdrawn:
            assert reason is Reason.NOT_PUBLISHED
            return
        if reason is Reason.LEFT_OUT:
            assert held[id_] == 0
            assert self.run(self.is_dropped(place, id_)), verdict
            return
        if verdict.edition is not None:
            assert reason in TOLD
            assert held[id_] == 1
            return
        assert held[id_] == 0
        assert reason not in TOLD - {Reason.FOLDED}
        if id_ in self.unsettled[place]:
            return
        # Nothing was changed since it came: then only these reasons leave an article out.
        left_out = {Reason.FOLDED, Reason.TOLD, Reason.OTHER_TOPIC, Reason.FOLLOWED_LATER}
        if id_ in self.low:
            left_out.add(Reason.LOW_QUALITY)
        assert reason in HELD_BACK | left_out, verdict
        if reason is Reason.TOLD:
            story = self.run(self.story_of(id_))
            # Who leaves out an article leaves out its story.
            dropped = self.run(self.are_dropped(place, story))
            assert dropped or story & held.keys()

    def teardown(self) -> None:
        """In the end everything that waits has come: on a day without pause and quiet hours."""
        try:
            self.settle()
        finally:
            self.run(self.database.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def settle(self) -> None:
        day = datetime(2028, 1, 3, 12, 0, tzinfo=NOW.tzinfo)
        free = Wish(paused_until=day, quiet=(time(0), time(0)), at_least=1)
        for place in PLACES:
            self.run(self.service.reschedule(place, free, day))
            self.run(self.service.editors.end(place))
        self.run(self.plan())
        self.clock.now = day + timedelta(days=1)
        self.run(self.plan())
        self.run(self.plan())
        self.send()
        promised = self.run(self.promised())
        for place in promised:
            for id_ in set(self.published) - self.withdrawn:
                self.check(place, id_, promised[place])
                verdict = self.run(self.service.why(place, id_))
                assert verdict is not None
                follows = self.run(self.service.following(place))
                waits = verdict.reason in HELD_BACK or (
                    verdict.reason is Reason.FOLDED and verdict.edition is None
                )
                assert not (follows and follows[1] and waits), verdict

    async def is_dropped(self, place: Address, id_: int) -> bool:
        """Whether an editor dropped the article, or another of its story, for this place."""
        return await self.are_dropped(place, {id_} | await self.story_of(id_))

    async def are_dropped(self, place: Address, ids: set[int]) -> bool:
        async with self.database.read() as connection:
            acts, drafts = review_tables.draft_acts, review_tables.drafts
            destination = await destinations.find(connection, place)
            assert destination is not None
            dropped = await connection.scalars(
                select(acts.c.article_id)
                .join(drafts, drafts.c.id == acts.c.draft_id)
                .where(acts.c.act == "dropped", drafts.c.destination_id == destination.id)
            )
            return bool({*dropped} & ids)

    async def promised(self) -> dict[Address, Counter[int]]:
        """How often each article is in the editions of each place."""
        found: dict[Address, Counter[int]] = {}
        async with self.database.read() as connection:
            for place in PLACES:
                destination = await destinations.find(connection, place)
                if destination is None:
                    continue
                rows = await connection.execute(
                    select(schema.digests)
                    .join(schema.editions, schema.editions.c.digest_id == schema.digests.c.id)
                    .where(schema.editions.c.destination_id == destination.id)
                )
                found[place] = Counter(
                    id_
                    for row in rows
                    for digest in [to_digest(row)]
                    for ids in (
                        *digest.parts,
                        digest.rest,
                        *(others for _, others in digest.folded),
                    )
                    for id_ in ids
                )
        return found

    async def story_of(self, id_: int) -> set[int]:
        async with self.database.read() as connection:
            story = select(schema.stories.c.story).where(schema.stories.c.article_id == id_)
            members = select(schema.stories.c.article_id).where(
                schema.stories.c.story == story.scalar_subquery()
            )
            return set(await connection.scalars(members))


def test_nothing_is_lost_without_a_reason_and_nothing_told_twice(migrated_file: Path) -> None:
    Planning.template = migrated_file
    run_state_machine_as_test(
        Planning,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
