"""/channel schedule, pause, filter, preview and status, as admins use them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord

from tests.bot.town import Town, shown
from tests.build import NOW, article, publish

# ── /channel schedule, pause, resume ─────────────────────────────────────────────────────────


async def test_schedule_changes_what_is_named_and_shows_the_rest(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel schedule", every="weekly")
    await newsroom.admin_says("channel follow", topic="AI", at="18:00", timezone="Europe/Berlin")
    reply = await newsroom.admin_says("channel schedule", day=2)
    assert "comes every Wednesday at 18:00 (Europe/Berlin)." in reply
    assert "The next one: <t:" in reply
    reply = await newsroom.admin_says("channel schedule", every="daily", day=7, at="08:00 17:30")
    assert "comes Monday to Friday at 08:00 and 17:30 (Europe/Berlin)." in reply
    reply = await newsroom.admin_says("channel schedule", day=8, quiet="22:00-07:00")
    assert "daily at 08:00 and 17:30 (Europe/Berlin), but not between 22:00 and 07:00." in reply
    assert await newsroom.admin_says("channel schedule", quiet="off") != reply


async def test_pause_and_resume(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel pause")
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    reply = await newsroom.admin_says("channel pause")
    assert "Paused; what comes meanwhile waits. `/channel resume` ends the pause." in reply
    await publish(newsroom.app.database, article(50))
    newsroom.clock.forward(days=20)
    await newsroom.tick()
    assert len(newsroom.posted()) == 1
    reply = await newsroom.admin_says("channel resume")
    assert "Paused" not in reply
    await newsroom.tick()
    assert len(newsroom.posted()) == 2


async def test_pause_until_a_date_in_the_channels_zone(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI", timezone="Asia/Tokyo")
    reply = await newsroom.admin_says("channel pause", until="2026-12-24")
    moment = int((NOW + timedelta(days=37, hours=3)).timestamp())
    assert f"Paused until <t:{moment}:f>" in reply
    assert "I do not understand" in await newsroom.admin_says("channel pause", until="whenever")
    assert "in the past" in await newsroom.admin_says("channel pause", until="2020-01-01")


# ── /channel filter ──────────────────────────────────────────────────────────────────────────


async def test_filter_changes_what_is_named_and_shows_the_rest(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel filter", quality=50)
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    assert "takes everything on its topics." in await newsroom.admin_says("channel filter")
    reply = await newsroom.admin_says("channel filter", quality=50, not_words="crypto, win money")
    assert "takes only: quality 50 or more; not with **crypto** or **win money**." in reply
    reply = await newsroom.admin_says("channel filter", most=3, only_providers="The Example")
    assert "only from **the example**" in reply
    assert "A digest shows 3 articles at most." in reply
    await publish(
        newsroom.app.database,
        article(50, quality=49),
        article(51, quality=51),
        article(52, quality=90, title="Win money now"),
    )
    await newsroom.tick()
    assert [one.title for one in newsroom.posted()[-1].embeds] == ["Article 51"]
    reply = await newsroom.admin_says(
        "channel filter", quality=0, not_words="off", only_providers="none"
    )
    assert "takes everything on its topics." in reply


async def test_filter_takes_categories_and_types_as_the_files_write_them(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI", every="instantly")
    await newsroom.tick()
    reply = await newsroom.admin_says(
        "channel filter", only_categories="World News, Culture", only_types="article"
    )
    said = "only of the category **culture** or **world news**; only of the type **article**."
    assert said in reply
    await publish(
        newsroom.app.database,
        article(50, category="World news", type="Article"),
        article(51, category="Sports", type="Article"),
        article(52, category="Culture", type="Video"),
    )
    await newsroom.tick()
    assert [one.title for one in newsroom.posted()[-1].embeds] == ["Article 50"]


async def test_a_filter_of_nothing_or_too_much_is_explained(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI")
    assert "no name and no word" in await newsroom.admin_says("channel filter", only_words="?!, -")
    many = ",".join(f"w{number}" for number in range(60))
    assert "50 at most" in await newsroom.admin_says("channel filter", not_words=many)


# ── /channel preview and status ──────────────────────────────────────────────────────────────


async def test_preview_shows_the_next_digest_and_changes_nothing(newsroom: Town) -> None:
    assert "follows no topic yet" in await newsroom.admin_says("channel preview")
    await newsroom.admin_says("channel follow", topic="AI", at="18:00")
    await newsroom.tick()
    assert "Nothing new for" in await newsroom.admin_says("channel preview")
    await publish(newsroom.app.database, *(article(n) for n in range(50, 62)))
    before = await newsroom.app.service.status()
    for _ in range(2):
        page = shown(await newsroom.admin.slash(newsroom.channel, "channel preview"))
        assert page.content.startswith("As of now, the next digest of")
        assert "holds 12 articles. The first 10:" in page.content
        assert len(page.embeds) == 10
    assert await newsroom.app.service.status() == before
    newsroom.clock.forward(hours=6)
    await newsroom.tick()
    assert newsroom.posted()[-1].content.endswith("12 articles")


async def test_status_tells_next_and_last_and_what_is_in_the_way(newsroom: Town) -> None:
    reply = await newsroom.admin_says("channel status")
    assert reply.endswith("follows no topic yet. `/channel setup` leads you through it.")
    await newsroom.admin_says("channel follow", topic="AI")
    reply = await newsroom.admin_says("channel status")
    assert "follows **AI**." in reply
    assert "Last digest: number 1, <t:" in reply
    assert "not posted yet." in reply
    assert "1 message on the way." in reply
    newsroom.mute()
    await newsroom.tick()
    reply = await newsroom.admin_says("channel status")
    assert "⚠️ 1 message held back: **Send Messages** is missing there." in reply
    assert "`/channel post` tries again at once." in reply
    assert f"⚠️ {newsroom.channel.mention}: **Send Messages** is missing there." in reply
    newsroom.mute(muted=False)
    await newsroom.admin_says("channel post")
    await newsroom.tick()
    reply = await newsroom.admin_says("channel status")
    assert "held back" not in reply
    assert f"https://discord.com/channels/{newsroom.guild.id}/{newsroom.channel.id}/" in reply
    assert f"I have every permission I need in {newsroom.channel.mention}." in reply


async def test_after_downtime_status_tells_that_one_digest_covers_all_that_was_missed(
    newsroom: Town,
) -> None:
    """Two days without the bot: two nine o'clocks are one digest, and it says so."""
    await newsroom.admin_says("channel follow", topic="AI", at="09:00")
    await newsroom.tick()
    assert "covers" not in await newsroom.admin_says("channel status"), "a first one covers nothing"
    followed = newsroom.clock()
    await publish(newsroom.app.database, article(50), article(51))
    newsroom.clock.now = NOW.replace(hour=15) + timedelta(days=2)
    await newsroom.tick()
    assert newsroom.posted()[-1].content.endswith("2 articles")
    due = int((NOW.replace(hour=9) + timedelta(days=1)).timestamp())
    reply = await newsroom.admin_says("channel status")
    assert f"It was due <t:{due}:f> (<t:{due}:R>) and late" in reply
    assert f"covers everything since <t:{int(followed.timestamp())}:f>" in reply


