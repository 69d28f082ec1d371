"""What somebody writes about the end of a pause in, the moment it ends out (pure)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digests.errors import BadTime
from digests.model import FOREVER

OFF = ("off", "no", "none", "aus", "nein", "keine", "non", "aucun", "aucune")
"""What people write to switch something off."""

# In the languages that the bot speaks: whoever reads "2 Wochen" writes it.
_DAYS = {
    **dict.fromkeys(("day", "days", "tag", "tage", "jour", "jours"), 1),
    **dict.fromkeys(("week", "weeks", "woche", "wochen", "semaine", "semaines"), 7),
    **dict.fromkeys(("month", "months", "monat", "monate", "mois"), 30),
}
_WORDS = {
    **dict.fromkeys(("a", "an", "one", "ein", "eine", "einen", "un", "une"), 1),
    **dict.fromkeys(("two", "zwei", "deux"), 2),
    **dict.fromkeys(("three", "drei", "trois"), 3),
}
_SPAN = re.compile(rf"(?:for |in )?(\d{{1,3}}|{'|'.join(_WORDS)}) ?({'|'.join(_DAYS)})")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]+(\d{1,2}):(\d{2}))?")
_END = (*OFF, "now", "end", "stop", "resume", "ende", "fin")
_FOREVER = ("forever", "until i resume", "until resumed", "on", "always", "für immer", "toujours")
_TOMORROW = ("tomorrow", "morgen", "demain")

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
        typed = text.strip()[:40]
        raise BadTime(
            f"I do not understand “{typed}”. Write a date like 2026-12-24, or "
            "“tomorrow”, “2 weeks”, “forever”, or “off” to go on.",
            "not-a-pause",
            typed=typed,
        )
    moment = until.astimezone(UTC)
    if moment <= now:
        raise BadTime("That is in the past. Write “off” to go on now.", "pause-in-the-past")
    if moment - now > LONGEST:
        raise BadTime(
            "That is years away. Write “forever” to pause until you end it yourself.",
            "pause-too-long",
        )
    return moment


def _named(typed: str, local: datetime) -> datetime | None:
    if typed in _TOMORROW:
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
