"""A schedule and a moment in, the next due time out (pure).

Rules, each with a test:

* A local time that does not exist (clocks go forward) means the first moment after the gap.
* A local time that comes twice (clocks go back) means the first of the two.
* A date that a zone skipped altogether has no slot.
* The next slot is always later than the moment asked about.
* What falls into the quiet hours is due when they end, all of it at once.
* During a pause nothing is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.errors import BadTime
from digests.model import FOREVER, Cadence, Schedule
from digests.zones import parse_zone

__all__ = ["next_slot", "parse_at", "parse_zone", "waits_until"]

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


def next_slot(schedule: Schedule, after: datetime) -> datetime | None:
    """The first slot later than ``after`` (aware), in UTC.

    For ``instantly``: when what is gathered at ``after`` may go; None if nothing is gathered.
    A pause without end gives FOREVER.
    """
    if schedule.paused_until is not None and schedule.paused_until >= FOREVER:
        return FOREVER
    if schedule.every is Cadence.INSTANTLY:
        return waits_until(schedule, after)
    if schedule.paused_until is not None:
        after = max(after, schedule.paused_until - _INSTANT)
    zone = ZoneInfo(schedule.zone)
    quiet = _quiet_hours(schedule, after, zone)
    # What fell due since the quiet hours began is due at their end, and that is still to come.
    since = quiet[0] - _INSTANT if quiet else after
    for slot in _slots(schedule, since, zone):
        quiet = _quiet_hours(schedule, slot, zone)
        due = quiet[1] if quiet else slot
        if due > after:
            return due
    raise AssertionError("slots never end")


def waits_until(schedule: Schedule, now: datetime) -> datetime | None:
    """Until when nothing may be posted by schedule; None if it may be now.

    That is a pause, the quiet hours, and for ``instantly`` the days on which nothing is wanted.
    """
    moment = now
    if schedule.paused_until is not None:
        moment = max(moment, schedule.paused_until)
        if moment >= FOREVER:
            return FOREVER
    zone = ZoneInfo(schedule.zone)
    if schedule.every is Cadence.INSTANTLY:
        moment = _on_wanted_day(schedule, moment, zone)
    while quiet := _quiet_hours(schedule, moment, zone):
        moment = quiet[1]
        if schedule.every is Cadence.INSTANTLY:
            moment = _on_wanted_day(schedule, moment, zone)
    return moment if moment > now else None


def _slots(schedule: Schedule, after: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments later than ``after`` that the schedule names, quiet hours or not, in order."""
    local = after.astimezone(zone)
    if schedule.every is Cadence.HOURLY:
        while True:
            after = _next_hour(after, schedule.at.minute, zone)
            if after.astimezone(zone).weekday() in schedule.weekdays:
                yield after
    day = local.date()
    while True:
        if day.weekday() in schedule.weekdays:
            for at in schedule.times:
                slot = _moment(day, at, zone)
                if slot is not None and slot > after:
                    yield slot
                    after = slot
        day += _DAY


def _next_hour(after: datetime, minute: int, zone: ZoneInfo) -> datetime:
    """The next time the local clock shows ``minute``; zones with odd offsets keep their minute.

    Asked again where the clocks were moved by half an hour in between.
    """
    slot = after.astimezone(UTC).replace(second=0, microsecond=0)
    while True:
        shown = slot.astimezone(zone).minute
        slot += timedelta(minutes=(minute - shown) % 60 or 60)
        if slot.astimezone(zone).minute == minute:
            return slot


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """When the local clock first shows ``at`` on ``day``, or None if the day was skipped."""
    exact = _to_utc(day, at, zone, fold=0)
    if exact.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at):
        return exact
    gap_end = _end_of_gap(_to_utc(day, at, zone, fold=1), exact, zone)
    last_before = (gap_end - timedelta(seconds=1)).astimezone(zone)
    first_after = gap_end.astimezone(zone)
    skipped = last_before.date() < day < first_after.date()
    return None if skipped else gap_end


def _to_utc(day: date, at: time, zone: ZoneInfo, *, fold: int) -> datetime:
    return datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC)


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between ``before`` and ``after`` (UTC) at which the zone's offset changes."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _quiet_hours(
    schedule: Schedule, moment: datetime, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    """The quiet hours (UTC, the end outside) that ``moment`` is in."""
    if schedule.quiet is None or schedule.quiet[0] == schedule.quiet[1]:
        return None
    begins, ends = schedule.quiet
    today = moment.astimezone(zone).date()
    for day in (today - 2 * _DAY, today - _DAY, today):  # two: the end's own day may be skipped
        start = _moment(day, begins, zone)
        if start is None or start > moment:
            continue
        last = day if ends > begins else day + _DAY
        end = _moment(last, ends, zone) or _moment(last + _DAY, ends, zone)
        if end is not None and moment < end:
            return start, end
    return None


def _on_wanted_day(schedule: Schedule, moment: datetime, zone: ZoneInfo) -> datetime:
    """``moment``, or the beginning of the next local day on which something is wanted."""
    day = moment.astimezone(zone).date()
    if day.weekday() in schedule.weekdays:
        return moment
    while True:
        day += _DAY
        start = _moment(day, time(0), zone)
        if start is not None and day.weekday() in schedule.weekdays:
            return start


def parse_at(text: str) -> time:
    """``HH:MM`` (24 hours; ``9``, ``9:5`` and ``09.05`` too) to a time of day, or BadTime."""
    match = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{1,2}))?", text.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    typed = text.strip()[:20]
    raise BadTime(
        f"“{typed}” is not a time of day. Write it like 09:00 or 17:30.",
        "not-a-time",
        typed=typed,
    )
