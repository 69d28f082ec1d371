"""Every command as people use it, in a simulated Discord with the real client and domain."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.bot.town import Town
from tests.build import article, publish


async def test_follow_answers_and_sends_the_latest_by_dm(newsroom: Town) -> None:
    reply = await newsroom.member_says("follow", topic="AI")
    assert reply.startswith("You now follow **AI** (6 articles, none lately). Next digest: <t:")
    assert "daily at 09:00 (UTC)" in reply
    assert "The latest 5 articles are on the way to your direct messages." in reply
    await newsroom.tick()
    (message,) = newsroom.posted(newsroom.max.dm_channel)
    assert [one.title for one in message.embeds] == [f"Article {n}" for n in (1, 2, 3, 5, 6)]
    assert newsroom.posted() == []


async def test_follow_takes_a_cadence_and_a_time(newsroom: Town) -> None:
    reply = await newsroom.member_says("follow", topic="ai", every="weekly", at="17:30")
    assert "every Monday at 17:30 (UTC)" in reply
    reply = await newsroom.member_says("follow", topic="ai", every="instantly")
    assert "already follow **AI**" in reply
    assert "as soon as they are published" in reply


async def test_a_bad_time_is_explained(newsroom: Town) -> None:
    reply = await newsroom.member_says("follow", topic="AI", at="half past nine")
    assert "“half past nine” is not a time of day. Write it like 09:00" in reply


async def test_an_unknown_topic_is_answered_with_the_nearest(newsroom: Town) -> None:
    reply = await newsroom.member_says("follow", topic="computer vison")
    assert reply == "There is no topic **computer vison**. Did you mean **Computer Vision**?"


async def test_a_topic_of_markup_pings_nobody(newsroom: Town) -> None:
    reply = await newsroom.member_says("follow", topic="@everyone **x** <@1>")
    assert "@everyone" not in reply
    assert "<@1>" not in reply


async def test_topics_are_suggested_with_their_numbers(newsroom: Town) -> None:
    choices = await newsroom.member.autocomplete(newsroom.channel, "follow", "topic", "vis")
    assert [(one["name"], one["value"]) for one in choices] == [
        ("Computer Vision · 1 article", "Computer Vision")
    ]


async def test_following_lists_topics_and_unfollow_removes_them(newsroom: Town) -> None:
    assert "You follow no topic yet. Try `/follow`." in await newsroom.member_says("following")
    await newsroom.member_says("follow", topic="AI")
    listed = await newsroom.member_says("following")
    assert "- **AI** · 6 articles, none lately" in listed
    assert "Next digest: <t:" in listed
    gone = await newsroom.member_says("unfollow", topic="ai")
    assert gone == "You no longer follow **AI**. `/follow topic:AI` brings it back."
    assert "no topic yet" in await newsroom.member_says("following")


async def test_unfollow_of_what_is_not_followed_says_so(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    reply = await newsroom.member_says("unfollow", topic="Gardening")
    assert reply == "You do not follow **Gardening**. Did you mean **AI**?"


async def test_unfollow_suggests_what_is_followed(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="Computer Vision")
    choices = await newsroom.member.autocomplete(newsroom.channel, "unfollow", "topic", "")
    assert [one["name"] for one in choices] == ["Computer Vision"]


async def test_digest_shows_cards_only_to_who_asked(newsroom: Town) -> None:
    result = await newsroom.member.slash(newsroom.channel, "digest", topic="Computer Vision")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content == "The latest on **Computer Vision**:"
    assert [one.title for one in result.response.embeds] == ["Article 4"]
    assert newsroom.posted() == []


async def test_digest_without_subscriptions_says_how_to_begin(newsroom: Town) -> None:
    assert "Try `/follow`" in await newsroom.member_says("digest")


async def test_digest_shows_what_is_new(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    assert "Nothing new since your last digest" in await newsroom.member_says("digest")
    await publish(newsroom.app.database, article(20), article(21))
    assert await newsroom.member_says("digest") == "2 articles new for you."


async def test_commands_work_in_direct_messages(newsroom: Town) -> None:
    result = await newsroom.max.slash("follow", topic="AI")
    assert "You now follow **AI**" in result.response.content


async def test_an_admin_lets_a_channel_follow(newsroom: Town) -> None:
    reply = await newsroom.admin_says(
        "channel follow", topic="AI", every="daily", at="18:00", timezone="Europe/Berlin"
    )
    assert reply.startswith(
        f"{newsroom.channel.mention} now follows **AI** (6 articles, none lately). "
    )
    assert "daily at 18:00 (Europe/Berlin)" in reply
    await newsroom.tick()
    (message,) = newsroom.posted()
    assert len(message.embeds) == 5


async def test_another_channel_can_be_named(newsroom: Town) -> None:
    other = newsroom.guild.create_text_channel("robots")
    reply = await newsroom.admin_says("channel follow", topic="AI", channel=other)
    assert reply.startswith(f"{other.mention} now follows")
    await newsroom.tick()
    assert len(newsroom.posted(other)) == 1
    assert newsroom.posted() == []
    assert f"{other.mention} follows:" in await newsroom.admin_says("channel list", channel=other)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("channel follow", {"topic": "AI"}),
        ("channel unfollow", {"topic": "AI"}),
        ("channel list", {}),
        ("channel post", {}),
    ],
)
async def test_a_member_may_change_nothing_of_a_channel(
    newsroom: Town, command: str, options: dict[str, str]
) -> None:
    """Also when the server's owner has opened the command to everyone."""
    everyone: Any = {newsroom.guild.default_role: True}
    for one in await newsroom.app.client.tree.fetch_commands():
        newsroom.guild.set_command_permissions(one, everyone)
    before = await newsroom.app.service.status()
    reply = await newsroom.member_says(command, **options)
    assert reply == "Only people who may manage this server (**Manage Server**) can do that."
    assert await newsroom.app.service.status() == before


