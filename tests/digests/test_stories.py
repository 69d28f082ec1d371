"""Which articles tell the same story, and how it is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.model import Article, Digest, Provider, Published, Related
from digests.stories import (
    LIFE,
    cards,
    link_key,
    same_story,
    stage,
    title_words,
    trace,
    weave,
    with_others,
)
from tests.build import NOW, article

LONG = "City council opens the new bridge over the river"
HERE, THERE = Provider("Here News"), Provider("There Post")


def published(number: int, **fields: object) -> Published:
    return Published(number, number, True, article(number, **fields))


def related(to: Article) -> Related:
    return Related(to.title, to.link)


PAGE = "https://news.example/city/bridge"


@pytest.mark.parametrize(
    "link",
    [
        PAGE,
        "http://www.news.example/city/bridge/",
        "https://news.example/city/bridge?utm_source=x&utm_medium=y#top",
        "https://news.example/city/bridge?fbclid=abc",
        "https://news.example/city/bridge/amp",
        "https://news.example/city/bridge?amp",
        "https://news.example/city/bridge?amp=1",
        "https://amp.news.example/city/bridge",
        "https://m.news.example/amp/city/bridge",
        "https://news-example.cdn.ampproject.org/c/s/news.example/city/bridge",
        "https://news-example.cdn.ampproject.org/c/s/news.example/city/bridge/amp/",
        "https://news-example.cdn.ampproject.org/v/news.example/city/bridge?amp&utm_source=z",
        "https://www.google.com/amp/s/news.example/city/bridge",
    ],
)
def test_forms_of_one_address_have_one_key(link: str) -> None:
    assert link_key(link) == link_key(PAGE) != ""


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example/city/bridge-two",
        "https://other.example/city/bridge",
        "https://news.example/city/bridge?id=2",
        "https://news.example/city/amplifier",
        "https://news.example/City/Bridge",
    ],
)
def test_other_pages_have_other_keys(link: str) -> None:
    assert link_key(link) != link_key(PAGE)


def test_a_front_page_is_no_link_to_share() -> None:
    """Some feeds give their front page as every article's original address."""
    assert link_key("https://news.example/") == link_key("https://www.news.example/amp") == ""


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_key_or_none(text: str) -> None:
    assert isinstance(link_key("https://" + text), str)
    assert isinstance(link_key(text), str)


def test_the_providers_name_at_the_end_is_no_part_of_a_title() -> None:
    assert title_words(f"{LONG} | Here News", "Here News") == title_words(LONG)


def same(one: Published, other: Published) -> bool:
    assert same_story(trace(one), trace(other)) == same_story(trace(other), trace(one))
    return same_story(trace(one), trace(other))


def test_articles_that_share_a_link_are_one_story() -> None:
    original = published(1)
    copy = published(2, other_links=(original.article.link + "?utm_source=x",))
    assert same(original, copy)


def test_articles_that_name_each_other_are_one_story() -> None:
    one, other = article(1), article(2)
    assert same(published(1, related=(related(other),)), published(2, related=(related(one),)))


def test_to_be_named_by_another_is_not_enough() -> None:
    """Newsrooms add background pieces as related: those are stories of their own."""
    assert not same(published(1, related=(related(article(2)),)), published(2))


def test_articles_that_name_the_same_third_are_not_one_story() -> None:
    third = related(article(3))
    assert not same(published(1, related=(third,)), published(2, related=(third,)))


@pytest.mark.parametrize(
    ("title", "one_story"),
    [
        (LONG, True),
        (LONG.upper() + "!", True),
        (f"{LONG} - There Post", True),
        (f"{LONG} today", True),
        ("City council opens the bridge over the river", True),
        ("City council closes the new bridge over the river", False),
        (f"{LONG} in 2027", False),
        ("Morning briefing", False),
    ],
)
def test_nearly_the_same_title_of_another_provider_is_one_story(
    title: str,
    one_story: bool,
) -> None:
    assert (
        same(published(1, title=LONG, provider=HERE), published(2, title=title, provider=THERE))
        is one_story
    )


def test_a_short_title_says_too_little() -> None:
    assert not same(
        published(1, title="Morning briefing", provider=HERE),
        published(2, title="Morning briefing", provider=THERE),
    )


def test_part_two_is_not_part_three() -> None:
    title = "A long walk along the river with many bridges"
    assert not same(
        published(1, title=f"{title} 2", provider=HERE), published(2, title=title, provider=THERE)
    )


def test_a_column_that_keeps_its_title_is_a_story_each_day() -> None:
    day = timedelta(days=1)
    today = published(1, title=LONG, published_at=NOW)
    assert not same(today, published(2, title=LONG, published_at=NOW - day))
    assert same(today, published(3, title=LONG, published_at=NOW - day / 4))


