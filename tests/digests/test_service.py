"""What people ask for, on both databases: following, forcing, looking, and what is planned."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from digests import outbox
from digests.errors import UnknownTopic
from digests.model import Address, Cadence, Kind
from digests.relay import Relay
from digests.service import DigestService, Posting
from digests.storage import Database, library
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish, split_by_ten
from tests.fakes import Clock, ScriptedSender

INSTANTLY = Wish(every=Cadence.INSTANTLY)


class Newsroom:
    """A service, a planner and a relay around one database and one clock."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock(NOW)
        self.sender = ScriptedSender()
        self.service = DigestService(database, split_by_ten)
        self.relay = Relay(database, self.sender, self.clock)

    async def follow(self, where: Address, topic: str = "AI", wish: Wish = INSTANTLY) -> int:
        """Follow; how many articles are on their way because of it."""
        answer = await self.service.follow(where, topic, wish, by=ADMIN, now=self.clock())
        return answer.on_their_way

    async def tick(self) -> list[list[str]]:
        """Plan and send everything that is due; what was posted by it."""
        before = len(self.sender.posted)
        await outbox.plan(self.database, self.clock(), split_by_ten)
        while await self.relay.run_once():
            pass
        return self.sender.posted[before:]


@pytest.fixture
def room(database: Database) -> Newsroom:
    return Newsroom(database)


async def test_a_first_edition_holds_the_five_latest(room: Newsroom) -> None:
    await publish(room.database, *(article(number) for number in range(1, 8)))
    assert await room.follow(CHANNEL) == 5
    assert await room.tick() == [[f"Article {number}" for number in range(1, 6)]]
    assert await room.tick() == []


async def test_following_again_begins_nothing_anew(room: Newsroom) -> None:
    await publish(room.database, article(1))
    assert await room.follow(CHANNEL) == 1
    assert await room.follow(CHANNEL, "ai") == 0


async def test_an_unknown_topic_names_the_nearest(room: Newsroom) -> None:
    await publish(room.database, article(1, "Robotics"))
    with pytest.raises(UnknownTopic) as raised:
        await room.follow(CHANNEL, "robotcs")
    assert raised.value.nearest == ("Robotics",)


async def test_new_articles_come_instantly_and_once(room: Newsroom) -> None:
    await publish(room.database, article(1))
    await room.follow(CHANNEL)
    await room.tick()
    await publish(room.database, article(2), article(3, "Space"))
    assert await room.tick() == [["Article 2"]]
    assert await room.tick() == []


async def test_a_daily_digest_waits_for_its_time(room: Newsroom) -> None:
    await publish(room.database, article(9))
    await room.follow(CHANNEL, wish=Wish())
    await room.tick()
    await publish(room.database, article(1), article(2))
    room.clock.forward(hours=20)
    assert await room.tick() == []
    room.clock.forward(hours=1)
    assert await room.tick() == [["Article 1", "Article 2"]]
    room.clock.forward(hours=24)
    assert await room.tick() == []


async def test_old_articles_are_not_announced(room: Newsroom) -> None:
    await publish(room.database, article(1))
    await room.follow(CHANNEL)
    await room.tick()
    await publish(room.database, article(2), announced=False)
    assert await room.tick() == []


async def test_a_withdrawn_article_is_not_sent_even_when_promised(room: Newsroom) -> None:
    first, second = await publish(room.database, article(1), article(2))
    await room.follow(CHANNEL)
    async with room.database.write() as connection:
        await library.withdraw_orphans(connection, [first], NOW)
    assert await room.tick() == [["Article 2"]]
    del second


async def test_an_edition_of_which_all_was_withdrawn_is_given_up(room: Newsroom) -> None:
    ids = await publish(room.database, article(1))
    await room.follow(CHANNEL)
    async with room.database.write() as connection:
        await library.withdraw_orphans(connection, ids, NOW)
    assert await room.tick() == []
    assert (await room.service.status())["dead"] == 1


async def test_a_first_edition_leaves_what_the_next_digest_brings(room: Newsroom) -> None:
    """A second topic's first edition does not anticipate the first topic's daily digest."""
    await publish(room.database, article(9, "AI"))
    await room.follow(CHANNEL, "AI", Wish())
    await room.tick()
    await publish(room.database, article(1, "AI", "Space"), article(2, "Space"))
    await room.follow(CHANNEL, "Space", Wish())
    assert await room.tick() == [["Article 2"]]
    room.clock.forward(hours=24)
    assert await room.tick() == [["Article 1"]]


async def test_a_forced_digest_moves_the_cursor(room: Newsroom) -> None:
    await publish(room.database, article(9))
    await room.follow(CHANNEL, wish=Wish())
    await room.tick()
    await publish(room.database, article(1))
    answer = await room.service.post_now(CHANNEL, room.clock())
    assert (answer.posting, answer.shown) == (Posting.NEW, 1)
    assert await room.tick() == [["Article 1"]]
    room.clock.forward(hours=24)
    assert await room.tick() == []


