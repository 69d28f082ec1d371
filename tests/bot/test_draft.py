"""The set-up in a custom_id: short enough, unchanged by the journey, and safe when forged."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.channel.draft import LONGEST, MOST_TOPICS, Draft, draft_of, matches
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
    Draft,
    channel=st.none() | IDS,
    topics=st.lists(st.integers(1, 36**4), max_size=MOST_TOPICS, unique=True).map(tuple),
    schedule=SCHEDULES,
    look=st.none() | st.sampled_from(Look),
)


@given(DRAFTS)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    """Also with the longest zone there is and topics up to the 1.6 millionth."""
    text = draft.text()
    assert len(text) <= LONGEST
    assert matches(text)
    assert draft_of(text) == draft


@given(st.builds(Draft, IDS, st.lists(IDS, unique=True).map(tuple), SCHEDULES))
def test_a_draft_that_is_too_long_loses_topics_and_nothing_else(draft: Draft) -> None:
    found = draft_of(draft.text())
    assert len(draft.text()) <= LONGEST
    assert (found.channel, found.schedule) == (draft.channel, draft.schedule)
    assert found.topics == draft.topics[: len(found.topics)]


@given(st.text(max_size=60))
def test_a_text_that_is_no_draft_is_not_taken_for_one(text: str) -> None:
    assert not matches(text) or draft_of(text).topics is not None


@pytest.mark.parametrize(
    ("forged", "draft"),
    [
        ("!!d99990!UTC", Draft()),  # no such time
        ("!!d09000!Mars/Olympus", Draft()),  # no such zone
        ("0!0~1!d09000!UTC", Draft(None, (1,))),  # no such ids
        (f"{'z' * 30}!{'z' * 30}!d09000!UTC", Draft()),  # ids that no database can hold
        ("!!d09000l!UTC", Draft(look=Look.LEAD)),
        ("!1~1~2~3~4~5~6!d09000!UTC", Draft(None, (1, 2, 3, 4, 5))),
    ],
)
def test_what_cannot_be_is_as_if_it_was_not_chosen(forged: str, draft: Draft) -> None:
    assert matches(forged)
    assert draft_of(forged) == draft


@pytest.mark.parametrize("page", [0, 9])
def test_the_longest_custom_id_of_a_step_is_short_enough(page: int) -> None:
    longest = max(offered(), key=len)
    schedule = Schedule(Cadence.INSTANTLY, time(23, 59), longest, 6)
    draft = Draft(2**63 - 1, (36**4 - 1,) * MOST_TOPICS, schedule, Look.LEAD)
    assert len(f"setup:review:{draft.text()}") <= 100
    assert len(f"setup:what:{draft.text()}:{page}") <= 100
