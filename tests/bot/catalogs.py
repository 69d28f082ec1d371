"""The message catalogs as data, and a language made from them in which each message is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from discord import app_commands
from fluent.syntax import ast, parse, serialize
from fluent.syntax.visitor import Visitor

from bot import commands
from bot.language import DEFAULT, Tongue, sources, tongue

PSEUDO = "sv"
"""A language that Discord knows and the bot does not: it stands for the marked one."""


@dataclass
class Needs:
    """What a message needs: values, commands, other messages; and its attributes."""

    values: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)
    messages: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


class _Reader(Visitor):
    def __init__(self) -> None:
        self.needs = Needs()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - fluent names it
        self.needs.values.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - as above
        self.needs.messages.add(node.id.name)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - as above
        named = node.arguments.positional[0]
        assert isinstance(named, ast.StringLiteral)
        self.needs.commands.add(named.value)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:  # noqa: N802 - as above
        self.needs.attributes.add(node.id.name)
        self.generic_visit(node)


def entries(language: str) -> Iterator[ast.Message]:
    """The messages of a language; whatever is not one, nor a comment, is a mistake."""
    for source in sources(language):
        for one in parse(source).body:
            assert not isinstance(one, ast.Junk), one.content
            if isinstance(one, ast.Message):
                yield one


def needs(language: str) -> dict[str, Needs]:
    """What each message of a language needs."""
    found: dict[str, Needs] = {}
    for one in entries(language):
        assert one.id.name not in found, f"{one.id.name} stands there twice"
        reader = _Reader()
        reader.visit(one)
        found[one.id.name] = reader.needs
    for needed in found.values():
        for message in needed.messages:
            needed.values |= found[message].values
    return found


def pseudo() -> Tongue:
    """English, with ``⟦12:`` before each message and ``⟧`` after it; short, as labels must be."""
    marked = ast.Resource()
    for number, one in enumerate(entries(DEFAULT)):
        assert one.value is not None
        opening, closing = ast.TextElement(f"⟦{number}:"), ast.TextElement("⟧")
        one.value.elements = [opening, *one.value.elements, closing]
        marked.body.append(one)
    return Tongue(PSEUDO, [serialize(marked)], "en_GB", tongue(DEFAULT))


@dataclass
class Said:
    """A text taken apart: what stands outside of every message, and which stands in which."""

    outside: list[str]
    inner: dict[str, tuple[str, str]]  # of nested messages: the outer one, and the text
    outer: list[str]  # the texts of the others, in order


def taken_apart(text: str) -> Said:
    """A text in the marked language, taken apart."""
    ids = tongue(DEFAULT).messages
    outside, current, stack = [""], Said([], {}, []), [("", "")]
    for piece in re.split(r"(⟦[\w-]+:|⟧)", text):
        if piece.startswith("⟦"):
            mark = piece[1:-1]
            stack.append((ids[int(mark)] if mark.isdecimal() else mark, ""))
            if len(stack) == 2:
                outside.append("")
        elif piece == "⟧":
            id_, inside = stack.pop()
            above, before = stack.pop()
            stack.append((above, before + inside))
            if above:
                current.inner[id_] = (above, inside)
            else:
                current.outer.append(inside)
        elif len(stack) == 1:
            outside[-1] += piece
        else:
            id_, before = stack.pop()
            stack.append((id_, before + piece))
    assert len(stack) == 1, text
    current.outside = outside
    return current


def every_command() -> Iterator[app_commands.Command[Any, ..., Any] | app_commands.Group]:
    """Every command, groups included."""
    for one in commands.ALL:
        yield one
        if isinstance(one, app_commands.Group):
            yield from one.walk_commands()
