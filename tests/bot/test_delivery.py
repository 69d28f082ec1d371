"""The Sender against a loopback Discord: every end of a request, and the outcome it means."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.delivery import SILENT
from bot.finding import mark
from digests.model import Appearance
from digests.outcomes import Gone, Outcome, Refused, Rejected, RetryLater, Revoked, Sent, Unknown
from tests.bot.scene import Scene, delivery, published
from tests.discord_server import Channel
from tests.discord_server import permissions as bits
from tests.discord_server.faults import Fault
from tests.discord_server.faults import Kind as FaultKind

POST = ("POST", "/channels/*/messages")


def custom_ids(message: dict[str, Any]) -> list[str]:
    return [one["custom_id"] for row in message["components"] for one in row["components"]]


# ── posting ──────────────────────────────────────────────────────────────────────────────────


async def test_a_message_pings_nobody_and_carries_its_nonce_and_its_mark(here: Scene) -> None:
    one = delivery(here.channel)
    outcome = await here.sender.send(one)
    (message,) = here.posts()
    assert outcome == Sent(int(str(message["id"])), here.channel.id)
    (request,) = here.server.requests.to(*POST)
    assert request.body["nonce"] == one.nonce
    assert request.body["enforce_nonce"] is True
    assert request.body["allowed_mentions"] == {"parse": []}
    assert mark(one) in custom_ids(message)


async def test_the_role_that_was_chosen_is_pinged_silently_by_the_first_message(
    here: Scene,
) -> None:
    """Discord itself says whom a message mentions; a role that was deleted is left out."""
    role = here.guild.add_role("Readers")
    await here.settled()
    first = delivery(here.channel, parts=2)
    how = Appearance(role=role.id, silent=True)
    first = replace(first, destination=replace(first.destination, appearance=how))
    gone = replace(first.destination, appearance=replace(how, role=role.id + 1))
    for one in (first, replace(first, nonce="s" * 24, part=1)):
        await here.sender.send(one)
    await here.sender.send(replace(first, nonce="g" * 24, destination=gone))
    posts: list[Any] = here.posts()
    assert [one["mention_roles"] for one in posts] == [[str(role.id)], [], []]
    assert [one["flags"] for one in posts] == [SILENT] * 3
    assert "<@&" not in posts[2]["content"]


async def test_a_repeat_gives_the_same_receipt(here: Scene) -> None:
    one = delivery(here.channel)
    assert await here.sender.send(one) == await here.sender.send(one)
    assert len(here.posts()) == 1


async def test_a_repeat_after_somebody_deleted_it_is_sent(here: Scene) -> None:
    one = delivery(here.channel)
    await here.sender.send(one)
    (message,) = here.posts()
    here.server.world.delete_message(here.channel, int(str(message["id"])))
    assert await here.sender.send(one) == Sent(None, here.channel.id)
    assert here.posts() == []


async def test_a_conversation_is_opened_once_its_channel_is_known(here: Scene) -> None:
    one = delivery(here.admin)
    outcome = await here.sender.send(one)
    assert isinstance(outcome, Sent)
    known = replace(one.destination, dm_channel_id=outcome.channel_id)
    await here.sender.send(delivery(here.admin, destination=known))
    assert len(here.server.requests.to("POST", "/users/@me/channels")) == 1
    assert len(here.posts(here.server.world.dm_with(here.admin))) == 2


async def test_a_thread_that_was_archived_is_opened_by_posting(here: Scene) -> None:
    thread = here.guild.add_thread(here.channel, "talk")
    thread.archive()
    assert isinstance(await here.sender.send(delivery(thread)), Sent)


# ── refusals ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        (bits.SEND_MESSAGES, "**Send Messages** is missing there"),
        (bits.VIEW_CHANNEL, "**View Channel** is missing there"),
        (bits.EMBED_LINKS, "**Embed Links** is missing there"),
    ],
)
async def test_a_missing_permission_is_named(here: Scene, denied: int, named: str) -> None:
    here.deny(denied)
    await here.settled()
    assert await here.sender.send(delivery(here.channel)) == Refused(named)


async def test_in_a_thread_it_is_the_permission_for_threads(here: Scene) -> None:
    thread = here.guild.add_thread(here.channel, "talk")
    here.deny(bits.SEND_MESSAGES_IN_THREADS)
    await here.settled()
    outcome = await here.sender.send(delivery(thread))
    assert outcome == Refused("**Send Messages in Threads** is missing there")


async def test_a_deleted_channel_is_gone(here: Scene) -> None:
    one = delivery(here.channel)
    here.channel.delete()
    assert await here.sender.send(one) == Gone("the channel was deleted")


async def test_closed_direct_messages_are_a_refusal(here: Scene) -> None:
    here.admin.dms_open = False
    outcome = await here.sender.send(delivery(here.admin))
    assert outcome == Refused("this person does not take messages from the bot")


async def test_a_locked_thread_is_a_refusal(here: Scene) -> None:
    thread = here.guild.add_thread(here.channel, "talk")
    thread.archive(locked=True)
    assert await here.sender.send(delivery(thread)) == Refused("the thread is locked")


async def test_a_revoked_token_is_everybodys_end(here: Scene) -> None:
    here.server.faults.status(401, *POST)
    assert isinstance(await here.sender.send(delivery(here.channel)), Revoked)


async def test_after_one_forbidden_conversation_no_other_is_tried(here: Scene) -> None:
    here.server.faults.status(403, "POST", "/users/@me/channels", code=40003)
    first = await here.sender.send(delivery(here.admin))
    other = here.server.world.add_user("bob")
    second = await here.sender.send(delivery(other))
    assert isinstance(first, RetryLater)
    assert isinstance(second, RetryLater)
    assert second.seconds > 3600
    assert len(here.server.requests.to("POST", "/users/@me/channels")) == 1
    assert isinstance(await here.sender.send(delivery(here.channel)), Sent)


# ── lost answers ─────────────────────────────────────────────────────────────────────────────


async def test_a_connection_cut_after_the_request_leaves_a_doubt(here: Scene) -> None:
    here.server.faults.reset_after(*POST)
    assert isinstance(await here.sender.send(delivery(here.channel)), Unknown)
    assert len(here.posts()) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_trouble_at_discord_leaves_a_doubt_at_once(here: Scene, status: int) -> None:
    """discord.py would repeat it for 25 seconds; here one request is one attempt."""
    here.server.faults.status(status, *POST, times=None)
    assert isinstance(await here.sender.send(delivery(here.channel)), Unknown)
    assert len(here.server.requests.to(*POST)) == 1


async def test_a_discord_that_cannot_be_reached_has_posted_nothing(here: Scene) -> None:
    await here.server.refuse()
    outcome = await here.sender.send(delivery(here.channel))
    assert outcome == RetryLater("Discord cannot be reached")


async def test_a_conversation_that_could_not_be_opened_has_posted_nothing(here: Scene) -> None:
    here.server.faults.reset_after("POST", "/users/@me/channels")
    assert isinstance(await here.sender.send(delivery(here.admin)), RetryLater)


async def test_a_channels_own_limit_is_waited_for_and_leaves_no_doubt(here: Scene) -> None:
    here.server.faults.rate_limited(0.05, *POST)
    assert isinstance(await here.sender.send(delivery(here.channel)), Sent)


async def test_a_long_wait_is_handed_back(here: Scene) -> None:
    here.server.faults.rate_limited(600, *POST, scope="shared")
    assert await here.sender.send(delivery(here.channel)) == RetryLater("Discord asks to wait", 600)


async def test_a_global_limit_holds_the_pace(here: Scene) -> None:
    here.server.faults.rate_limited(1, *POST, scope="global")
    sending = asyncio.create_task(here.sender.send(delivery(here.channel)))
    await here.server.wait_for_requests(*POST, 1)
    async with asyncio.timeout(5):
        while not here.pace.held_for:
            await asyncio.sleep(0.005)
    assert isinstance(await sending, Sent)


# ── forums ───────────────────────────────────────────────────────────────────────────────────


def the_post(here: Scene, forum: Channel) -> Channel:
    (thread,) = [one for one in here.guild.threads.values() if one.parent is forum]
    return thread


async def test_an_edition_is_a_post_with_fitting_tags_and_later_parts_go_into_it(
    here: Scene,
) -> None:
    forum = here.guild.add_forum("digests", tags=["ai", "Space", "Computer Vision"])
    await here.settled()
    articles = published(1, 2, topics=["AI", "computer vision"])
    first = await here.sender.send(delivery(forum, parts=2, articles=articles, shown=3))
    thread = the_post(here, forum)
    assert first == Sent(thread.id, thread.id)
    assert thread.name.startswith("Digest · 3 articles · ")
    assert thread.thread is not None
    named = [forum.tags[int(id_)] for id_ in thread.thread.applied_tags]
    assert named == ["ai", "Computer Vision"]
    await here.sender.send(delivery(forum, part=1, parts=2, thread_id=thread.id))
    assert len(here.posts(thread)) == 2


async def test_a_post_that_is_over_takes_no_more_parts_and_its_forum_goes_on(here: Scene) -> None:
    """A moderator deleted or locked it between two messages: that is not the forum's end."""
    forum = here.guild.add_forum("digests")
    for ending in ("lock", "delete"):
        sent = await here.sender.send(delivery(forum, parts=2))
        assert isinstance(sent, Sent)
        thread = here.guild.threads[sent.channel_id]
        thread.archive(locked=True) if ending == "lock" else thread.delete()
        later = await here.sender.send(delivery(forum, part=1, parts=2, thread_id=thread.id))
        assert later == Rejected("the forum post was deleted or locked"), ending
    assert isinstance(await here.sender.send(delivery(forum)), Sent)


