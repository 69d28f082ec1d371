"""Planning, on both databases: who gets what, when, and what is written of it."""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Table, func, select, update

from digests import digest as planning
from digests import outbox, weaving
from digests.model import FOREVER, WEEKDAYS, Address, Cadence, Filters, Kind, Provider
from digests.relay import Relay
from digests.service import DigestService
from digests.storage import Database, destinations, library, plans, schema
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

DAILY = Wish(at=time(9))
INSTANTLY = Wish(every=Cadence.INSTANTLY)
TITLE = "City council opens the new bridge over the river"


class Newsroom:
    """A service, a planner and a relay around one database and one clock."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock(NOW)
        self.sender = ScriptedSender()
        self.service = DigestService(database, split_by_ten)
        self.relay = Relay(database, self.sender, self.clock)
        self._number = 100

    async def follow(self, where: Address = CHANNEL, wish: Wish = DAILY, topic: str = "AI") -> None:
        await self.service.follow(where, topic, wish, by=ADMIN, now=self.clock())

    async def news(self, count: int = 1, *topics: str, **fields: object) -> list[int]:
        """Publish so many new articles, the newest first in rank."""
        first = self._number
        self._number += count
        numbers = range(first, self._number)
        return await publish(
            self.database,
            *(
                article(
                    n, *topics, **{"published_at": self.clock() + timedelta(seconds=n), **fields}
                )
                for n in numbers
            ),
        )

    async def tick(self, *, send: bool = True) -> list[list[str]]:
        """Plan, and send everything that is due; what was posted by it."""
        before = len(self.sender.posted)
        await outbox.plan(self.database, self.clock(), split_by_ten)
        while send and await self.relay.run_once():
            pass
        return self.sender.posted[before:]

    async def at(self, moment: datetime) -> list[list[str]]:
        self.clock.now = moment
        return await self.tick()


@pytest.fixture
async def room(database: Database) -> Newsroom:
    """With one old article, so that there are topics to follow."""
    room = Newsroom(database)
    await publish(database, article(1, "AI", "Space"), announced=False)
    return room


def day(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """So many days after today's midnight, at that hour."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=number)


async def test_a_slot_brings_what_is_new_once(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.news(2)
    assert await room.at(day(1, 8, 59)) == []
    assert await room.at(day(1)) == [["Article 101", "Article 100"]]
    assert await room.at(day(2)) == []


async def test_several_times_a_day(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(9), also_at=(time(17),)))
    await room.at(day(1))
    await room.news()
    assert await room.at(day(1, 16)) == []
    assert await room.at(day(1, 17)) == [["Article 100"]]


async def test_missed_slots_are_made_up_for_by_one_digest(room: Newsroom) -> None:
    """Five days of downtime; the edition's window says what it covers."""
    await room.follow()
    await room.tick()
    for _ in range(5):
        await room.news()
    assert await room.at(day(5, 13)) == [[f"Article {n}" for n in (104, 103, 102, 101, 100)]]
    async with room.database.read() as connection:
        rows = await connection.execute(
            select(schema.editions).where(schema.editions.c.occasion == "scheduled")
        )
        (row,) = rows
        found = await destinations.find(connection, CHANNEL)
    assert (row.since, row.until, row.slot) == (1, 6, day(1))
    assert found is not None
    assert found.next_due == day(6)


async def test_what_falls_due_in_quiet_hours_waits_for_their_end(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(23), quiet=(time(22), time(7))))
    await room.tick()
    await room.news()
    assert await room.at(day(0, 23)) == []
    assert await room.at(day(1, 7)) == [["Article 100"]]


async def test_a_late_digest_respects_the_quiet_hours_too(room: Newsroom) -> None:
    """Due at 21:50, but the bot comes back at 23:00: the night is quiet all the same."""
    await room.follow(wish=Wish(at=time(21, 50), quiet=(time(22), time(7))))
    await room.tick()
    await room.news()
    assert await room.at(day(0, 23)) == []
    assert await room.at(day(1, 7)) == [["Article 100"]]
    await room.news()
    assert await room.at(day(1, 21, 50)) == [["Article 101"]]


