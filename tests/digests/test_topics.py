"""Topics: compared without case and blanks, suggested to who types or mistypes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digests.topics import matching, nearest, topic_key

NAMES = ["AI", "Computer Vision", "AI in Healthcare", "Robotics", "Größe"]


def test_labels_are_equal_without_case_and_with_blanks_folded() -> None:
    assert topic_key("  Computer\tVISION ") == topic_key("computer vision")
    assert topic_key("GRÖSSE") == topic_key("größe")


@given(st.text())
def test_a_key_is_its_own_key(label: str) -> None:
    assert topic_key(topic_key(label)) == topic_key(label)


def test_a_typo_finds_its_topic() -> None:
    assert nearest("computer vison", NAMES) == ["Computer Vision"]
    assert nearest("Robtics", NAMES) == ["Robotics"]


def test_a_part_of_a_name_finds_it() -> None:
    assert nearest("health", NAMES) == ["AI in Healthcare"]


def test_nothing_like_it_finds_nothing() -> None:
    assert nearest("gardening", NAMES) == []
    assert nearest("  ", NAMES) == []


def test_typing_finds_beginnings_before_words_before_the_rest() -> None:
    assert matching("vi", ["Sylvia", "Computer Vision", "Vitamins"]) == [
        "Vitamins",
        "Computer Vision",
        "Sylvia",
    ]


def test_typing_nothing_lists_names_in_their_order() -> None:
    assert matching("", NAMES) == NAMES


@given(st.text(max_size=5), st.lists(st.text(max_size=8), max_size=40))
def test_there_are_never_more_choices_than_discord_shows(typed: str, names: list[str]) -> None:
    assert len(matching(typed, names)) <= 25