async def test_a_post_of_one_article_has_its_title(here: Scene) -> None:
    forum = here.guild.add_forum("digests")
    await here.sender.send(delivery(forum))
    assert the_post(here, forum).name == "Article 1"


async def test_a_tag_that_is_required_is_chosen(here: Scene) -> None:
    forum = here.guild.add_forum("digests", tag_required=True, tags=["News"])
    await here.settled()
    assert isinstance(await here.sender.send(delivery(forum)), Sent)


async def test_a_forum_whose_required_tag_does_not_exist_is_held(here: Scene) -> None:
    forum = here.guild.add_forum("digests", tag_required=True)
    await here.settled()
    assert isinstance(await here.sender.send(delivery(forum)), Refused)


async def test_tags_are_asked_for_where_there_is_no_cache(here: Scene) -> None:
    forum = here.guild.add_forum("digests", tag_required=True, tags=["News"])
    await here.settled()
    here.forget_servers()
    assert isinstance(await here.sender.send(delivery(forum)), Sent)


# ── announcements ────────────────────────────────────────────────────────────────────────────

CROSSPOST = ("POST", "/channels/*/messages/*/crosspost")


async def test_only_the_last_message_of_an_edition_is_published(here: Scene) -> None:
    news = here.guild.add_announcement_channel("news")
    await here.settled()
    await here.sender.send(delivery(news, part=0, parts=2))
    await here.sender.send(delivery(news, part=1, parts=2))
    assert [int(str(one["flags"])) & 1 for one in here.posts(news)] == [0, 1]