async def test_instantly_gathers_in_quiet_hours(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, quiet=(time(22), time(7))))
    await room.news()
    assert await room.tick() == [["Article 1"], ["Article 100"]]
    await room.news()
    assert await room.at(day(0, 23)) == []
    await room.news()
    assert await room.at(day(1, 6)) == []
    assert await room.at(day(1, 7)) == [["Article 102", "Article 101"]]
    await room.news()
    assert await room.at(day(1, 7, 1)) == [["Article 103"]]


async def test_instantly_on_weekdays_only(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, days=WEEKDAYS))
    await room.tick()
    saturday = day(5, 12)
    room.clock.now = saturday
    await room.news()
    assert await room.tick() == []
    assert await room.at(day(7, 0)) == [["Article 100"]]


async def test_a_pause_keeps_everything_for_its_end(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.service.reschedule(CHANNEL, Wish(paused_until=day(3, 0)), room.clock())
    await room.news()
    assert await room.at(day(1)) == []
    await room.news()
    assert await room.at(day(3, 8)) == []
    assert await room.at(day(3)) == [["Article 101", "Article 100"]]


async def test_a_pause_without_end_is_ended_by_a_wish(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    paused = await room.service.reschedule(CHANNEL, Wish(paused_until=FOREVER), room.clock())
    assert paused is not None
    assert paused.next_due == FOREVER
    await room.news()
    assert await room.at(day(400)) == []
    await room.service.reschedule(CHANNEL, Wish(paused_until=room.clock()), room.clock())
    assert await room.tick() == [["Article 100"]]


async def test_too_few_articles_carry_over(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(9), at_least=3))
    await room.tick()
    await room.news(2)
    assert await room.at(day(1)) == []
    assert await room.at(day(2)) == []
    await room.news()
    assert await room.at(day(3)) == [["Article 102", "Article 101", "Article 100"]]


async def test_instantly_knows_no_too_few(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, at_least=3))
    await room.tick()
    await room.news()
    assert await room.tick() == [["Article 100"]]


async def test_the_cap_keeps_the_rest_behind_the_button(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, at_most=2))
    await room.tick()
    await room.news(5)
    assert await room.tick() == [["Article 104", "Article 103"]]
    rest, left = await room.service.more(room.sender.sent[-1].edition_id, 0, 10)
    assert [one.article.title for one in rest] == ["Article 102", "Article 101", "Article 100"]
    assert left == 0


