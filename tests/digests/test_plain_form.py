"""Front matter in plain form: read without YAML, it is what YAML makes of it."""

from __future__ import annotations

import pickle
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.articles import articles
from digests.articles import read_article
from digests.frontmatter import GuardedHandler, Node, Null, YamlList, YamlMap
from digests.model import Severity
from digests.plain_form import _LINE, read_plain
from digests.problems import Report

DEMO = sorted((Path(__file__).parents[2] / "bot" / "demo" / "articles").glob("*.md"))


def bare(node: Node) -> object:
    """A node without its place."""
    if isinstance(node, YamlMap):
        return {key: bare(one) for key, one in node.entries.items()}
    if isinstance(node, YamlList):
        return [bare(one) for one in node.items]
    return None if isinstance(node, Null) else str(node)


def is_plain(front: str) -> bool:
    """Whether it is in plain form; if so, it must be sound, and what the parser makes of it."""
    entries = read_plain(front, ["secured"])
    if entries is None:
        return False
    report = Report("a.md")
    parsed = GuardedHandler(report, ["secured"]).load(front)
    assert report.problems(front) == ()
    assert {key: bare(one) for key, one in entries.items()} == {
        key: bare(one) for key, one in parsed.items()
    }
    return True


@pytest.mark.parametrize(
    "front",
    [
        "",
        "\n",
        "\n\na: b\n\n \nc: d\n  \n",
        "a: b",
        "a: b  \nc:   d\n",
        'a: ""\nb: "x"\nc: "say \\"x\\" # : yes"\n',
        "a:\nb: null\nc: Null\n",
        "a: null \nb:\n- NULL  \n- x \n",
        "a:\n  b: c\n  d:\n    e: f\ng: h\n",
        "a:\n- b\n- c: d\n  e: f\n",
        "a:\n  - b\n  - c: d\n    e:\n    - f\n    g:\n      h: i\n  - j\nk: l\n",
        "a:\n\n  - b\n",
        "a: 2020-01-31T10:00:00Z\nb: -1\nc: 1,000 & *more* [x] {y} | z > 'q' \"r\" !s %t @u `v`\n",
        "a: https://x.example/a#b\nb: x#y\nc: /pictures/a.jpg\nd: München — 東京 😀\n",
        "secured: x\na:\n  secured: x\n",
        "publié: yes\nlong-key_2: x\n",
    ],
)
def test_these_forms_are_plain(front: str) -> None:
    assert is_plain(front)


@pytest.mark.parametrize(
    "front",
    [
        "a: b: c",
        "a: b # c",
        "# a",
        "a: 'b'",
        "a: |\n  b\n",
        "a: >-\n  b\n",
        "a: [b]",
        "a: {b: c}",
        "a: &x b",
        "a: *x",
        "a: !!str b",
        "a: b\n  c\n",
        'a: "b\n  c"\n',
        'a: "b" c',
        'a: "\\n"',
        'a: "\\\\"',
        "a: \tb",
        "a:\tb",
        "\ta: b",
        "a: b\x85c",
        "a: b\u2028c",
        "a: b\ufeffc",
        "a: b\0c",
        "a: b\na: c\n",
        "a:\n  b: c\n d: e\n",
        " a: b\n",
        "a: b\n c: d\n",
        "- a\n",
        "a: b\n- c\n",
        "a:\n  - b\n  c: d\n",
        "a:\n  - - b\n",
        "a: - b\n",
        "? a\n: b\n",
        "<<: b",
        "a:b",
        "a",
        "a: b\n...\n",
        "%YAML 1.1\n",
        "secured:\n  a: b\n",
        '"a": b',
        "a: =",
        "a: ?b",
        "a: @b",
        "\n".join(f"{'  ' * depth}a:" for depth in range(25)) + " b",
        "\n".join(f"{'  ' * depth}a:" for depth in range(20)) + f"\n{'  ' * 20}- b",
        "a: b\n" + "\n" * 3_000,
    ],
)
def test_these_are_left_to_the_parser(front: str) -> None:
    assert not is_plain(front)


