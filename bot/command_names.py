"""A command, option or choice in, its name or description in one of Discord's locales out.

English stands in the code, where discord.py reads it; the other languages in ``commands.ftl``: a
message for each command, with an attribute for its description and two for each option.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.language import DEFAULT, language_of, tongue


class CommandNames(app_commands.Translator):
    """Told of every text while the commands are registered with Discord."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text; None where there is none, or where English serves."""
        if language_of(locale.value) == DEFAULT:
            return None
        say = tongue(locale.value)
        message, attribute = _key(string, context)
        if attribute:
            return say.attribute(message, attribute)
        return say(message) if say.has(message) else None


def _key(
    string: app_commands.locale_str, context: app_commands.TranslationContextTypes
) -> tuple[str, str]:
    """The message that holds a text, and which of its attributes; empty for the message itself."""
    match context.location:
        case Location.command_name | Location.group_name:
            return command_key(context.data.qualified_name), ""
        case Location.command_description | Location.group_description:
            return command_key(context.data.qualified_name), "description"
        case Location.parameter_name:
            return command_key(context.data.command.qualified_name), context.data.name
        case Location.parameter_description:
            command = context.data.command.qualified_name
            return command_key(command), f"{context.data.name}-description"
        case _:
            return choice_key(string.message), ""


def command_key(qualified_name: str) -> str:
    """The message of a command: ``command-channel-follow``."""
    return f"command-{qualified_name.replace(' ', '-')}"


def choice_key(name: str) -> str:
    """The message of a choice: ``choice-monday-to-friday``."""
    return f"choice-{name.casefold().replace(' ', '-')}"
