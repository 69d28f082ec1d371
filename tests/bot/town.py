"""A simulated Discord with the real client and domain in it, and people who use it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend.models.channel import Overwrite
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.enums import OverwriteType
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.app import App
from bot.config import load
from bot.demo.speaking import speak
from digests import outbox
from digests.drafts import plan_drafts
from digests.storage import open_database
from tests.build import NOW, article, publish, split_by_ten
from tests.fakes import Clock


class Town:
    """A server with a channel, an admin and a member, and the bot in it."""

    def __init__(self, env: Env, app: App, clock: Clock) -> None:
        self.env = env
        self.app = app
        self.clock = clock
        self.guild: GuildHandle = env.create_guild("Town")
        self.channel: ChannelHandle = self.guild.create_text_channel("ai-news")
        editors = self.guild.create_role(
            "Editors", permissions=discord.Permissions(manage_guild=True)
        )
        self.admin: MemberActor = self.guild.add_member(env.create_user("ada"), roles=[editors])
        self.max = env.create_user("max")
        self.member: MemberActor = self.guild.add_member(self.max)

    async def admin_says(self, command: str, **options: Any) -> str:
        return await _reply(await self.admin.slash(self.channel, command, **options))

    async def member_says(self, command: str, **options: Any) -> str:
        return await _reply(await self.member.slash(self.channel, command, **options))

    def speaks(self, locale: str, *, server: str | None = None) -> None:
        """From now on everybody uses Discord in this language, and the server, or in its own."""
        speak(self.app.client, locale, server)

    def mute(self, channel: ChannelHandle | None = None, *, muted: bool = True) -> None:
        """Take from the bot, or give back, that it may send in a channel."""
        place, target = channel or self.channel, self.guild.default_role.id
        if not muted:
            self.env.backend.delete_overwrite(place.id, target)
            return
        deny = discord.Permissions(send_messages=True).value
        self.env.backend.set_overwrite(place.id, Overwrite(target, OverwriteType.ROLE, 0, deny))

    async def tick(self) -> None:
        await outbox.plan(self.app.database, self.clock(), split_by_ten)
        await plan_drafts(self.app.database, self.clock(), split_by_ten)
        while await self.app.relay.run_once():
            pass
        await self.app.proofs.run_once()

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What was posted for everyone, oldest first."""
        history = (channel or self.channel).history()
        return [one for one in history if one.embeds and not one.flags.ephemeral]


async def _reply(result: InteractionResult) -> str:
    return shown(result).content


def shown(result: InteractionResult) -> ResponseMessage:
    """What the person who asked sees, and nobody else."""
    assert result.ephemeral, "a reply is only for who asked"
    assert result.response is not None
    return result.response


async def forge(
    town: Town,
    actor: MemberActor | UserHandle,
    message: discord.Message | ResponseMessage,
    custom_id: str,
    *values: str,
) -> InteractionResult:
    """Press a button, or choose ``values`` from a menu, that the bot never put there."""
    channel_id = message.channel_id if isinstance(message, ResponseMessage) else message.channel.id
    stored = town.env.backend.get_message(channel_id, message.id)
    component: dict[str, Any] = {"type": 2, "style": 2, "label": "x", "custom_id": custom_id}
    if values:
        options = [{"label": one, "value": one} for one in values]
        component = {"type": 3, "custom_id": custom_id, "options": options, "max_values": 25}
    stored.components = [{"type": 1, "components": [component]}]
    if values:
        return await actor.select(message, values, custom_id=custom_id)
    return await actor.click(message, custom_id=custom_id)


def custom_ids(message: discord.Message | ResponseMessage) -> list[str]:
    """The custom_ids of a message's buttons and menus, in order."""
    rows: list[Any] = [
        one.to_dict() if isinstance(one, discord.Component) else one for one in message.components
    ]
    return [one["custom_id"] for row in rows for one in row["components"]]


@asynccontextmanager
async def open_town(url: str, folder: Path) -> AsyncIterator[Town]:
    """A town around an empty, migrated database."""
    settings = load({"DATABASE_URL": url}, folder / "no.env")
    database = open_database(url)
    app = App(settings, database)
    clock = Clock(NOW)
    app.client.clock = app.relay.clock = app.proofs.clock = clock
    app.servers.settle = 0.01  # SimCord waits for whatever the bot has begun
    env = Env(app.client)
    await env.start()
    try:
        yield Town(env, app, clock)
    finally:
        await env.shutdown()
        await database.close()


async def furnish(town: Town) -> None:
    """Publish seven articles: six on AI, the fourth on Computer Vision."""
    titles = ("AI", "AI", "AI", "Computer Vision", "AI", "AI", "AI")
    await publish(
        town.app.database, *(article(number, topic) for number, topic in enumerate(titles, 1))
    )
