"""Which articles of their topics a person gets: the form, and how many a digest shows."""

from __future__ import annotations

import pytest

from tests.bot.town import Town, custom_ids, shown
from tests.build import article, publish

EMPTY = {"quality": "", "only_from": "", "not_from": "", "only_with": "", "not_with": ""}


async def choose(town: Town, **typed: str) -> str:
    """Press the button under /following, fill the form in, and read the answer."""
    page = shown(await town.member.slash(town.channel, "following"))
    form = await town.member.click(page, label="Choose articles")
    assert form.modal is not None
    await town.env.restart_bot()
    sent = await town.member.submit_modal(form, {**EMPTY, **typed})
    return shown(sent).content if sent.ephemeral else page.content


async def test_a_person_chooses_by_quality_and_words(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI", every="instantly")
    await newsroom.tick()
    said = await choose(newsroom, quality="50", not_with="crypto, win money")
    assert said.startswith(
        "You get only: quality 50 or more; not with **crypto** or **win money**."
    )
    await publish(
        newsroom.app.database,
        article(50, quality=49),
        article(51, quality=51),
        article(52, quality=90, title="Win money now"),
    )
    await newsroom.tick()
    last = newsroom.posted(newsroom.max.dm_channel)[-1]
    assert [one.title for one in last.embeds] == ["Article 51"]


async def test_the_form_is_filled_in_with_how_it_is_and_emptied_it_takes_all(
    newsroom: Town,
) -> None:
    await newsroom.member_says("follow", topic="AI")
    await choose(newsroom, only_from="The Example, Daily Post", quality="0")
    page = shown(await newsroom.member.slash(newsroom.channel, "following"))
    form = await newsroom.member.click(page, label="Choose articles")
    assert form.modal is not None
    assert "daily post, the example" in str(form.modal)
    assert (await choose(newsroom)).startswith("You get everything on your topics.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quality": "101"}, "“101” is not a quality"),
        ({"quality": "hot"}, "“hot” is not a quality"),
        ({"only_with": "?!"}, "There is no name and no word"),
    ],
)
async def test_what_cannot_be_chosen_is_explained(
    newsroom: Town, typed: dict[str, str], said: str
) -> None:
    await newsroom.member_says("follow", topic="AI")
    assert said in await choose(newsroom, **typed)


async def test_who_follows_nothing_is_offered_nothing_to_choose_from(newsroom: Town) -> None:
    page = shown(await newsroom.member.slash(newsroom.channel, "following"))
    assert custom_ids(page) == []


async def test_a_person_says_how_many_a_digest_shows_and_needs(newsroom: Town) -> None:
    await newsroom.member_says("follow", topic="AI", every="daily", at="13:00")
    await newsroom.tick()
    reply = await newsroom.member_says("schedule", most=2, least=3)
    assert reply.endswith("A digest shows 2 articles at most, and waits for at least 3.")
    before = len(newsroom.posted(newsroom.max.dm_channel))
    await publish(newsroom.app.database, article(50), article(51))
    newsroom.clock.forward(days=1)
    await newsroom.tick()
    assert len(newsroom.posted(newsroom.max.dm_channel)) == before
    await publish(newsroom.app.database, article(52))
    newsroom.clock.forward(days=1)
    await newsroom.tick()
    assert len(newsroom.posted(newsroom.max.dm_channel)[-1].embeds) == 2
