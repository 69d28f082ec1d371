"""When a digest is due: every zone, every change of the clocks."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import BadTime
from digests.model import Cadence, Schedule
from digests.schedule import next_slot, parse_at, parse_zone

BERLIN = "Europe/Berlin"
ZONES = sorted(available_timezones() - {"localtime", "Factory"})

moments = st.datetimes(datetime(2020, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
schedules = st.builds(
    Schedule,
    every=st.sampled_from([Cadence.HOURLY, Cadence.DAILY, Cadence.WEEKLY]),
    at=times,
    zone=st.sampled_from(ZONES),
    day=st.integers(0, 6),
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


@given(schedules, moments)
def test_the_next_slot_is_always_later_and_soon(schedule: Schedule, after: datetime) -> None:
    """Never further off than its cadence and a skipped day."""
    slot = next_slot(schedule, after)
    assert slot is not None
    assert slot > after
    longest = {Cadence.HOURLY: 2, Cadence.DAILY: 49, Cadence.WEEKLY: 24 * 8}[schedule.every]
    assert slot - after <= timedelta(hours=longest)


@given(times, st.sampled_from(ZONES), moments)
def test_two_daily_digests_are_never_close(at: time, zone: str, after: datetime) -> None:
    """Whatever the clocks do, two slots of a daily schedule are at least 20 hours apart."""
    schedule = Schedule(at=at, zone=zone)
    first = next_slot(schedule, after)
    assert first is not None
    second = next_slot(schedule, first)
    assert second is not None
    assert second - first >= timedelta(hours=20)


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


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(BadTime):
        assert isinstance(parse_at(text), time)


def test_zones_are_known_by_name() -> None:
    assert parse_zone(" Europe/Berlin ") == BERLIN


@pytest.mark.parametrize(
    "text", ["Berlin", "../etc/passwd", "/etc/localtime", "", "a\0b", "Europe"]
)
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(BadTime, match="Europe/Berlin"):
        parse_zone(text)
