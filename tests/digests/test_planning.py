"""Planning, on both databases: who gets what, when, and what is written of it."""

from __future__ import annotations

from datetime import time

from sqlalchemy import select, update

from digests import weaving
from digests.model import FOREVER, WEEKDAYS, Cadence, Filters, Provider
from digests.storage import destinations, library, schema
from digests.subscriptions import Wish
from tests.build import CHANNEL, NOW, PERSON
from tests.digests.newsroom import INSTANTLY, Newsroom, day

TITLE = "City council opens the new bridge over the river"


async def test_a_slot_brings_what_is_new_once(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.news(2)
    assert await room.at(day(1, 8, 59)) == []
    assert await room.at(day(1)) == [["Article 101", "Article 100"]]
    assert await room.at(day(2)) == []


async def test_several_times_a_day(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(9), also_at=(time(17),)))
    await room.at(day(1))
    await room.news()
    assert await room.at(day(1, 16)) == []
    assert await room.at(day(1, 17)) == [["Article 100"]]


async def test_missed_slots_are_made_up_for_by_one_digest(room: Newsroom) -> None:
    """Five days of downtime; the edition's window says what it covers."""
    await room.follow()
    await room.tick()
    for _ in range(5):
        await room.news()
    assert await room.at(day(5, 13)) == [[f"Article {n}" for n in (104, 103, 102, 101, 100)]]
    async with room.database.read() as connection:
        rows = await connection.execute(
            select(schema.editions).where(schema.editions.c.occasion == "scheduled")
        )
        (row,) = rows
        found = await destinations.find(connection, CHANNEL)
    assert (row.since, row.until, row.slot) == (1, 6, day(1))
    assert found is not None
    assert found.next_due == day(6)


async def test_what_falls_due_in_quiet_hours_waits_for_their_end(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(23), quiet=(time(22), time(7))))
    await room.tick()
    await room.news()
    assert await room.at(day(0, 23)) == []
    assert await room.at(day(1, 7)) == [["Article 100"]]


async def test_a_late_digest_respects_the_quiet_hours_too(room: Newsroom) -> None:
    """Due at 21:50, but the bot comes back at 23:00: the night is quiet all the same."""
    await room.follow(wish=Wish(at=time(21, 50), quiet=(time(22), time(7))))
    await room.tick()
    await room.news()
    assert await room.at(day(0, 23)) == []
    assert await room.at(day(1, 7)) == [["Article 100"]]
    await room.news()
    assert await room.at(day(1, 21, 50)) == [["Article 101"]]


async def test_instantly_gathers_in_quiet_hours(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, quiet=(time(22), time(7))))
    await room.news()
    assert await room.tick() == [["Article 1"], ["Article 100"]]
    await room.news()
    assert await room.at(day(0, 23)) == []
    await room.news()
    assert await room.at(day(1, 6)) == []
    assert await room.at(day(1, 7)) == [["Article 102", "Article 101"]]
    await room.news()
    assert await room.at(day(1, 7, 1)) == [["Article 103"]]


async def test_instantly_on_weekdays_only(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, days=WEEKDAYS))
    await room.tick()
    saturday = day(5, 12)
    room.clock.now = saturday
    await room.news()
    assert await room.tick() == []
    assert await room.at(day(7, 0)) == [["Article 100"]]


