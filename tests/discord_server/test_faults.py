"""Scripted faults befall the requests they are for, as often as they should."""

from __future__ import annotations

import asyncio
import errno

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer, Faults
from tests.discord_server.connection import redirected

from .conftest import Scene, make_client

POSTS = "/channels/*/messages"


async def test_a_scripted_status_is_answered_once_and_nothing_is_done(scene: Scene) -> None:
    scene.server.faults.status(503, "POST", POSTS, code=130000)
    with pytest.raises(discord.DiscordServerError) as failed:
        await scene.text_channel().send("hello")
    assert (failed.value.status, failed.value.code) == (503, 130000)
    assert scene.server.messages(scene.channel) == []
    assert (await scene.text_channel().send("hello")).id


async def test_a_scripted_rate_limit_is_waited_for(scene: Scene) -> None:
    fault = scene.server.faults.rate_limited(0.01, "POST", POSTS)
    assert (await scene.text_channel().send("hello")).id
    assert (fault.hits, scene.server.limits.invalid) == (1, 1)


async def test_a_fault_is_only_for_its_method_and_path(scene: Scene) -> None:
    fault = scene.server.faults.status(503, "DELETE", POSTS, times=None)
    await scene.text_channel().send("hello")
    assert fault.hits == 0


async def test_a_reset_before_leaves_nothing(scene: Scene) -> None:
    scene.server.faults.reset_before("POST", POSTS)
    with pytest.raises(aiohttp.ClientOSError) as failed:
        await scene.text_channel().send("hello")
    assert failed.value.errno == errno.ECONNRESET
    assert scene.server.messages(scene.channel) == []


async def test_a_reset_after_leaves_the_message_and_the_nonce_finds_it(scene: Scene) -> None:
    scene.server.faults.reset_after("POST", POSTS)
    with pytest.raises(aiohttp.ClientOSError):
        await scene.text_channel().send("hello", nonce="n1")
    (made,) = scene.server.messages(scene.channel)
    again = await scene.text_channel().send("hello", nonce="n1")
    assert str(again.id) == made["id"]
    assert len(scene.server.messages(scene.channel)) == 1


async def test_the_log_tells_which_answer_was_lost(scene: Scene) -> None:
    scene.server.faults.reset_after("POST", POSTS)
    with pytest.raises(aiohttp.ClientOSError):
        await scene.text_channel().send("hello")
    (request,) = scene.server.requests.to("POST", POSTS)
    assert (request.status, request.fault) == (None, "reset_after")
    assert request.body["content"] == "hello"


async def test_hanging_up_is_a_disconnection(scene: Scene) -> None:
    scene.server.faults.hang_up("POST", POSTS)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await scene.text_channel().send("hello")
    assert scene.server.messages(scene.channel) == []


async def test_a_slow_answer_is_done_after_the_client_gave_up(scene: Scene) -> None:
    scene.server.faults.slow(0.1, "POST", POSTS)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await scene.text_channel().send("hello")
    assert scene.server.messages(scene.channel) == []
    assert await scene.server.wait_for_messages(scene.channel, 1)


async def test_an_outage_refuses_connections_until_it_is_over(scene: Scene) -> None:
    await scene.server.refuse()
    with pytest.raises(aiohttp.ClientConnectorError):
        await scene.text_channel().send("hello")
    await scene.server.accept()
    assert (await scene.text_channel().send("hello")).id


async def test_a_revoked_token_is_worth_nothing_anywhere(server: DiscordServer) -> None:
    client = make_client()
    with redirected(server):
        running = asyncio.create_task(client.start(server.token))
        await server.wait_for_bot()
        server.revoke_token()
        with pytest.raises(discord.ConnectionClosed) as closed:
            await running
    assert closed.value.code == 4004
    await client.close()
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {server.token}"}
        async with session.get(f"{server.api_url}/users/@me", headers=headers) as answer:
            assert answer.status == 401


def test_chances_come_from_the_seed() -> None:
    def struck(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.status(500, times=None, probability=0.5)
        return [bool(faults.strike("GET", "/x")) for _ in range(64)]

    assert struck(1) == struck(1)
    assert struck(1) != struck(2)
    assert 16 < sum(struck(1)) < 48


def test_slow_goes_together_with_another_fault() -> None:
    faults = Faults()
    slow, cut = faults.slow(1.0), faults.reset_after("POST")
    assert faults.strike("POST", "/x") == [slow, cut]
    assert faults.strike("POST", "/x") == []


async def test_a_crash_of_the_server_itself_is_not_taken_for_discords() -> None:
    with pytest.raises(ExceptionGroup) as failed:
        async with DiscordServer() as server:
            server.crashes.append(ZeroDivisionError("a bug"))
    assert failed.group_contains(ZeroDivisionError)
