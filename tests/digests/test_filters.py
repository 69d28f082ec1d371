"""What filters let through, and the reason for what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.filters import NOTHING, Details, folded, from_json, refusal, terms, to_json
from digests.model import Candidate, Filters
from digests.reasons import Reason
from digests.wording import spaced, words
from tests.build import NOW

ARTICLE = Candidate(1, 1, frozenset({7}), NOW, quality=60, heat=20, provider="The Example")
UNMEASURED = Candidate(2, 2, frozenset({7}), NOW)

names = st.frozensets(st.text(min_size=1, max_size=5), max_size=3)
numbers = st.none() | st.integers(0, 100)
any_filters = st.builds(
    Filters,
    min_quality=numbers,
    min_heat=numbers,
    only_providers=names,
    without_providers=names,
    only_words=names,
    without_words=names,
    only_categories=names,
    only_types=names,
)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (NOTHING, None),
        (Filters(min_quality=60), None),
        (Filters(min_quality=61), (Reason.LOW_QUALITY, "60, 61 wanted")),
        (Filters(min_heat=20), None),
        (Filters(min_heat=21), (Reason.LOW_HEAT, "20, 21 wanted")),
        (Filters(only_providers=frozenset({"the example"})), None),
        (
            Filters(only_providers=frozenset({"another"})),
            (Reason.PROVIDER_NOT_ASKED_FOR, "The Example"),
        ),
        (
            Filters(without_providers=frozenset({"the example"})),
            (Reason.PROVIDER_EXCLUDED, "The Example"),
        ),
        (Filters(only_words=frozenset({"bridge", "tunnel"})), None),
        (Filters(only_words=frozenset({"tunnel"})), (Reason.WORD_MISSING, "tunnel")),
        (Filters(without_words=frozenset({"new bridge"})), (Reason.WORD_EXCLUDED, "new bridge")),
        (Filters(only_categories=frozenset({"news"})), None),
        (Filters(only_categories=frozenset({"sport"})), (Reason.CATEGORY, "News")),
        (Filters(only_types=frozenset({"video"})), (Reason.TYPE, "article")),
    ],
)
def test_each_filter_has_its_reason(filters: Filters, reason: tuple[Reason, str] | None) -> None:
    details = Details("The NEW bridge opens", "News", "article")
    assert refusal(ARTICLE, details, filters) == reason


def test_what_was_not_measured_reaches_no_minimum() -> None:
    assert refusal(UNMEASURED, Details(), Filters(min_quality=1)) == (
        Reason.LOW_QUALITY,
        "not measured, 1 wanted",
    )
    assert refusal(UNMEASURED, Details(), Filters(min_heat=1)) is not None


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("ai", "AI is here", True),
        ("ai", "air and rain", False),
        ("ai", "Is it AI?", True),
        ("c++", "Learning C++ in a week", True),
        ("c", "Learning C++ in a week", False),
        ("straße", "Neue STRASSE in Wien", True),
        ("мост", "Новый мост открыт", True),
        ("мост", "Новые мосты", False),
        ("人工", "关于人工智能", True),
        ("人能", "关于人工智能", False),
        ("it's", "What IT\u2019S about", True),
        ("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaa", False),
        ("cafe\u0301", "Das Café", True),
    ],
)
def test_words_are_found_whole_in_any_script(word: str, text: str, there: bool) -> None:
    assert (spaced(word) in spaced(text)) is there


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_text_holds_each_of_its_own_words(text: str) -> None:
    assert all(spaced(word) in spaced(text) for word in words(text))


def test_names_and_words_are_kept_as_they_are_compared() -> None:
    assert folded(["  The   Example ", "", "THE example"]) == frozenset({"the example"})
    assert terms(["Open-Source!", "...", ""]) == frozenset({"open source"})


@settings(deadline=None)
@given(any_filters)
def test_filters_come_back_from_the_database(filters: Filters) -> None:
    assert from_json(to_json(filters)) == filters


@settings(deadline=None)
@given(any_filters, any_filters)
def test_only_equal_filters_are_equal_texts(one: Filters, other: Filters) -> None:
    assert (to_json(one) == to_json(other)) == (one == other)


def test_what_a_newer_version_stored_is_ignored() -> None:
    assert from_json('{"min_quality": 5, "tomorrow": 1}') == Filters(min_quality=5)