async def test_a_pause_keeps_everything_for_its_end(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await room.service.reschedule(CHANNEL, Wish(paused_until=day(3, 0)), room.clock())
    await room.news()
    assert await room.at(day(1)) == []
    await room.news()
    assert await room.at(day(3, 8)) == []
    assert await room.at(day(3)) == [["Article 101", "Article 100"]]


async def test_a_pause_without_end_is_ended_by_a_wish(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    paused = await room.service.reschedule(CHANNEL, Wish(paused_until=FOREVER), room.clock())
    assert paused is not None
    assert paused.next_due == FOREVER
    await room.news()
    assert await room.at(day(400)) == []
    await room.service.reschedule(CHANNEL, Wish(paused_until=room.clock()), room.clock())
    assert await room.tick() == [["Article 100"]]


async def test_too_few_articles_carry_over(room: Newsroom) -> None:
    await room.follow(wish=Wish(at=time(9), at_least=3))
    await room.tick()
    await room.news(2)
    assert await room.at(day(1)) == []
    assert await room.at(day(2)) == []
    await room.news()
    assert await room.at(day(3)) == [["Article 102", "Article 101", "Article 100"]]


async def test_instantly_knows_no_too_few(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, at_least=3))
    await room.tick()
    await room.news()
    assert await room.tick() == [["Article 100"]]


async def test_the_cap_keeps_the_rest_behind_the_button(room: Newsroom) -> None:
    await room.follow(wish=Wish(every=Cadence.INSTANTLY, at_most=2))
    await room.tick()
    await room.news(5)
    assert await room.tick() == [["Article 104", "Article 103"]]
    rest, left = await room.service.more(room.sender.sent[-1].edition_id, 0, 10)
    assert [one.article.title for one in rest] == ["Article 102", "Article 101", "Article 100"]
    assert left == 0


async def test_filters_leave_out_and_are_not_made_up_for(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.service.refilter(CHANNEL, Filters(min_quality=50))
    await room.news(quality=20)
    await room.news(quality=80)
    assert await room.tick() == [["Article 101"]]
    await room.service.refilter(CHANNEL, Filters())
    assert await room.tick() == []
    await room.news(quality=20)
    assert await room.tick() == [["Article 102"]]


async def test_filters_by_words_category_and_type(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    wanted = Filters(
        only_words=frozenset({"Bridge"}),
        without_words=frozenset({"toll"}),
        only_categories=frozenset({"News"}),
        only_types=frozenset({"article"}),
    )
    await room.service.refilter(CHANNEL, wanted)
    for title in ("A bridge", "Bridges", "The toll of a bridge"):
        await room.news(title=title, category="news", type="article")
    await room.news(title="A bridge on film", category="news", type="video")
    assert await room.tick() == [["A bridge"]]


async def test_a_held_destination_gets_one_digest_once_it_is_free(room: Newsroom) -> None:
    """Nothing is made for a place where nothing can be posted."""
    await room.follow()
    await room.tick()
    async with room.database.write() as connection:
        held = {"held": "no permission", "held_cause": "refused", "held_since": NOW}
        await connection.execute(update(schema.destinations).values(**held))
    await room.news()
    assert await room.at(day(1)) == []
    await room.news()
    assert await room.at(day(2)) == []
    assert await room.count(schema.editions) == 1
    async with room.database.write() as connection:
        free = dict.fromkeys(("held", "held_cause", "held_since"))
        await connection.execute(update(schema.destinations).values(**free))
    assert await room.at(day(3)) == [["Article 101", "Article 100"]]


# ── stories ──────────────────────────────────────────────────────────────────────────────────


async def told_by(room: Newsroom, name: str, *topics: str, **fields: object) -> None:
    """A new article that tells the same as the others."""
    await room.news(1, *topics, title=TITLE, provider=Provider(name), **fields)


async def test_a_story_is_told_on_one_card_with_the_others_as_links(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "Here News", quality=50)
    await told_by(room, "There Post", quality=90)
    assert await room.tick() == [[TITLE]]
    (told,) = room.sender.sent[-1].articles
    assert told.article.provider == Provider("There Post")
    assert [one.provider for one in told.article.related] == ["Here News"]


async def test_a_repeat_is_not_told_until_the_story_has_grown(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "First")
    assert await room.tick() == [[TITLE]]
    await told_by(room, "Second")
    assert await room.tick() == []
    await told_by(room, "Third")
    assert await room.tick() == [[TITLE]]
    (told,) = room.sender.sent[-1].articles
    assert told.update


async def test_a_repeat_is_news_where_the_story_was_not_told(room: Newsroom) -> None:
    """The first article was on a topic that only the other place follows."""
    await room.follow(CHANNEL, INSTANTLY, "AI")
    await room.follow(PERSON, INSTANTLY, "Space")
    await room.tick()
    await told_by(room, "First", "AI")
    assert len(await room.tick()) == 1
    await told_by(room, "Second", "AI", "Space")
    assert await room.tick() == [[TITLE]]
    assert room.sender.sent[-1].destination.address == PERSON


async def test_after_a_week_a_story_begins_anew(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await told_by(room, "First")
    assert await room.tick() == [[TITLE]]
    room.clock.forward(days=8)
    await told_by(room, "Second")
    assert await room.tick() == [[TITLE]]
    assert not room.sender.sent[-1].articles[0].update


async def test_a_forced_digest_folds_stories_that_no_tick_has_seen(room: Newsroom) -> None:
    await room.follow()
    await room.tick()
    await told_by(room, "First")
    await told_by(room, "Second")
    answer = await room.service.post_now(CHANNEL, room.clock())
    assert answer.shown == 1
    assert await room.tick() == [[TITLE]]


async def test_a_huge_library_is_woven_batch_by_batch(room: Newsroom) -> None:
    await room.follow(wish=INSTANTLY)
    await room.tick()
    await room.news(2 * weaving.BATCH + 1)
    until = await weaving.weave_new(room.database, room.clock())
    async with room.database.read() as connection:
        assert until == await library.latest_sequence(connection)
