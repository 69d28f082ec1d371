"""Choosing and grouping, as pure functions."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.digest import group, lay_out
from digests.model import (
    Address,
    Candidate,
    Destination,
    Kind,
    Published,
    Schedule,
    Subscription,
)
from digests.selection import choose
from tests.build import NOW, article, split_by_ten


def candidate(sequence: int, *topics: int) -> Candidate:
    return Candidate(sequence, sequence, frozenset(topics), NOW + timedelta(minutes=sequence))


def destination(id_: int, cursor: int = 0) -> Destination:
    return Destination(id_, Address(Kind.CHANNEL, id_, 1), Schedule(), cursor)


candidates = st.lists(
    st.tuples(st.integers(1, 30), st.sets(st.integers(1, 4), min_size=1)), unique_by=lambda x: x[0]
).map(lambda rows: [candidate(sequence, *topics) for sequence, topics in rows])
followed = st.dictionaries(st.integers(1, 4), st.integers(0, 30))


def test_the_newest_comes_first() -> None:
    chosen = choose([candidate(1, 7), candidate(3, 7), candidate(2, 7)], {7: 0})
    assert [one.id for one in chosen] == [3, 2, 1]


def test_a_topic_counts_from_where_it_was_followed() -> None:
    assert choose([candidate(5, 7), candidate(6, 7)], {7: 5}) == [candidate(6, 7)]


def test_one_of_several_topics_is_enough() -> None:
    assert choose([candidate(5, 7, 8)], {8: 0, 9: 0}) == [candidate(5, 7, 8)]


@given(candidates, followed)
def test_chosen_is_what_is_new_on_a_followed_topic_and_nothing_else(
    found: list[Candidate], since: dict[int, int]
) -> None:
    expected = {
        one.id for one in found for topic in one.topics if one.sequence > since.get(topic, 10**9)
    }
    chosen = choose(found, since)
    assert {one.id for one in chosen} == expected
    assert len(chosen) == len(expected)


@given(candidates, st.lists(st.tuples(followed, st.integers(0, 30)), max_size=6))
def test_grouping_gives_each_destination_what_it_would_get_alone(
    found: list[Candidate], wishes: list[tuple[dict[int, int], int]]
) -> None:
    due = [destination(id_, cursor) for id_, (_, cursor) in enumerate(wishes)]
    follows = {
        id_: [Subscription(id_, topic, since) for topic, since in wish.items()]
        for id_, (wish, _) in enumerate(wishes)
    }
    grouped = {
        one.id: ids for ids, members in group(due, follows, found).items() for one in members
    }
    for id_, (wish, cursor) in enumerate(wishes):
        alone = choose(found, {topic: max(since, cursor) for topic, since in wish.items()})
        assert grouped[id_] == tuple(one.id for one in alone)


@given(st.lists(st.integers(1, 60), unique=True), st.sets(st.integers(1, 60)))
def test_no_published_article_is_dropped(chosen: list[int], there: set[int]) -> None:
    """Everything chosen and still published is shown or kept behind the button, once."""
    articles = {id_: Published(id_, id_, True, article(id_)) for id_ in there}
    digest = lay_out(chosen, articles, split_by_ten)
    kept = [id_ for part in digest.parts for id_ in part] + list(digest.rest)
    assert kept == [id_ for id_ in chosen if id_ in there]
    assert digest.shown <= 10
