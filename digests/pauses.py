"""What somebody writes about the end of a pause in, the moment it ends out (pure)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.errors import BadTime
from digests.model import FOREVER

_DAYS = {"day": 1, "week": 7, "month": 30}
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_SPAN = re.compile(r"(?:for |in )?(\d{1,3}|a|an|one|two|three) ?(day|week|month)s?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]+(\d{1,2}):(\d{2}))?")
_END = ("off", "no", "none", "now", "end", "stop", "resume")
_FOREVER = ("forever", "until i resume", "until resumed", "on", "always")

LONGEST = timedelta(days=3 * 366)


def parse_until(text: str, now: datetime, zone: str) -> datetime:
    """``2026-12-24``, ``tomorrow``, ``2 weeks``, ``forever`` or ``off`` to a moment in UTC.

    Days begin at midnight in ``zone``. ``off`` gives ``now``: the pause is over. Raises BadTime.
    """
    typed = " ".join(text.casefold().split())
    if typed in _END:
        return now
    if typed in _FOREVER:
        return FOREVER
    local = now.astimezone(ZoneInfo(zone))
    until = _named(typed, local)
    if until is None:
        raise BadTime(
            f"I do not understand “{text.strip()[:40]}”. Write a date like 2026-12-24, or "
            "“tomorrow”, “2 weeks”, “forever”, or “off” to go on."
        )
    moment = until.astimezone(UTC)
    if moment <= now:
        raise BadTime("That is in the past. Write “off” to go on now.")
    if moment - now > LONGEST:
        raise BadTime("That is years away. Write “forever” to pause until you end it yourself.")
    return moment


def _named(typed: str, local: datetime) -> datetime | None:
    if typed == "tomorrow":
        return datetime.combine(local.date() + timedelta(days=1), time(0), local.tzinfo)
    if span := _SPAN.fullmatch(typed):
        count = _WORDS.get(span[1]) or int(span[1])
        return local + timedelta(days=count * _DAYS[span[2]])
    if found := _DATE.fullmatch(typed):
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        try:
            return datetime.combine(date(year, month, day), time(hour, minute), local.tzinfo)
        except ValueError:
            return None
    return None
