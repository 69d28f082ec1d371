"""The guarded YAML layer: the tree that PyYAML's safe loader would give, under limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import frontmatter
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from digests.frontmatter import (
    _FORBIDDEN,
    MAX_ALIASES,
    MAX_DEPTH,
    MAX_VALUES,
    GuardedHandler,
    Node,
    YamlList,
    YamlMap,
    is_null,
    position,
)
from digests.problems import Report

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


def read(front: str) -> tuple[dict[str, Node], list[str]]:
    """The tree of a front matter, and the codes of its problems."""
    report = Report("a.md")
    entries = GuardedHandler(report, ["secured"]).load(front)
    return entries, [one.code for one in report.problems(front)]


def value(node: Node) -> Plain:
    if isinstance(node, YamlMap):
        return {key: value(one) for key, one in node.entries.items()}
    if isinstance(node, YamlList):
        return [value(one) for one in node.items]
    return str(node) if isinstance(node, str) else None


def values(front: str) -> dict[str, Plain]:
    entries, codes = read(front)
    assert codes == []
    return {key: value(node) for key, node in entries.items()}


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
plain = st.recursive(
    st.none() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=15,
)
dumpers = st.builds(
    partial,
    st.just(yaml.safe_dump),
    default_style=st.sampled_from([None, '"', "'", "|", ">"]),
    default_flow_style=st.sampled_from([None, True, False]),
    allow_unicode=st.booleans(),
    width=st.sampled_from([10, 80, 1000]),
    indent=st.integers(2, 6),
)
Dump: TypeAlias = Callable[[object], str]


@given(st.dictionaries(text, plain, max_size=5), dumpers)
def test_it_reads_what_the_safe_loader_reads(data: dict[str, Plain], dump: Dump) -> None:
    front = dump(data)
    if "<<" not in front and "secured" not in front:
        assert values(front) == yaml.load(front, yaml.CSafeLoader)


@given(plain, st.lists(plain, max_size=4), dumpers)
def test_it_reads_aliases_as_the_safe_loader_does(
    shared: Plain, others: list[Plain], dump: Dump
) -> None:
    front = dump({"a": shared, "b": [shared, *others, {"c": shared}]})
    if "<<" not in front and front.count("*") < MAX_ALIASES and "secured" not in front:
        assert values(front) == yaml.load(front, yaml.CSafeLoader)


@pytest.mark.parametrize(
    "front",
    [
        "base: &b {x: one, y: two}\nz: {<<: *b, y: three}",
        "base: &b {x: one, y: two}\nz: {y: three, <<: *b}",
        "one: &a {x: one}\ntwo: &b {x: two, y: two}\nz: {<<: [*a, *b]}",
        "<<: {x: one}\ny: two",
        "<<: &b {x: one}\ny: *b",
        "base: &b {<<: {x: one}, y: two}\nz: {<<: *b}",
        "a: &a one\nb: &a two\n",
        "a: !!str one\nb: !!map {c: !!seq [d]}\ne: ! null",
        "a: !!null ''\nb: ~\nc:\nd: 'null'",
        "? a\n: b\n? c",
        "\"a\": b\n'c': d",
        "a: |\n  one\n\n  two\nb: >-\n  one\n  two\n",
        "a: one\n  two\n\n  three # no\n",
        "%YAML 1.1\n--- \na: b\n",
        "# nothing\n",
        "",
    ],
)
def test_it_reads_these_forms_as_the_safe_loader_does(front: str) -> None:
    if "&a two" in front:  # which the safe loader refuses, though YAML allows it
        assert values(front) == {"a": "one", "b": "two"}
    else:
        assert values(front) == (yaml.load(front, yaml.CSafeLoader) or {})


def test_a_node_knows_where_it_begins() -> None:
    front = 'a: "é"\nb: [x, {c: 😀 y}]\nd: z\n'
    entries, _ = read(front)
    b = entries["b"]
    assert isinstance(b, YamlList)
    mapping = b.items[1]
    assert isinstance(mapping, YamlMap)
    nodes = {
        '"é"': entries["a"],
        "[x": b,
        "{c": mapping,
        "😀": mapping.entries["c"],
        "z": entries["d"],
    }
    for start, node in nodes.items():
        assert front.startswith(start, position(node))


def test_an_alias_is_the_very_node_that_it_names() -> None:
    entries, _ = read("a: &a [x]\nb: *a")
    assert entries["a"] is entries["b"]


def test_a_bomb_of_aliases_stays_small() -> None:
    lines = ["a0: &a0 [x, x, x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 18)]
    entries, codes = read("\n".join(lines))
    assert codes == []
    assert (
        len(
            {
                id(node)
                for one in entries.values()
                if isinstance(one, YamlList)
                for node in one.items
            }
        )
        == 4 + 17
    )


def test_a_bomb_of_merges_is_refused() -> None:
    keys = ", ".join(f"k{n}: x" for n in range(1000))
    lines = [f"a: &a {{{keys}}}", f"b: {{<<: [{', '.join(['*a'] * 40)}]}}"]
    _, codes = read("\n".join(lines))
    assert codes == ["too-many-values"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_is_refused(opening: str) -> None:
    _, codes = read("a:\n  " + opening * 60_000)
    assert set(codes) <= {"too-deep", "bad-key"}
    assert "too-deep" in codes


def test_endless_nesting_is_refused_in_a_passed_over_key() -> None:
    assert read("secured: " + "[" * 60_000)[1] == ["too-deep"]


def test_the_deepest_nesting_is_read() -> None:
    inner = MAX_DEPTH - 1  # the mapping itself is the first
    assert read("a: " + "[" * inner + "]" * inner)[1] == []
    assert read("a: " + "[" * (inner + 1) + "]" * (inner + 1))[1] == ["too-deep"]


def test_the_greatest_number_of_values_is_read() -> None:
    assert read("a: [" + "x," * (MAX_VALUES - 1) + "]")[1] == []
    assert read("a: [" + "x," * MAX_VALUES + "]")[1] == ["too-many-values"]


def test_the_greatest_number_of_aliases_is_read() -> None:
    assert read("a: &a x\nb: [" + "*a," * MAX_ALIASES + "]")[1] == []
    assert read("a: &a x\nb: [" + "*a," * (MAX_ALIASES + 1) + "]")[1] == ["too-many-aliases"]


@pytest.mark.parametrize(
    "front",
    [
        "secured: opaque",
        "secured: [a, {b: opaque}]",
        "secured: !!python/object/apply:os.system [opaque]",
        "secured: {a: &a opaque, a: opaque, b: *nothing}",
        "a: {secured: opaque}",
        "<<: {secured: opaque}",
        "a: &a {secured: opaque}\nb: {<<: *a}",
    ],
)
def test_a_passed_over_value_is_nowhere(front: str) -> None:
    entries, codes = read(front)
    assert codes == []
    assert "opaque" not in repr([value(node) for node in entries.values()])


def test_an_anchor_in_a_passed_over_value_cannot_be_used() -> None:
    entries, codes = read("secured: &s [&t opaque]\na: *s\nb: *t")
    assert codes == ["unknown-alias", "unknown-alias"]
    assert is_null(entries["a"])


def test_what_follows_a_fault_of_syntax_is_read() -> None:
    entries, codes = read("a: one: two\nb: [x\nc: y\nd: 'it's'\ne: z\n")
    assert codes == ["bad-yaml"] * 3
    assert entries["e"] == "z"


def test_a_fault_of_syntax_leaves_the_front_matter_in_doubt() -> None:
    for front, whole in (("a: b", True), ("a: b: c", False), ("a: *b", False), ("- a", False)):
        handler = GuardedHandler(Report("a.md"))
        handler.load(front)
        assert handler.whole is whole


def test_the_first_of_two_equal_keys_stays() -> None:
    entries, codes = read("a: one\na: two\nb: {c: x, c: y}")
    assert codes == ["duplicate-key"] * 2
    assert [value(node) for node in entries.values()] == ["one", {"c": "x"}]


def test_a_tag_makes_nothing() -> None:
    entries, codes = read("a: !!python/object/apply:os.getcwd []\nb: !!set {x}\nc: !x y")
    assert codes == ["unknown-tag"] * 3
    assert [value(node) for node in entries.values()] == [[], {"x": None}, "y"]


def test_exactly_the_characters_that_yaml_forbids_are_found() -> None:
    every = [chr(n) for n in range(0x11_0000) if not 0xD800 <= n < 0xE000 and chr(n) != "\r"]
    allowed = [c for c in every if not _FORBIDDEN.match(c)]
    assert read('a: "' + "".join(allowed).replace('"', "").replace("\\", "") + '"')[1] == []
    for character in sorted(set(every) - set(allowed)):
        assert read(f"a: x{character}y")[1] == ["control-character"]


@pytest.mark.parametrize(
    ("file", "front", "body"),
    [
        ("---\na: b\n---\nText\n", "\na: b\n", "\nText\n"),
        ("---  \na: b\n-----", "\na: b\n", ""),
        ("\n\n---\na: b\n---\n---\nText", "\na: b\n", "\n---\nText"),
        ("---\na: x\n---y\n---\n", "\na: x\n---y\n", "\n"),
        ("---\n---\n", "\n", "\n"),
    ],
)
def test_a_file_is_split_at_its_lines_of_dashes(file: str, front: str, body: str) -> None:
    assert GuardedHandler(Report("a.md")).split(file) == (front, body)


@given(text, text)
def test_it_splits_as_python_frontmatter_does(front: str, body: str) -> None:
    file = f"---\n{front}\n---\n{body}"
    handler = GuardedHandler(Report("a.md"))
    if not any(mark in front + body for mark in "\r\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\x1f"):
        theirs = YAMLHandler().split(file)
        assert [one.strip() for one in handler.split(file)] == [one.strip() for one in theirs]


@pytest.mark.parametrize("file", ["", "a: b", "--", "--- a\n---\n", " ---\n---\n", "+++\n+++\n"])
def test_without_front_matter_there_is_nothing_to_split(file: str) -> None:
    report = Report("a.md")
    with pytest.raises(ValueError, match="front matter"):
        GuardedHandler(report).split(file)
    assert [one.code for one in report.problems(file)] == ["no-front-matter"]


def test_python_frontmatter_can_use_the_handler() -> None:
    metadata, body = frontmatter.parse(
        "---\ntitle: A bridge\n---\nText", handler=GuardedHandler(Report("a.md"))
    )
    assert (metadata["title"], body) == ("A bridge", "Text")


fragments = st.sampled_from(
    [
        "a",
        ": ",
        "- ",
        "\n",
        " ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!x ",
        "!!str ",
        "'",
        '"',
        "|",
        ">",
        "#",
        "? ",
        "<<: ",
        "%",
        "@",
        "---",
        "...",
        "secured: ",
        "\t",
        "\\",
        "\0",
        "\u2028",
        "1",
    ]
)


@given(st.lists(fragments, max_size=60).map("".join))
def test_whatever_the_text_it_ends_with_a_tree_or_problems(front: str) -> None:
    entries, codes = read(front)
    try:
        loaded = yaml.load(front, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, TypeError):
        return
    if not codes and isinstance(loaded, dict) and all(isinstance(key, str) for key in loaded):
        assert set(entries) == set(loaded)
