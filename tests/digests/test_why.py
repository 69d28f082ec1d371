"""What became of an article for a destination, from what is stored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digests import outbox
from digests.model import Cadence, Filters, Provider
from digests.reasons import Reason, Verdict
from digests.service import DigestService
from digests.storage import Database, library
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish, split_by_ten

TITLE = "City council opens the new bridge over the river"


class Desk:
    """A channel that follows AI instantly, and asks why."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.service = DigestService(database, split_by_ten)
        self._number = 10
        self.now = NOW

    async def follow(self, wish: Wish) -> None:
        await self.service.follow(CHANNEL, "AI", wish, by=ADMIN, now=self.now)

    async def news(self, *topics: str, announced: bool = True, **fields: object) -> int:
        self._number += 1
        new = article(self._number, *topics, **{"published_at": self.now, **fields})
        (id_,) = await publish(self.database, new, announced=announced)
        return id_

    async def tick(self) -> None:
        self.now += timedelta(minutes=1)
        await outbox.plan(self.database, self.now, split_by_ten)

    async def why(self, article_id: int) -> Verdict:
        verdict = await self.service.why(CHANNEL, article_id)
        assert verdict is not None
        return verdict


@pytest.fixture
async def desk(database: Database) -> Desk:
    await publish(database, article(1, "AI", "Space"), announced=False)
    desk = Desk(database)
    await desk.follow(Wish(every=Cadence.INSTANTLY))
    await desk.tick()
    return desk


async def test_a_place_that_is_unknown_has_no_reasons(desk: Desk) -> None:
    assert await desk.service.why(PERSON, 1) is None


async def test_a_told_article_names_its_edition(desk: Desk) -> None:
    told = await desk.news()
    assert (await desk.why(told)).reason is Reason.WAITING
    await desk.tick()
    assert await desk.why(told) == Verdict(told, Reason.SHOWN, edition=2)


async def test_the_first_edition_is_one_too(desk: Desk) -> None:
    assert await desk.why(1) == Verdict(1, Reason.SHOWN, edition=1)


async def test_what_did_not_fit_is_behind_the_button(desk: Desk) -> None:
    await desk.service.reschedule(CHANNEL, Wish(at_most=1), desk.now)
    low, high = await desk.news(quality=20), await desk.news(quality=80)
    await desk.tick()
    assert (await desk.why(low)).reason is Reason.REST
    assert (await desk.why(high)).reason is Reason.SHOWN


async def test_a_repeat_is_folded_or_was_told(desk: Desk) -> None:
    first = await desk.news(title=TITLE, provider=Provider("A"), quality=90)
    second = await desk.news(title=TITLE, provider=Provider("B"))
    await desk.tick()
    assert await desk.why(second) == Verdict(second, Reason.FOLDED, other=first, edition=2)
    third = await desk.news(title=TITLE, provider=Provider("C"))
    fourth = await desk.news("Space", title=TITLE, provider=Provider("D"))
    await desk.tick()
    update = await desk.why(third)
    assert (update.reason, update.edition) == (Reason.UPDATE, 3)
    assert (await desk.why(fourth)).reason is Reason.OTHER_TOPIC
    fifth = await desk.news(title=TITLE, provider=Provider("E"))
    await desk.tick()
    repeat = await desk.why(fifth)
    assert repeat.reason is Reason.TOLD
    assert repeat.other in (first, second, third)


async def test_what_filters_left_out_names_the_filter(desk: Desk) -> None:
    await desk.service.refilter(CHANNEL, Filters(min_quality=50))
    low = await desk.news(quality=20)
    assert (await desk.why(low)).reason is Reason.LOW_QUALITY
    await desk.tick()
    assert await desk.why(low) == Verdict(low, Reason.LOW_QUALITY, "20, 50 wanted")


async def test_other_settings_then_are_said_to_have_been_other(desk: Desk) -> None:
    await desk.service.refilter(CHANNEL, Filters(min_quality=50))
    low = await desk.news(quality=20)
    await desk.tick()
    await desk.service.refilter(CHANNEL, Filters())
    assert (await desk.why(low)).reason is Reason.OTHERWISE_THEN


async def test_too_few_are_counted(desk: Desk) -> None:
    await desk.service.reschedule(CHANNEL, Wish(every=Cadence.DAILY, at_least=3), desk.now)
    one = await desk.news()
    assert await desk.why(one) == Verdict(one, Reason.TOO_FEW, "1, 3 wanted")


async def test_what_came_before_the_topic_was_followed(desk: Desk) -> None:
    missed = await desk.news("Space", published_at=NOW - timedelta(days=9))
    for _ in range(5):
        await desk.news("Space")
    await desk.tick()
    assert (await desk.why(missed)).reason is Reason.OTHER_TOPIC
    await desk.service.follow(CHANNEL, "Space", Wish(), by=ADMIN, now=desk.now)
    assert (await desk.why(missed)).reason is Reason.FOLLOWED_LATER


async def test_old_and_withdrawn_articles_say_so(desk: Desk) -> None:
    old, gone = await desk.news(announced=False), await desk.news()
    async with desk.database.write() as connection:
        await library.withdraw_orphans(connection, [gone], desk.now)
    await desk.tick()
    assert (await desk.why(old)).reason is Reason.OLD
    assert (await desk.why(gone)).reason is Reason.NOT_PUBLISHED
    assert (await desk.why(12345)).reason is Reason.NOT_PUBLISHED
