"""What Discord refuses, with the codes it refuses it with."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server import permissions as bits
from tests.discord_server.connection import connected

from .conftest import Scene, make_client


async def refusal(scene: Scene, body: dict[str, Any]) -> discord.HTTPException:
    """What posting the body is refused with."""
    with pytest.raises(discord.HTTPException) as refused:
        await scene.post(body)
    assert scene.server.messages(scene.channel) == []
    return refused.value


def embed(**values: Any) -> dict[str, Any]:
    return {"embeds": [{"title": "t", **values}]}


def buttons(*custom_ids: str) -> list[dict[str, Any]]:
    made = [{"type": 2, "style": 1, "label": "x", "custom_id": c} for c in custom_ids]
    return [{"type": 1, "components": [button]} for button in made]


LONG_URL = "https://example.org/" + "a" * 2029
FIVE = ["a", "b", "c", "d", "e"]

# Just too much, and the place that the error names.
TOO_MUCH: dict[str, tuple[dict[str, Any], str]] = {
    "content over 2000": ({"content": "x" * 2001}, "content"),
    "eleven embeds": ({"embeds": [{"title": "t"}] * 11}, "embeds"),
    "6001 characters in all embeds": (
        {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]},
        "embeds",
    ),
    "title over 256": (embed(title="x" * 257), "embeds.0.title"),
    "description over 4096": (embed(description="x" * 4097), "embeds.0.description"),
    "author over 256": (embed(author={"name": "x" * 257}), "embeds.0.author.name"),
    "footer over 2048": (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    "26 fields": (embed(fields=[{"name": "n", "value": "v"}] * 26), "embeds.0.fields"),
    "field name over 256": (
        embed(fields=[{"name": "x" * 257, "value": "v"}]),
        "embeds.0.fields.0.name",
    ),
    "field value over 1024": (
        embed(fields=[{"name": "n", "value": "x" * 1025}]),
        "embeds.0.fields.0.value",
    ),
    "field without value": (embed(fields=[{"name": "n"}]), "embeds.0.fields.0.value"),
    "blank field name": (embed(fields=[{"name": " ", "value": "v"}]), "embeds.0.fields.0.name"),
    "nonce over 25": ({"content": "x", "nonce": "n" * 26}, "nonce"),
    "url with another scheme": (embed(url="ftp://example.org"), "embeds.0.url"),
    "empty url": (embed(url=""), "embeds.0.url"),
    "relative url": (embed(url="/a/b"), "embeds.0.url"),
    "url over 2048": (embed(url=LONG_URL), "embeds.0.url"),
    "image with another scheme": (embed(image={"url": "data:x"}), "embeds.0.image.url"),
    "ill-formed timestamp": (embed(timestamp="yesterday"), "embeds.0.timestamp"),
    "colour beyond white": (embed(color=0x1000000), "embeds.0.color"),
    "parse and users together": (
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
    "six rows": ({"content": "x", "components": buttons(*FIVE, "f")}, "components"),
    "custom_id over 100": (
        {"content": "x", "components": buttons("c" * 101)},
        "components.0.components.0.custom_id",
    ),
    "no custom_id": (
        {"content": "x", "components": buttons("")},
        "components.0.components.0.custom_id",
    ),
    "custom_id twice": (
        {"content": "x", "components": buttons("a", "a")},
        "components.1.components.0.custom_id",
    ),
    "content beside components v2": (
        {"content": "x", "flags": 32768, "components": [{"type": 10, "content": "t"}]},
        "content",
    ),
}


@pytest.mark.parametrize("case", TOO_MUCH)
async def test_a_body_beyond_the_limits_is_refused_with_the_place(scene: Scene, case: str) -> None:
    body, place = TOO_MUCH[case]
    refused = await refusal(scene, body)
    assert (refused.status, refused.code) == (400, 50035)
    assert f"In {place}:" in str(refused)


AT_THE_LIMIT: dict[str, dict[str, Any]] = {
    "content": {"content": "x" * 2000},
    "trimmed content": {"content": " " * 50 + "x" * 2000},
    "code points, not bytes": {"content": "🙂" * 2000},
    "ten embeds of 6000": {"embeds": [{"description": "x" * 600}] * 10},
    "nonce": {"content": "x", "nonce": "n" * 25},
    "url": embed(url=LONG_URL[:2048]),
    "rows": {"content": "x", "components": buttons(*FIVE)},
    "attachment image": embed(image={"url": "attachment://cover.png"}),
    "title and fields": embed(
        title="x" * 256, fields=[{"name": "n" * 100, "value": "v" * 100}] * 25
    ),
}


@pytest.mark.parametrize("case", AT_THE_LIMIT)
async def test_a_body_at_the_limit_is_taken(scene: Scene, case: str) -> None:
    assert (await scene.post(AT_THE_LIMIT[case]))["id"]


NOTHING: list[dict[str, Any]] = [{}, {"content": "  "}, {"embeds": []}, {"embeds": [{"color": 1}]}]


@pytest.mark.parametrize("body", NOTHING)
async def test_a_message_that_shows_nothing_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    assert (await refusal(scene, body)).code == 50006


async def test_an_unseen_channel_is_missing_access(scene: Scene) -> None:
    scene.deny(bits.VIEW_CHANNEL)
    refused = await refusal(scene, {"content": "x"})
    assert (refused.status, refused.code) == (403, 50001)


async def test_without_send_messages_permission_is_missing(scene: Scene) -> None:
    scene.deny(bits.SEND_MESSAGES)
    refused = await refusal(scene, {"content": "x"})
    assert (refused.status, refused.code) == (403, 50013)


async def test_without_embed_links_only_embeds_are_refused(scene: Scene) -> None:
    scene.deny(bits.EMBED_LINKS)
    assert (await refusal(scene, embed())).code == 50013
    assert (await scene.post({"content": "x"}))["id"]


async def test_a_timed_out_bot_cannot_send(scene: Scene) -> None:
    world = scene.server.world
    scene.guild.time_out(world.bot, world.clock.now() + 60)
    assert (await refusal(scene, {"content": "x"})).code == 50013
    scene.server.advance(61)
    assert (await scene.post({"content": "x"}))["id"]


async def test_a_role_overwrite_counts_less_than_the_members_own(scene: Scene) -> None:
    scene.channel.set_permissions(scene.guild.everyone, deny=bits.SEND_MESSAGES)
    assert (await refusal(scene, {"content": "x"})).code == 50013
    scene.channel.set_permissions(scene.server.world.bot, allow=bits.SEND_MESSAGES)
    assert (await scene.post({"content": "x"}))["id"]


async def test_a_deleted_channel_is_unknown(scene: Scene) -> None:
    scene.channel.delete()
    with pytest.raises(discord.NotFound) as refused:
        await scene.post({"content": "x"})
    assert refused.value.code == 10003


async def test_a_guild_that_removed_the_bot_is_missing_access(scene: Scene) -> None:
    scene.guild.remove_bot()
    assert (await refusal(scene, {"content": "x"})).code == 50001


async def test_a_person_with_closed_messages_cannot_be_written_to(scene: Scene) -> None:
    scene.user.dms_open = False
    person = await scene.client.fetch_user(scene.user.id)
    with pytest.raises(discord.Forbidden) as refused:
        await person.send("x")
    assert refused.value.code == 50007


async def test_a_person_without_a_shared_guild_cannot_be_written_to(scene: Scene) -> None:
    person = await scene.client.fetch_user(scene.user.id)
    await person.send("while here")
    scene.guild.remove_member(scene.user)
    with pytest.raises(discord.Forbidden) as refused:
        await person.send("gone")
    assert refused.value.code == 50278


async def test_an_unknown_person_has_no_direct_messages(scene: Scene) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await scene.rest("POST", "/users/@me/channels", json={"recipient_id": "1"})
    assert (refused.value.status, refused.value.code) == (400, 50033)


async def test_a_wrong_token_cannot_log_in(server: DiscordServer) -> None:
    with pytest.raises(discord.LoginFailure):
        async with connected(server, make_client(), token="another"):
            pytest.fail("it logged in")
    assert server.limits.invalid == 1


async def test_ill_formed_json_is_refused(scene: Scene) -> None:
    headers = {"Content-Type": "application/json"}
    path = f"/channels/{scene.channel.id}/messages"
    with pytest.raises(discord.HTTPException) as refused:
        await scene.rest("POST", path, data=b"{", headers=headers)
    assert refused.value.code == 50109


async def test_an_unknown_path_is_not_found(scene: Scene) -> None:
    with pytest.raises(discord.NotFound):
        await scene.rest("GET", "/nowhere")


async def test_another_apps_commands_are_out_of_reach(scene: Scene) -> None:
    with pytest.raises(discord.NotFound) as refused:
        await scene.rest("PUT", "/applications/1/commands", json=[])
    assert refused.value.code == 10002


async def test_refusals_are_counted_as_invalid_requests(scene: Scene) -> None:
    scene.deny(bits.SEND_MESSAGES)
    for _ in range(3):
        await refusal(scene, {"content": "x"})
    assert scene.server.limits.invalid == 3
