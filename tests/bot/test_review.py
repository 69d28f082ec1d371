"""/channel review and the buttons under a draft, as editors, and those who are none, use them."""

from __future__ import annotations

from datetime import datetime, timedelta

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models.channel import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import article, publish

SLOT = datetime.fromisoformat("2026-11-17T09:00:00Z")
SHOWN = SLOT - timedelta(minutes=15)


class Desk:
    """A staff channel beside ``ai-news``, whose editors see its digests before their time."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.staff: ChannelHandle = town.guild.create_text_channel("news-desk")
        moderators = town.guild.create_role(
            "Moderators", permissions=discord.Permissions(manage_messages=True)
        )
        self.ben: MemberActor = town.guild.add_member(
            town.env.create_user("ben"), roles=[moderators]
        )

    async def open(self, *numbers: int) -> None:
        """Follow, be reviewed, and have these articles in a draft."""
        town = self.town
        await publish(town.app.database, article(99), announced=False)
        await town.admin_says("channel follow", topic="AI")
        await town.tick()
        await town.admin_says("channel review", staff=self.staff)
        await publish(town.app.database, *(article(one, quality=90 - one) for one in numbers))
        await self.at(SHOWN)

    async def at(self, moment: datetime) -> None:
        self.town.clock.now = moment
        await self.town.tick()

    @property
    def draft(self) -> discord.Message:
        """The newest draft in the staff channel."""
        return self.staff.history()[-1]

    @property
    def posted(self) -> list[list[str | None]]:
        """Titles of each digest since the first."""
        return [[one.title for one in message.embeds] for message in self.town.posted()[1:]]

    def button(self, name: str) -> str:
        return next(one for one in custom_ids(self.draft) if one.startswith(f"draft:{name}:"))


@pytest.fixture
async def desk(town: Town) -> Desk:
    desk = Desk(town)
    await desk.open(1, 2, 3)
    return desk


# ── the setting ──────────────────────────────────────────────────────────────────────────────


async def test_a_review_is_set_shown_changed_and_ended(town: Town) -> None:
    staff = town.guild.create_text_channel("news-desk")
    await publish(town.app.database, article(1))
    assert await town.admin_says("channel review", staff=staff) == (
        f"{town.channel.mention} follows no topic yet. Try `/channel setup`."
    )
    await town.admin_says("channel follow", topic="AI")
    assert "are not shown to editors first" in await town.admin_says("channel review")
    said = await town.admin_says("channel review", staff=staff)
    assert f"are shown in {staff.mention} 15 minutes before their time" in said
    assert "30 minutes before" in await town.admin_says("channel review", minutes=30)
    assert "30 minutes before" in await town.admin_says("channel review")
    assert "without being shown" in await town.admin_says("channel review", off=True)
    assert "are not shown to editors" in await town.admin_says("channel review", off=True)


async def test_a_review_needs_a_channel_where_the_bot_may_post(town: Town) -> None:
    staff = town.guild.create_text_channel("news-desk")
    town.mute(staff)
    await publish(town.app.database, article(1))
    await town.admin_says("channel follow", topic="AI")
    said = await town.admin_says("channel review", staff=staff)
    assert "**Send Messages** is missing there" in said
    said = await town.admin_says("channel review", staff=town.channel)
    assert said.startswith("Readers would see the drafts there.")


async def test_who_is_told_instantly_has_no_draft(town: Town) -> None:
    staff = town.guild.create_text_channel("news-desk")
    await publish(town.app.database, article(1))
    await town.admin_says("channel follow", topic="AI", every="instantly")
    said = await town.admin_says("channel review", staff=staff)
    assert "no time for a draft" in said


# ── the draft ────────────────────────────────────────────────────────────────────────────────


async def test_a_draft_lists_its_articles_and_says_when_it_goes_out(desk: Desk) -> None:
    message = desk.draft
    seconds = int(SLOT.timestamp())
    assert message.content.startswith(f"**Draft for {desk.town.channel.mention} · 3 articles**")
    assert (
        f"Goes out <t:{seconds}:f> (<t:{seconds}:R>), unless somebody holds it." in message.content
    )
    assert (message.embeds[0].description or "").splitlines() == [
        f"{n}. **[Article {n}](https://news.example/{n})** · The Example" for n in (1, 2, 3)
    ]
    await desk.town.tick()
    assert len(desk.staff.history()) == 1, "once"


async def test_with_nobody_there_it_goes_out_and_the_draft_says_so(desk: Desk) -> None:
    await desk.at(SLOT)
    assert desk.posted == [["Article 1", "Article 2", "Article 3"]]
    assert "Went out" in desk.draft.content
    assert desk.draft.components == []


async def test_approving_is_seen_by_everybody(desk: Desk) -> None:
    reply = shown(await desk.ben.click(desk.draft, label="Approve"))
    assert reply.content.startswith("You approved it.\nApproved. Goes out")
    await desk.town.tick()
    assert f"<@{desk.ben.id}> approved it." in desk.draft.content
    assert desk.posted == []
    await desk.at(SLOT)
    assert len(desk.posted) == 1


async def test_held_it_waits_for_an_approval(desk: Desk) -> None:
    await desk.ben.click(desk.draft, label="Hold")
    await desk.at(SLOT)
    assert desk.posted == []
    assert "as soon as somebody approves it" in desk.draft.content
    status = await desk.town.admin_says("channel status")
    assert f"A draft is out in {desk.staff.mention}, and is held" in status
    await desk.town.admin.click(desk.draft, label="Approve")
    await desk.town.tick()
    assert len(desk.posted) == 1


async def test_what_is_left_out_is_struck_and_does_not_go_out(desk: Desk) -> None:
    menu = shown(await desk.ben.click(desk.draft, label="Leave out…"))
    options = menu.components[0]["components"][0]["options"]
    await desk.ben.select(menu, [options[1]["value"]], custom_id=custom_ids(menu)[0])
    assert menu.content.startswith(f"<@{desk.ben.id}> left out **Article 2**.")
    await desk.town.tick()
    assert "- ~~Article 2~~" in (desk.draft.embeds[0].description or "")
    assert "2 articles" in desk.draft.content
    await desk.at(SLOT)
    assert desk.posted == [["Article 1", "Article 3"]]


async def test_what_is_pinned_comes_first(desk: Desk) -> None:
    menu = shown(await desk.ben.click(desk.draft, label="Pin…"))
    options = menu.components[0]["components"][0]["options"]
    await desk.ben.select(menu, [options[2]["value"]], custom_id=custom_ids(menu)[0])
    await desk.town.tick()
    assert (desk.draft.embeds[0].description or "").startswith("1. 📌 **[Article 3]")
    await desk.at(SLOT)
    assert desk.posted == [["Article 3", "Article 1", "Article 2"]]


async def test_sent_now_it_is_out_before_its_time(desk: Desk) -> None:
    await desk.ben.click(desk.draft, label="Send now")
    await desk.town.tick()
    assert len(desk.posted) == 1
    await desk.at(SLOT)
    assert len(desk.posted) == 1


async def test_its_cards_are_shown_as_they_would_be_posted(desk: Desk) -> None:
    cards = shown(await desk.ben.click(desk.draft, label="See the cards"))
    assert [one.title for one in cards.embeds] == ["Article 1", "Article 2", "Article 3"]


async def test_of_two_editors_the_slower_is_told_what_the_other_did(desk: Desk) -> None:
    """Both see the same draft; its message shows the first press only after the second."""
    seen = desk.button("hold")
    await desk.ben.click(desk.draft, label="Approve")
    reply = shown(await desk.town.admin.click(desk.draft, custom_id=seen))
    assert reply.content.startswith(f"<@{desk.ben.id}> approved it.\nSomebody was faster")
    await desk.town.tick()
    assert "holds it" not in desk.draft.content
    await desk.town.admin.click(reply, label="Hold")
    await desk.town.tick()
    assert f"<@{desk.town.admin.id}> holds it." in desk.draft.content


async def test_after_its_time_buttons_say_kindly_that_it_went_out(desk: Desk) -> None:
    message, button = desk.draft, desk.button("hold")
    await desk.at(SLOT)
    reply = shown(await forge(desk.town, desk.ben, message, button))
    assert reply.content.startswith("That draft is closed.\nWent out")
    menu = shown(await forge(desk.town, desk.ben, message, "draft:drop:1:0"))
    assert menu.content.startswith("That draft is closed.")


async def test_why_says_in_the_channel_that_an_editor_left_it_out(desk: Desk) -> None:
    menu = shown(await desk.ben.click(desk.draft, label="Leave out…"))
    options = menu.components[0]["components"][0]["options"]
    await desk.ben.select(menu, [options[1]["value"]], custom_id=custom_ids(menu)[0])
    await desk.at(SLOT)
    said = await desk.town.member_says("why", article="Article 2")
    assert "Not in this channel's digest: an editor left it out." in said
    said = await desk.town.member_says("why", article="Article 1")
    assert "editor" not in said


# ── who may ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "custom_id",
    ["approve:1:0", "hold:1:0", "send:1:0", "drop:1:0", "pin:1:0", "see:1:0"],
)
async def test_a_member_without_rights_changes_nothing(desk: Desk, custom_id: str) -> None:
    reply = shown(await forge(desk.town, desk.town.member, desk.draft, f"draft:{custom_id}"))
    assert "**Manage Messages**" in reply.content
    await desk.at(SLOT)
    assert desk.posted == [["Article 1", "Article 2", "Article 3"]]


@pytest.mark.parametrize("custom_id", ["dropping:1:0:0", "pinning:1:0:0"])
async def test_a_forged_menu_changes_nothing(desk: Desk, custom_id: str) -> None:
    forged = f"draft:{custom_id}"
    reply = shown(await forge(desk.town, desk.town.member, desk.draft, forged, "2"))
    assert "**Manage Messages**" in reply.content
    reply = shown(await forge(desk.town, desk.ben, desk.draft, forged, "999"))
    await desk.at(SLOT)
    assert desk.posted == [["Article 1", "Article 2", "Article 3"]]


async def test_a_moderator_of_another_channel_is_no_editor(desk: Desk) -> None:
    """The right counts where the draft stands, not where somebody presses a forged button."""
    other = desk.town.guild.create_text_channel("elsewhere")
    allow = discord.Permissions(manage_messages=True).value
    max_ = desk.town.member
    desk.town.env.backend.set_overwrite(
        other.id, Overwrite(max_.id, OverwriteType.MEMBER, allow, 0)
    )
    reply = shown(await max_.slash(other, "help"))
    answer = shown(await forge(desk.town, max_, reply, "draft:hold:1:0"))
    assert "**Manage Messages**" in answer.content


async def test_an_editor_sees_and_takes_back_what_is_stored_of_them(desk: Desk) -> None:
    await desk.ben.click(desk.draft, label="Approve")
    reply = shown(await desk.ben.slash(desk.staff, "data"))
    assert "1 thing you did to drafts" in reply.content
    await desk.town.app.service.reading.forget(desk.ben.id)
    await desk.town.tick()
    reply = shown(await desk.ben.slash(desk.staff, "data"))
    assert reply.content.startswith("I have nothing stored about you.")


# ── when the staff channel cannot be reached ─────────────────────────────────────────────────


async def test_without_a_staff_channel_it_goes_out_and_somebody_is_told(town: Town) -> None:
    desk = Desk(town)
    general = town.guild.create_text_channel("general")
    await publish(town.app.database, article(99), announced=False)
    await town.admin_says("channel follow", topic="AI")
    await town.tick()
    await town.admin_says("channel review", staff=desk.staff)
    await publish(town.app.database, article(1))
    town.mute(desk.staff)
    await desk.at(SHOWN)
    assert desk.staff.history() == []
    assert await town.app.servers.tell() == 1
    assert await town.app.servers.tell() == 0, "once"
    (notice,) = general.history()
    assert f"I cannot show the draft for {town.channel.mention} in {desk.staff.mention}" in (
        notice.content
    )
    assert "**Send Messages** is missing there" in await town.admin_says("channel review")
    await desk.at(SLOT)
    assert desk.posted == [["Article 1"]]
