"""What each answer of Discord means for a delivery."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outcomes import outcome_of
from digests.outcomes import Blocked, Gone, Refused, Rejected, RetryLater, Revoked, Sent, Unknown

GONE = [(404, 10003), (404, 10004), (404, 10013), (404, 10015), (401, 50027)]
SOMEBODY = [
    *[(403, code) for code in (50001, 50007, 50009, 50013, 50278, 160005)],
    *[(400, code) for code in (40058, 40067, 50007, 50008, 50024, 50033, 50083)],
    *[(400, code) for code in (220001, 220002, 220003, 220004)],
    *[(403, 0), (404, 0)],
]
NEVER = [
    *[(400, code) for code in (40005, 50006, 50035, 50045, 50109)],
    (400, 0),
]
BLOCKED = [(400, code) for code in (20009, 200000, 240000)]
LATER = [
    *[(429, code) for code in (0, 20022, 20028, 20029, 30046, 40062)],
    *[(403, code) for code in (40003, 40004, 40006, 40333)],
    *[(400, code) for code in (110000, 110001, 130000, 160006, 160007)],
]
REVOKED = [(401, 0), (401, 40001), (403, 50014)]
UNKNOWN = [(status, code) for status in (500, 502, 503, 504) for code in (0, 130000)]


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (status, code, kind)
        for kind, answers in (
            (Gone, GONE),
            (Refused, SOMEBODY),
            (Rejected, NEVER),
            (Blocked, BLOCKED),
            (RetryLater, LATER),
            (Revoked, REVOKED),
            (Unknown, UNKNOWN),
        )
        for status, code in answers
    ],
)
def test_answers_and_their_outcomes(status: int, code: int, kind: type) -> None:
    assert isinstance(outcome_of(status, code, "what it said"), kind)


def test_discord_decides_how_long_to_wait() -> None:
    assert outcome_of(429, 0, "", 12.5) == RetryLater(
        "Discord asks to wait:  (HTTP 429, code 0)", 12.5
    )


def test_where_discord_names_no_time_new_conversations_wait_an_hour() -> None:
    outcome = outcome_of(403, 40003, "")
    assert isinstance(outcome, RetryLater)
    assert outcome.seconds == 3600


@given(st.integers(400, 599), st.integers(0, 300_000), st.text())
def test_no_answer_is_without_an_outcome(status: int, code: int, text: str) -> None:
    outcome = outcome_of(status, code, text)
    assert not isinstance(outcome, Sent)
    assert outcome.reason
    assert len(outcome.reason) < 500
