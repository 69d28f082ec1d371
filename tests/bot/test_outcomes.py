"""What each answer of Discord means for a delivery."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outcomes import outcome_of
from digests.model import Refused, Rejected, RetryLater, Revoked, Sent, Unknown


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, 0, Revoked),
        (403, 50001, Refused),
        (403, 50013, Refused),
        (403, 50007, Refused),
        (400, 50007, Refused),
        (404, 10003, Refused),
        (403, 0, Refused),
        (400, 50035, Rejected),
        (400, 50006, Rejected),
        (404, 10008, Rejected),
        (400, 0, Rejected),
        (429, 0, RetryLater),
        (403, 40003, RetryLater),
        (500, 0, Unknown),
        (503, 0, Unknown),
    ],
)
def test_answers_and_their_outcomes(status: int, code: int, kind: type) -> None:
    assert isinstance(outcome_of(status, code, "what it said"), kind)


def test_discord_decides_how_long_to_wait() -> None:
    assert outcome_of(429, 0, "", 12.5) == RetryLater(
        "Discord asks to wait:  (HTTP 429, code 0)", 12.5
    )


@given(st.integers(400, 599), st.integers(0, 300_000), st.text())
def test_no_answer_is_without_an_outcome(status: int, code: int, text: str) -> None:
    outcome = outcome_of(status, code, text)
    assert not isinstance(outcome, Sent)
    assert outcome.reason
    assert len(outcome.reason) < 500
