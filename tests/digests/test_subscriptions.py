"""What somebody asks of a schedule, and what comes of it."""

from __future__ import annotations

from datetime import time

import pytest

from digests.errors import BadTime
from digests.model import WEEKDAYS, Cadence, Filters, Schedule
from digests.service import DigestService
from digests.storage import Database
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, article, publish, split_by_ten

EVENING = Schedule(at=time(18), also_at=(time(8),), zone="Asia/Tokyo", at_most=3)


def test_what_is_not_asked_stays_as_it_is() -> None:
    assert Wish().applied_to(EVENING) == EVENING


def test_a_new_time_is_the_only_one() -> None:
    assert Wish(at=time(9)).applied_to(EVENING).times == (time(9),)


def test_several_times_are_asked_for_together() -> None:
    wished = Wish(at=time(9), also_at=(time(21),)).applied_to(EVENING)
    assert wished.times == (time(9), time(21))


def test_a_time_of_day_makes_instantly_daily() -> None:
    instantly = Schedule(every=Cadence.INSTANTLY)
    assert Wish(at=time(9)).applied_to(instantly).every is Cadence.DAILY
    assert Wish(zone="Asia/Tokyo").applied_to(instantly).every is Cadence.INSTANTLY


def test_the_days_of_a_weekly_digest_go_with_it() -> None:
    weekly = Wish(every=Cadence.WEEKLY, days=frozenset({2, 4})).applied_to(Schedule())
    assert weekly.day == 2
    assert weekly.weekdays == {2, 4}
    assert Wish(every=Cadence.DAILY).applied_to(weekly).weekdays == set(range(7))


def test_weekdays_only_stays_from_daily_to_hourly() -> None:
    daily = Schedule(days=WEEKDAYS)
    assert Wish(every=Cadence.HOURLY).applied_to(daily).weekdays == WEEKDAYS


def test_quiet_hours_from_a_time_to_itself_are_none() -> None:
    quiet = Schedule(quiet=(time(22), time(7)))
    assert Wish(quiet=(time(0), time(0))).applied_to(quiet).quiet is None


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish(also_at=tuple(time(hour) for hour in range(24))), "24 times"),
        (Wish(days=frozenset({7})), "seven days"),
        (Wish(at_least=0), "between 1 and 50"),
        (Wish(at_most=51), "between 1 and 50"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wish: Wish, said: str) -> None:
    with pytest.raises(BadTime, match=said):
        wish.applied_to(Schedule())


async def test_a_schedule_comes_back_from_the_database_whole(database: Database) -> None:
    await publish(database, article(1))
    service = DigestService(database, split_by_ten)
    wish = Wish(
        every=Cadence.WEEKLY,
        at=time(9, 5),
        zone="Asia/Tokyo",
        also_at=(time(18), time(12, 30)),
        days=frozenset({0, 3}),
        quiet=(time(22), time(7)),
        paused_until=NOW.replace(year=2027),
        at_least=2,
        at_most=7,
    )
    answer = await service.follow(CHANNEL, "AI", wish, by=ADMIN, now=NOW)
    found = await service.following(CHANNEL)
    assert found is not None
    stored = found[0].schedule
    assert stored.times == (time(9, 5), time(12, 30), time(18))
    assert stored.days == {0, 3}
    assert stored.quiet == wish.quiet
    assert stored.paused_until == wish.paused_until
    assert (stored.at_least, stored.at_most) == (2, 7)
    assert found[0].next_due == answer.followed.destination.next_due


async def test_filters_are_stored_as_they_are_compared(database: Database) -> None:
    await publish(database, article(1))
    service = DigestService(database, split_by_ten)
    assert await service.refilter(CHANNEL, Filters()) is None
    await service.follow(CHANNEL, "AI", Wish(), by=ADMIN, now=NOW)
    wanted = Filters(only_providers=frozenset({" The  EXAMPLE "}), only_words=frozenset({"A.I.!"}))
    await service.refilter(CHANNEL, wanted)
    found = await service.following(CHANNEL)
    assert found is not None
    assert found[0].filters == Filters(
        only_providers=frozenset({"the example"}), only_words=frozenset({"a i"})
    )
