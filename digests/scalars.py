"""In: a scalar's text. Out: the flag, number or moment it states, or None.

What YAML 1.1 gives a meaning (``yes``, ``0x1F``, ``1:30``, ``2020-01-31 9:00:00 +2``) has that
meaning here; a few forms that people write in quotes are understood as well. Every rule looks at
a bounded number of characters: the general resolver takes seconds over a long number.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

MAX_NUMBER = 2**31 - 1  # what every database's integer column holds

_LONGEST = 40  # characters; no flag, number or moment needs more

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)"
    r"(?:0b(?P<two>[01_]+)|0x(?P<sixteen>[0-9a-fA-F_]+)|0(?P<eight>[0-7_]+)"
    r"|(?P<sixty>[0-9][0-9_]*(?::[0-5]?[0-9])+)(?P<part>\.[0-9_]*)?"
    r"|(?P<ten>[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]{1,3})?))"
)
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]*))?)?"
    r"(?:[ \t]*(?:[Zz]|([-+])([0-9]{1,2})(?::?([0-9]{2}))?))?)?"
)


def flag(text: str) -> bool | None:
    """True or False as YAML 1.1 spells them, in any case, or as y, n, 1, 0."""
    word = text[:_LONGEST].strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def number(text: str) -> int | None:
    """The whole number nearest to what ``text`` states, within ±``MAX_NUMBER``."""
    if len(text) < 10 and text.isdecimal() and text.isascii() and text[0] != "0":
        return int(text)
    if len(text) > _LONGEST:
        return None
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    try:
        value = _magnitude(match)
    except (ValueError, OverflowError):  # "_", ".", 1e999
        return None
    if value > MAX_NUMBER:
        return None
    return -value if match["sign"] == "-" else value


def _magnitude(match: re.Match[str]) -> int:
    for name, base in (("two", 2), ("eight", 8), ("sixteen", 16)):
        if match[name] is not None:
            return int("0" + match[name].replace("_", ""), base)
    if match["sixty"] is not None:
        value = 0
        for digits in match["sixty"].replace("_", "").split(":"):
            value = value * 60 + int(digits)
        return round(value + float("0" + (match["part"] or "").replace("_", "")))
    return round(float(match["ten"].replace("_", "")))


def moment(text: str) -> datetime | None:
    """The moment in UTC; without an offset the text is taken as UTC, without a time as midnight."""
    if len(text) == 20 and text[4] == text[7] == "-" and text[10] == "T" and text[19] == "Z":
        try:
            return datetime.fromisoformat(text)
        except ValueError:  # perhaps "…T9:00:00 Z", which is as long
            pass
    if len(text) > _LONGEST:
        return None
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, part, sign, ahead, minutes = match.groups(default="")
    try:
        zone = timedelta(hours=int(ahead or 0), minutes=int(minutes or 0))
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int(part[:6].ljust(6, "0")),
            timezone(-zone if sign == "-" else zone),
        ).astimezone(UTC)
    except (ValueError, OverflowError):  # a 31 February, 24:00, an offset of days, the year 0
        return None
