"""What people call their time zone in; IANA names out, or the question which one is meant (pure).

Nothing is guessed: "IST" is the time of India, Ireland and Israel, and "EST" in July is nobody's.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from digests.errors import BadTime

MOST = 25

# What a clock shows: 17:31, 17.31, 5:31 pm, 5 pm.
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?: ?([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)

# Where many people live, the most populous first within each region's clock. They stand before the
# zones that nobody asks for; which of two is more populous decides nothing else.
_WELL_KNOWN = (
    "UTC",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Denver",
    "Asia/Tokyo",
    "America/Sao_Paulo",
    "Europe/Paris",
    "Europe/Moscow",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "America/Mexico_City",
    "America/Bogota",
    "America/Argentina/Buenos_Aires",
    "America/Toronto",
    "America/Halifax",
    "America/St_Johns",
    "America/Anchorage",
    "America/Phoenix",
    "Asia/Dhaka",
    "Asia/Karachi",
    "Asia/Jakarta",
    "Asia/Manila",
    "Asia/Seoul",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Bangkok",
    "Asia/Dubai",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Tashkent",
    "Asia/Yangon",
    "Asia/Kabul",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Perth",
    "Atlantic/Azores",
    "Atlantic/Reykjavik",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/Madrid",
    "Europe/Rome",
    "Pacific/Auckland",
    "Pacific/Honolulu",
)

# What people write, and the zones whose people write it. Some are also IANA names of zones without
# summer time ("EST") or of whole regions ("CET"): they are asked about all the same.
_ABBREVIATIONS = {
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "ACDT": ("Australia/Adelaide",),
    "AEST": ("Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney", "Australia/Melbourne", "Australia/Hobart"),
    "AKST": ("America/Anchorage",),
    "AKDT": ("America/Anchorage",),
    "AST": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "ADT": ("America/Halifax",),
    "AWST": ("Australia/Perth",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "CAT": ("Africa/Maputo", "Africa/Harare", "Africa/Lusaka"),
    "CET": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw"),
    "CEST": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Mexico_City", "America/Havana"),
    "CDT": ("America/Chicago", "America/Winnipeg", "America/Havana"),
    "CT": ("America/Chicago", "America/Winnipeg"),
    "EAT": ("Africa/Nairobi", "Africa/Addis_Ababa", "Africa/Dar_es_Salaam"),
    "EET": ("Europe/Athens", "Europe/Kyiv", "Europe/Helsinki", "Europe/Bucharest", "Africa/Cairo"),
    "EEST": ("Europe/Athens", "Europe/Kyiv", "Europe/Helsinki", "Europe/Bucharest"),
    "EST": ("America/New_York", "America/Toronto", "America/Jamaica", "America/Panama"),
    "EDT": ("America/New_York", "America/Toronto"),
    "ET": ("America/New_York", "America/Toronto"),
    "GMT": ("Europe/London", "Africa/Accra", "UTC"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "HKT": ("Asia/Hong_Kong",),
    "HST": ("Pacific/Honolulu",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "IDT": ("Asia/Jerusalem",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul", "Asia/Pyongyang"),
    "MET": ("Europe/Berlin", "Europe/Paris"),
    "MSK": ("Europe/Moscow",),
    "MST": ("America/Denver", "America/Phoenix", "America/Edmonton"),
    "MDT": ("America/Denver", "America/Edmonton"),
    "MT": ("America/Denver", "America/Edmonton"),
    "NST": ("America/St_Johns",),
    "NDT": ("America/St_Johns",),
    "NZST": ("Pacific/Auckland",),
    "NZDT": ("Pacific/Auckland",),
    "PHT": ("Asia/Manila",),
    "PKT": ("Asia/Karachi",),
    "PST": ("America/Los_Angeles", "America/Vancouver", "America/Tijuana", "Asia/Manila"),
    "PDT": ("America/Los_Angeles", "America/Vancouver", "America/Tijuana"),
    "PT": ("America/Los_Angeles", "America/Vancouver"),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "SST": ("Asia/Singapore", "Pacific/Pago_Pago"),
    "TRT": ("Europe/Istanbul",),
    "WAT": ("Africa/Lagos", "Africa/Kinshasa", "Africa/Luanda"),
    "WET": ("Europe/Lisbon", "Atlantic/Canary", "Africa/Casablanca"),
    "WEST": ("Europe/Lisbon", "Atlantic/Canary"),
    "WIB": ("Asia/Jakarta",),
}


class WhichZone(BadTime):
    """A name that may stand for several zones: ``candidates``, the likeliest first."""

    def __init__(self, asked: str, candidates: Iterable[str]) -> None:
        self.asked = asked
        self.candidates = tuple(candidates)
        offered = ", ".join(self.candidates[:5])
        one = len(self.candidates) == 1
        ask = f"Did you mean {offered}?" if one else f"Which one is yours: {offered}?"
        said, key = f"“{asked[:40]}” is not the name of a time zone.", "which-zone"
        if _clock(asked) is not None:
            said, key = f"There are zones where it is {asked} now.", "which-zone-now"
        count = len(self.candidates)
        super().__init__(f"{said} {ask}", key, typed=asked[:40], zones=offered, n=count)


@cache
def available() -> frozenset[str]:
    """Every zone name that can be stored."""
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


@cache
def offered() -> tuple[str, ...]:
    """The names worth offering, places and UTC: the best known first, then former names last."""
    places = {name for name in available() if "/" in name and not name.startswith(_NOT_PLACES)}
    return (*current(), *sorted(places - set(current())))


@cache
def current() -> tuple[str, ...]:
    """UTC and each place by its name of today (Asia/Kolkata, not Asia/Calcutta too)."""
    table = resources.files("tzdata") / "zoneinfo" / "zone.tab"
    rows = table.read_text(encoding="utf-8").splitlines()
    names = {row.split("\t")[2] for row in rows if not row.startswith("#")} & available()
    well_known = [name for name in _WELL_KNOWN if name in available()]
    return (*well_known, *sorted(names - set(well_known)))


_NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/", "Canada/", "Brazil/", "Mexico/")


def parse_zone(text: str, now: datetime | None = None) -> str:
    """An IANA zone name, in any case, blanks for underscores, to its proper spelling.

    Raises WhichZone with the candidates where an abbreviation or a city was written, or, if
    ``now`` is given, what somebody's clock shows then; and BadTime where nothing is known by that
    name.
    """
    clock = _clock(text)
    if now is not None and clock is not None:
        there = zones_showing(clock, now)
        if there:
            raise WhichZone(text.strip(), there)
        said = f"It is {text.strip()} nowhere now. Is that what your clock shows?"
        raise BadTime(said, "no-zone-now", typed=text.strip())
    typed = "_".join(text.split())
    if typed.upper() in _ABBREVIATIONS:
        raise WhichZone(text.strip(), _known(_ABBREVIATIONS[typed.upper()]))
    exact = _by_key().get(typed.casefold())
    if exact is not None:
        return exact
    cities = suggest(text) if typed else []
    if cities:
        raise WhichZone(text.strip(), cities)
    typed = text.strip()[:40]
    raise BadTime(
        f"“{typed}” is not a time zone I know. "
        "Write one like Europe/Berlin, or what time it is for you, like 17:30.",
        "not-a-zone",
        typed=typed,
    )


def suggest(typed: str, most: int = MOST, now: datetime | None = None) -> list[str]:
    """Zones for somebody who is still typing: by abbreviation, beginning of the city, or any part.

    If ``now`` is given, also by what their clock shows. Without anything typed: the best known.
    """
    clock = _clock(typed)
    if now is not None and clock is not None:
        return zones_showing(clock, now, most)
    key = "_".join(typed.split()).casefold()
    if key.upper() in _ABBREVIATIONS:
        return _known(_ABBREVIATIONS[key.upper()])[:most]

    def group(name: str) -> int:
        city = name.rpartition("/")[2].casefold()
        if city.startswith(key) or name.casefold() == key:
            return 0
        return 1 if f"_{key}" in city else 2

    return sorted((name for name in offered() if key in name.casefold()), key=group)[:most]


def zones_showing(clock: time, now: datetime, most: int = MOST) -> list[str]:
    """Zones in which it is ``clock`` o'clock at ``now``, give or take seven minutes.

    For "what time is it for you?": no zone differs from another by less than a quarter of an hour,
    so an answer that is a few minutes old still finds the right ones. The best known come first.
    """
    asked = clock.hour * 60 + clock.minute
    found = []
    for name in current():
        local = now.astimezone(ZoneInfo(name))
        apart = (local.hour * 60 + local.minute - asked) % (24 * 60)
        if min(apart, 24 * 60 - apart) <= 7:
            found.append(name)
    return found[:most]


def _clock(text: str) -> time | None:
    """What somebody's clock shows; None if the text is no time of day."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@cache
def _by_key() -> dict[str, str]:
    return {name.casefold(): name for name in available()}


def _known(names: Iterable[str]) -> list[str]:
    return [name for name in names if name in available()]
