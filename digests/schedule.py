"""A schedule and a moment in, the next due time out (pure).

Rules, each with a test:

* A local time that does not exist (clocks go forward) means the first moment after the gap.
* A local time that comes twice (clocks go back) means the first of the two.
* A date that a zone skipped altogether has no slot.
* The next slot is always later than the moment asked about.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digests.errors import BadTime
from digests.model import Cadence, Schedule


def next_slot(schedule: Schedule, after: datetime) -> datetime | None:
    """The first slot later than ``after`` (aware), in UTC; None for ``instantly``."""
    if schedule.every is Cadence.INSTANTLY:
        return None
    zone = ZoneInfo(schedule.zone)
    local = after.astimezone(zone)
    if schedule.every is Cadence.HOURLY:
        return _next_hour(local, schedule.at.minute)
    day = local.date()
    if schedule.every is Cadence.WEEKLY:
        day += timedelta(days=(schedule.day - day.weekday()) % 7)
        step = timedelta(days=7)
    else:
        step = timedelta(days=1)
    while True:
        slot = _moment(day, schedule.at, zone)
        if slot is not None and slot > after:
            return slot
        day += step


def _next_hour(local: datetime, minute: int) -> datetime:
    """The next time the local clock shows ``minute``; zones with odd offsets keep their minute."""
    start = local.astimezone(UTC).replace(second=0, microsecond=0)
    ahead = (minute - local.minute) % 60
    return start + timedelta(minutes=ahead or 60)


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


def parse_at(text: str) -> time:
    """``HH:MM`` (24 hours; ``9``, ``9:5`` and ``09.05`` too) to a time of day, or BadTime."""
    match = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{1,2}))?", text.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return time(int(match[1]), int(match[2] or 0))
    raise BadTime(f"“{text.strip()[:20]}” is not a time of day. Write it like 09:00 or 17:30.")


def parse_zone(text: str) -> str:
    """An IANA zone name, in any case, to its proper spelling, or BadTime."""
    name = text.strip()
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadTime(
            f"“{name[:40]}” is not a time zone I know. Pick one from the list, like Europe/Berlin."
        ) from None
