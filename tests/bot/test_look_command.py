"""/channel look: what it changes, whom it lets a digest ping, and where it is seen."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend.models.channel import Overwrite
from simcord.builders import RoleHandle
from simcord.enums import OverwriteType
from simcord.results import ResponseMessage

from bot.colours import PALETTE, parse_colour, written
from tests.bot.town import Town, shown


@pytest.fixture
async def reading(newsroom: Town) -> Town:
    """With a channel that follows AI and had its first digest."""
    await newsroom.admin_says("channel follow", topic="AI")
    await newsroom.tick()
    return newsroom


def readers(town: Town, *, mentionable: bool = True) -> RoleHandle:
    return town.guild.create_role("Readers", mentionable=mentionable)


async def look(town: Town, **options: Any) -> ResponseMessage:
    return shown(await town.admin.slash(town.channel, "channel look", **options))


async def post(town: Town) -> discord.Message:
    await town.admin_says("channel post")
    await town.tick()
    return town.posted()[-1]


async def test_without_options_it_says_and_shows_how_it_looks_now(reading: Town) -> None:
    page = await look(reading)
    assert page.content == (
        f"This is how the digest of {reading.channel.mention} looks:\n"
        "Look: **cards**, one for each article, with its picture and text.\n"
        "Colour: that of each article's first topic.\n"
        "The latest articles, as an example:"
    )
    assert [one.title for one in page.embeds] == [f"Article {n}" for n in (1, 2, 3, 5)]


async def test_a_compact_look_is_previewed_and_posted(reading: Town) -> None:
    page = await look(reading, look="compact", colour="#1f8b4c")
    assert page.content.startswith("Done. From the next digest on,")
    assert "Colour: #1F8B4C." in page.content
    for message in (page, await post(reading)):
        (embed,) = message.embeds
        assert embed.title is None
        assert embed.colour == discord.Colour(0x1F8B4C)


async def test_a_lead_look_is_posted(reading: Town) -> None:
    await look(reading, look="lead")
    await reading.admin_says("channel follow", topic="Computer Vision")
    await reading.tick()
    assert "lead" in (await look(reading)).content
    assert [one.title for one in (await look(reading)).embeds] == ["Article 1", None]


async def test_each_option_leaves_the_others_as_they_were(reading: Town) -> None:
    await look(reading, look="compact")
    await look(reading, colour="teal")
    page = await look(reading, silent=True)
    assert "compact" in page.content
    assert "#2FA8A0" in page.content
    assert "It comes silently: nobody is notified." in page.content
    page = await look(reading, colour="by topic", silent=False)
    assert "Colour: that of" in page.content
    assert "silently" not in page.content


async def test_a_role_is_pinged_by_the_first_message_only_and_can_be_removed(reading: Town) -> None:
    role = readers(reading)
    page = await look(reading, role=role)
    assert f"Each digest pings <@&{role.id}>, once, and nobody else." in page.content
    message = await post(reading)
    assert message.content.startswith(f"<@&{role.id}> ")
    assert message.raw_role_mentions == [role.id]
    assert "pings" not in (await look(reading, no_role=True)).content


async def test_everyone_is_never_pinged(reading: Town) -> None:
    page = await look(reading, role=reading.guild.default_role)
    assert page.content.startswith("I never ping everybody.")
    assert "pings" not in (await look(reading)).content


async def test_a_role_that_the_bot_may_not_ping_is_named_with_the_permission(reading: Town) -> None:
    role = readers(reading, mentionable=False)
    everyone = reading.guild.default_role.id
    deny = discord.Permissions(mention_everyone=True).value
    overwrite = Overwrite(everyone, OverwriteType.ROLE, 0, deny)
    reading.env.backend.set_overwrite(reading.channel.id, overwrite)
    page = await look(reading, role=role)
    assert f"I may not ping <@&{role.id}> there" in page.content
    assert "**Mention @everyone, @here and All Roles**" in page.content
    status = await reading.admin_says("channel status")
    assert f"I may not ping <@&{role.id}> there" in status


async def test_a_role_that_was_deleted_is_not_pinged_and_said_to_be_gone(reading: Town) -> None:
    role = readers(reading)
    await look(reading, role=role)
    reading.env.backend.delete_role(reading.guild.id, role.id)
    await reading.env.settle()
    assert "The role that it pinged is gone." in (await look(reading)).content
    assert (await post(reading)).content.startswith("**")


@pytest.mark.parametrize("typed", ["mauve", "#12", "@everyone", "#1234567"])
async def test_what_is_no_colour_changes_nothing(reading: Town, typed: str) -> None:
    page = await look(reading, colour=typed, look="lead")
    assert "is not a colour I know" in page.content
    assert "@everyone" not in page.content
    assert "cards" in (await look(reading)).content


async def test_colours_are_suggested_and_a_typed_one_is_offered(reading: Town) -> None:
    choices = await reading.admin.autocomplete(reading.channel, "channel look", "colour", "")
    assert [one["value"] for one in choices][:2] == ["by topic", "#5B8DEF"]
    choices = await reading.admin.autocomplete(reading.channel, "channel look", "colour", "1f8b4c")
    assert [one["value"] for one in choices] == ["#1F8B4C"]


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#1F8B4C", 0x1F8B4C), (" 1f8b4c ", 0x1F8B4C), ("#fa0", 0xFFAA00), ("Teal", 0x2FA8A0)],
)
def test_a_colour_is_read_as_people_write_it(typed: str, colour: int) -> None:
    assert parse_colour(typed) == colour


def test_each_of_our_colours_is_read_back() -> None:
    assert [parse_colour(written(one)) for one in PALETTE.values()] == list(PALETTE.values())


async def test_a_channel_that_follows_nothing_has_no_look(newsroom: Town) -> None:
    assert "follows no topic yet" in (await look(newsroom, look="lead")).content


async def test_preview_and_status_have_the_look(reading: Town) -> None:
    await look(reading, look="compact", colour="#1f8b4c")
    page = shown(await reading.admin.slash(reading.channel, "channel preview"))
    assert [one.title for one in page.embeds] == [None]
    status = await reading.admin_says("channel status")
    assert "Look: **compact**, a line for each article.\nColour: #1F8B4C." in status
