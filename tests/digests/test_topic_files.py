"""Topic files: what they say, where they lie, and what can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.frontmatter import MAX_BYTES
from digests.model import Severity
from digests.scan import KINDS as FOLDER_KINDS
from digests.topic_files import (
    KINDS,
    Defined,
    read_topic,
    read_topics,
    relate,
    see_topics,
    topic_folder,
)
from digests.topics import Definition, topic_key
from tests.shelf import write_topic


def defined(*given: tuple[str, str]) -> list[Defined]:
    """Topics with their parents, each in a file of its own, in this order."""
    return [Defined(f"{name}.yaml", Definition(name, parent=parent)) for name, parent in given]


def codes(folder: Path) -> list[str]:
    return sorted(one.code for one in read_topics(folder).problems)


def test_a_topic_file_says_name_short_name_parent_and_keywords() -> None:
    text = "name: Computer  Vision\nshortname: CV\nparent: AI\nkeywords: [camera, ~, image]\nx: 1\n"
    definition, problems = read_topic(text.encode(), "cv.yaml")
    assert definition == Definition("Computer Vision", "CV", "AI", ("camera", "image"))
    assert problems == ()


@pytest.mark.parametrize("place", ["_data/topics", "topics", "../_data/topics", "../topics"])
def test_topic_files_lie_inside_the_library_or_beside_it(folder: Path, place: str) -> None:
    write_topic(folder / place, "AI")
    found = read_topics(folder)
    assert [one.name for one in found.definitions] == ["AI"]
    assert topic_folder(folder) == (folder / place).resolve()


def test_the_first_folder_with_topic_files_counts(folder: Path) -> None:
    write_topic(folder.parent / "topics", "Beside")
    (folder / "topics").mkdir()
    (folder / "topics" / "article.md").touch()
    assert [one.name for one in read_topics(folder).definitions] == ["Beside"]


def test_a_library_without_topic_files_has_none(folder: Path) -> None:
    assert read_topics(folder).definitions == ()
    assert see_topics(folder) == ()


def test_a_changed_topic_file_is_seen(folder: Path) -> None:
    path = write_topic(folder / "topics", "AI")
    before = see_topics(folder)
    path.write_text("name: Artificial Intelligence\n")
    assert see_topics(folder) != before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"parent: AI\n", "topic-without-name"),
        (b"name: " + b"x" * 101, "topic-without-name"),
        (b"name: [AI]\n", "topic-without-name"),
        (b"name: AI\nname: ML\n", "duplicate-key"),
        (b"name: AI\n keywords: [\n", "bad-yaml"),
        (b"- AI\n", "not-a-mapping"),
        (b"name: !!python/object:os.system {}\n", "unknown-tag"),
        (b"name: AI\nkeywords: " + b"[" * 30 + b"]" * 30, "too-deep"),
        (b"name: \xff\n", "not-utf8"),
        (b" \n", "empty-file"),
        (b"x" * (MAX_BYTES + 1), "too-large"),
    ],
)
def test_a_bad_topic_file_is_named_and_hides_no_other(folder: Path, text: bytes, code: str) -> None:
    write_topic(folder / "topics", "Robotics")
    (folder / "topics" / "bad.yaml").write_bytes(text)
    found = read_topics(folder)
    assert [one.name for one in found.definitions] == ["Robotics"]
    assert not found.whole
    assert code in [one.code for one in found.problems]
    assert {one.path for one in found.problems} == {"topics/bad.yaml"}


def test_a_parent_that_is_no_text_is_a_warning() -> None:
    definition, problems = read_topic(b"name: AI\nparent: [ML]\n", "ai.yaml")
    assert definition == Definition("AI")
    assert [(one.code, one.severity) for one in problems] == [("wrong-shape", Severity.WARNING)]


def test_an_unknown_parent_is_a_warning_and_no_parent(folder: Path) -> None:
    write_topic(folder / "topics", "Vision", "parent: AL\n")
    found = read_topics(folder)
    assert found.definitions == (Definition("Vision"),)
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.found) == ("unknown-parent", "warning", "AL")


def test_a_parent_is_found_by_its_short_name_and_without_case(folder: Path) -> None:
    write_topic(folder / "topics", "Artificial Intelligence", "shortname: AI\n")
    write_topic(folder / "topics", "Vision", "parent: ai\n")
    parents = {one.name: one.parent for one in read_topics(folder).definitions}
    assert parents["Vision"] == "Artificial Intelligence"


def test_two_files_of_one_topic_are_a_warning_and_the_first_counts(folder: Path) -> None:
    write_topic(folder / "topics", "AI", "shortname: one\n")
    (folder / "topics" / "z.yaml").write_text("name: ai\nshortname: two\n")
    found = read_topics(folder)
    assert [one.shortname for one in found.definitions] == ["one"]
    assert [one.code for one in found.problems] == ["duplicate-topic"]


def test_a_short_name_that_another_topic_has_is_a_warning(folder: Path) -> None:
    write_topic(folder / "topics", "AI")
    write_topic(folder / "topics", "Artificial", "shortname: ai\n")
    write_topic(folder / "topics", "B", "shortname: short\n")
    write_topic(folder / "topics", "C", "shortname: Short\n")
    shorts = {one.name: one.shortname for one in read_topics(folder).definitions}
    assert shorts == {"AI": "", "Artificial": "", "B": "short", "C": ""}
    assert codes(folder) == ["duplicate-shortname", "duplicate-shortname"]


def test_a_short_name_like_the_name_is_nothing_to_warn_of(folder: Path) -> None:
    write_topic(folder / "topics", "Portals", "shortname: portals\n")
    assert codes(folder) == []


@pytest.mark.parametrize("ring", [["A"], ["A", "B"], ["A", "B", "C"]])
def test_a_circle_of_parents_is_opened_with_one_warning(ring: list[str]) -> None:
    parents = [*ring[1:], ring[0]]
    found, problems = relate(defined(*zip(ring, parents, strict=True)))
    assert [one.code for one in problems] == ["topic-circle"]
    assert sum(one.parent == "" for one in found) == 1


NAMES = st.sampled_from("ABCDEF")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=10))
def test_following_parents_always_ends(given: list[tuple[str, str]]) -> None:
    found, _ = relate(defined(*given))
    parents = {topic_key(one.name): topic_key(one.parent) for one in found}
    for start in list(parents):
        steps, name = 0, start
        while name := parents[name]:
            steps += 1
            assert steps <= len(parents)


def test_with_a_broken_file_no_parent_counts_as_unknown(folder: Path) -> None:
    """It may well be in the file that cannot be read."""
    write_topic(folder / "topics", "Vision", "parent: AI\n")
    (folder / "topics" / "ai.yaml").write_text("name: [")
    assert "unknown-parent" not in codes(folder)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything(data: bytes) -> None:
    definition, problems = read_topic(data, "x.yaml")
    assert (definition is None) == any(one.severity is Severity.ERROR for one in problems)


def test_every_problem_says_what_to_do() -> None:
    assert all(one.expected and one.mend and one.meaning for one in KINDS.values())


def test_every_problem_stands_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "library.md").read_text(encoding="utf-8")
    for code, kind in {**KINDS, **FOLDER_KINDS}.items():
        assert f"| `{code}` | {kind.severity} | {kind.meaning} | {kind.mend} |" in text
    assert "| `duplicate-link` | warning |" in text