async def test_filters_leave_out_and_are_not_made_up_for(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.service.refilter(CHANNEL, Filters(min_quality=50))
    await room.news(quality=20)
    await room.news(quality=80)
    assert await room.tick() == [["Article 101"]]
    await room.service.refilter(CHANNEL, Filters())
    assert await room.tick() == []
    await room.news(quality=20)
    assert await room.tick() == [["Article 102"]]


async def test_filters_by_words_category_and_type(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    wanted = Filters(
        only_words=frozenset({"Bridge"}),
        without_words=frozenset({"toll"}),
        only_categories=frozenset({"News"}),
        only_types=frozenset({"article"}),
    )
    await room.service.refilter(CHANNEL, wanted)
    for title in ("A bridge", "Bridges", "The toll of a bridge"):
        await room.news(title=title, category="news", type="article")
    await room.news(title="A bridge on film", category="news", type="video")
    assert await room.tick() == [["A bridge"]]


async def test_a_held_destination_gets_one_digest_once_it_is_free(room: Newsroom) -> None:
    """Nothing is made for a place where nothing can be posted."""
    await room.follow()
    await room.tick()
    async with room.database.write() as connection:
        held = {"held": "no permission", "held_cause": "refused", "held_since": NOW}
        await connection.execute(update(schema.destinations).values(**held))
    await room.news()
    assert await room.at(day(1)) == []
    await room.news()
    assert await room.at(day(2)) == []
    assert await count(room.database, schema.editions) == 1
    async with room.database.write() as connection:
        free = dict.fromkeys(("held", "held_cause", "held_since"))
        await connection.execute(update(schema.destinations).values(**free))
    assert await room.at(day(3)) == [["Article 101", "Article 100"]]


async def count(database: Database, table: Table) -> int:
    async with database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0


# ── stories ──────────────────────────────────────────────────────────────────────────────────


async def told_by(room: Newsroom, name: str, *topics: str, **fields: object) -> None:
    """A new article that tells the same as the others."""
    await room.news(1, *topics, title=TITLE, provider=Provider(name), **fields)


async def test_a_story_is_told_on_one_card_with_the_others_as_links(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "Here News", quality=50)
    await told_by(room, "There Post", quality=90)
    assert await room.tick() == [[TITLE]]
    (told,) = room.sender.sent[-1].articles
    assert told.article.provider == Provider("There Post")
    assert [one.provider for one in told.article.related] == ["Here News"]


async def test_a_repeat_is_not_told_until_the_story_has_grown(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "First")
    assert await room.tick() == [[TITLE]]
    await told_by(room, "Second")
    assert await room.tick() == []
    await told_by(room, "Third")
    assert await room.tick() == [[TITLE]]
    (told,) = room.sender.sent[-1].articles
    assert told.update


async def test_a_repeat_is_news_where_the_story_was_not_told(room: Newsroom) -> None:
    """The first article was on a topic that only the other place follows."""
    await room.follow(CHANNEL, INSTANTLY, "AI")
    await room.follow(PERSON, INSTANTLY, "Space")
    await room.tick()
    await told_by(room, "First", "AI")
    assert len(await room.tick()) == 1
    await told_by(room, "Second", "AI", "Space")
    assert await room.tick() == [[TITLE]]
    assert room.sender.sent[-1].destination.address == PERSON


async def test_after_a_week_a_story_begins_anew(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "First")
    assert await room.tick() == [[TITLE]]
    room.clock.forward(days=8)
    await told_by(room, "Second")
    assert await room.tick() == [[TITLE]]
    assert not room.sender.sent[-1].articles[0].update


async def test_a_forced_digest_folds_stories_that_no_tick_has_seen(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await told_by(room, "First")
    await told_by(room, "Second")
    answer = await room.service.post_now(CHANNEL, room.clock())
    assert answer.shown == 1
    assert await room.tick() == [[TITLE]]


async def test_a_huge_library_is_woven_batch_by_batch(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.news(2 * weaving.BATCH + 1)
    until = await weaving.weave_new(room.database, room.clock())
    async with room.database.read() as connection:
        assert until == await library.latest_sequence(connection)


# ── many at once ─────────────────────────────────────────────────────────────────────────────


def places(count: int) -> list[Address]:
    return [Address(Kind.CHANNEL, 1_000 + number, 70) for number in range(count)]


async def test_equal_interests_share_one_stored_digest(room: Newsroom) -> None:
    """Also where the topic was followed earlier or later, as long as it was before the news."""
    for place in places(3):
        await room.follow(place)
        await room.news(1, "Space")
        await room.tick()
    before = await count(room.database, schema.digests)
    await room.news(2)
    assert await room.at(day(1)) == [["Article 104", "Article 103"]] * 3
    assert await count(room.database, schema.digests) == before + 1


async def test_a_burst_leaves_at_the_pace_of_the_bot(room: Newsroom) -> None:
    """Thirty places at ten a second: the last is due within three seconds, and none too early."""
    for place in places(30):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    await outbox.plan(room.database, room.clock(), split_by_ten, per_second=10)
    async with room.database.read() as connection:
        rows = await connection.scalars(
            select(schema.deliveries.c.not_before).where(schema.deliveries.c.state == "waiting")
        )
        waits = [(one - day(1)).total_seconds() for one in rows]
    assert len(waits) == 30
    assert set(waits) == {0, 1, 2}


async def test_a_forced_digest_need_not_queue_behind_a_burst(room: Newsroom) -> None:
    """At one a second thirty places take half a minute; the relay goes a few seconds ahead."""
    for place in places(30):
        await room.follow(place)
    await room.follow(PERSON, Wish(at=time(10)))
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    await outbox.plan(room.database, room.clock(), split_by_ten, per_second=1)
    await room.service.post_now(PERSON, room.clock())
    before = len(room.sender.sent)
    await room.relay.run_once()
    at_once = [one.destination.address for one in room.sender.sent[before:]]
    assert PERSON in at_once
    assert len(at_once) < 15


async def test_more_than_a_batch_is_planned_in_one_go(room: Newsroom) -> None:
    for place in places(5):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    promised = await outbox.plan(room.database, room.clock(), split_by_ten, batch=2)
    assert promised == 5


async def test_who_is_far_behind_is_told_from_where_it_stopped(room: Newsroom) -> None:
    """A pool holds the newest articles only; whoever needs older ones asks for itself."""
    await room.follow(CHANNEL)
    await room.follow(PERSON, Wish(at=time(9), paused_until=day(5, 0)))
    await room.tick()
    await room.news(3)
    assert await room.at(day(1)) == [["Article 102", "Article 101", "Article 100"]]
    await room.news(2)
    room.clock.now = day(5)
    run = await planning.begin(
        room.database,
        room.clock(),
        await weaving.weave_new(room.database, room.clock()),
        split_by_ten,
        45,
        pooled=2,
    )
    assert run is not None
    assert run.floor == 4
    promised = await outbox.plan(room.database, room.clock(), split_by_ten, pooled=2)
    assert promised == 2
    while await room.relay.run_once():
        pass
    told = {one.destination.address: len(one.articles) for one in room.sender.sent[-2:]}
    assert told == {CHANNEL: 2, PERSON: 5}


async def test_two_planners_at_once_promise_each_digest_once(room: Newsroom) -> None:
    for place in places(20):
        await room.follow(place)
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    promised = await asyncio.gather(
        *(outbox.plan(room.database, room.clock(), split_by_ten, batch=3) for _ in range(3))
    )
    assert sum(promised) == 20
    assert await room.tick() == [["Article 100"]] * 20


async def test_a_digest_forced_while_planning_is_not_told_again(room: Newsroom) -> None:
    """The run began before the forced digest: it must not move the cursor back."""
    await room.follow()
    await room.tick()
    await room.news()
    room.clock.now = day(1)
    until = await weaving.weave_new(room.database, room.clock())
    run = await planning.begin(room.database, room.clock(), until, split_by_ten, 45)
    assert run is not None
    await room.news()
    await room.service.post_now(CHANNEL, room.clock())
    async with room.database.write() as connection:
        due = await plans.due(connection, room.clock(), until, 10)
        decided = await run.decide(connection, due)
        assert await plans.carry_out(connection, decided, until, room.clock(), outbox.nonces) == 0
    assert await room.tick() == [["Article 101", "Article 100"]]
    assert await room.at(day(2)) == []


async def test_a_tick_with_nothing_due_writes_nothing(room: Newsroom) -> None:
    """It needs no more than to read: also while another process holds the database."""
    await room.follow()
    await room.tick()
    async with room.database.write():
        assert await outbox.plan(room.database, room.clock(), split_by_ten) == 0


async def test_a_place_that_follows_nothing_costs_no_more_than_its_cursor(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.service.unfollow(CHANNEL, "AI")
    await room.news()
    assert await room.tick() == []
    async with room.database.read() as connection:
        found = await destinations.find(connection, CHANNEL)
        assert found is not None
        assert found.cursor == await library.latest_sequence(connection)


async def test_following_again_does_not_bring_what_came_meanwhile(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.service.unfollow(CHANNEL, "AI")
    await room.news()
    room.clock.now = day(30)
    await room.tick()
    await room.follow()
    await room.news()
    assert await room.tick() == [["Article 100"]]  # the first edition: the latest it never had
    assert await room.at(day(31)) == [["Article 101"]]
