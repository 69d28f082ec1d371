"""The budget of invalid requests: it stops the sending long before Discord would, and ends it."""

from __future__ import annotations

import pytest

from bot.traffic import MOST_INVALID, WINDOW, Budget, attempting


class Moment:
    """A clock in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def spend(budget: Budget, count: int) -> None:
    for _ in range(count):
        budget.note()


def test_it_stops_far_below_what_discord_allows() -> None:
    budget = Budget(Moment())
    spend(budget, MOST_INVALID - 1)
    assert budget.stopped_for == 0
    spend(budget, 1)
    assert budget.stopped_for > 0
    assert MOST_INVALID <= 10_000 / 5


def test_it_says_why_and_goes_on_by_itself() -> None:
    moment = Moment()
    budget = Budget(moment, most=10)
    spend(budget, 5)
    moment.now += 100
    spend(budget, 5)
    assert budget.because is not None
    assert "10 refused requests" in budget.because
    moment.now += WINDOW - 1
    assert budget.stopped_for > 0
    moment.now += 2
    assert budget.stopped_for == 0
    assert budget.because is None


def test_old_requests_are_forgotten() -> None:
    moment = Moment()
    budget = Budget(moment, most=10)
    spend(budget, 9)
    moment.now += WINDOW
    assert budget.spent == 0
    spend(budget, 9)
    assert budget.stopped_for == 0


def test_probes_end_long_before_the_sending_does() -> None:
    budget = Budget(Moment(), most=100)
    assert budget.probes == 25
    spend(budget, 25)
    assert budget.probes == 0
    assert budget.stopped_for == 0


def test_a_stop_is_said_once_and_not_by_everything_that_was_under_way(
    caplog: pytest.LogCaptureFixture,
) -> None:
    budget = Budget(Moment())
    for _ in range(20):
        budget.stop(600, "turned away")
    assert len(caplog.records) == 1


def test_an_attempt_begins_without_a_doubt() -> None:
    with attempting() as attempt:
        assert not attempt.in_doubt
