"""The server as a process of its own, spoken to over its control API."""

from __future__ import annotations

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.discord_server import DiscordServer
from tests.discord_server import permissions as bits
from tests.discord_server.connection import connected
from tests.discord_server.remote import Remote, spawned

from .conftest import make_client


async def test_another_process_serves_a_bot_and_is_steered_from_here() -> None:
    async with spawned("--port", "0", "--seed", "7") as remote:
        guild = await remote.call("add_guild", name="Newsroom")
        channel = await remote.call("add_channel", guild_id=guild["id"], name="news")
        user = await remote.call("add_user", name="ann")
        await remote.call("add_member", guild_id=guild["id"], user_id=user["id"])
        await _talk(remote, channel["id"], user["id"])


async def _talk(remote: Remote, channel_id: str, user_id: str) -> None:
    client = make_client()
    tree = app_commands.CommandTree(client)

    @tree.command(description="follow a topic")
    async def follow(interaction: discord.Interaction, topic: str) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="More", custom_id="more"))
        await interaction.response.send_message(topic, view=view)

    @client.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.send_message("more", ephemeral=True)

    async with connected(remote, client):
        await remote.call("wait_for_bot")
        await tree.sync()
        reply = await remote.call(
            "slash",
            user_id=user_id,
            channel_id=channel_id,
            command="follow",
            options={"topic": "AI"},
        )
        assert reply["message"]["content"] == "AI"
        (message,) = (await remote.call("messages", channel_id=channel_id, n=1))["messages"]
        clicked = await remote.call("click", user_id=user_id, message=message, button="More")
        assert (clicked["message"]["content"], clicked["ephemeral"]) == ("more", True)
        await remote.call("add_fault", kind="status", method="GET", path="/users/*", status=503)
        with pytest.raises(discord.DiscordServerError):
            await client.fetch_user(int(user_id))
        summary = await remote.call("summary")
        assert (summary["messages"], summary["crashes"]) == (1, [])
        assert summary["requests"]["503"] == 1


async def control(server: DiscordServer, verb: str, **body: object) -> tuple[int, dict[str, str]]:
    base = server.api_url.removesuffix("/api/v10")
    url = f"{base}/_control/{verb}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.json()


async def test_permissions_and_channels_are_changed_from_outside(server: DiscordServer) -> None:
    channel = server.world.add_guild("G").add_text_channel("c")
    body = {"channel_id": str(channel.id), "target_id": "bot", "deny": bits.SEND_MESSAGES}
    status, _ = await control(server, "set_permissions", **body)
    now = server.world.clock.now()
    assert status == 200
    assert not channel.permissions_of(server.world.bot, now) & bits.SEND_MESSAGES
    await control(server, "delete_channel", channel_id=str(channel.id))
    assert server.world.channels == {}


async def test_what_cannot_be_done_is_said(server: DiscordServer) -> None:
    assert (await control(server, "dance"))[0] == 404
    assert (await control(server, "delete_channel", channel_id="1"))[0] == 404
    status, answer = await control(server, "add_guild")
    assert (status, answer["error"]) == (404, "missing or unknown: 'name'")