async def test_a_forced_digest_says_since_when_it_covers_everything(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="AI", at="18:00")
    await newsroom.tick()
    await publish(newsroom.app.database, article(50))
    newsroom.clock.now = NOW.replace(hour=18)
    await newsroom.tick()
    newsroom.clock.forward(days=0.5)
    await publish(newsroom.app.database, article(51))
    six = int(NOW.replace(hour=18).timestamp())
    covers = f"It covers everything since <t:{six}:f>"
    assert f"1 article. {covers}" in await newsroom.admin_says("channel post")
    await newsroom.tick()
    assert covers in await newsroom.admin_says("channel status")


# ── who may ──────────────────────────────────────────────────────────────────────────────────

OPTIONS: dict[str, dict[str, Any]] = {
    "follow": {"topic": "AI"},
    "unfollow": {"topic": "AI"},
    "schedule": {"every": "instantly"},
    "filter": {"quality": 99},
    "pause": {"until": "forever"},
    "look": {"look": "lead"},
}


async def test_a_member_may_use_no_command_of_the_group(newsroom: Town) -> None:
    """Also when the server's owner has opened the commands to everyone."""
    await newsroom.admin_says("channel follow", topic="AI")
    everyone: Any = {newsroom.guild.default_role: True}
    for one in await newsroom.app.client.tree.fetch_commands():
        newsroom.guild.set_command_permissions(one, everyone)
    group = newsroom.app.client.tree.get_command("channel")
    assert isinstance(group, discord.app_commands.Group)
    before = await newsroom.admin_says("channel status")
    for command in group.commands:
        options = OPTIONS.get(command.name, {})
        reply = await newsroom.member_says(f"channel {command.name}", **options)
        assert reply == (
            "Only people who may manage this server (**Manage Server**) can do that."
        ), command.name
    assert await newsroom.admin_says("channel status") == before


async def test_a_member_learns_nothing_of_a_channel_by_autocomplete(newsroom: Town) -> None:
    await newsroom.admin_says("channel follow", topic="Computer Vision")
    everyone: Any = {newsroom.guild.default_role: True}
    for one in await newsroom.app.client.tree.fetch_commands():
        newsroom.guild.set_command_permissions(one, everyone)
    found = await newsroom.member.autocomplete(newsroom.channel, "channel unfollow", "topic", "")
    assert found == []


async def test_the_group_is_for_servers_and_hidden_from_members(newsroom: Town) -> None:
    group = newsroom.app.client.tree.get_command("channel")
    assert group is not None
    data = group.to_dict(newsroom.app.client.tree)
    assert data["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    assert (data["contexts"], data["integration_types"]) == ([0], [0])


async def test_everything_else_works_everywhere(newsroom: Town) -> None:
    for command in newsroom.app.client.tree.get_commands():
        data = command.to_dict(newsroom.app.client.tree)
        if command.name != "channel":
            assert sorted(data["contexts"]) == [0, 1, 2], command.name
            assert sorted(data["integration_types"]) == [0, 1], command.name


async def test_every_command_and_option_explains_itself(newsroom: Town) -> None:
    def check(data: dict[str, Any], path: str) -> None:
        assert len(data["description"]) > 5, path
        assert data["description"] != "…", path
        for option in data.get("options", ()):
            check(option, f"{path} {option['name']}")

    for command in newsroom.app.client.tree.get_commands():
        check(command.to_dict(newsroom.app.client.tree), command.name)
