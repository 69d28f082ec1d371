"""A reader's locale in, a tongue that words messages for them out: the catalogs in ``bot/locales``.

``say = reader(interaction)``, then ``say("followed", topic=…, place=…)``. A message is always whole
sentences, or one phrase that stands by itself: languages order and bend words differently.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

import discord
from babel.core import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Message

log = logging.getLogger(__name__)

DEFAULT = "en"

LANGUAGES: Mapping[str, str] = {"en": "en_GB", "de": "de", "fr": "fr"}
"""The languages there are catalogs of, and how each writes dates and lists (Babel's locale)."""

Value = str | int
"""What may stand in a message. A number is written, and picks the plural, as the language does."""


class Tongue:
    """One language. ``sources`` are the texts of its catalogs; ``fallback`` has what they lack."""

    def __init__(
        self,
        language: str,
        sources: Iterable[str],
        locale: str,
        fallback: Tongue | None = None,
    ) -> None:
        self.language = language
        self._locale = Locale.parse(locale)
        self._fallback = fallback
        # Without marks around what is put in: they would be copied along with commands, and count
        # as characters in labels. What strangers wrote is isolated where it needs it (bot.text).
        functions: Any = {"COMMAND": self._command}
        self._bundle = FluentBundle([locale.replace("_", "-")], functions, use_isolating=False)
        messages: list[str] = []
        for source in sources:
            resource = FluentResource(source)
            self._bundle.add_resource(resource)
            messages += [one.id.name for one in resource.body if isinstance(one, Message)]
        self.messages = tuple(messages)

    def __call__(self, message: str, /, **values: Value) -> str:
        """The message, with these values in its places."""
        return self._worded(message, None, values)

    def attribute(self, message: str, name: str) -> str | None:
        """An attribute of a message; None if it has none of this name."""
        if not self._bundle.has_message(message):
            return None
        if name not in self._bundle.get_message(message).attributes:
            return None
        return self._worded(message, name, {})

    def has(self, message: str) -> bool:
        """Whether this language itself has the message."""
        return self._bundle.has_message(message)

    def both(self, items: Sequence[str]) -> str:
        """``A, B and C``."""
        return format_list(items, "standard", self._locale)

    def either(self, items: Sequence[str]) -> str:
        """``A, B or C``."""
        return format_list(items, "or", self._locale)

    def day(self, moment: date, *, short: bool = False) -> str:
        """``12 November 2026``, or ``12 Nov 2026``."""
        return format_date(moment, "medium" if short else "long", self._locale)

    def weekday(self, day: int) -> str:
        """The name of a weekday as it stands within a sentence; Monday is 0."""
        return str(get_day_names("wide", "format", self._locale)[day])

    def language_name(self, locale: str) -> str:
        """What one of Discord's locales is called: ``German``, ``français``."""
        return Locale.parse(locale, sep="-").get_display_name(self._locale) or locale

    def option(self, command: str, name: str) -> str:
        """An option's name as this reader sees it."""
        return self.attribute(f"command-{command.replace(' ', '-')}", name) or name

    def command(self, name: str, option: str = "", value: str = "") -> str:
        """``/channel follow topic:AI`` with the names that this reader sees, as code."""
        words = name.split()
        ids = ["-".join(("command", *words[: end + 1])) for end in range(len(words))]
        shown = [self(id_) if self.has(id_) else word for id_, word in zip(ids, words, strict=True)]
        if option:
            typed = self.option(name, option)
            shown.append(f"{typed}:{value.replace('`', '')}" if value else typed)
        return f"`/{' '.join(shown)}`"

    def _command(self, *words: Any) -> str:
        """The same, for messages: ``{ COMMAND("channel follow", "topic", $topic) }``."""
        return self.command(*map(str, words))

    def _worded(self, message: str, attribute: str | None, values: Mapping[str, Value]) -> str:
        if not self._bundle.has_message(message):
            log.error("no message %s in %s", message, self.language)
            return self._fallback(message, **values) if self._fallback else message
        found = self._bundle.get_message(message)
        pattern = found.attributes[attribute] if attribute else found.value
        text, errors = self._bundle.format_pattern(pattern, dict(values))  # type: ignore[arg-type]  # every message of ours has a value
        for error in errors:
            log.error("message %s in %s: %s", message, self.language, error)
        return str(text)


def sources(language: str) -> list[str]:
    """The texts of a language's catalogs."""
    folder = resources.files("bot") / "locales" / language
    files = sorted(folder.iterdir(), key=lambda one: one.name)
    return [one.read_text("utf-8") for one in files if one.name.endswith(".ftl")]


_tongues: dict[str, Tongue] = {}


def learn(made: Tongue) -> None:
    """Speak a further language from now on, or one of ours otherwise."""
    _tongues[made.language] = made


def language_of(locale: str | None) -> str:
    """The language for one of Discord's locales (``de``, ``pt-BR``); English for unknown ones."""
    language = (locale or DEFAULT).partition("-")[0]
    return language if language in LANGUAGES or language in _tongues else DEFAULT


def tongue(locale: str | None) -> Tongue:
    """The tongue for one of Discord's locales, or for a destination's language."""
    language = language_of(locale)
    if language not in _tongues:
        fallback = None if language == DEFAULT else tongue(DEFAULT)
        learn(Tongue(language, sources(language), LANGUAGES[language], fallback))
    return _tongues[language]


def reader(interaction: discord.Interaction[Any]) -> Tongue:
    """The tongue of whoever asks."""
    return tongue(interaction.locale.value)