async def test_forcing_with_nothing_new_shows_the_latest_not_had_yet(room: Newsroom) -> None:
    await publish(room.database, *(article(number) for number in range(1, 8)))
    await room.follow(CHANNEL)
    await room.tick()
    answer = await room.service.post_now(CHANNEL, room.clock())
    assert (answer.posting, answer.shown) == (Posting.LATEST, 2)
    assert await room.tick() == [["Article 6", "Article 7"]]
    room.clock.forward(minutes=1)
    again = await room.service.post_now(CHANNEL, room.clock())
    assert again.posting is Posting.NOTHING


async def test_pressing_twice_at_once_posts_once(room: Newsroom) -> None:
    await publish(room.database, *(article(number) for number in range(1, 15)))
    await room.follow(CHANNEL)
    await room.tick()
    await publish(room.database, article(20))
    answers = await asyncio.gather(
        *(room.service.post_now(CHANNEL, room.clock()) for _ in range(2))
    )
    assert {one.posting for one in answers} == {Posting.NEW, Posting.UNDER_WAY}
    assert await room.tick() == [["Article 20"]]


async def test_forcing_where_nothing_is_followed_says_so(room: Newsroom) -> None:
    answer = await room.service.post_now(CHANNEL, room.clock())
    assert answer.posting is Posting.FOLLOWS_NOTHING


async def test_more_than_ten_articles_stay_reachable(room: Newsroom) -> None:
    await publish(room.database, article(99))
    await room.follow(CHANNEL)
    await room.tick()
    await publish(room.database, *(article(number) for number in range(1, 15)))
    (posted,) = await room.tick()
    assert posted == [f"Article {number}" for number in range(1, 11)]
    (delivery,) = room.sender.sent[-1:]
    assert delivery.more == 4
    rest, left = await room.service.more(delivery.edition_id, 0, 3)
    assert [one.article.title for one in rest] == ["Article 11", "Article 12", "Article 13"]
    assert left == 1


async def test_destinations_with_equal_wishes_share_one_digest(room: Newsroom) -> None:
    await publish(room.database, article(99))
    places = [Address(Kind.CHANNEL, 1000 + number, 70) for number in range(5)]
    for place in places:
        await room.follow(place)
    await room.tick()
    await publish(room.database, article(1))
    assert await room.tick() == [["Article 1"]] * 5
    assert {one.destination.address for one in room.sender.sent[-5:]} == set(places)


async def test_unfollowing_stops_the_articles(room: Newsroom) -> None:
    await publish(room.database, article(1))
    await room.follow(CHANNEL)
    await room.tick()
    await room.service.unfollow(CHANNEL, "ai")
    await publish(room.database, article(2))
    assert await room.tick() == []
    with pytest.raises(UnknownTopic):
        await room.service.unfollow(CHANNEL, "AI")


async def test_a_topic_without_articles_left_can_still_be_unfollowed(room: Newsroom) -> None:
    ids = await publish(room.database, article(1))
    await room.follow(CHANNEL)
    async with room.database.write() as connection:
        await library.withdraw_orphans(connection, ids, NOW)
    assert (await room.service.unfollow(CHANNEL, "AI")).name == "AI"


async def test_looking_moves_nothing(room: Newsroom) -> None:
    await publish(room.database, article(9))
    await room.follow(PERSON, wish=Wish())
    await room.tick()
    await publish(room.database, article(1))
    for _ in range(2):
        look = await room.service.look(PERSON, None)
        assert look is not None
        assert look.new
        assert [one.article.title for one in look.articles] == ["Article 1"]
    room.clock.forward(hours=24)
    assert await room.tick() == [["Article 1"]]


async def test_looking_with_nothing_new_shows_the_latest(room: Newsroom) -> None:
    await publish(room.database, *(article(number) for number in range(1, 8)))
    await room.follow(PERSON)
    look = await room.service.look(PERSON, None)
    assert look is not None
    assert (look.new, len(look.articles)) == (False, 5)


async def test_looking_at_a_topic_needs_no_subscription(room: Newsroom) -> None:
    await publish(room.database, article(1, "Space"), article(2, "AI"))
    look = await room.service.look(PERSON, "space")
    assert look is not None
    assert [one.article.title for one in look.articles] == ["Article 1"]
    assert await room.service.look(PERSON, None) is None


async def test_changing_the_time_moves_the_next_digest(room: Newsroom) -> None:
    await publish(room.database, article(1))
    await room.follow(PERSON, wish=Wish())
    answer = await room.service.follow(
        PERSON, "AI", Wish(zone="Asia/Tokyo"), by=PERSON.id, now=room.clock()
    )
    assert (answer.followed.new, answer.followed.rescheduled) == (False, True)
    assert answer.followed.destination.next_due == NOW + timedelta(hours=12)