async def test_a_channel_where_the_bot_may_not_post_is_refused_by_name(newsroom: Town) -> None:
    quiet = newsroom.guild.create_text_channel(
        "quiet",
        overwrites={newsroom.guild.default_role: discord.PermissionOverwrite(send_messages=False)},
    )
    reply = await newsroom.admin_says("channel follow", topic="AI", channel=quiet)
    assert "**Send Messages** is missing there" in reply
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_channel_post_sends_what_is_new_once(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI")
    await newsroom.tick()
    await publish(newsroom.app.database, article(30))
    assert "1 article" in await newsroom.admin_says("channel post")
    assert "a moment ago" in await newsroom.admin_says("channel post")
    await newsroom.tick()
    assert [one.title for one in newsroom.posted()[-1].embeds] == ["Article 30"]
    newsroom.clock.forward(minutes=1)
    assert "the latest 1 article it has not had" in await newsroom.admin_says("channel post")
    await newsroom.tick()
    newsroom.clock.forward(minutes=1)
    assert "has had every article" in await newsroom.admin_says("channel post")


async def test_channel_post_without_topics_says_what_to_do(newsroom: Town) -> None:
    assert "Try `/channel setup` first" in await newsroom.admin_says("channel post")


async def test_channel_unfollow_and_list(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI")
    assert "- **AI** · 6 articles, none lately" in await newsroom.admin_says("channel list")
    assert "no longer follows **AI**" in await newsroom.admin_says("channel unfollow", topic="AI")
    assert "follows no topic yet" in await newsroom.admin_says("channel list")


async def test_messages_ping_nobody(newsroom: Town) -> None:
    await publish(
        newsroom.app.database,
        article(0, "AI", title="@everyone <@&1> look", excerpt="@here [x](javascript:alert(1))"),
    )
    await newsroom.admin_says("channel follow", topic="AI")
    await newsroom.tick()
    message = newsroom.posted()[-1]
    assert not message.mention_everyone
    assert message.role_mentions == message.mentions == []
    request = next(r for r in reversed(newsroom.env.http_requests) if r.path.endswith("/messages"))
    assert isinstance(request.json, dict)
    assert request.json["allowed_mentions"] == {"parse": []}
    assert request.json["enforce_nonce"] is True
    assert len(request.json["nonce"]) == 24
