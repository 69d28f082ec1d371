"""How people write the end of a pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import BadTime
from digests.model import FOREVER
from digests.pauses import LONGEST, parse_until
from tests.build import NOW


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("off", NOW),
        ("Resume", NOW),
        ("forever", FOREVER),
        ("until I resume", FOREVER),
        ("tomorrow", datetime(2026, 11, 16, 23, tzinfo=UTC)),  # midnight in Berlin
        ("3 days", NOW + timedelta(days=3)),
        ("a week", NOW + timedelta(days=7)),
        ("for 2 weeks", NOW + timedelta(days=14)),
        ("1 Month", NOW + timedelta(days=30)),
        ("2026-12-24", datetime(2026, 12, 23, 23, tzinfo=UTC)),
        ("2026-12-24 18:30", datetime(2026, 12, 24, 17, 30, tzinfo=UTC)),
        ("2027-7-1", datetime(2027, 6, 30, 22, tzinfo=UTC)),  # summer time
    ],
)
def test_the_end_of_a_pause(typed: str, until: datetime) -> None:
    assert parse_until(typed, NOW, "Europe/Berlin") == until


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-13-01", "2026-02-30", "2026-12-24 25:00", "yesterday", "-3 days"]
)
def test_what_is_not_understood_is_said(typed: str) -> None:
    with pytest.raises(BadTime, match="I do not understand"):
        parse_until(typed, NOW, "UTC")


@pytest.mark.parametrize("typed", ["2020-01-01", "2026-11-16", "0 days"])
def test_the_past_is_no_end(typed: str) -> None:
    with pytest.raises(BadTime, match="in the past"):
        parse_until(typed, NOW, "UTC")


def test_a_year_far_away_is_refused() -> None:
    with pytest.raises(BadTime, match="years away"):
        parse_until("9999-01-01", NOW, "UTC")


@given(st.text(max_size=30))
def test_any_text_is_an_end_or_explained(typed: str) -> None:
    try:
        until = parse_until(typed, NOW, "Asia/Kathmandu")
    except BadTime:
        return
    assert until == FOREVER or NOW <= until <= NOW + LONGEST
