"""Rate limits as Discord has them, with a client that does not pace itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_server import Channel, DiscordServer
from tests.discord_server.connection import connected
from tests.discord_server.limits import Sliding

from .conftest import make_client


@asynccontextmanager
async def raw(**settings: Any) -> AsyncIterator[tuple[DiscordServer, aiohttp.ClientSession]]:
    """A server with limits on, and a session with the bot's token."""
    async with DiscordServer(limits=True, **settings) as server:
        headers = {"Authorization": f"Bot {server.token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            yield server, session


async def post(
    server: DiscordServer, session: aiohttp.ClientSession, channel: Channel
) -> aiohttp.ClientResponse:
    url = f"{server.api_url}/channels/{channel.id}/messages"
    async with session.post(url, json={"content": "x"}) as response:
        await response.read()
        return response


async def test_a_channel_takes_five_messages_in_five_seconds() -> None:
    async with raw() as (server, session):
        channel = server.world.add_guild("G").add_text_channel("c")
        answers = [await post(server, session, channel) for _ in range(6)]
        assert [answer.status for answer in answers] == [200] * 5 + [429]
        left = [answer.headers["X-RateLimit-Remaining"] for answer in answers]
        assert left == ["4", "3", "2", "1", "0", "0"]
        refused = answers[-1]
        body = await refused.json()
        assert refused.headers["X-RateLimit-Scope"] == "user"
        assert refused.headers["Via"]
        assert int(refused.headers["Retry-After"]) == 5
        assert 4 < body["retry_after"] <= 5
        assert body["global"] is False
        server.advance(5)
        assert (await post(server, session, channel)).status == 200


async def test_each_channel_has_its_own_bucket() -> None:
    async with raw() as (server, session):
        guild = server.world.add_guild("G")
        channels = [guild.add_text_channel(str(n)) for n in range(8)]
        answers = [await post(server, session, c) for c in channels for _ in range(5)]
        assert {answer.status for answer in answers} == {200}


async def test_edits_share_the_bucket_name_but_not_the_count() -> None:
    async with raw() as (server, session):
        channel = server.world.add_guild("G").add_text_channel("c")
        answers = [await post(server, session, channel) for _ in range(5)]
        message = server.messages(channel)[0]
        url = f"{server.api_url}/channels/{channel.id}/messages/{message['id']}"
        async with session.patch(url, json={"content": "y"}) as edited:
            assert edited.status == 200
        assert edited.headers["X-RateLimit-Bucket"] == answers[0].headers["X-RateLimit-Bucket"]


async def test_the_fifty_first_request_of_a_second_is_limited_globally() -> None:
    async with raw() as (server, session):
        url = f"{server.api_url}/users/@me"
        server.limits.bot = Sliding(50, 60.0)  # a slow machine needs more than a second for 51
        statuses = []
        for _ in range(51):
            async with session.get(url) as answer:
                statuses.append(answer.status)
                body = await answer.json()
        assert statuses == [200] * 50 + [429]
        assert answer.headers["X-RateLimit-Global"] == "true"
        assert answer.headers["X-RateLimit-Scope"] == "global"
        assert body["global"] is True


async def test_discord_py_gets_over_a_global_limit() -> None:
    async with DiscordServer(limits=True, requests_per_second=4) as server:
        user = server.world.add_user("ann")
        async with connected(server, make_client()) as client:
            await asyncio.gather(*[client.fetch_user(user.id) for _ in range(6)])
        statuses = server.requests.statuses()
        assert statuses[429] >= 1
        assert len([r for r in server.requests.to("GET", "/users/*") if r.status == 200]) == 7


async def test_interactions_do_not_count_towards_the_global_limit() -> None:
    async with raw(requests_per_second=1) as (server, session):
        await session.get(f"{server.api_url}/users/@me")
        url = f"{server.api_url}/interactions/1/token/callback"
        for _ in range(3):
            async with session.post(url, json={"type": 4}) as answer:
                assert answer.status == 404  # unknown, but not limited


async def test_invalid_requests_are_counted_but_shared_limits_are_not() -> None:
    async with raw(crossposts_per_hour=0) as (server, session):
        channel = server.world.add_guild("G").add_announcement_channel("c")
        await post(server, session, channel)
        (message,) = server.messages(channel)
        url = f"{server.api_url}/channels/{channel.id}/messages/{message['id']}/crosspost"
        server.crossposts_in(channel).limit = 1
        server.crossposts_in(channel).add(server.world.clock.now())
        async with session.post(url) as shared:
            assert (shared.status, shared.headers["X-RateLimit-Scope"]) == (429, "shared")
        assert server.limits.invalid == 0
        async with session.get(f"{server.api_url}/users/@me", headers={"Authorization": "x"}):
            assert server.limits.invalid == 1


async def test_too_many_invalid_requests_cut_the_address_off() -> None:
    async with raw(ban_at=3) as (server, session):
        url = f"{server.api_url}/users/@me"
        for _ in range(3):
            await session.get(url, headers={"Authorization": "Bot wrong"})
        async with session.get(url) as cut:
            assert (cut.status, cut.content_type) == (429, "text/html")
            assert "Via" not in cut.headers
        server.advance(601)
        async with session.get(url) as answer:
            assert answer.status == 200


async def test_without_limits_nothing_is_limited(server: DiscordServer) -> None:
    channel = server.world.add_guild("G").add_text_channel("c")
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [await post(server, session, channel) for _ in range(60)]
    assert {answer.status for answer in answers} == {200}
    assert "X-RateLimit-Limit" not in answers[0].headers


@given(
    gaps=st.lists(st.floats(0, 3), max_size=60),
    limit=st.integers(1, 5),
    seconds=st.floats(0.5, 5),
)
def test_a_sliding_limit_is_never_exceeded_in_any_window(
    gaps: list[float], limit: int, seconds: float
) -> None:
    sliding, now, taken = Sliding(limit, seconds), 0.0, []
    for gap in gaps:
        now += gap
        wait = sliding.take(now)
        if not wait:
            taken.append(now)
        else:
            assert 0 < wait <= seconds + 0.001
    for start in taken:
        assert sum(start <= at < start + seconds * 0.999 for at in taken) <= limit