async def test_a_process_that_does_not_see_the_server_publishes_what_another_noted(
    here: Scene,
) -> None:
    """And asks Discord nothing for channels of which is known that they are plain ones."""
    news = here.guild.add_announcement_channel("news")
    here.forget_servers()
    for place, is_news in ((news, True), (here.channel, False)):
        one = delivery(place)
        known = replace(one.destination, news=is_news)
        await here.sender.send(replace(one, destination=known))
    assert [int(str(one["flags"])) & 1 for one in here.posts(news)] == [1]
    assert here.server.requests.to("GET", "/channels/*") == []


async def test_what_cannot_be_published_is_sent_all_the_same(here: Scene) -> None:
    news = here.guild.add_announcement_channel("news")
    await here.settled()
    here.server.faults.status(500, *CROSSPOST, times=None)
    here.server.faults.status(403, *CROSSPOST, code=50013)
    assert isinstance(await here.sender.send(delivery(news)), Sent)


async def test_ten_editions_an_hour_are_published_and_no_more_asked_for(here: Scene) -> None:
    news = here.guild.add_announcement_channel("news")
    await here.settled()
    for _ in range(12):
        assert isinstance(await here.sender.send(delivery(news)), Sent)
    assert len(here.server.requests.to(*CROSSPOST)) == 10


# ── all together ─────────────────────────────────────────────────────────────────────────────


async def test_an_address_turned_away_at_the_door_sends_nothing_for_a_while(here: Scene) -> None:
    """A 429 that is not Discord's own: going on would only make it longer."""
    here.server.faults.status(429, *POST)
    assert isinstance(await here.sender.send(delivery(here.channel)), RetryLater)
    assert here.budget.stopped_for > 500


@pytest.mark.parametrize("body", [{"code": 40333, "message": "internal network error"}, None])
async def test_a_403_that_is_not_of_the_channel_holds_nothing_and_stops_the_sending(
    here: Scene, body: dict[str, object] | None
) -> None:
    """Discord's front door refuses the program or the address: no channel is to blame."""
    here.server.faults.add(Fault(FaultKind.STATUS, *POST, status=403, body=body))
    outcome = await here.sender.send(delivery(here.channel))
    assert outcome == RetryLater("Discord's front door turned the request away", 600)
    assert here.budget.stopped_for > 500


async def test_a_403_of_a_channel_stops_no_other(here: Scene) -> None:
    here.deny(bits.SEND_MESSAGES)
    await here.sender.send(delivery(here.channel))
    assert here.budget.stopped_for == 0


async def test_invalid_requests_are_counted_and_too_many_stop_the_sending(here: Scene) -> None:
    here.budget.most = 3
    here.deny(bits.SEND_MESSAGES)
    outcomes: list[Outcome] = []
    while here.budget.stopped_for == 0:
        outcomes.append(await here.sender.send(delivery(here.channel)))
    assert len(outcomes) == here.budget.most == here.server.limits.invalid
