"""Every change of the clocks in every zone, for ten years: the rules that docs/flow.md states."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from digests.model import Cadence, Schedule
from digests.schedule import next_slot, waits_until

FROM, TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)

AWKWARD = [
    Schedule(at=time(0, 0)),
    Schedule(at=time(2, 30)),
    Schedule(at=time(3, 0), days=frozenset({6})),
    Schedule(at=time(23, 59), quiet=(time(23), time(2, 15))),
]


class Change(NamedTuple):
    """The clocks are moved: the moment, and by how much they are ahead before and after."""

    moment: datetime
    before: timedelta
    after: timedelta


@cache
def changes() -> dict[Change, str]:
    """All changes there are, each with one of the zones that make it."""
    found: dict[Change, str] = {}
    for zone in sorted(available_timezones() - {"localtime", "Factory"}):
        info = ZoneInfo(zone)
        moment, offset = FROM, FROM.astimezone(info).utcoffset()
        while moment < TO:
            later = moment + timedelta(days=7)
            changed = later.astimezone(info).utcoffset()
            if changed != offset:
                assert offset is not None
                assert changed is not None
                found.setdefault(Change(_moved(info, moment, later), offset, changed), zone)
            moment, offset = later, changed
    return found


def _moved(info: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(info).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(info).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def slots(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    found = []
    while (slot := next_slot(schedule, after)) is not None and slot <= until:
        assert slot > after
        found.append(slot)
        after = slot
    return found


def within(change: Change) -> list[time]:
    """Times of day that the change leaves out or repeats: the first, one between, the last."""
    low, high = sorted((change.before, change.after))
    begins, ends = change.moment + low, change.moment + high
    between = begins + (ends - begins) // 2
    return [one.time().replace(second=0) for one in (begins, between, ends - MINUTE)]


def test_there_are_enough_changes_to_mean_something() -> None:
    forward = [one for one in changes() if one.after > one.before]
    assert len(forward) > 100
    assert len(changes()) - len(forward) > 100


def test_a_time_that_does_not_exist_is_the_first_moment_after_the_gap() -> None:
    for change, zone in changes().items():
        for at in within(change) if change.after > change.before else ():
            near = slots(Schedule(at=at, zone=zone), change.moment - DAY, change.moment + DAY)
            assert change.moment in near, (zone, change, at)


def test_a_time_that_comes_twice_runs_once_and_the_first_time() -> None:
    for change, zone in changes().items():
        for at in within(change) if change.after < change.before else ():
            near = slots(
                Schedule(at=at, zone=zone), change.moment - DAY / 2, change.moment + DAY / 2
            )
            assert len(near) == 1, (zone, change, at)
            assert near[0] < change.moment, (zone, change, at)


def test_slots_are_later_each_time_allowed_and_a_day_s_at_least_20_hours_apart() -> None:
    for change, zone in changes().items():
        for schedule in AWKWARD:
            days = 15 if schedule.days else 3
            wanted = replace(schedule, zone=zone)
            near = slots(wanted, change.moment - 2 * DAY, change.moment + days * DAY)
            assert len(near) >= 2
            assert all(waits_until(wanted, slot) is None for slot in near)
            gaps = [later - slot for slot, later in itertools.pairwise(near)]
            assert min(gaps) >= timedelta(hours=20), (zone, change, schedule)


def test_an_hourly_digest_comes_in_every_hour_that_passes() -> None:
    """Also where an hour comes twice; clocks that move by half an hour may bring it sooner."""
    for change, zone in changes().items():
        schedule = Schedule(every=Cadence.HOURLY, at=time(0, 15), zone=zone)
        near = slots(schedule, change.moment - DAY / 4, change.moment + DAY / 4)
        gaps = {later - slot for slot, later in itertools.pairwise(near)}
        whole = abs(change.after - change.before) % timedelta(hours=1) == timedelta(0)
        if whole:
            assert gaps == {timedelta(hours=1)}, (zone, change)
        assert max(gaps) < timedelta(hours=2), (zone, change)
