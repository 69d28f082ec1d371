"""Who reads German or French is answered in it; what is posted is in the language of its place."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands

from bot.delivery import forum_post
from bot.language import tongue
from bot.places import Place
from digests.model import Address, Destination, Kind, Schedule
from tests.bot.catalogs import every_command
from tests.bot.scene import delivery, published
from tests.bot.town import Town, forge, shown
from tests.build import article, publish
from tests.discord_server import User


def labels(message: discord.Message) -> list[str]:
    rows = [one for one in message.components if isinstance(one, discord.ActionRow)]
    return [
        str(one.label) for row in rows for one in row.children if isinstance(one, discord.Button)
    ]


async def language_of(town: Town, address: Address) -> str | None:
    found = await town.app.service.following(address)
    assert found is not None
    return found[0].language


@pytest.mark.parametrize("locale", ["de", "fr"])
async def test_help_names_every_command_as_its_reader_sees_it(town: Town, locale: str) -> None:
    town.speaks(locale)
    told = shown(await town.admin.slash(town.channel, "help"))
    text = "".join(str(field.value) for field in told.embeds[0].fields)
    for command in every_command():
        if not isinstance(command, app_commands.Group) and command.name != "help":
            assert tongue(locale).command(command.qualified_name) in text, command.qualified_name


async def test_what_is_offered_in_german_is_understood(newsroom: Town) -> None:
    newsroom.speaks("de")
    await newsroom.member_says("follow", topic="AI")
    offered = await newsroom.member.autocomplete(
        newsroom.channel, "schedule", "pause_until", "2 wo"
    )
    assert [(one["name"], one["value"]) for one in offered] == [
        ("2 wo", "2 wo"),
        ("2 Wochen", "2 weeks"),
    ]
    for typed in ("2 weeks", "2 Wochen", "zwei wochen"):
        reply = await newsroom.member_says("schedule", pause_until=typed)
        assert "Pause bis <t:" in reply
    assert "Pause" not in await newsroom.member_says("schedule", pause_until="aus")
    reply = await newsroom.member_says("schedule", at="halb zehn")
    assert reply == "„halb zehn“ ist keine Uhrzeit. Schreib sie wie 09:00 oder 17:30."


async def test_who_may_not_is_told_so_in_their_language(newsroom: Town) -> None:
    newsroom.speaks("de")
    page = shown(await newsroom.member.slash(newsroom.channel, "data"))
    answer = shown(await forge(newsroom, newsroom.member, page, "setup"))
    assert answer.content == (
        "Das können nur Leute, die diesen Server verwalten dürfen (**Server verwalten**)."
    )


async def test_a_channels_digest_is_in_the_language_of_its_server(newsroom: Town) -> None:
    newsroom.speaks("fr", server="de")
    reply = await newsroom.admin_says("channel follow", topic="AI")
    assert reply.startswith(f"{newsroom.channel.mention} suit maintenant **AI**"), "the admin's own"
    await newsroom.tick()
    (message,) = newsroom.posted()
    assert message.content == "**Für den Anfang: die neuesten Artikel.** Weitere folgen nach Plan."
    assert labels(message) == ["Für mich", "Speichern", "Warum?"]


async def test_a_set_up_takes_the_language_too(newsroom: Town) -> None:
    newsroom.speaks("de", server="fr")
    page = shown(await newsroom.admin.slash(newsroom.channel, "channel setup"))
    where = page.components[0]["components"][0]["custom_id"]
    await newsroom.admin.select(page, [newsroom.channel], custom_id=where)
    menu = page.components[0]["components"][0]
    await newsroom.admin.select(page, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    for label in ("Weiter", "Vorschau", "Bestätigen"):
        await newsroom.admin.click(page, label=label)
    address = Address(Kind.CHANNEL, newsroom.channel.id, newsroom.guild.id)
    assert await language_of(newsroom, address) == "fr"


async def test_a_persons_digest_follows_the_language_they_use(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    newsroom.speaks("fr")
    await newsroom.member_says("help")
    await publish(newsroom.app.database, article(50))
    newsroom.clock.forward(days=1)
    await newsroom.tick()
    first, second = newsroom.posted(newsroom.max.dm_channel)
    assert first.content.startswith("**To begin with: the latest articles.**")
    assert second.content == "**Ton récap** · 1 article"
    assert labels(second) == ["Paramètres", "Enregistrer", "Pourquoi ?"]


async def test_whoever_presses_is_answered_in_their_own_language(newsroom: Town) -> None:
    newsroom.speaks("en-US", server="de")
    await newsroom.admin_says("channel follow", topic="AI")
    await newsroom.tick()
    (message,) = newsroom.posted()
    answer = shown(await newsroom.member.click(message, label="Warum?"))
    assert answer.content == "Which article do you wonder about?"


async def test_a_language_that_the_bot_does_not_speak_is_remembered(newsroom: Town) -> None:
    """So that its people have it on the day on which somebody translates the catalog."""
    newsroom.speaks("pt-BR")
    await newsroom.member_says("follow", topic="AI")
    await newsroom.tick()
    (message,) = newsroom.posted(newsroom.max.dm_channel)
    assert message.content.startswith("**To begin with: the latest articles.**")
    assert await language_of(newsroom, Address(Kind.DM, newsroom.max.id)) == "pt-BR"
    assert "Portuguese (Brazil)" in await newsroom.member_says("data")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (None, "Digest · 3 articles · "),
        ("de", "Digest · 3 Artikel · "),
        ("fr", "Récap · 3 articles"),
    ],
)
def test_a_forum_post_is_named_in_the_language_of_its_forum(
    language: str | None, name: str
) -> None:
    place = Destination(1, Address(Kind.FORUM, 1, 2), Schedule(), 0, language=language)
    somebody = User(1, "somebody")
    made = delivery(somebody, destination=place, articles=published(1, 2, 3), shown=3)
    assert forum_post(made, Place())["name"].startswith(name)


async def test_a_server_is_told_in_its_language_what_is_missing(newsroom: Town) -> None:
    newsroom.speaks("en-US", server="de")
    general = newsroom.guild.create_text_channel("general")
    await newsroom.admin_says("channel follow", topic="AI")
    newsroom.mute()
    await newsroom.tick()
    assert await newsroom.app.servers.tell() == 1
    (notice,) = general.history()
    assert notice.content.startswith(
        f"⚠️ In {newsroom.channel.mention} kann ich den Digest nicht posten: "
        "dort fehlt **Nachrichten senden**."
    )
    status = await newsroom.admin_says("channel status")
    assert "**Send Messages** is missing there" in status, "what is stored names it in English"
