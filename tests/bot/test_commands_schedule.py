"""When a person's digest comes: /follow's next steps, /schedule, the form, and what they write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digests.model import Address, Kind
from digests.subscriptions import Wish
from tests.bot.town import Town, custom_ids, forge, shown
from tests.build import NOW, article, publish


async def test_follow_offers_the_next_steps(newsroom: Town) -> None:
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="AI"))
    assert custom_ids(answer) == ["time", "now", "unfollow:1"]
    await newsroom.tick()
    now = shown(await newsroom.member.click(answer, label="See it now"))
    assert "Nothing new since your last digest" in now.content
    assert len(now.embeds) == 5
    await newsroom.env.restart_bot()
    await newsroom.member.click(answer, label="Undo")
    assert answer.content == "You no longer follow **AI**. `/follow topic:AI` brings it back."
    assert "no topic yet" in await newsroom.member_says("following")


async def test_following_again_offers_no_undo(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="ai"))
    assert custom_ids(answer) == ["time", "now"]


async def test_undo_of_a_forged_topic_undoes_nothing(newsroom: Town) -> None:
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="AI"))
    await forge(newsroom, newsroom.member, answer, "unfollow:2")
    assert answer.content == "You do not follow that any more."
    assert "**AI**" in await newsroom.member_says("following")


async def test_change_time_is_a_form_that_outlives_a_restart(newsroom: Town) -> None:
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="AI"))
    form = await newsroom.member.click(answer, label="Change time")
    assert form.modal is not None
    await newsroom.env.restart_bot()
    await newsroom.member.submit_modal(
        form,
        {"every": ["weekly"], "at": "07:30", "zone": "europe/lisbon", "day": ["5"]},
    )
    assert answer.content.startswith("Your digest comes every Saturday at 07:30 (Europe/Lisbon).")
    assert "every Saturday at 07:30 (Europe/Lisbon)" in await newsroom.member_says("following")


async def test_the_form_explains_what_it_does_not_understand(newsroom: Town) -> None:
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="AI"))
    form = await newsroom.member.click(answer, label="Change time")
    sent = await newsroom.member.submit_modal(
        form, {"every": ["daily"], "at": "soon", "zone": "IST", "day": ["0"]}
    )
    assert "“soon” is not a time of day" in shown(sent).content
    assert answer.content.startswith("You now follow **AI**"), "what was answered before stays"


async def test_the_form_asks_which_zone_was_meant(newsroom: Town) -> None:
    answer = shown(await newsroom.member.slash(newsroom.channel, "follow", topic="AI"))
    form = await newsroom.member.click(answer, label="Change time")
    await newsroom.member.submit_modal(
        form, {"every": ["weekly"], "at": "8:00 18:00", "zone": "IST", "day": ["2"]}
    )
    assert "Which one is yours: Asia/Kolkata, Europe/Dublin" in answer.content
    await newsroom.env.restart_bot()
    await newsroom.member.select(answer, ["Europe/Dublin"], custom_id=custom_ids(answer)[0])
    assert "every Wednesday at 08:00 and 18:00 (Europe/Dublin)." in answer.content


async def test_who_does_not_know_their_zone_says_what_time_it_is(newsroom: Town) -> None:
    """In New Delhi it is half past five, everywhere else something else."""
    newsroom.clock.now = NOW.replace(hour=12, minute=0)
    page = shown(
        await newsroom.member.slash(
            newsroom.channel, "schedule", timezone="17:31", at="07:30", quiet="22:00-06:00"
        )
    )
    assert "There are zones where it is 17:31 now. Which one is yours: Asia/Kol" in page.content
    labels = [one["label"] for one in page.components[0]["components"][0]["options"]]
    assert labels == ["Asia/Kolkata (now 17:30)", "Asia/Colombo (now 17:30)"]
    assert "09:00 (UTC)" in await newsroom.member_says("schedule"), "nothing is guessed"
    await newsroom.member.select(page, ["Asia/Kolkata"], custom_id=custom_ids(page)[0])
    said = "daily at 07:30 (Asia/Kolkata), but not between 22:00 and 06:00."
    assert said in page.content


async def test_what_does_not_fit_into_the_question_is_asked_for_again(newsroom: Town) -> None:
    hours = " ".join(f"{hour}:00" for hour in range(20))
    for more in ({"at": hours}, {"pause_until": "tomorrow"}):
        page = shown(
            await newsroom.member.slash(newsroom.channel, "schedule", timezone="IST", **more)
        )
        assert "Which one is yours: Asia/Kolkata" in page.content
        assert custom_ids(page) == []


@pytest.mark.parametrize(
    ("custom_id", "zone"),
    [
        ("zone-is////", "../etc/passwd"),
        ("zone-is//9//", "Asia/Kolkata"),
        ("zone-is///25:00/", "Asia/Kolkata"),
        ("zone-is///:::/-", "Asia/Kolkata"),
    ],
)
async def test_a_forged_answer_changes_nothing(newsroom: Town, custom_id: str, zone: str) -> None:
    page = shown(await newsroom.member.slash(newsroom.channel, "schedule", timezone="IST"))
    answer = await forge(newsroom, newsroom.member, page, custom_id, zone)
    assert "our fault" not in shown(answer).content
    assert (await newsroom.app.service.status())["destinations"] == 0


async def test_schedule_works_before_anything_is_followed(newsroom: Town) -> None:
    """Who sets a zone first has it when they follow."""
    reply = await newsroom.member_says("schedule", timezone="Asia/Tokyo", at="08:00")
    assert "Your digest comes daily at 08:00 (Asia/Tokyo)." in reply
    assert "There is nothing to come yet: `/follow` a topic." in reply
    assert "daily at 08:00 (Asia/Tokyo)" in await newsroom.member_says("follow", topic="AI")


async def test_schedule_alone_shows_how_it_is(newsroom: Town) -> None:
    """Who only looks leaves no trace."""
    reply = await newsroom.member_says("schedule")
    assert "Once you do, your digest comes daily at 09:00 (UTC)" in reply
    assert (await newsroom.app.service.status())["destinations"] == 0
    await newsroom.member_says("follow", topic="AI")
    reply = await newsroom.member_says("schedule")
    assert reply.startswith("Your digest comes daily at 09:00 (UTC).\nThe next one: <t:")


async def test_a_day_makes_it_weekly_and_days_can_be_named_together(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI")
    assert "every Monday at 09:00" in await newsroom.member_says("schedule", day=0)
    reply = await newsroom.member_says("schedule", every="daily", day=7)
    assert "comes Monday to Friday at 09:00" in reply
    assert "comes daily at 09:00" in await newsroom.member_says("schedule", day=8)
    assert "every hour at :15" in await newsroom.member_says("schedule", every="hourly", at="9:15")


async def test_a_person_pauses_and_goes_on(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI", every="instantly")
    await newsroom.tick()
    reply = await newsroom.member_says("schedule", pause_until="2 weeks")
    moment = int((NOW + timedelta(days=14)).timestamp())
    assert f"Paused until <t:{moment}:f>" in reply
    assert "`/schedule pause_until:off` ends it now." in reply
    await publish(newsroom.app.database, article(50))
    await newsroom.tick()
    assert len(newsroom.posted(newsroom.max.dm_channel)) == 1
    assert "Paused" not in await newsroom.member_says("schedule", pause_until="off")
    await newsroom.tick()
    assert len(newsroom.posted(newsroom.max.dm_channel)) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"at": "25:00"}, "is not a time of day"),
        ({"timezone": "Nowhere/Land"}, "is not a time zone I know"),
        ({"quiet": "nights"}, "Write quiet hours like 22:00-07:00"),
        ({"pause_until": "2019-01-01"}, "That is in the past"),
        ({"pause_until": "soon"}, "I do not understand “soon”"),
        ({"every": "daily", "at": " ".join(["09:00"] * 30)}, "That is too often"),
    ],
)
async def test_what_cannot_be_is_explained(
    newsroom: Town, options: dict[str, str], said: str
) -> None:
    await newsroom.member_says("follow", topic="AI")
    assert said in await newsroom.member_says("schedule", **options)
    assert "daily at 09:00 (UTC)" in await newsroom.member_says("schedule")


async def test_options_are_completed(newsroom: Town) -> None:
    async def offered(option: str, typed: str) -> list[str]:
        found = await newsroom.member.autocomplete(newsroom.channel, "schedule", option, typed)
        return [one["value"] for one in found]

    assert (await offered("timezone", "berl")) == ["Europe/Berlin"]
    newsroom.clock.now = NOW.replace(hour=12, minute=0)
    assert (await offered("timezone", "5:45 pm")) == ["Asia/Kathmandu"]
    assert (await offered("at", ""))[:2] == ["06:00", "06:30"]
    assert (await offered("at", "7:45"))[0] == "07:45"
    assert (await offered("at", "18"))[:2] == ["18:00", "18:30"]
    assert (await offered("pause_until", "1")) == ["1", "1 week", "1 month"]
    assert (await offered("pause_until", "x" * 300)) == ["x" * 100]


async def test_more_topics_than_a_list_holds(town: Town) -> None:
    """25 choices are offered, and a reply with all topics stays within its limits."""
    labels = [f"Topic {'*_' * 30}{number}" for number in range(60)]
    await publish(town.app.database, *(article(n, label) for n, label in enumerate(labels)))
    found = await town.member.autocomplete(town.channel, "follow", "topic", "")
    assert len(found) == 25
    for label in labels:
        await town.app.service.follow(
            Address(Kind.DM, town.max.id), label, Wish(), by=town.max.id, now=town.clock()
        )
    reply = await town.member_says("following")
    assert len(reply) <= 2000
    assert reply.splitlines()[-3] == "- …"
    found = await town.member.autocomplete(town.channel, "unfollow", "topic", "")
    assert len(found) == 25


async def test_without_any_topic_nothing_is_offered(town: Town) -> None:
    assert await town.member.autocomplete(town.channel, "follow", "topic", "") == []
    assert "There is no topic **AI**." in await town.member_says("follow", topic="AI")
    assert "no topic yet" in await town.member_says("digest")
