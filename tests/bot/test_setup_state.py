"""The set-up in a custom_id: short enough, unchanged by the journey, and safe when forged."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.channel.setup_state import LONGEST, MOST_TOPICS, SetupState, matches, state_of
from digests.model import Cadence, Look, Schedule
from digests.zones import available, offered

IDS = st.integers(1, 2**63 - 1)
SCHEDULES = st.builds(
    Schedule,
    every=st.sampled_from(Cadence),
    at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    zone=st.sampled_from(sorted(available())),
    day=st.integers(0, 6),
)
DRAFTS = st.builds(
    SetupState,
    channel=st.none() | IDS,
    topics=st.lists(st.integers(1, 36**4), max_size=MOST_TOPICS, unique=True).map(tuple),
    schedule=SCHEDULES,
    look=st.none() | st.sampled_from(Look),
)


@given(DRAFTS)
def test_a_state_comes_back_as_it_was(state: SetupState) -> None:
    """Also with the longest zone there is and topics up to the 1.6 millionth."""
    text = state.text()
    assert len(text) <= LONGEST
    assert matches(text)
    assert state_of(text) == state


@given(st.builds(SetupState, IDS, st.lists(IDS, unique=True).map(tuple), SCHEDULES))
def test_a_state_that_is_too_long_loses_topics_and_nothing_else(state: SetupState) -> None:
    found = state_of(state.text())
    assert len(state.text()) <= LONGEST
    assert (found.channel, found.schedule) == (state.channel, state.schedule)
    assert found.topics == state.topics[: len(found.topics)]


@given(st.text(max_size=60))
def test_a_text_that_is_no_state_is_not_taken_for_one(text: str) -> None:
    assert not matches(text) or state_of(text).topics is not None


@pytest.mark.parametrize(
    ("forged", "state"),
    [
        ("!!d99990!UTC", SetupState()),  # no such time
        ("!!d09000!Mars/Olympus", SetupState()),  # no such zone
        ("0!0~1!d09000!UTC", SetupState(None, (1,))),  # no such ids
        (f"{'z' * 30}!{'z' * 30}!d09000!UTC", SetupState()),  # ids that no database can hold
        ("!!d09000l!UTC", SetupState(look=Look.LEAD)),
        ("!1~1~2~3~4~5~6!d09000!UTC", SetupState(None, (1, 2, 3, 4, 5))),
    ],
)
def test_what_cannot_be_is_as_if_it_was_not_chosen(forged: str, state: SetupState) -> None:
    assert matches(forged)
    assert state_of(forged) == state


@pytest.mark.parametrize("page", [0, 9])
def test_the_longest_custom_id_of_a_step_is_short_enough(page: int) -> None:
    longest = max(offered(), key=len)
    schedule = Schedule(Cadence.INSTANTLY, time(23, 59), longest, 6)
    state = SetupState(2**63 - 1, (36**4 - 1,) * MOST_TOPICS, schedule, Look.LEAD)
    assert len(f"setup:review:{state.text()}") <= 100
    assert len(f"setup:what:{state.text()}:{page}") <= 100
