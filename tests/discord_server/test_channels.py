"""Threads, forums, announcements, direct messages and webhooks through discord.py."""

from __future__ import annotations

import discord
import pytest

from tests.discord_server import permissions as bits

from .conftest import Scene


async def announcement(scene: Scene) -> discord.TextChannel:
    """An announcement channel as discord.py fetches it."""
    channel = scene.guild.add_announcement_channel("announcements")
    found = await scene.client.fetch_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def forum(scene: Scene, *, tag_required: bool = False) -> discord.ForumChannel:
    channel = scene.guild.add_forum("digests", tag_required=tag_required)
    found = await scene.client.fetch_channel(channel.id)
    assert isinstance(found, discord.ForumChannel)
    return found


async def thread_in(scene: Scene) -> discord.Thread:
    made = scene.guild.add_thread(scene.channel, "talk")
    found = await scene.client.fetch_channel(made.id)
    assert isinstance(found, discord.Thread)
    return found


async def test_direct_messages_open_once_and_stay_the_same(scene: Scene) -> None:
    path, body = "/users/@me/channels", {"recipient_id": str(scene.user.id)}
    first = await scene.rest("POST", path, json=body)
    again = await scene.rest("POST", path, json=body)
    assert first["id"] == again["id"] == str(scene.server.world.dm_with(scene.user).id)


async def test_a_direct_message_arrives(scene: Scene) -> None:
    person = await scene.client.fetch_user(scene.user.id)
    await person.send("for you")
    (message,) = scene.server.messages(scene.server.world.dm_with(scene.user))
    assert message["content"] == "for you"


async def test_a_published_announcement_cannot_be_published_again(scene: Scene) -> None:
    sent = await (await announcement(scene)).send("news")
    await sent.publish()
    (message,) = scene.server.messages(sent.channel.id)
    assert message["flags"] == 1
    with pytest.raises(discord.HTTPException) as refused:
        await sent.publish()
    assert refused.value.code == 40033


async def test_only_announcement_channels_publish(scene: Scene) -> None:
    sent = await scene.text_channel().send("news")
    with pytest.raises(discord.HTTPException) as refused:
        await sent.publish()
    assert refused.value.code == 50024


async def test_ten_announcements_an_hour_are_published(scene: Scene) -> None:
    channel = await announcement(scene)
    for _ in range(10):
        await (await channel.send("news")).publish()
    late = await channel.send("too much")
    scene.client.http.max_ratelimit_timeout = 30.0  # raise instead of waiting for an hour
    with pytest.raises(discord.RateLimited) as limited:
        await late.publish()
    assert 3500 < limited.value.retry_after <= 3600
    scene.server.advance(3601)
    await late.publish()
    assert scene.server.requests[-1].status == 200


async def test_a_forum_post_is_a_thread_with_its_first_message(scene: Scene) -> None:
    made = await (await forum(scene)).create_thread(name="Monday", content="digest")
    assert made.thread.id == made.message.id
    (message,) = scene.server.messages(made.thread.id)
    assert message["content"] == "digest"
    active = await scene.client.guilds[0].active_threads()
    assert [(thread.id, thread.owner_id) for thread in active] == [
        (made.thread.id, scene.server.world.bot.id)
    ]


async def test_a_forum_post_has_no_nonce(scene: Scene) -> None:
    channel = await forum(scene)
    body = {"name": "Monday", "message": {"content": "x", "nonce": "n", "enforce_nonce": True}}
    made = [await scene.rest("POST", f"/channels/{channel.id}/threads", json=body) for _ in "ab"]
    assert made[0]["id"] != made[1]["id"]


async def test_a_forum_may_want_a_tag(scene: Scene) -> None:
    channel = await forum(scene, tag_required=True)
    with pytest.raises(discord.HTTPException) as refused:
        await channel.create_thread(name="Monday", content="digest")
    assert refused.value.code == 40067


async def test_a_forum_takes_no_messages_itself(scene: Scene) -> None:
    channel = await forum(scene)
    with pytest.raises(discord.HTTPException) as refused:
        await scene.post({"content": "x"}, scene.server.channel(channel.id))
    assert refused.value.code == 50008


async def test_a_message_has_at_most_one_thread(scene: Scene) -> None:
    sent = await scene.text_channel().send("start")
    thread = await sent.create_thread(name="talk")
    assert thread.id == sent.id
    with pytest.raises(discord.HTTPException) as refused:
        await sent.create_thread(name="again")
    assert refused.value.code == 160004


async def test_in_a_thread_its_own_permission_counts(scene: Scene) -> None:
    thread = await thread_in(scene)
    scene.deny(bits.SEND_MESSAGES)
    assert (await thread.send("still")).id
    scene.deny(bits.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(discord.Forbidden) as refused:
        await thread.send("no more")
    assert refused.value.code == 50013


async def test_sending_opens_an_archived_thread(scene: Scene) -> None:
    thread = await thread_in(scene)
    ours = scene.server.channel(thread.id)
    ours.archive()
    assert await scene.client.guilds[0].active_threads() == []
    found = [t.id async for t in scene.text_channel().archived_threads()]
    assert found == [thread.id]
    await thread.send("hello")
    assert [t.id for t in await scene.client.guilds[0].active_threads()] == [thread.id]


async def test_a_locked_thread_needs_manage_threads(scene: Scene) -> None:
    thread = await thread_in(scene)
    scene.server.channel(thread.id).archive(locked=True)
    with pytest.raises(discord.Forbidden) as refused:
        await thread.send("hello")
    assert refused.value.code == 160005
    scene.channel.set_permissions(scene.server.world.bot, allow=bits.MANAGE_THREADS)
    assert (await thread.send("hello")).id


async def test_the_bot_may_archive_its_own_thread(scene: Scene) -> None:
    thread = await scene.text_channel().create_thread(
        name="mine", type=discord.ChannelType.public_thread
    )
    assert (await thread.edit(archived=True)).archived


async def test_a_webhook_posts_without_a_nonce_in_its_own_name(scene: Scene) -> None:
    with pytest.raises(discord.Forbidden):
        await scene.text_channel().create_webhook(name="Herald")
    scene.channel.set_permissions(scene.server.world.bot, allow=bits.MANAGE_WEBHOOKS)
    webhook = await scene.text_channel().create_webhook(name="Herald")
    sent = await webhook.send("hear", wait=True)
    assert [found.id for found in await scene.text_channel().webhooks()] == [webhook.id]
    await sent.edit(content="hear!")
    (message,) = scene.server.messages(scene.channel)
    assert (message["content"], message["author"]["username"]) == ("hear!", "Herald")
    await sent.delete()
    await webhook.delete()
    with pytest.raises(discord.NotFound) as refused:
        await webhook.send("gone")
    assert refused.value.code == 10015


async def test_a_channel_has_at_most_fifteen_webhooks(scene: Scene) -> None:
    scene.channel.set_permissions(scene.server.world.bot, allow=bits.MANAGE_WEBHOOKS)
    for number in range(15):
        await scene.text_channel().create_webhook(name=str(number))
    with pytest.raises(discord.HTTPException) as refused:
        await scene.text_channel().create_webhook(name="one more")
    assert refused.value.code == 30007


async def test_typing_is_taken(scene: Scene) -> None:
    async with scene.text_channel().typing():
        pass
    (request,) = scene.server.requests.to("POST", "/channels/*/typing")
    assert request.status == 204