def told(*articles: Published) -> dict[int, int]:
    return weave(map(trace, articles), ())


def copy(number: int, of: int, **fields: object) -> Published:
    return published(number, other_links=(article(of).link,), **fields)


def test_a_story_is_named_after_its_first_article() -> None:
    assert told(published(1), published(2), copy(3, of=1)) == {3: 1}


def test_an_article_may_join_two_stories() -> None:
    both = published(5, other_links=(article(1).link, article(2).link))
    assert told(published(1), published(2), copy(3, of=2), both) == {2: 1, 3: 1, 5: 1}


def test_a_story_lives_for_seven_days() -> None:
    old = published(1, published_at=NOW - LIFE - timedelta(hours=1))
    late = published(2, published_at=NOW - LIFE)
    now = published(3, published_at=NOW, other_links=(article(1).link, article(2).link))
    assert told(old, now) == {}
    assert told(late, now) == {3: 2}


def test_a_chain_of_articles_gets_no_older_than_seven_days() -> None:
    """Each is three days after the one before it, and shares a link with that one only."""
    chain = [
        published(n, published_at=NOW + timedelta(days=3 * n), other_links=(article(n - 1).link,))
        for n in range(1, 7)
    ]
    assert told(*chain) == {2: 1, 3: 1, 5: 4, 6: 4}


links = st.lists(
    st.tuples(st.integers(0, 12), st.sets(st.integers(0, 6), max_size=2)), min_size=1, max_size=9
)


@settings(deadline=None)
@given(links, st.integers(0, 9))
def test_woven_in_two_goes_is_woven_as_in_one(rows: list[tuple[int, set[int]]], cut: int) -> None:
    """What is known from before counts as if it had just been compared."""
    found = [
        trace(
            published(
                number,
                published_at=NOW + timedelta(days=day),
                other_links=tuple(f"https://shared.example/{link}" for link in shared),
            )
        )
        for number, (day, shared) in enumerate(rows, 1)
    ]
    at_once = weave(found, ())
    first = weave(found[:cut], ())
    known = [(one, first.get(one.article_id, one.article_id)) for one in found[:cut]]
    assert {**first, **weave(found[cut:], known)} == at_once


@settings(deadline=None)
@given(links)
def test_no_story_is_older_than_its_life(rows: list[tuple[int, set[int]]]) -> None:
    days = {number: day for number, (day, _) in enumerate(rows, 1)}
    found = [
        trace(
            published(
                number,
                published_at=NOW + timedelta(days=day),
                other_links=tuple(f"https://shared.example/{link}" for link in shared),
            )
        )
        for number, (day, shared) in enumerate(rows, 1)
    ]
    stories = weave(found, ())
    for story in set(stories.values()):
        told_on = [days[one] for one in (story, *(n for n, s in stories.items() if s == story))]
        assert max(told_on) - min(told_on) <= LIFE.days


def test_the_first_article_may_be_withdrawn() -> None:
    known = [(trace(copy(2, of=1)), 1), (trace(copy(3, of=1)), 1)]
    assert weave([trace(copy(4, of=2))], known) == {4: 1}


def test_stages_come_ever_later() -> None:
    reached = [size for size in range(1, 60) if stage(size) > stage(size - 1)]
    assert reached == [3, 6, 12, 24, 48]


DIGEST = Digest(parts=((1,),), rest=(4,), folded=((1, (2, 3)),), updates=(4,))


def test_a_card_names_the_others_of_its_story_first() -> None:
    head = published(1, related=(Related("Before", "https://old.example/1"),))
    found = {1: head, 2: published(2, provider=THERE), 3: published(3)}
    ((id_, card),) = cards([1], DIGEST, found).items()
    assert id_ == 1
    assert [(one.title, one.provider) for one in card.article.related] == [
        ("Article 2", "There Post"),
        ("Article 3", "The Example"),
        ("Before", ""),
    ]


def test_a_related_article_that_is_folded_is_named_once() -> None:
    head = published(1, related=(related(article(2)),))
    (card,) = cards([1], DIGEST, {1: head, 2: published(2)}).values()
    assert [one.title for one in card.article.related] == ["Article 2"]


def test_a_withdrawn_article_leaves_its_card_to_the_next_of_its_story() -> None:
    ((id_, card),) = cards([1], DIGEST, {2: published(2), 3: published(3)}).items()
    assert (id_, card.id) == (1, 2)
    assert [one.title for one in card.article.related] == ["Article 3"]
    assert cards([1], DIGEST, {}) == {}


def test_an_update_says_so() -> None:
    (card,) = cards([4], DIGEST, {4: published(4)}).values()
    assert card.update
    assert not cards([1], DIGEST, {1: published(1)})[1].update


def test_what_a_card_is_drawn_from() -> None:
    assert with_others([4, 1], DIGEST) == [4, 1, 2, 3]
