"""Laying a choice out in messages, and giving each destination its turn; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.digest import lay_out, turn
from digests.model import Article, Look, Published
from digests.selection import Choice
from tests.build import NOW, article, split_by_ten


def published(ids: set[int]) -> dict[int, Published]:
    return {id_: Published(id_, id_, True, article(id_)) for id_ in ids}


@settings(deadline=None)
@given(st.lists(st.integers(1, 60), unique=True), st.sets(st.integers(1, 60)), st.integers(1, 30))
def test_no_published_article_is_dropped(chosen: list[int], there: set[int], at_most: int) -> None:
    """Everything chosen and still published is shown or kept behind the button, once."""
    choice = Choice(tuple(chosen[:at_most]), tuple(chosen[at_most:]))
    digest = lay_out(choice, published(there), split_by_ten)
    assert [id_ for part in digest.parts for id_ in part] == [
        id_ for id_ in chosen[:at_most] if id_ in there
    ]
    assert digest.rest == tuple(chosen[at_most:])


def test_what_finds_no_place_in_a_message_goes_to_the_rest() -> None:
    """Discord shows one card of a link; the second must not vanish."""

    def first_two(articles: Sequence[Article], _: Look) -> list[list[int]]:
        return [[index] for index in range(len(articles))][:2]

    digest = lay_out(Choice((1, 2, 3), (4,)), published({1, 2, 3, 4}), first_two)
    assert (digest.parts, digest.rest) == (((1,), (2,)), (3, 4))


def test_messages_are_measured_with_the_others_of_each_story() -> None:
    measured: list[int] = []

    def by_related(articles: Sequence[Article], _: Look) -> list[list[int]]:
        measured.extend(len(one.related) for one in articles)
        return split_by_ten(articles)

    digest = lay_out(Choice((1, 4), (), ((1, (2, 3)),)), published({1, 2, 3, 4}), by_related)
    assert measured == [2, 0]
    assert digest.folded == ((1, (2, 3)),)


def test_a_story_whose_best_article_was_withdrawn_is_told_by_the_next() -> None:
    digest = lay_out(Choice((1,), (), ((1, (2,)),)), published({2}), split_by_ten)
    assert digest.parts == ((1,),)


def test_everybody_has_a_turn_among_all_that_are_due() -> None:
    turns = [turn(id_, NOW, 1_000) for id_ in range(1, 1_001)]
    assert min(turns) >= 0
    assert max(turns) < 1_000
    early = sum(place < 500 for place in turns)
    assert 400 < early < 600


@pytest.mark.parametrize("apart", [1, 10, 64])
def test_turns_leave_no_crowds(apart: int) -> None:
    """Whoever joins in the middle of a burst waits for a few seconds at 45 a second, not more."""
    ids = range(1, 40_000 * apart, apart)
    leaving = Counter(turn(id_, NOW, len(ids)) // 45 for id_ in ids)
    queue = longest = 0
    for second in range(len(ids) // 45 + 1):
        queue = max(0, queue + leaving[second] - 45)
        longest = max(longest, queue)
    assert longest / 45 < 5


def test_neighbours_go_one_after_the_other() -> None:
    turns = [turn(id_, NOW, 40_000) for id_ in range(640, 704)]
    assert turns == list(range(turns[0], turns[0] + 64))


def test_nobody_is_always_last() -> None:
    """A year of daily digests: each of a hundred neighbours is late about half of the time."""
    days = [NOW + timedelta(days=day) for day in range(365)]
    for id_ in range(1, 101):
        late = sum(turn(id_, day, 40_000) >= 20_000 for day in days)
        assert 120 < late < 245


def test_a_turn_is_the_same_whoever_asks() -> None:
    """So a run that was rolled back promises the same moments again."""
    assert turn(5, NOW, 100) == turn(5, NOW, 100)
    assert turn(5, NOW, 1) == turn(5, NOW, 0) == 0
