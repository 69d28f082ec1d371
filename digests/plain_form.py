"""In: front matter in the plain form that most files have. Out: its tree, for a third of the work.

The plain form is one ``key: value`` or ``- value`` a line, indented with blanks, each value a plain
text or one in double quotes. Whatever else stands anywhere, be it right or wrong, makes the whole
None: then the YAML parser reads it. Here nothing is judged, and nothing knows where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from digests.frontmatter import MAX_DEPTH, NULLS, Node, Null, YamlList, YamlMap

_MAX_LINES = 2_000
_TURNS = 200  # the pattern keeps some hundred bytes for each turn of a loop within a loop

# Line ends of other kinds, and what YAML forbids.
_ODD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_LINE = re.compile(
    # Blank lines, the indent, a dash, a key; without a dash there has to be a key.
    r"(?: *\n)*( *)(- |)(?:([A-Za-z][\w-]{0,60}):(?=[ \n]) *|(?<=- ))"
    rf'(?:"([^"\\{_ODD}]*(?:\\"[^"\\{_ODD}]*){{0,{_TURNS}}})(")'
    # In a plain text a colon with a blank behind it, or a # with one before, would mean something.
    rf"|((?:-?\w|/)[^:#{_ODD}]*(?:(?::(?=[!-~])|(?<=[!-~])#)[^:#{_ODD}]*){{0,{_TURNS}}})|)\n"
    # All the rest at once, so that nothing behind it is tried.
    r"|([\s\S]+)"
)

_NULL = Null()


@dataclass(slots=True)
class _Level:
    """A mapping, or the sequence ``items``, whose lines begin in this column."""

    column: int
    entries: dict[str, Node]
    items: list[Node] | None = None


def read_plain(front: str, opaque: Collection[str] = ()) -> dict[str, Node] | None:
    """The tree of a front matter in plain form; None if it is not in that form.

    It is what ``digests.frontmatter`` makes of the same text, but for the places.
    """
    if front.count("\n") > _MAX_LINES:
        return None
    here = root = _Level(0, {})
    around: list[_Level] = []
    open_key = ""  # of the line before, if its value may begin on this one
    lines = _LINE.findall(front.rstrip(" \n") + "\n") if front.strip(" \n") else ()
    for indent, dash, key, quoted, quote, text, other in lines:
        if other:
            return None
        at = len(indent)
        if open_key and (at > here.column or (dash and at == here.column)):
            around.append(here)
            here = _open(here, open_key, at, sequence=bool(dash))
        open_key = ""
        while at < here.column or (at == here.column and here.items is not None and not dash):
            here = around.pop()
        if at != here.column or (dash and here.items is None) or len(around) >= MAX_DEPTH:
            return None
        plain = text.rstrip(" ")
        value = quoted.replace('\\"', '"') if quote else _NULL if plain in NULLS else plain
        if dash and here.items is not None:
            if not key:
                here.items.append(value)
                continue
            entries: dict[str, Node] = {}
            here.items.append(YamlMap(0, entries))
            around.append(here)
            here = _Level(at + 2, entries)
        if key in here.entries or len(around) >= MAX_DEPTH:
            return None
        if quote or text:
            here.entries[key] = YamlMap(0, {}) if key in opaque else value
        elif key in opaque:
            return None
        else:
            here.entries[key] = _NULL
            open_key = key
    return root.entries


def _open(parent: _Level, key: str, column: int, *, sequence: bool) -> _Level:
    """The value of ``key`` as a level of its own."""
    if sequence:
        items: list[Node] = []
        parent.entries[key] = YamlList(0, items)
        return _Level(column, {}, items)
    entries: dict[str, Node] = {}
    parent.entries[key] = YamlMap(0, entries)
    return _Level(column, entries)