# Pieces of which lines are made that nearly have the form, in any order and depth.
indents = st.sampled_from(["", "", "", "  ", "  ", "    ", " ", "      "])
dashes = st.sampled_from(["", "", "- ", "-", "- - "])
keys = st.sampled_from(
    ["a: ", "b: ", "c:", "title: ", "d:  ", "a", "é: ", "x-y: ", "secured: ", ""]
)
scalars = st.sampled_from(
    [
        *("", "", "", "x", '"x"', "x y", '"x: y"', "x:y", "x: y", "x #y", "x#y", "-1", "-", "~"),
        *('"', "'x'", '"\\""', '"x" ', "x ", "[x]", "&a x", "*a", "!x", "|", ">", "x\ty", "é"),
        *("\u2028", "\xa0", "x\xa0", "# x", ": x", "? x", "%", "...", "---", "\\", '"\\n"', "<<"),
        *("null", "null ", "~ ", "/x", "="),
    ]
)
lines = st.builds("{}{}{}{}".format, indents, dashes, keys, scalars)
likely = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "  ", "    "]),
    st.sampled_from(["", "- "]),
    st.sampled_from(["a: ", "b: ", "c:", "d:"]),
    st.sampled_from(["", "x", '"x"']),
)


@given(st.lists(lines | likely, max_size=8), st.sampled_from(["\n", "\n\n", "\n \n"]))
def test_what_is_taken_for_plain_is_what_the_parser_reads(some: list[str], end: str) -> None:
    is_plain(end.join(some) + "\n")


@given(st.lists(likely, min_size=1, max_size=10))
def test_nested_lines_are_what_the_parser_reads(some: list[str]) -> None:
    is_plain("\n".join(some) + "\n")


@given(st.text(max_size=12), st.booleans())
def test_any_text_as_a_value_is_what_the_parser_reads(text: str, quoted: bool) -> None:
    front = f'a: "{text}"\nb: x\n' if quoted else f"a: {text}\nb: x\n"
    is_plain(front.replace("\r\n", "\n").replace("\r", "\n"))


def test_files_as_newsrooms_have_them_are_plain() -> None:
    for text in [path.read_text() for path in DEMO] + [text for _, text in articles(30)]:
        front, _ = GuardedHandler(Report("a.md")).split(text)
        assert is_plain(front)


@pytest.mark.parametrize("comment", ["", "# read by the parser\n"])
def test_both_ways_give_the_same_article_of_plain_values(comment: str) -> None:
    for path in DEMO:
        data = path.read_bytes().replace(b"---\n", f"---\n{comment}".encode(), 1)
        full = read_article(data, path.name)
        errors = tuple(one for one in full.problems if one.severity is Severity.ERROR)
        assert read_article(data, path.name, warnings=False) == replace(full, problems=errors)
        # Nothing of the parser's own goes with it to another process.
        assert b"frontmatter" not in pickle.dumps(full)


BAD_LAST_LINES = {
    "blanks": " " * 60_000 + "!",
    "text": "a: " + "x" * 60_000 + "\t",
    "colons": "a: " + "x:" * 30_000 + "\t",
    "quote": 'a: "' + "x" * 60_000,
    "signs": "a: x" + "#" * 60_000,
    "escapes": 'a: "' + '\\"' * 30_000 + '"',
}


@pytest.mark.parametrize("last", BAD_LAST_LINES.values(), ids=BAD_LAST_LINES)
def test_a_bad_line_is_looked_at_once_and_in_little_memory(last: str) -> None:
    """Tried from each line end before it, it would take seconds, and some a hundred megabytes."""
    front = "\n" * 1_990 + last + "\n"
    assert len(_LINE.findall(front)) == 1
    tracemalloc.start()
    assert read_plain(front) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def test_an_empty_link_is_told_with_its_place() -> None:
    data = b'---\ntitle: T\npublishedDateTime: 2020-01-31\noriginalUrl: ""\n---\n'
    problems = {one.code: one.line for one in read_article(data, "a.md").problems}
    assert problems["no-link"] == 4


def test_an_error_in_plain_form_is_told_with_its_place() -> None:
    data = b"---\ntitle: A bridge\nwebUrl: https://x.example/a\n\npublishedDateTime: soon\n---\n"
    (problem,) = read_article(data, "a.md", warnings=False).problems
    assert (problem.code, problem.line, problem.column) == ("bad-date", 5, 20)
