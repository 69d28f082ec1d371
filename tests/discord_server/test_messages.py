"""Posting, reading, editing and deleting messages, with discord.py as the client."""

from __future__ import annotations

import io

import discord
import pytest

from tests.discord_server import permissions as bits
from tests.discord_server import visible_embeds

from .conftest import Scene


async def test_a_sent_message_is_there_with_its_embed(scene: Scene) -> None:
    embed = discord.Embed(title="Title", url="https://example.org/a", description="  Text ")
    sent = await scene.text_channel().send("hello", embed=embed)
    (message,) = scene.server.messages(scene.channel.id)
    assert message["id"] == str(sent.id)
    assert (message["content"], message["author"]["id"]) == (
        "hello",
        str(scene.server.world.bot.id),
    )
    assert message["embeds"][0]["description"] == "Text"
    assert sent.embeds[0].title == "Title"


async def test_waiting_for_messages_ends_with_the_last_one(scene: Scene) -> None:
    for number in range(3):
        await scene.text_channel().send(f"{number}")
    found = await scene.server.wait_for_messages(scene.channel.id, 3)
    assert [message["content"] for message in found] == ["0", "1", "2"]


async def test_waiting_in_vain_tells_what_is_there(scene: Scene) -> None:
    await scene.text_channel().send("only one")
    with pytest.raises(TimeoutError, match=r"there are 1, at last \['only one'\]"):
        await scene.server.wait_for_messages(scene.channel.id, 2, timeout=0.01)


async def test_history_comes_in_pages_on_both_sides_of_an_id(scene: Scene) -> None:
    channel = scene.text_channel()
    ids = [(await channel.send(str(n))).id for n in range(7)]
    newest = [m.id async for m in channel.history(limit=3)]
    after = [m.id async for m in channel.history(limit=2, after=discord.Object(ids[2]))]
    before = [m.id async for m in channel.history(limit=2, before=discord.Object(ids[4]))]
    around = [m.id async for m in channel.history(limit=3, around=discord.Object(ids[3]))]
    assert newest == ids[:3:-1]
    assert after == [ids[3], ids[4]]
    assert before == [ids[3], ids[2]]
    assert sorted(around) == ids[2:5]


async def test_history_is_empty_without_the_permission_to_read_it(scene: Scene) -> None:
    await scene.text_channel().send("hello")
    scene.deny(bits.READ_MESSAGE_HISTORY)
    assert [m async for m in scene.text_channel().history()] == []


async def test_history_does_not_tell_nonces(scene: Scene) -> None:
    sent = await scene.text_channel().send("hello", nonce="n1")
    assert sent.nonce == "n1"
    assert (await scene.text_channel().fetch_message(sent.id)).nonce is None


async def test_a_nonce_used_again_gives_the_message_it_made(scene: Scene) -> None:
    first = await scene.text_channel().send("one", nonce="same")
    second = await scene.text_channel().send("two", nonce="same")
    assert second.id == first.id
    assert [m["content"] for m in scene.server.messages(scene.channel)] == ["one"]


async def test_a_nonce_is_forgotten_after_its_window(scene: Scene) -> None:
    first = await scene.text_channel().send("one", nonce="same")
    scene.server.advance(179)
    assert (await scene.text_channel().send("one", nonce="same")).id == first.id
    scene.server.advance(2)
    assert (await scene.text_channel().send("one", nonce="same")).id != first.id


async def test_a_nonce_of_a_deleted_message_is_refused(scene: Scene) -> None:
    first = await scene.text_channel().send("one", nonce="same")
    await first.delete()
    with pytest.raises(discord.NotFound) as refused:
        await scene.text_channel().send("one", nonce="same")
    assert refused.value.code == 10008


async def test_a_nonce_without_enforcement_makes_a_new_message(scene: Scene) -> None:
    for _ in range(2):
        await scene.post({"content": "hello", "nonce": "same"})
    assert len(scene.server.messages(scene.channel)) == 2


async def test_an_edit_changes_the_message_and_says_so(scene: Scene) -> None:
    sent = await scene.text_channel().send("before")
    partial = scene.text_channel().get_partial_message(sent.id)
    changed = await partial.edit(content="after", embed=discord.Embed(title="new"))
    (message,) = scene.server.messages(scene.channel)
    assert (changed.content, message["content"], message["embeds"][0]["title"]) == (
        "after",
        "after",
        "new",
    )
    assert changed.edited_at is not None


async def test_an_edit_of_another_author_is_refused(scene: Scene) -> None:
    theirs = scene.server.world.say(scene.user, scene.channel, "mine")
    with pytest.raises(discord.Forbidden) as refused:
        await scene.text_channel().get_partial_message(int(theirs["id"])).edit(content="yours")
    assert refused.value.code == 50005


async def test_an_edit_that_leaves_nothing_is_refused(scene: Scene) -> None:
    sent = await scene.text_channel().send("hello")
    with pytest.raises(discord.HTTPException) as refused:
        await scene.text_channel().get_partial_message(sent.id).edit(content=None)
    assert refused.value.code == 50006


async def test_a_deleted_message_is_unknown(scene: Scene) -> None:
    sent = await scene.text_channel().send("hello")
    await sent.delete()
    assert scene.server.messages(scene.channel) == []
    with pytest.raises(discord.NotFound) as refused:
        await sent.delete()
    assert refused.value.code == 10008


async def test_a_file_comes_as_an_attachment(scene: Scene) -> None:
    file = discord.File(io.BytesIO(b"12345"), filename="cover.png")
    sent = await scene.text_channel().send("look", file=file)
    (attachment,) = sent.attachments
    assert (attachment.filename, attachment.size) == ("cover.png", 5)


async def test_allowed_mentions_decide_who_is_pinged(scene: Scene) -> None:
    text = f"<@{scene.user.id}> @everyone"
    quiet = await scene.text_channel().send(text, allowed_mentions=discord.AllowedMentions.none())
    loud = await scene.text_channel().send(text)
    users_only = discord.AllowedMentions(everyone=False, users=True)
    named = await scene.text_channel().send(text, allowed_mentions=users_only)
    assert (quiet.mentions, quiet.mention_everyone) == ([], False)
    assert ([u.id for u in loud.mentions], loud.mention_everyone) == ([scene.user.id], True)
    assert ([u.id for u in named.mentions], named.mention_everyone) == ([scene.user.id], False)


async def test_of_embeds_with_one_url_readers_see_only_the_first(scene: Scene) -> None:
    embeds = [discord.Embed(title=t, url="https://example.org/a") for t in ("one", "two")]
    embeds.append(discord.Embed(title="three", url="https://example.org/a#2"))
    await scene.text_channel().send(embeds=embeds)
    (message,) = scene.server.messages(scene.channel)
    assert [embed["title"] for embed in visible_embeds(message)] == ["one", "three"]


async def test_people_post_too_and_the_bot_is_told(scene: Scene) -> None:
    waiting = scene.client.wait_for("message", timeout=5)
    scene.server.world.say(scene.user, scene.channel, "hi bot")
    heard = await waiting
    assert (heard.author.id, heard.channel.id) == (scene.user.id, scene.channel.id)


async def test_components_v2_take_the_place_of_content(scene: Scene) -> None:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay("shown"))
    await scene.text_channel().send(view=view)
    (message,) = scene.server.messages(scene.channel)
    assert (message["flags"], message["components"][0]["content"]) == (32768, "shown")
