"""The jobs of the command line that need Discord or the database, each run to its end.

They are apart from the command line because what they need takes most of a second to load.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import aiohttp
import click
import discord
from rich.console import Console
from rich.markup import escape

from bot import app, render
from bot.check import counted
from bot.config import Settings
from bot.failure import Failure
from digests.errors import DigestError, UnknownTopic
from digests.storage import StorageError, open_database
from digests.worker import TokenRevoked

_out = Console(highlight=False, soft_wrap=True)


def finish(job: Coroutine[Any, Any, None]) -> None:
    """Run a job to its end; raises Failure for everything that can be foreseen."""
    try:
        asyncio.run(job)
    except KeyboardInterrupt:
        sys.exit(0)
    except (TokenRevoked, discord.LoginFailure):
        raise Failure(
            "Discord does not accept DISCORD_TOKEN. Make a new one in the developer portal and "
            "start again; what was promised is still there and will be sent."
        ) from None
    except UnknownTopic as error:
        near = " or ".join(error.nearest)
        raise Failure(f"{error} Did you mean {near}?" if near else str(error)) from None
    except aiohttp.ClientConnectionError as error:
        raise Failure(
            f"Discord cannot be reached: {error}. Check the network and start again."
        ) from None
    except (DigestError, StorageError, OSError, discord.DiscordException) as error:
        raise Failure(str(error).partition("\n")[0] or type(error).__name__) from None


async def run(settings: Settings) -> None:
    """Log in, index, plan and send until a signal says to end."""
    async with app.open_app(settings, alone=True) as program:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, program.stop)
        await program.run(settings.require_token())


async def status(settings: Settings, *, as_json: bool) -> None:
    """Print what waits, what was sent and what is held."""
    async with app.open_app(settings, look=True) as program:
        found = await program.service.status()
        running = await program.service.processes(app.clock())
    stopped = [one for one in running if one.stopped_until is not None]
    found |= {"processes": len(running), "processes_stopped": len(stopped)}
    if as_json:
        click.echo(json.dumps(found))
        return
    for name, number in found.items():
        _out.print(f"{name.replace('_', ' '):<18} {number:>9,}")
    for one in stopped:
        _out.print(
            f"Sending is stopped until {one.stopped_until:%H:%M} UTC: {one.stopped_because}."
        )


async def migrate(settings: Settings) -> None:
    """Bring the database to the shape that this version needs, and print which that is."""
    database = open_database(settings.database_url)
    try:
        before, after = await database.migrate()
    except (StorageError, OSError) as error:
        raise await app.closed(error) from error
    finally:
        await database.close()
    if before == after:
        _out.print(f"The database is up to date (schema {after}).")
    else:
        _out.print(f"The database went from schema {before or 'nothing'} to {after}.")


async def preview(settings: Settings, topic: str | None, *, as_json: bool) -> None:
    """Print the latest published articles as they would be posted.

    They are indexed into a database that lives as long: what the bot works on is not opened, so
    that nothing which is only looked at is posted.
    """
    with tempfile.TemporaryDirectory(prefix="digest-bot-") as scratch:
        own = replace(settings, database_url=f"sqlite:///{scratch}/preview.db")
        async with app.open_app(own) as program:
            await program.refresh()
            found = await program.service.latest(topic)
    embeds = render.embeds([one.article for one in found])
    if as_json:
        click.echo(json.dumps([one.to_dict() for one in embeds], ensure_ascii=False))
        return
    console = Console(highlight=False)
    for embed in embeds:
        console.rule(style="dim")
        console.print(f"[dim]{escape(embed.author.name or '')}[/dim]")
        console.print(f"[bold]{escape(embed.title or '')}[/bold]")
        console.print(f"[blue]{escape(embed.url or '')}[/blue]")
        console.print(escape(embed.description or ""))
        console.print(f"[dim]{escape(embed.image.url or 'no picture')}[/dim]")
        for line in embed.fields:
            console.print(f"[bold]{escape(line.name or '')}[/bold]\n{escape(line.value or '')}")
        console.print(f"[dim]{escape(embed.footer.text or '')} · {embed.timestamp}[/dim]")
    console.print(f"\n{counted(len(embeds), 'article')}; nothing was posted.")
