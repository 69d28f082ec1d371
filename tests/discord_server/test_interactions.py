"""People use commands, buttons, menus and forms; discord.py answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import discord
import pytest
from discord import app_commands

from tests.discord_server import CannotDo, Channel, DiscordServer, NoReply, User
from tests.discord_server import permissions as bits
from tests.discord_server.connection import connected

from .conftest import make_client


class Form(discord.ui.Modal, title="Filter"):
    words: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Words", max_length=20)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"only {self.words.value}", ephemeral=True)


class Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Count", custom_id="count")
    async def count(self, interaction: discord.Interaction, _button: object) -> None:
        await interaction.response.edit_message(content="counted")

    @discord.ui.button(label="Tell", custom_id="tell")
    async def tell(self, interaction: discord.Interaction, _button: object) -> None:
        await interaction.response.send_message("told", ephemeral=True)

    @discord.ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, _button: object) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="done later")

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction: discord.Interaction, _button: object) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.select(
        custom_id="pick", options=[discord.SelectOption(label="One", value="1")], row=1
    )
    async def pick(
        self, interaction: discord.Interaction, menu: discord.ui.Select[Buttons]
    ) -> None:
        await interaction.response.send_message(f"picked {menu.values}")

    @discord.ui.select(cls=discord.ui.ChannelSelect, custom_id="where", row=2)
    async def where(
        self, interaction: discord.Interaction, menu: discord.ui.ChannelSelect[Buttons]
    ) -> None:
        await interaction.response.send_message(f"in {menu.values[0].name}")


def add_commands(tree: app_commands.CommandTree) -> None:
    group = app_commands.Group(
        name="channel",
        description="channels",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @group.command(name="follow", description="follow a topic here")
    @app_commands.choices(every=[app_commands.Choice(name="each day", value="daily")])
    async def channel_follow(
        interaction: discord.Interaction,
        topic: str,
        channel: discord.TextChannel | None = None,
        every: str = "hourly",
    ) -> None:
        place = "here" if channel is None else channel.name
        await interaction.response.send_message(f"{topic} in {place} {every}")

    tree.add_command(group)

    @tree.command(description="follow a topic")
    async def follow(interaction: discord.Interaction, topic: str, at: int = 9) -> None:
        await interaction.response.send_message(f"{topic} at {at}", ephemeral=True)

    @follow.autocomplete("topic")
    async def topics(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        known = ["AI", "Art", "Biology"]
        return [app_commands.Choice(name=t, value=t) for t in known if t.startswith(typed)]

    @tree.command(description="think first")
    async def think(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("thought")
        await interaction.followup.send("and more", ephemeral=True)
        await interaction.edit_original_response(content="thought again")

    @tree.command(description="say nothing")
    async def silence(_interaction: discord.Interaction) -> None:
        await asyncio.sleep(0)

    @tree.command(description="answer twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        try:
            await interaction.response.send_message("again")
        except discord.HTTPException as refused:
            await interaction.followup.send(f"refused with {refused.code}")

    @tree.command(description="too much text")
    async def wordy(interaction: discord.Interaction) -> None:
        try:
            await interaction.response.send_message("x" * 2001)
        except discord.HTTPException as refused:
            await interaction.response.send_message(f"refused with {refused.code}")

    @tree.command(description="show buttons")
    async def buttons(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("press", view=Buttons())

    @tree.command(description="show buttons to one")
    async def secret(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("press", view=Buttons(), ephemeral=True)


@dataclass(frozen=True)
class Stage:
    server: DiscordServer
    channel: Channel
    user: User
    admin: User


@pytest.fixture
async def stage(server: DiscordServer) -> AsyncIterator[Stage]:
    guild = server.world.add_guild("Newsroom")
    channel = guild.add_text_channel("news")
    user, admin = server.world.add_user("ann"), server.world.add_user("adam")
    guild.add_member(user)
    guild.add_member(admin, permissions=bits.MANAGE_GUILD)
    client = make_client(discord.Intents(guilds=True))
    tree = app_commands.CommandTree(client)
    add_commands(tree)
    async with connected(server, client):
        await tree.sync()
        yield Stage(server, channel, user, admin)


async def test_a_command_is_answered_for_the_person_alone(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "follow", topic="AI")
    assert (reply.type, reply.content, reply.ephemeral) == (4, "AI at 9", True)
    assert stage.server.messages(stage.channel) == []


async def test_a_command_works_in_direct_messages(stage: Stage) -> None:
    dm = stage.server.world.dm_with(stage.user)
    reply = await stage.server.slash(stage.user, dm, "follow", topic="AI", at=10)
    assert reply.content == "AI at 10"


async def test_a_subcommand_takes_channels_and_choices(stage: Stage) -> None:
    other = stage.channel.in_guild().add_text_channel("other")
    reply = await stage.server.slash(
        stage.admin, stage.channel, "channel follow", topic="AI", channel=other, every="each day"
    )
    assert reply.content == "AI in other daily"
    assert [m["content"] for m in stage.server.messages(stage.channel)] == ["AI in other daily"]


async def test_a_command_is_hidden_from_who_lacks_its_permission(stage: Stage) -> None:
    with pytest.raises(CannotDo, match="hidden from ann"):
        await stage.server.slash(stage.user, stage.channel, "channel follow", topic="AI")


async def test_a_guild_command_is_not_offered_in_direct_messages(stage: Stage) -> None:
    dm = stage.server.world.dm_with(stage.admin)
    with pytest.raises(CannotDo, match="not offered here"):
        await stage.server.slash(stage.admin, dm, "channel follow", topic="AI")


@pytest.mark.parametrize(
    ("command", "options", "why"),
    [
        ("folow", {}, "no command /folow"),
        ("follow", {}, "'topic' is required"),
        ("follow", {"topic": "AI", "when": 1}, "no options"),
        ("follow", {"topic": 5}, "does not fit"),
        ("channel", {}, "is a group"),
        ("channel unfollow", {}, "no 'unfollow'"),
        ("channel follow", {"topic": "AI", "every": "now"}, "none of"),
    ],
)
async def test_discord_itself_refuses(
    stage: Stage, command: str, options: dict[str, str | int], why: str
) -> None:
    with pytest.raises(CannotDo, match=why):
        await stage.server.slash(stage.admin, stage.channel, command, **options)


async def test_who_is_not_in_the_guild_cannot_act_there(stage: Stage) -> None:
    stranger = stage.server.world.add_user("eve")
    with pytest.raises(CannotDo, match="eve is not in 'news'"):
        await stage.server.slash(stranger, stage.channel, "follow", topic="AI")


async def test_autocomplete_offers_choices(stage: Stage) -> None:
    found = await stage.server.autocomplete(stage.user, stage.channel, "follow", "topic", "A")
    assert [choice["value"] for choice in found] == ["AI", "Art"]


async def test_a_deferred_reply_is_waited_for_with_its_follow_ups(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "think")
    assert (reply.type, reply.ephemeral) == (5, True)
    await reply.followed_up()
    await reply.edited()
    assert (reply.content, [m["content"] for m in reply.followups]) == (
        "thought again",
        ["and more"],
    )
    assert reply.text == "thought again\nand more"


async def test_silence_is_no_reply(stage: Stage) -> None:
    reply = stage.server.start_slash(stage.user, stage.channel, "silence")
    with pytest.raises(NoReply, match=r"/silence was not answered within 0\.05 s"):
        await reply.acknowledged(timeout=0.05)


async def test_an_interaction_is_answered_once(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "twice")
    await reply.followed_up()
    assert reply.text == "once\nrefused with 40060"


async def test_an_answer_keeps_to_the_limits_of_messages(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "wordy")
    assert reply.content == "refused with 50035"


async def test_an_answer_after_three_seconds_is_too_late(stage: Stage) -> None:
    interaction = stage.server.interactions.start(2, stage.user, stage.channel, "/late")
    stage.server.advance(3.1)
    path = f"/interactions/{interaction.id}/{interaction.token}/callback"
    async with connected(stage.server, make_client()) as other:
        with pytest.raises(discord.NotFound) as refused:
            await other.http.request(discord.http.Route("POST", path), json={"type": 4})
    assert refused.value.code == 10062


async def test_after_fifteen_minutes_the_token_is_worth_nothing(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "follow", topic="AI")
    stage.server.advance(901)
    with pytest.raises(Exception, match="401 50027"):
        stage.server.interactions.answered(reply.interaction.token)


async def test_a_click_changes_the_message(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "buttons")
    (message,) = stage.server.messages(stage.channel)
    clicked = await stage.server.click(stage.admin, message, "count")
    assert (clicked.type, clicked.content, reply.content) == (7, "counted", "counted")


async def test_a_button_is_found_by_its_label_too(stage: Stage) -> None:
    await stage.server.slash(stage.user, stage.channel, "buttons")
    (message,) = stage.server.messages(stage.channel)
    clicked = await stage.server.click(stage.user, message, "Tell")
    assert (clicked.content, clicked.ephemeral) == ("told", True)


async def test_a_deferred_click_changes_the_message_later(stage: Stage) -> None:
    await stage.server.slash(stage.user, stage.channel, "buttons")
    (message,) = stage.server.messages(stage.channel)
    clicked = await (await stage.server.click(stage.user, message, "later")).edited()
    assert (clicked.type, clicked.content) == (6, "done later")


async def test_only_its_person_can_click_an_ephemeral_message(stage: Stage) -> None:
    reply = await stage.server.slash(stage.user, stage.channel, "secret")
    assert reply.message is not None
    with pytest.raises(CannotDo, match="adam cannot see"):
        await stage.server.click(stage.admin, reply.message, "count")
    await stage.server.click(stage.user, reply.message, "count")
    assert reply.content == "counted"
    with pytest.raises(CannotDo, match="no 'other' on the message"):
        await stage.server.click(stage.user, reply.message, "other")


async def test_a_choice_in_a_menu_is_answered(stage: Stage) -> None:
    await stage.server.slash(stage.user, stage.channel, "buttons")
    (message,) = stage.server.messages(stage.channel)
    assert (await stage.server.select(stage.user, message, "pick", "One")).content == "picked ['1']"
    chosen = await stage.server.select(stage.user, message, "where", stage.channel)
    assert chosen.content == "in news"


async def test_a_form_is_filled_in_by_label(stage: Stage) -> None:
    await stage.server.slash(stage.user, stage.channel, "buttons")
    (message,) = stage.server.messages(stage.channel)
    opened = await stage.server.click(stage.user, message, "form")
    assert opened.modal is not None
    assert opened.modal["title"] == "Filter"
    with pytest.raises(CannotDo, match="'Words' is required"):
        await stage.server.submit(opened, {})
    sent = await stage.server.submit(opened, {"Words": "space"})
    assert (sent.content, sent.ephemeral) == ("only space", True)


async def test_commands_keep_their_ids_when_registered_again(stage: Stage) -> None:
    world, client = stage.server.world, make_client()
    tree = app_commands.CommandTree(client)
    add_commands(tree)
    before = {command["name"]: key for key, command in world.commands[None].items()}
    async with connected(stage.server, client):
        await tree.sync()
        fetched = {command.name: command.id for command in await tree.fetch_commands()}
    assert fetched == before


async def test_a_guilds_own_commands_come_before_the_global_ones(server: DiscordServer) -> None:
    guild = server.world.add_guild("G")
    channel = guild.add_text_channel("news")
    client = make_client(discord.Intents(guilds=True))
    tree, here = app_commands.CommandTree(client), discord.Object(guild.id)

    @tree.command(description="here", name="where", guild=here)
    async def local(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("in this server")

    @tree.command(description="everywhere", name="where")
    async def everywhere(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("anywhere")

    async with connected(server, client):
        await tree.sync()
        await tree.sync(guild=here)
        assert (await server.slash(guild.owner, channel, "where")).content == "in this server"
        dm = server.world.dm_with(guild.owner)
        assert (await server.slash(guild.owner, dm, "where")).content == "anywhere"


async def test_without_a_bot_nobody_can_act(server: DiscordServer) -> None:
    guild = server.world.add_guild("G")
    channel = guild.add_text_channel("news")
    command = {"id": "1", "name": "follow", "type": 1, "options": []}
    server.world.commands[None] = {1: command}
    with pytest.raises(CannotDo, match="no bot is connected"):
        await server.slash(guild.owner, channel, "follow")
