"""The gateway's protocol: sessions, resuming, shards and close codes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.connection import connected
from tests.discord_server.gateway import KEPT_EVENTS, Session

from .conftest import Scene, make_client


@asynccontextmanager
async def socket(server: DiscordServer) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A bare websocket to the gateway, after its HELLO."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway_url) as ws:
        hello = await ws.receive_json(timeout=5)
        assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
        yield ws


def identify(server: DiscordServer, **more: Any) -> dict[str, Any]:
    return {"op": 2, "d": {"token": server.token, "intents": 1, "properties": {}, **more}}


async def closed_with(ws: aiohttp.ClientWebSocketResponse, *sent: Any) -> int | None:
    """The code that the gateway closes with after these payloads."""
    for payload in sent:
        await ws.send_json(payload)
    async for _ in ws:
        pass
    return ws.close_code


async def test_a_heartbeat_is_acknowledged(server: DiscordServer) -> None:
    async with socket(server) as ws:
        await ws.send_json({"op": 1, "d": None})
        assert (await ws.receive_json(timeout=5))["op"] == 11


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": 8, "d": {}}, 4003),
        ({"no": "op"}, 4002),
        ({"op": 1, "d": "x" * 4096}, 4002),
        ({"op": 2, "d": {"token": "wrong", "intents": 0}}, 4004),
        ({"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}, 4004),
    ],
)
async def test_misuse_closes_with_its_code(
    server: DiscordServer, payload: dict[str, Any], code: int
) -> None:
    async with socket(server) as ws:
        assert await closed_with(ws, payload) == code


async def test_identifying_twice_closes(server: DiscordServer) -> None:
    async with socket(server) as ws:
        assert await closed_with(ws, identify(server), identify(server)) == 4005


async def test_an_unknown_opcode_closes(server: DiscordServer) -> None:
    async with socket(server) as ws:
        assert await closed_with(ws, identify(server), {"op": 99, "d": None}) == 4001


async def test_a_shard_beyond_the_count_closes(server: DiscordServer) -> None:
    async with socket(server) as ws:
        assert await closed_with(ws, identify(server, shard=[2, 2])) == 4010


async def test_a_forbidden_intent_closes() -> None:
    async with DiscordServer(forbidden_intents=1 << 15) as server, socket(server) as ws:
        assert await closed_with(ws, identify(server, intents=1 << 15)) == 4014


async def test_an_unknown_session_is_invalid(server: DiscordServer) -> None:
    async with socket(server) as ws:
        data = {"token": server.token, "session_id": "x", "seq": 1}
        await ws.send_json({"op": 6, "d": data})
        assert await ws.receive_json(timeout=5) == {"op": 9, "d": False}


async def test_what_was_missed_is_told_after_a_resume(scene: Scene) -> None:
    resumed = scene.client.wait_for("resumed", timeout=10)
    created = scene.client.wait_for("guild_channel_create", timeout=10)
    scene.server.gateway.drop()
    scene.guild.add_text_channel("meanwhile")
    await resumed
    assert (await created).name == "meanwhile"
    assert (scene.server.gateway.identified, scene.server.gateway.resumed) == (1, 1)


def test_a_session_replays_exactly_what_came_after() -> None:
    session = Session(0, 1, 0)
    for number in range(3):
        session.send("EVENT", f"{number}")
    frames = [json.loads(frame) for frame in session.missed(1) or []]
    assert [(frame["s"], frame["d"]) for frame in frames] == [(2, 1), (3, 2)]
    assert session.missed(3) == []
    assert session.missed(4) is None


def test_a_session_that_missed_too_much_cannot_be_resumed() -> None:
    session = Session(0, 1, 0)
    for _ in range(KEPT_EVENTS + 2):
        session.send("EVENT", "0")
    assert session.missed(1) is None
    assert len(session.missed(2) or []) == KEPT_EVENTS


async def test_a_reconnect_is_followed_by_a_resume(scene: Scene) -> None:
    resumed = scene.client.wait_for("resumed", timeout=10)
    scene.server.gateway.reconnect()
    await resumed


async def test_an_invalid_session_is_followed_by_an_identify(scene: Scene) -> None:
    ready = scene.client.wait_for("ready", timeout=10)
    scene.server.gateway.invalidate()
    await ready
    assert scene.server.gateway.identified == 2
    assert [guild.id for guild in scene.client.guilds] == [scene.guild.id]


async def test_a_session_lost_for_too_long_cannot_be_resumed(scene: Scene) -> None:
    ready = scene.client.wait_for("ready", timeout=10)
    (session,) = scene.server.gateway.sessions.values()
    scene.server.gateway.drop()
    session.lost_at = None
    await scene.server.world.changes.wait_for(
        lambda: session.lost_at is not None, 5, lambda: "the connection was not lost"
    )
    scene.server.advance(120)
    await ready
    assert (scene.server.gateway.identified, scene.server.gateway.resumed) == (2, 0)


async def test_a_second_bot_is_waited_for(server: DiscordServer) -> None:
    async with connected(server, make_client()):
        await server.wait_for_bot()
        with pytest.raises(TimeoutError, match="1 identified so far"):
            await server.wait_for_bot(0.01, times=2)
        async with connected(server, make_client()):
            await server.wait_for_bot(times=2)


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (1001, 0), (4000, 1)])
async def test_a_client_that_leaves_in_good_order_ends_its_session(
    server: DiscordServer, code: int, kept: int
) -> None:
    async with socket(server) as ws:
        await ws.send_json(identify(server))
        assert (await ws.receive_json(timeout=5))["t"] == "READY"
        await ws.close(code=code)
    changes, gateway = server.world.changes, server.gateway
    await changes.wait_for(lambda: not gateway.connections, 5, lambda: "still connected")
    assert len(gateway.sessions) == kept


async def test_the_gateway_tells_shards_and_start_limits() -> None:
    async with DiscordServer(shards=3, max_concurrency=16, session_starts=500) as server:
        async with connected(server, make_client()) as client:
            shards, url, start = await client.http.get_bot_gateway()
        assert (shards, url) == (3, server.gateway_url)
        assert (start["total"], start["remaining"], start["max_concurrency"]) == (500, 499, 16)


class QuickShards(discord.AutoShardedClient):
    async def before_identify_hook(
        self, shard_id: int | None, *, initial: bool = False
    ) -> None: ...


async def test_each_shard_gets_its_guilds_and_only_the_first_direct_messages() -> None:
    async with DiscordServer(shards=2) as server:
        person = server.world.add_guild("G").owner
        for number in range(3):
            server.advance(0.001)  # ids a millisecond apart fall on different shards
            server.world.add_guild(str(number))
        intents = discord.Intents(guilds=True, messages=True)
        client = QuickShards(intents=intents, guild_ready_timeout=0.02, max_messages=None)
        async with connected(server, client):
            assert len(client.shards) == 2
            shards = {known.id: known.shard_id for known in client.guilds}
            assert shards == {known: (known >> 22) % 2 for known in server.world.guilds}
            first, second = sorted(server.gateway.sessions.values(), key=lambda s: s.shard)
            before = second.sequence
            waiting = client.wait_for("message", timeout=5)
            server.world.say(person, server.world.dm_with(person), "hi")
            assert (await waiting).author.id == person.id
            assert second.sequence == before
            assert first.shards == second.shards == 2


async def test_with_limits_identifies_are_five_seconds_apart() -> None:
    async with (
        DiscordServer(limits=True) as server,
        socket(server) as first,
        socket(server) as second,
    ):
        await first.send_json(identify(server))
        assert (await first.receive_json(timeout=5))["t"] == "READY"
        await second.send_json(identify(server))
        assert await second.receive_json(timeout=5) == {"op": 9, "d": False}
        server.advance(5)
        await second.send_json(identify(server))
        assert (await second.receive_json(timeout=5))["t"] == "READY"


async def test_with_limits_120_payloads_a_minute_close_the_connection() -> None:
    async with DiscordServer(limits=True) as server, socket(server) as ws:
        beats = [{"op": 1, "d": None}] * 121
        assert await closed_with(ws, *beats) == 4008
