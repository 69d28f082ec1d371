"""A simulated Discord in; the same Discord used in another language out: SimCord knows English."""

from __future__ import annotations

from typing import Any

import discord


def speak(client: discord.Client, locale: str, server: str | None = None) -> None:
    """From now on everybody uses Discord in this language; the server prefers ``server``, or it."""
    parsers = client._connection.parsers  # noqa: SLF001 - where SimCord puts its events in
    parse = parsers["INTERACTION_CREATE"]

    def told(data: Any) -> None:
        parse({**data, "locale": locale, "guild_locale": server or locale})

    parsers["INTERACTION_CREATE"] = told
