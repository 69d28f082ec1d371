"""What a destination gets of what is new, in which order, and why not the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.filters import NOTHING, Details
from digests.model import Candidate, Filters
from digests.reasons import Reason
from digests.selection import Choice, Interest, Pool, explain, points
from tests.build import NOW

AI, SPACE = 7, 8


def candidate(sequence: int, *topics: int, **fields: object) -> Candidate:
    given_: dict[str, object] = {
        "id": sequence,
        "sequence": sequence,
        "topics": frozenset(topics or (AI,)),
        "published_at": NOW + timedelta(minutes=sequence),
    }
    return Candidate(**{**given_, **fields})  # type: ignore[arg-type]  # tests name real fields


def interest(*topics: int, cursor: int = 0, **fields: object) -> Interest:
    followed = frozenset((topic, 0) for topic in topics or (AI,))
    return Interest(followed, cursor, **fields)  # type: ignore[arg-type]  # tests name real fields


def shown(candidates: list[Candidate], wanted: Interest) -> list[int]:
    return list(Pool(candidates).choose(wanted).shown)


# ── what is new ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("others", [0, 3_000])
def test_what_is_on_two_followed_topics_comes_once(others: int) -> None:
    """Among few others and among many, where a rare topic is looked up in another way."""
    pool = Pool(
        [candidate(number, 99) for number in range(others)]
        + [candidate(others + 1, AI, SPACE), candidate(others + 2, AI), candidate(others + 3, 3)]
    )
    choice = pool.choose(interest(AI, SPACE, cursor=others // 2))
    assert sorted(choice.shown) == [others + 1, others + 2]
    late = Interest(frozenset({(AI, 0), (SPACE, others + 1)}), cursor=others // 2)
    assert sorted(pool.choose(late).shown) == [others + 1, others + 2]


def test_the_newest_of_equals_comes_first() -> None:
    assert shown([candidate(1), candidate(3), candidate(2)], interest()) == [3, 2, 1]


def test_what_was_told_is_not_told_again() -> None:
    assert shown([candidate(5), candidate(6)], interest(cursor=5)) == [6]


def test_a_topic_counts_from_where_it_was_followed() -> None:
    assert shown([candidate(5), candidate(6)], Interest(frozenset({(AI, 5)}), 0)) == [6]


def test_one_of_several_topics_is_enough_and_counts_once() -> None:
    assert shown([candidate(5, AI, SPACE)], interest(AI, SPACE, 9)) == [5]


def test_what_is_more_than_fits_stays_in_the_rest() -> None:
    choice = Pool([candidate(n) for n in range(1, 6)]).choose(interest(at_most=2))
    assert (choice.shown, choice.rest) == ((5, 4), (3, 2, 1))


# ── the rank ─────────────────────────────────────────────────────────────────────────────────


def test_quality_is_worth_its_points() -> None:
    assert shown([candidate(1, quality=80), candidate(2, quality=79)], interest()) == [1, 2]


def test_unmeasured_quality_counts_as_the_middle() -> None:
    found = [candidate(1, quality=51), candidate(2), candidate(3, quality=49)]
    assert shown(found, interest()) == [1, 2, 3]


@pytest.mark.parametrize(("heat", "worth"), [(None, 0), (0, 0), (100, 25), (300, 37.5)])
def test_heat_adds_up_to_fifty_points(heat: int | None, worth: float) -> None:
    assert points(candidate(1, heat=heat)) - points(candidate(1)) == pytest.approx(worth)


def test_a_day_of_age_costs_ten_points() -> None:
    old = candidate(1, published_at=NOW - timedelta(days=1), quality=60)
    assert points(old) == pytest.approx(points(candidate(2, published_at=NOW)))


def test_a_provider_does_not_fill_the_digest() -> None:
    """Each further article of a provider counts 15 points less."""
    found = [
        candidate(1, quality=90, provider="A"),
        candidate(2, quality=80, provider="A"),
        candidate(3, quality=70, provider="B"),
        candidate(4, quality=60, provider="A"),
    ]
    assert shown(found, interest()) == [1, 3, 2, 4]


def test_articles_without_a_provider_do_not_count_as_one() -> None:
    found = [candidate(1, quality=90), candidate(2, quality=80), candidate(3, quality=70)]
    assert shown(found, interest()) == [1, 2, 3]


articles = st.lists(
    st.builds(
        candidate,
        st.integers(1, 60),
        st.sampled_from([AI, SPACE]),
        quality=st.none() | st.integers(0, 140),
        heat=st.none() | st.integers(0, 200),
        provider=st.sampled_from(["", "A", "B", "C"]),
        story=st.none() | st.integers(1, 4),
    ),
    unique_by=lambda one: one.sequence,
    max_size=30,
)
interests = st.builds(
    Interest,
    st.dictionaries(st.sampled_from([AI, SPACE, 9]), st.integers(0, 60)).map(
        lambda followed: frozenset(followed.items())
    ),
    st.integers(0, 60),
    st.builds(Filters, min_quality=st.none() | st.integers(0, 100)),
    st.integers(1, 12),
    st.integers(0, 60),
)


@settings(deadline=None)
@given(articles, st.integers(1, 12))
def test_the_best_are_those_that_one_would_pick_one_after_the_other(
    found: list[Candidate], at_most: int
) -> None:
    """The rank formula, followed word by word."""
    alone = [replace(one, story=None) for one in found if AI in one.topics]
    left = list(alone)
    picked: list[Candidate] = []
    while left and len(picked) < at_most:

        def worth(one: Candidate) -> tuple[float, object, int]:
            before = sum(bool(one.provider) and one.provider == it.provider for it in picked)
            return points(one) - 15 * before, one.published_at, one.sequence

        best = max(left, key=worth)
        picked.append(best)
        left.remove(best)
    choice = Pool(alone).choose(interest(AI, at_most=at_most))
    assert choice.shown == tuple(one.id for one in picked)


@settings(deadline=None)
@given(articles, interests, interests)
def test_a_choice_does_not_depend_on_who_else_was_served(
    found: list[Candidate], one: Interest, other: Interest
) -> None:
    pool = Pool(found)
    pool.choose(other)
    assert pool.choose(one) == Pool(reversed(found)).choose(one)


@settings(deadline=None)
@given(articles, st.lists(interests, min_size=20, max_size=40))
def test_many_cursors_share_views_and_get_the_same(
    found: list[Candidate], many: list[Interest]
) -> None:
    """Beyond the first cursors, views are shared; nobody is told more or less for that."""
    pool = Pool(found)
    for one in many:
        assert pool.choose(one) == Pool(found).choose(one)


# ── stories ──────────────────────────────────────────────────────────────────────────────────


def story(*sequences: int, **fields: object) -> list[Candidate]:
    return [candidate(one, story=sequences[0], **fields) for one in sequences]


def test_a_story_is_one_card_the_best_told() -> None:
    found = [
        candidate(1, story=1, quality=50),
        candidate(2, story=1, quality=90),
        candidate(3, story=1, quality=70),
        candidate(4, quality=60),
    ]
    choice = Pool(found).choose(interest())
    assert choice == Choice(shown=(2, 4), folded=((2, (3, 1)),))


def test_a_story_told_before_is_not_told_again() -> None:
    assert Pool(story(1, 2)).choose(interest(cursor=1)) == Choice()


def test_a_story_that_has_grown_is_told_as_an_update() -> None:
    choice = Pool(story(1, 2, 3, quality=50)).choose(interest(cursor=1))
    assert choice == Choice(shown=(3,), folded=((3, (2,)),), updates=(3,))


def test_an_update_waits_for_the_next_stage() -> None:
    assert Pool(story(1, 2, 3, 4, 5)).choose(interest(cursor=3)) == Choice()
    assert Pool(story(1, 2, 3, 4, 5, 6)).choose(interest(cursor=3)).updates == (6,)


def test_a_story_told_to_others_only_is_told_as_new() -> None:
    """The earlier article was on a topic that is not followed here."""
    found = [candidate(1, SPACE, story=1), candidate(2, AI, story=1)]
    assert Pool(found).choose(interest(AI, cursor=1)) == Choice(shown=(2,))


def test_a_story_that_was_filtered_out_so_far_is_told_as_new() -> None:
    found = [candidate(1, story=1, quality=20), candidate(2, story=1, quality=60)]
    wanted = interest(cursor=1, filters=Filters(min_quality=50))
    assert Pool(found).choose(wanted) == Choice(shown=(2,))


def test_what_older_filters_left_out_was_not_told() -> None:
    found = story(1, 2)
    assert Pool(found).choose(interest(cursor=1, filtered_from=1)) == Choice(shown=(2,))


def test_what_came_before_the_topic_was_followed_was_not_told() -> None:
    assert Pool(story(1, 2)).choose(Interest(frozenset({(AI, 1)}), 1)) == Choice(shown=(2,))


# ── reasons ──────────────────────────────────────────────────────────────────────────────────


def reasons(found: list[Candidate], wanted: Interest, **options: int) -> dict[int, Reason]:
    return {one.article_id: one.reason for one in explain(Pool(found), wanted, **options)}


def test_every_end_of_an_article_has_its_reason() -> None:
    found = [
        candidate(1),
        candidate(2, SPACE),
        candidate(3, story=3, quality=90),
        candidate(4, story=3, quality=80),
        candidate(5, quality=10),
        candidate(6, quality=60),
        candidate(7, quality=55),
        candidate(8, 9),
    ]
    followed = frozenset({(AI, 0), (9, 8)})
    wanted = Interest(followed, 1, Filters(min_quality=50), at_most=2)
    assert reasons(found, wanted) == {
        1: Reason.EARLIER,
        2: Reason.OTHER_TOPIC,
        3: Reason.SHOWN,
        4: Reason.FOLDED,
        5: Reason.LOW_QUALITY,
        6: Reason.SHOWN,
        7: Reason.REST,
        8: Reason.FOLLOWED_LATER,
    }


def test_too_few_articles_wait() -> None:
    assert reasons([candidate(1)], interest(), at_least=2) == {1: Reason.TOO_FEW}
    assert reasons([candidate(1), candidate(2)], interest(), at_least=2)[1] is Reason.SHOWN


def test_a_repeat_names_what_the_story_was_told_with() -> None:
    (verdict,) = (
        one for one in explain(Pool(story(1, 2)), interest(cursor=1)) if one.article_id == 2
    )
    assert (verdict.reason, verdict.other) == (Reason.TOLD, 1)


def test_a_word_that_decides_is_named() -> None:
    pool = Pool([candidate(1)], {1: Details("All about bridges")})
    wanted = interest(filters=Filters(without_words=frozenset({"bridges"})))
    assert [(one.reason, one.detail) for one in explain(pool, wanted)] == [
        (Reason.WORD_EXCLUDED, "bridges")
    ]


@settings(deadline=None)
@given(articles, interests)
def test_every_article_has_one_reason_and_it_is_the_one_that_decided(
    found: list[Candidate], wanted: Interest
) -> None:
    pool = Pool(found)
    choice, told = pool.choose(wanted), reasons(found, wanted)
    assert set(told) == {one.id for one in found}
    assert {id_ for id_, why in told.items() if why in (Reason.SHOWN, Reason.UPDATE)} == set(
        choice.shown
    )
    assert {id_ for id_, why in told.items() if why is Reason.REST} == set(choice.rest)
    assert {id_ for id_, why in told.items() if why is Reason.FOLDED} == {
        id_ for _, others in choice.folded for id_ in others
    }


@settings(deadline=None)
@given(articles, interests)
def test_all_that_is_new_on_a_followed_topic_is_told_or_left_out_for_a_reason(
    found: list[Candidate], wanted: Interest
) -> None:
    topics = dict(wanted.topics)
    new = {
        one.id
        for one in found
        for topic in one.topics
        if one.sequence > max(topics.get(topic, 10**9), wanted.cursor)
    }
    left_out = {Reason.LOW_QUALITY, Reason.TOLD}
    told = reasons(found, wanted)
    choice = Pool(found).choose(wanted)
    reached = {*choice.shown, *choice.rest, *(n for _, others in choice.folded for n in others)}
    assert reached == {id_ for id_ in new if told[id_] not in left_out}
    if wanted.filters == NOTHING and all(one.story is None for one in found):
        assert reached == new
