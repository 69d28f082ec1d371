"""When a digest is due: every zone, every change of the clocks."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import BadTime
from digests.model import FOREVER, WEEKDAYS, Cadence, Schedule
from digests.schedule import next_slot, parse_at, waits_until

BERLIN = "Europe/Berlin"
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

MINUTE = timedelta(minutes=1)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.frozensets(st.integers(0, 6), max_size=7)
schedules = st.builds(
    Schedule,
    every=st.sampled_from([Cadence.HOURLY, Cadence.DAILY, Cadence.WEEKLY]),
    at=times,
    zone=st.sampled_from(ZONES),
    day=st.integers(0, 6),
)
rich = st.builds(
    Schedule,
    every=st.sampled_from([Cadence.HOURLY, Cadence.DAILY, Cadence.WEEKLY]),
    at=times,
    zone=st.sampled_from(ZONES),
    day=st.integers(0, 6),
    also_at=st.lists(times, max_size=3).map(tuple),
    days=days,
    quiet=st.none() | st.tuples(times, times),
    paused_until=st.none() | moments,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year, month, day, hour, minute


def test_daily_is_at_the_local_time() -> None:
    schedule = Schedule(at=time(9), zone=BERLIN)
    assert next_slot(schedule, utc(2026, 11, 23, 7, 59)) == utc(2026, 11, 23, 8)
    assert next_slot(schedule, utc(2026, 11, 23, 8)) == utc(2026, 11, 24, 8)


def test_daily_keeps_its_local_time_across_the_clock_change() -> None:
    schedule = Schedule(at=time(9), zone=BERLIN)
    assert next_slot(schedule, utc(2026, 3, 28, 8)) == utc(2026, 3, 29, 7)


def test_a_time_that_does_not_exist_is_the_end_of_the_gap() -> None:
    schedule = Schedule(at=time(2, 30), zone=BERLIN)
    assert next_slot(schedule, utc(2026, 3, 28, 12)) == utc(2026, 3, 29, 1)


def test_a_time_that_comes_twice_is_the_first() -> None:
    schedule = Schedule(at=time(2, 30), zone=BERLIN)
    first = next_slot(schedule, utc(2026, 10, 24, 12))
    assert first == utc(2026, 10, 25, 0, 30)
    assert next_slot(schedule, first) == utc(2026, 10, 26, 1, 30)


def test_a_day_that_a_zone_skipped_has_no_slot() -> None:
    """Samoa went from 29 to 31 December 2011."""
    schedule = Schedule(at=time(9), zone="Pacific/Apia")
    before = next_slot(schedule, utc(2011, 12, 29, 12))
    assert before is not None
    assert before.astimezone(ZoneInfo("Pacific/Apia")).day == 29
    after = next_slot(schedule, before)
    assert after == before + timedelta(hours=24)
    assert after.astimezone(ZoneInfo("Pacific/Apia")).day == 31


def test_weekly_is_on_its_day() -> None:
    friday = Schedule(every=Cadence.WEEKLY, at=time(17), day=4)
    assert next_slot(friday, utc(2026, 11, 23, 12)) == utc(2026, 11, 27, 17)
    assert next_slot(friday, utc(2026, 11, 27, 17)) == utc(2026, 12, 4, 17)


def test_hourly_is_at_its_minute() -> None:
    schedule = Schedule(every=Cadence.HOURLY, at=time(0, 15))
    assert next_slot(schedule, utc(2026, 11, 23, 12, 14)) == utc(2026, 11, 23, 12, 15)
    assert next_slot(schedule, utc(2026, 11, 23, 12, 15)) == utc(2026, 11, 23, 13, 15)


def test_hourly_keeps_its_local_minute_in_a_zone_with_an_odd_offset() -> None:
    schedule = Schedule(every=Cadence.HOURLY, at=time(0, 0), zone="Asia/Kathmandu")
    assert next_slot(schedule, utc(2026, 11, 23, 12, 0)) == utc(2026, 11, 23, 12, 15)


def test_instantly_has_no_slot() -> None:
    assert next_slot(Schedule(every=Cadence.INSTANTLY), utc(2026, 11, 23)) is None


def test_several_times_a_day_are_several_slots() -> None:
    schedule = Schedule(at=time(17), also_at=(time(8), time(12, 30)))
    assert slots(schedule, utc(2026, 11, 23, 9), 4) == [
        utc(2026, 11, 23, 12, 30),
        utc(2026, 11, 23, 17),
        utc(2026, 11, 24, 8),
        utc(2026, 11, 24, 12, 30),
    ]


def test_a_weekly_digest_may_come_on_several_days() -> None:
    schedule = Schedule(every=Cadence.WEEKLY, day=6, days=frozenset({0, 3}))
    assert [slot.weekday() for slot in slots(schedule, utc(2026, 11, 24, 12), 4)] == [3, 0, 3, 0]


@pytest.mark.parametrize("every", [Cadence.DAILY, Cadence.HOURLY])
def test_weekdays_only_leaves_the_weekend_out(every: Cadence) -> None:
    schedule = Schedule(every=every, days=WEEKDAYS)
    friday_night = utc(2026, 11, 27, 23, 59)
    assert next_slot(schedule, friday_night) == utc(2026, 11, 30, 0 if every == "hourly" else 9)


def test_the_day_is_that_of_the_zone() -> None:
    """Monday morning in Auckland is still Sunday in Greenwich."""
    schedule = Schedule(at=time(8), zone="Pacific/Auckland", days=frozenset({0}))
    assert next_slot(schedule, utc(2026, 11, 25)) == utc(2026, 11, 29, 19)


NIGHT = (time(22), time(7))


def test_what_falls_into_quiet_hours_is_due_at_their_end() -> None:
    schedule = Schedule(at=time(23, 30), quiet=NIGHT, zone=BERLIN)
    assert slots(schedule, utc(2026, 11, 23, 12), 2) == [
        utc(2026, 11, 24, 6),
        utc(2026, 11, 25, 6),
    ]


def test_hourly_digests_of_the_night_come_as_one() -> None:
    schedule = Schedule(every=Cadence.HOURLY, at=time(0, 30), quiet=NIGHT)
    assert slots(schedule, utc(2026, 11, 23, 20, 45), 3) == [
        utc(2026, 11, 23, 21, 30),
        utc(2026, 11, 24, 7),
        utc(2026, 11, 24, 7, 30),
    ]


def test_asked_within_quiet_hours_what_fell_due_in_them_is_still_to_come() -> None:
    schedule = Schedule(at=time(23), quiet=NIGHT)
    assert next_slot(schedule, utc(2026, 11, 24, 3)) == utc(2026, 11, 24, 7)


def test_quiet_hours_end_with_the_first_of_an_hour_that_comes_twice() -> None:
    """Their end is 02:30; at 02:15 of the second time round they are long over."""
    schedule = Schedule(every=Cadence.HOURLY, quiet=(time(22), time(2, 30)), zone=BERLIN)
    assert waits_until(schedule, utc(2026, 10, 25, 0, 15)) == utc(2026, 10, 25, 0, 30)
    assert waits_until(schedule, utc(2026, 10, 25, 1, 15)) is None


def test_a_pause_leaves_slots_out_until_it_ends() -> None:
    schedule = Schedule(paused_until=utc(2026, 12, 1))
    assert next_slot(schedule, utc(2026, 11, 23)) == utc(2026, 12, 1, 9)
    assert waits_until(schedule, utc(2026, 11, 30)) == utc(2026, 12, 1)
    assert waits_until(schedule, utc(2026, 12, 1)) is None


def test_a_slot_at_the_very_end_of_a_pause_counts() -> None:
    schedule = Schedule(paused_until=utc(2026, 12, 1, 9))
    assert next_slot(schedule, utc(2026, 11, 23)) == utc(2026, 12, 1, 9)


@pytest.mark.parametrize("every", list(Cadence))
def test_a_pause_without_end_lasts_for_ever(every: Cadence) -> None:
    schedule = Schedule(every=every, paused_until=FOREVER)
    assert next_slot(schedule, utc(2026, 11, 23)) == FOREVER
    assert waits_until(schedule, utc(2026, 11, 23)) == FOREVER


def test_instantly_is_gathered_in_quiet_hours() -> None:
    schedule = Schedule(every=Cadence.INSTANTLY, quiet=NIGHT, zone=BERLIN)
    assert next_slot(schedule, utc(2026, 11, 23, 22)) == utc(2026, 11, 24, 6)
    assert next_slot(schedule, utc(2026, 11, 24, 6)) is None


def test_instantly_on_weekdays_only_is_gathered_over_the_weekend() -> None:
    schedule = Schedule(every=Cadence.INSTANTLY, quiet=NIGHT, days=WEEKDAYS)
    friday_night = utc(2026, 11, 27, 23)
    assert next_slot(schedule, friday_night) == utc(2026, 11, 30, 7)
    assert next_slot(schedule, utc(2026, 11, 27, 12)) is None


def test_an_hour_of_quiet_from_a_time_to_itself_is_none() -> None:
    schedule = Schedule(at=time(9), quiet=(time(9), time(9)))
    assert next_slot(schedule, utc(2026, 11, 23, 8)) == utc(2026, 11, 23, 9)


def slots(schedule: Schedule, after: datetime, count: int) -> list[datetime]:
    found = []
    for _ in range(count):
        slot = next_slot(schedule, after)
        assert slot is not None
        found.append(slot)
        after = slot
    return found


@settings(deadline=None)
@given(rich, moments)
def test_slots_of_any_schedule_are_later_allowed_and_always_the_same(
    schedule: Schedule, after: datetime
) -> None:
    """The slots are a fixed row: from wherever one asks, the next of the row comes."""
    first, second = slots(schedule, after, 2)
    assert after < first < second
    for slot in (first, second):
        assert waits_until(schedule, slot) is None
        assert schedule.paused_until is None or slot >= schedule.paused_until
    between = first + (second - first) / 2
    assert next_slot(schedule, between) == second
    assert next_slot(schedule, first - MINUTE / 60) == first


@settings(deadline=None)
@given(rich, moments)
def test_a_slot_is_a_time_asked_for_or_the_end_of_what_was_in_the_way(
    schedule: Schedule, after: datetime
) -> None:
    zone = ZoneInfo(schedule.zone)
    slot = next_slot(schedule, after)
    assert slot is not None
    local = slot.astimezone(zone)
    if schedule.every is Cadence.HOURLY:
        asked = local.minute == schedule.at.minute and local.weekday() in schedule.weekdays
    else:
        asked = local.time() in schedule.times and local.weekday() in schedule.weekdays
    quiet_ended = schedule.quiet is not None and waits_until(schedule, slot - MINUTE) == slot
    gap_ended = local.utcoffset() != (slot - MINUTE).astimezone(zone).utcoffset()
    pause_ended = schedule.paused_until is not None and slot >= schedule.paused_until
    assert asked or quiet_ended or gap_ended or pause_ended


@settings(deadline=None)
@given(schedules, moments)
def test_the_next_slot_is_always_later_and_soon(schedule: Schedule, after: datetime) -> None:
    """Never further off than its cadence and a skipped day."""
    slot = next_slot(schedule, after)
    assert slot is not None
    assert slot > after
    longest = {Cadence.HOURLY: 2, Cadence.DAILY: 49, Cadence.WEEKLY: 24 * 8}[schedule.every]
    assert slot - after <= timedelta(hours=longest)


@settings(deadline=None)
@given(times, st.sampled_from(ZONES), moments, st.none() | st.tuples(times, times))
def test_two_daily_digests_are_never_close(
    at: time, zone: str, after: datetime, quiet: tuple[time, time] | None
) -> None:
    """Whatever the clocks do, two slots of a daily schedule are at least 20 hours apart."""
    schedule = Schedule(at=at, zone=zone, quiet=quiet)
    first = next_slot(schedule, after)
    assert first is not None
    second = next_slot(schedule, first)
    assert second is not None
    assert second - first >= timedelta(hours=20)


@settings(deadline=None)
@given(times, st.sampled_from(ZONES), moments)
def test_a_slot_shows_the_asked_time_unless_that_does_not_exist(
    at: time, zone: str, after: datetime
) -> None:
    slot = next_slot(Schedule(at=at, zone=zone), after)
    assert slot is not None
    local = slot.astimezone(ZoneInfo(zone))
    # The end of a gap may be on the day after the one that was meant.
    meant = [datetime.combine(local.date() - timedelta(days=n), at) for n in (0, 1)]
    assert local.time() == at or not all(_exists(one, ZoneInfo(zone)) for one in meant)


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == local


@pytest.mark.parametrize(
    ("text", "expected"),
    [("09:00", time(9)), ("9", time(9)), (" 17.30 ", time(17, 30)), ("0:05", time(0, 5))],
)
def test_times_of_day_are_understood(text: str, expected: time) -> None:
    assert parse_at(text) == expected


@pytest.mark.parametrize("text", ["24:00", "12:60", "noon", "", "9:000", "-1", "٩:٠٠", "1:2:3"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(BadTime, match="09:00"):
        parse_at(text)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(BadTime):
        assert isinstance(parse_at(text), time)
