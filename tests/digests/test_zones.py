"""What people call their time zone: names, cities, abbreviations, the time on their clock."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import BadTime
from digests.zones import (
    MOST,
    WhichZone,
    available,
    current,
    offered,
    parse_zone,
    suggest,
    zones_showing,
)

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        (" Europe/Berlin ", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ],
)
def test_zones_are_known_by_name(typed: str, zone: str) -> None:
    assert parse_zone(typed) == zone


@pytest.mark.parametrize("text", ["../etc/passwd", "/etc/localtime", "", "a\0b", "Nowhere", "{}"])
def test_what_is_no_zone_is_refused(text: str) -> None:
    with pytest.raises(BadTime, match="Europe/Berlin"):
        parse_zone(text)


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("cst", {"America/Chicago", "Asia/Shanghai"}),
        ("EST", {"America/New_York", "America/Jamaica"}),
        ("CET", {"Europe/Berlin", "Europe/Paris"}),
        ("GMT", {"Europe/London", "UTC"}),
        ("Berlin", {"Europe/Berlin"}),
    ],
)
def test_an_abbreviation_or_a_city_is_a_question_and_never_a_guess(
    typed: str, candidates: set[str]
) -> None:
    """EST and CET are names of zones as well; nobody who writes them means those."""
    with pytest.raises(WhichZone) as raised:
        parse_zone(typed)
    assert candidates <= set(raised.value.candidates)
    assert raised.value.candidates[0] in str(raised.value)


def test_every_candidate_of_a_question_answers_it() -> None:
    for typed in ("IST", "cst", "AST", "SST", "Berlin", "new"):
        with pytest.raises(WhichZone) as raised:
            parse_zone(typed)
        assert [parse_zone(one) for one in raised.value.candidates] == list(raised.value.candidates)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_zone_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(BadTime):
        assert parse_zone(text) in available()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("york", "America/New_York"),
        ("Tokyo", "Asia/Tokyo"),
        ("ist", "Asia/Kolkata"),
        ("buenos", "America/Argentina/Buenos_Aires"),
        ("", "UTC"),
    ],
)
def test_the_likeliest_zone_is_suggested_first(typed: str, first: str) -> None:
    assert suggest(typed)[0] == first


def test_no_more_is_suggested_than_fits_a_menu() -> None:
    assert len(suggest("a")) == MOST
    assert suggest("no such city") == []


def test_what_is_offered_are_places_each_once() -> None:
    assert len(set(offered())) == len(offered())
    assert set(offered()) <= available()
    assert not any(name.startswith("Etc/") for name in offered())
    assert set(current()) < set(offered())


def test_a_former_name_is_found_by_who_types_it_and_shown_to_nobody_else() -> None:
    assert suggest("calcutta") == ["Asia/Calcutta"]
    assert suggest("kiev") == ["Europe/Kiev"]
    assert not {"Asia/Calcutta", "Europe/Kiev", "US/Eastern"} & set(current())


def test_the_time_on_somebodys_clock_finds_their_zone() -> None:
    assert "Europe/Berlin" in zones_showing(time(13, 0), NOON)
    assert zones_showing(time(17, 30), NOON)[0] == "Asia/Kolkata"
    assert "Asia/Kathmandu" in zones_showing(time(17, 45), NOON)


@pytest.mark.parametrize("typed", ["17:30", "17.28", " 5:30 PM ", "5:30p.m."])
def test_who_types_what_their_clock_shows_is_asked_which_zone_it_is(typed: str) -> None:
    with pytest.raises(WhichZone, match="where it is") as raised:
        parse_zone(typed, NOON)
    assert raised.value.candidates[0] == "Asia/Kolkata"
    assert suggest(typed, now=NOON)[0] == "Asia/Kolkata"


def test_noon_and_midnight_are_what_people_mean_by_twelve() -> None:
    assert "Europe/London" in suggest("12 pm", now=NOON)
    assert "Europe/London" in suggest("12 am", now=NOON + timedelta(hours=12))


@pytest.mark.parametrize("typed", ["17:15", "13 pm", "25:00", "12:60"])
def test_a_time_that_no_clock_shows_now_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(BadTime):
        parse_zone(typed, NOON)
    assert suggest(typed, now=NOON) == []


def test_an_answer_a_few_minutes_old_still_finds_it() -> None:
    assert zones_showing(time(17, 27), NOON) == zones_showing(time(17, 30), NOON)


@settings(deadline=None)
@given(st.sampled_from(current()), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - the zone is added below
def test_every_zone_is_among_those_that_show_its_time(zone: str, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    clock = now.astimezone(ZoneInfo(zone)).time()
    assert zone in zones_showing(clock, now, most=1000)


@settings(deadline=None)
@given(st.times(), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))  # noqa: DTZ001 - as above
def test_a_zone_that_is_found_shows_that_time(clock: time, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    for zone in zones_showing(clock, now):
        local = now.astimezone(ZoneInfo(zone))
        apart = (local.hour * 60 + local.minute) - (clock.hour * 60 + clock.minute)
        assert min(apart % 1440, -apart % 1440) <= 7
