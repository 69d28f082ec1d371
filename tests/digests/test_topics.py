"""Topics: compared without case and blanks, suggested to who types or mistypes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digests.model import Topic
from digests.topics import Tree, matching, matching_topics, nearest, nearest_topics, topic_key

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


VISION = Topic(1, "Computer Vision", shortname="CV", keywords=("camera", "Image recognition"))
CURRICULA = Topic(2, "CVs and letters")
AI = Topic(3, "AI", shortname="Artificial Intelligence")
TOPICS = [VISION, CURRICULA, AI]


def test_a_short_name_finds_as_the_name_does() -> None:
    assert matching_topics("cv", TOPICS) == [VISION, CURRICULA]
    assert matching_topics("artif", TOPICS) == [AI]


def test_keywords_find_after_names() -> None:
    assert matching_topics("image", TOPICS) == [VISION]
    other = Topic(4, "Camera clubs")
    assert matching_topics("camera", [*TOPICS, other]) == [other, VISION]


def test_typing_nothing_lists_all_topics_in_their_order() -> None:
    assert matching_topics("", TOPICS) == TOPICS


def test_a_typo_in_a_short_name_finds_the_topics_name() -> None:
    assert nearest_topics("artifical inteligence", TOPICS) == ["AI"]
    assert nearest_topics("gardening", TOPICS) == []


def tree(parents: dict[int, int]) -> Tree:
    made = Tree()
    for id_ in range(6):
        made.add(id_, f"key {id_}", parent=parents.get(id_))
    return made


def test_everything_up_to_the_top_is_above_a_topic() -> None:
    family = tree({1: 0, 2: 1, 3: 1})
    assert family.above({2}) == {1, 0}
    assert family.above({2, 1}) == {0}
    assert family.below() == {0: {1, 2, 3}, 1: {2, 3}}


def test_what_is_written_by_the_short_name_is_below_the_topic() -> None:
    made = Tree()
    made.add(1, "computer vision", parent=3, short="cv")
    made.add(2, "cv")
    made.add(3, "ai")
    assert made.above({2}) == {1, 3}


@given(st.dictionaries(st.integers(0, 5), st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_looking_upwards_ends_whatever_the_parents(parents: dict[int, int], ids: set[int]) -> None:
    family = tree(parents)
    above = family.above(ids)
    assert not above & ids
    assert all(parent in above | ids for id_, parent in parents.items() if id_ in above | ids)
