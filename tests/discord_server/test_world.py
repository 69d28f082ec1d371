"""What is built or changed while a bot is connected reaches it through the gateway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord

from tests.discord_server import DiscordServer
from tests.discord_server import permissions as bits
from tests.discord_server.connection import connected

from .conftest import Scene, make_client


async def told(scene: Scene, event: str, act: Callable[[], object]) -> Any:
    """What the client dispatches as ``event`` when ``act`` is done."""
    waiting = scene.client.wait_for(event, timeout=5)
    act()
    return await waiting


async def test_the_client_logs_in_and_knows_itself_and_its_guilds(scene: Scene) -> None:
    assert scene.client.user is not None
    assert scene.client.user.id == scene.server.world.bot.id
    assert scene.client.application_id == scene.server.world.application_id
    (guild,) = scene.client.guilds
    assert (guild.id, guild.name, guild.owner_id) == (
        scene.guild.id,
        "Newsroom",
        scene.guild.owner_id,
    )
    assert [channel.id for channel in guild.text_channels] == [scene.channel.id]
    assert guild.me.id == scene.client.user.id


async def test_every_kind_of_channel_is_known_as_what_it_is(server: DiscordServer) -> None:
    guild = server.world.add_guild("G")
    news, forum = guild.add_announcement_channel("news"), guild.add_forum("forum")
    thread = guild.add_thread(guild.add_text_channel("text"), "thread")
    async with connected(server, make_client()) as client:
        known = client.guilds[0]
        announcements = known.get_channel(news.id)
        assert isinstance(announcements, discord.TextChannel)
        assert announcements.is_news()
        assert isinstance(known.get_channel(forum.id), discord.ForumChannel)
        assert isinstance(known.get_thread(thread.id), discord.Thread)


async def test_discord_py_computes_the_same_permissions(scene: Scene) -> None:
    guild, bot, world = scene.guild, scene.server.world.bot, scene.server.world
    role = guild.add_role("muted", bits.MANAGE_MESSAGES)
    guild.members[bot.id].role_ids.add(role.id)
    overwrites = [(role, 0, bits.EMBED_LINKS), (guild.everyone, 0, bits.ATTACH_FILES)]
    waiting = scene.client.wait_for("guild_channel_update", timeout=5)
    for target, allow, deny in overwrites:
        scene.channel.set_permissions(target, allow=allow, deny=deny)
    await waiting
    member = await scene.client.guilds[0].fetch_member(bot.id)
    theirs = scene.text_channel().permissions_for(member)
    ours = scene.channel.permissions_of(bot, world.clock.now())
    for bit in (bits.EMBED_LINKS, bits.ATTACH_FILES, bits.SEND_MESSAGES, bits.MANAGE_MESSAGES):
        assert bool(theirs.value & bit) == bool(ours & bit)


async def test_a_new_channel_is_told(scene: Scene) -> None:
    channel = await told(
        scene, "guild_channel_create", lambda: scene.guild.add_text_channel("more")
    )
    assert channel.name == "more"


async def test_a_renamed_channel_is_told(scene: Scene) -> None:
    waiting = scene.client.wait_for("guild_channel_update", timeout=5)
    scene.channel.rename("old-news")
    before, after = await waiting
    assert (before.name, after.name) == ("news", "old-news")


async def test_changed_channel_permissions_are_told(scene: Scene) -> None:
    waiting = scene.client.wait_for("guild_channel_update", timeout=5)
    scene.deny(bits.SEND_MESSAGES)
    _, after = await waiting
    assert after.permissions_for(after.guild.me).send_messages is False


async def test_a_deleted_channel_is_told(scene: Scene) -> None:
    gone = await told(scene, "guild_channel_delete", scene.channel.delete)
    assert gone.id == scene.channel.id


async def test_a_changed_role_is_told(scene: Scene) -> None:
    waiting = scene.client.wait_for("guild_role_update", timeout=5)
    scene.guild.set_role(scene.guild.everyone, bits.VIEW_CHANNEL)
    _, after = await waiting
    assert after.permissions.value == bits.VIEW_CHANNEL


async def test_a_new_guild_is_told(scene: Scene) -> None:
    joined = await told(scene, "guild_join", lambda: scene.server.world.add_guild("Another"))
    assert joined.name == "Another"


async def test_a_removal_is_told_and_so_is_the_return(scene: Scene) -> None:
    left = await told(scene, "guild_remove", scene.guild.remove_bot)
    assert left.id == scene.guild.id
    back = await told(scene, "guild_join", scene.guild.add_bot)
    assert [channel.id for channel in back.text_channels] == [scene.channel.id]


async def test_a_deleted_guild_is_told(scene: Scene) -> None:
    left = await told(scene, "guild_remove", scene.guild.delete)
    assert left.id == scene.guild.id
    assert scene.server.world.channels.get(scene.channel.id) is None


async def test_a_guild_without_the_bot_tells_nothing(scene: Scene) -> None:
    await told(scene, "guild_remove", scene.guild.remove_bot)
    events: list[str] = []
    scene.server.world.listener = lambda event, _data, _guild: events.append(event)
    scene.guild.add_text_channel("secret")
    assert events == []


async def test_threads_are_told_from_first_to_last(scene: Scene) -> None:
    made = await told(scene, "thread_create", lambda: scene.guild.add_thread(scene.channel, "talk"))
    thread = scene.server.channel(made.id)
    waiting = scene.client.wait_for("raw_thread_update", timeout=5)
    thread.archive(locked=True)
    assert (await waiting).data["thread_metadata"]["locked"] is True
    gone = await told(scene, "raw_thread_delete", thread.delete)
    assert gone.thread_id == made.id


async def test_without_the_guilds_intent_guild_events_are_kept_back(server: DiscordServer) -> None:
    guild = server.world.add_guild("G")
    async with connected(server, make_client(discord.Intents.none())) as client:
        guild.add_text_channel("unseen")
        (session,) = server.gateway.sessions.values()
        assert session.sequence == 1  # READY alone
        assert [known.id for known in client.guilds] == [guild.id]
