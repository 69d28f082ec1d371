"""The catalogs agree with each other, with the code, and with Discord's limits."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot import commands
from bot.causes import PERMISSIONS, lacking, worded
from bot.command_names import CommandNames, choice_key, command_key
from bot.language import LANGUAGES, tongue
from bot.outcomes import _GONE, _LATER, _NEEDS_SOMEBODY, _NEVER
from tests.bot.catalogs import every_command, needs

OTHERS = [one for one in LANGUAGES if one != "en"]
NAMES = ("command-", "choice-")
BOT = Path(__file__).parents[2] / "bot"


# ── the languages agree ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_message_with_the_same_places(language: str) -> None:
    english = needs("en")
    there = {id_: one for id_, one in needs(language).items() if not id_.startswith(NAMES)}
    assert there.keys() == english.keys()
    for id_, one in there.items():
        assert (one.values, one.commands) == (english[id_].values, english[id_].commands), id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said(language: str, caplog: pytest.LogCaptureFixture) -> None:
    say = tongue(language)
    for id_, one in needs(language).items():
        for number in (1, 2):
            values: dict[str, str | int] = {
                name: number if name in ("n", "more", "most") else "you" for name in one.values
            }
            assert "{" not in say(id_, **values), id_
    assert caplog.text == ""


def test_numbers_dates_and_lists_are_the_readers() -> None:
    day = date(2026, 11, 2)
    said = {
        language: (
            tongue(language)("articles", n=1234),
            tongue(language).day(day),
            tongue(language).both(["A", "B", "C"]),
            tongue(language).weekday(0),
        )
        for language in LANGUAGES
    }
    assert said["en"] == ("1,234 articles", "2 November 2026", "A, B and C", "Monday")
    assert said["de"] == ("1.234 Artikel", "2. November 2026", "A, B und C", "Montag")
    assert said["fr"] == ("1\u202f234 articles", "2 novembre 2026", "A, B et C", "lundi")


@pytest.mark.parametrize("locale", ["en-US", "pt-BR", "ja", None, "nonsense"])
def test_a_language_nobody_translated_to_falls_back_to_english(locale: str | None) -> None:
    assert tongue(locale)("button-undo") == "Undo"


def test_a_missing_message_is_said_in_english_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    say = tongue("de")
    assert say("no-such-message") == "no-such-message"
    assert "no message no-such-message in de" in caplog.text


# ── the code and the catalogs agree ──────────────────────────────────────────────────────────


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(BOT.rglob("*.py")):
        yield path.relative_to(BOT), ast.parse(path.read_text())


def strings(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_message_that_is_said_exists() -> None:
    english = needs("en")
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "self.say"):
                for one in strings(node.args[0]):
                    known = any(id_.startswith(one) for id_ in english)
                    assert one in english or known, f"{path}:{node.lineno}: {one}"


def test_every_message_is_used() -> None:
    english = needs("en")
    said = set().union(*(strings(tree) for _, tree in modules()))
    said |= {path.stem for path in BOT.parent.joinpath("digests").rglob("*.py")}
    for path in BOT.parent.joinpath("digests").rglob("*.py"):
        said |= strings(ast.parse(path.read_text()))
    said |= set().union(*(one.messages for one in english.values()))
    begun = tuple({*_begun(), "cause-"})
    assert [one for one in english if one not in said and not one.startswith(begun)] == []


def _begun() -> Iterator[str]:
    """How messages begin that are said by a word at their end: ``look-is-`` and a look."""
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "say":
                first = node.args[0]
                if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                    yield str(first.values[0].value)


def test_every_permission_has_a_name() -> None:
    assert {f"permission-{one}" for one in (*PERMISSIONS, "manage_guild", "mention_everyone")} == {
        one for one in needs("en") if one.startswith("permission-")
    }


# ── no word that a person reads stands in the code ───────────────────────────────────────────

FOR_OPERATORS = (
    "cli",
    "check",
    "jobs",
    "config",
    "logs",
    "health",
    "app",
    "demo",
    "traffic",
    "pace",
)
"""Modules whose words are for who runs the bot: they stay English."""

PROSE = re.compile(r"[A-Za-z]{2,}[,.;:]? [A-Za-z]{2,}|^[A-Z][a-z]+[ .!?…:]*$")

DATA = {
    "Monday to Friday": "choices of commands are English in the code",
    "every day": "as above",
    **dict.fromkeys(("Monday", "Tuesday", "Wednesday", "Thursday"), "as above"),
    **dict.fromkeys(("Friday", "Saturday", "Sunday"), "as above"),
    "Digests for a channel of this server.": "descriptions of commands are, too",
    "Write quiet hours like 22:00-07:00, or “off” for none.": "an error with a key beside it",
    "by topic": "a value of an option",
    "Related": "the contract names this field",
    "Untitled": "a card of an article without a title: data as good as none",
    "Command": "the name of a type",
    "nobody: neither the server nor who set it up can be written to": "logged",
    "in channel ": "logged",
    "Discord answered what it never should": "logged",
}


def _shown(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that may reach a reader: no docstrings, log lines, patterns, ids of commands."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for one in body if isinstance(body, list) else ():
            if isinstance(one, ast.Expr):
                hidden.add(id(one.value))
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.startswith(
            ("log.", "app_commands.", "re.", "Route", "say.command", "say.option")
        ):
            hidden |= {id(one) for one in ast.walk(node)}
        if isinstance(node, ast.keyword) and node.arg == "template":
            hidden |= {id(one) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in hidden
        ):
            yield node


def test_no_prose_stands_in_the_code() -> None:
    """But reasons for not sending, which the database keeps in English and ``worded`` words."""
    say = tongue("de")
    qualified = {one.qualified_name for one in every_command()}
    for path, tree in modules():
        if path.parts[0].removesuffix(".py") in FOR_OPERATORS:
            continue
        for node in _shown(tree):
            text = node.value
            assert isinstance(text, str)
            if not PROSE.search(text) or text in DATA or text in qualified:
                continue
            cause = text.removesuffix(", but ").removesuffix(": ").removesuffix(" (")
            assert worded(say, cause) != cause, f"{path}:{node.lineno}: {text!r}"


def test_what_is_said_is_not_glued_to_words() -> None:
    """Messages are joined by line ends, or stand after a mark of a list: never by words."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and "say(" in ast.unparse(node):
                glue = "".join(
                    str(one.value) for one in node.values if isinstance(one, ast.Constant)
                )
                assert re.fullmatch(r"[\n#*\-(). ·]*|\.md", glue), f"{path}:{node.lineno}: {glue!r}"
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                parts = ast.unparse(node)
                assert not re.search(r"\bsay\(", parts), f"{path}:{node.lineno}: {parts}"


# ── reasons ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", [_GONE, _LATER, _NEEDS_SOMEBODY, _NEVER])
def test_every_reason_that_discord_gives_is_worded(language: str, table: dict[int, str]) -> None:
    for reason in table.values():
        same = worded(tongue(language), reason) == reason
        assert same is (language == "en"), reason


def test_a_reason_is_worded_with_what_it_names() -> None:
    say = tongue("de")
    both = lacking(["send_messages", "embed_links"])
    assert worded(say, both) == "dort fehlen **Nachrichten senden** und **Links einbetten**"
    doubt = f"a message may have been posted already, but {lacking(['read_message_history'])}"
    assert worded(say, doubt).endswith("aber dort fehlt **Nachrichtenverlauf anzeigen**")
    assert worded(say, "Discord refuses: Nope (HTTP 403, code 1)").startswith(
        "Discord weigert sich"
    )
    assert worded(say, "something new") == "something new", "better in English than not at all"
    assert worded(say, None) == "warum, weiß ich nicht"


# ── the commands ─────────────────────────────────────────────────────────────────────────────

NAME = re.compile(r"^[-_'\w]{1,32}$")


async def payloads() -> list[dict[str, Any]]:
    """What is registered with Discord."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    translator = CommandNames()
    return [await one.get_translated_payload(tree, translator) for one in commands.ALL]


def _walk(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield one
    for child in (*one.get("options", ()), *one.get("choices", ())):
        yield from _walk(child)


@pytest.mark.parametrize("language", OTHERS)
async def test_names_and_descriptions_obey_discord(language: str) -> None:
    for command in await payloads():
        for one in _walk(command):
            name = one["name_localizations"][language]
            if "value" in one:
                assert 1 <= len(name) <= 100
                continue
            assert NAME.fullmatch(name), name
            assert name == name.lower()
            assert 1 <= len(one["description_localizations"][language]) <= 100, name


@pytest.mark.parametrize("language", OTHERS)
async def test_no_two_names_in_one_scope_are_alike(language: str) -> None:
    """Neither each other, nor the English name of another: those always stay."""
    everything = await payloads()
    scopes = [everything, *(one.get("options", []) for top in everything for one in _walk(top))]
    for scope in scopes:
        shown = [one["name_localizations"][language] for one in scope]
        assert len({*shown}) == len(shown), shown
        for one in scope:
            others = {other["name"] for other in scope if other is not one}
            assert one["name_localizations"][language] not in others


async def test_a_command_has_8000_characters_at_most() -> None:
    """Names, descriptions and values, each in its longest language."""
    for command in await payloads():
        size = 0
        for one in _walk(command):
            for key in ("name", "description"):
                texts = [one.get(key, ""), *one.get(f"{key}_localizations", {}).values()]
                size += max(map(len, texts))
            size += len(str(one.get("value", "")))
        assert size <= 8000, command["name"]


@pytest.mark.parametrize("language", OTHERS)
def test_every_translated_name_belongs_to_a_command(language: str) -> None:
    keys = {command_key(one.qualified_name) for one in every_command()}
    options: dict[str, set[str]] = {}
    for one in every_command():
        named = options.setdefault(command_key(one.qualified_name), {"description"})
        for parameter in getattr(one, "parameters", ()):
            named |= {parameter.name, f"{parameter.name}-description"}
            keys |= {choice_key(choice.name) for choice in parameter.choices}
    there = {id_: one for id_, one in needs(language).items() if id_.startswith(NAMES)}
    assert there.keys() == keys
    for id_, names in options.items():
        assert there[id_].attributes == names, id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_in_messages_exist(language: str) -> None:
    named = set().union(*(one.commands for one in needs(language).values()))
    assert named <= {one.qualified_name for one in every_command()}


def test_a_command_is_named_as_its_reader_sees_it() -> None:
    assert tongue("en").command("channel follow", "topic", "AI") == "`/channel follow topic:AI`"
    assert tongue("de").command("channel follow", "topic", "AI") == "`/kanal folgen thema:AI`"
    assert tongue("fr").command("help") == "`/aide`"
    assert tongue("en").command("follow", "topic", "a`b") == "`/follow topic:ab`"


# ── Discord's limits for what is not a command ───────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("prefix", "limit"), [("button-", 80), ("menu-", 100), ("form-", 45), ("post-name", 100)]
)
def test_labels_are_short_enough(language: str, prefix: str, limit: int) -> None:
    say = tongue(language)
    for id_, one in needs(language).items():
        hint = id_.endswith("-hint")
        if id_.startswith(prefix) and not id_.startswith("button-follow"):
            values: dict[str, str | int] = {
                name: 1_000_000 if name == "n" else "America/Argentina/Buenos Aires"
                for name in one.values
            }
            assert len(say(id_, **values)) <= (100 if hint else limit), id_


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_into_its_fields(language: str) -> None:
    say = tongue(language)
    for message in ("help-you-text", "help-channels-text"):
        assert len(say(message)) <= 1024, message
