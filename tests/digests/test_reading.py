"""What readers keep and press, on both databases: saved articles, editions, a person's data."""

from __future__ import annotations

from sqlalchemy import func, select

from digests.model import Address, Kind
from digests.reading import MOST_SAVED, Reading, Ticket
from digests.service import DigestService
from digests.storage import Database, library, readers
from digests.storage.schema import deliveries, metadata
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish, split_by_ten

ME = PERSON.id


async def tickets(database: Database) -> list[Ticket]:
    """What the buttons under every message know."""
    async with database.read() as connection:
        rows = await connection.execute(select(deliveries).order_by(deliveries.c.id))
        return [Ticket(row.id, row.nonce[-8:]) for row in rows]


async def follow(database: Database, address: Address, *topics: str, by: int = ADMIN) -> None:
    service = DigestService(database, split_by_ten)
    await service.follow_all(address, topics, Wish(), by=by, now=NOW)


async def test_saving_twice_keeps_once(database: Database) -> None:
    ids = await publish(database, article(1), article(2))
    reading = Reading(database)
    first = await reading.save(ME, ids, NOW)
    again = await reading.save(ME, ids, NOW)
    assert (first.added, first.total) == (2, 2)
    assert (again.added, again.total) == (0, 2)
    assert await reading.saved_among(ME, [*ids, 99]) == set(ids)
    assert await reading.saved_among(ME + 1, ids) == set()


async def test_a_person_can_keep_only_so_many(database: Database) -> None:
    ids = await publish(database, *(article(n) for n in range(MOST_SAVED + 3)))
    reading = Reading(database)
    assert (await reading.save(ME, ids[:-2], NOW)).full
    full = await reading.save(ME, ids, NOW)
    assert (full.added, full.total, full.full) == (0, MOST_SAVED, True)
    await reading.unsave(ME, ids[:1])
    assert (await reading.save(ME, ids[-1:], NOW)).added == 1


async def test_a_page_that_is_gone_gives_the_last_there_is(database: Database) -> None:
    ids = await publish(database, *(article(n) for n in range(11)))
    reading = Reading(database)
    await reading.save(ME, ids, NOW)
    assert len((await reading.shelf(ME, skip=10)).kept) == 1
    await reading.unsave(ME, [(await reading.shelf(ME, skip=10)).kept[0].published.id])
    shelf = await reading.shelf(ME, skip=10)
    assert (shelf.skip, len(shelf.kept)) == (0, 10)


async def test_a_ticket_opens_the_edition_and_nothing_else_does(database: Database) -> None:
    await publish(database, *(article(n) for n in range(1, 4)))
    await follow(database, CHANNEL, "AI")
    (ticket,) = await tickets(database)
    reading = Reading(database)
    opened = await reading.open(ticket)
    assert opened is not None
    assert [one.article.title for one in opened.articles] == ["Article 1", "Article 2", "Article 3"]
    for forged in ("", "AAAAAAAA", ticket.nonce_part[::-1], ticket.nonce_part.swapcase()):
        assert await reading.open(Ticket(ticket.delivery_id, forged)) is None or (
            forged == ticket.nonce_part
        )
    assert await reading.open(Ticket(10**18 - 1, ticket.nonce_part)) is None


async def test_for_me_is_what_a_reader_follows_of_an_edition(database: Database) -> None:
    await publish(
        database, article(1, "AI", "Robots"), article(2, "AI"), article(3, "AI", "Robots")
    )
    await follow(database, CHANNEL, "AI")
    (ticket,) = await tickets(database)
    reading = Reading(database)
    nothing = await reading.mine(ticket, ME)
    assert nothing is not None
    assert (nothing.follows, [one.name for one in nothing.topics]) == (False, ["AI", "Robots"])
    await follow(database, PERSON, "Robots", by=ME)
    mine = await reading.mine(ticket, ME)
    assert mine is not None
    assert [one.article.title for one in mine.articles] == ["Article 1", "Article 3"]
    assert (mine.whole, mine.own) == (3, False)
    own = await reading.mine((await tickets(database))[-1], ME)
    assert own is not None
    assert own.own


async def test_nothing_of_a_person_is_left(database: Database) -> None:
    """No row of any table names them, and nothing that was to be sent to them is left."""
    ids = await publish(database, *(article(n) for n in range(1, 4)))
    await follow(database, CHANNEL, "AI", by=ME)
    await follow(database, PERSON, "AI", by=ME)
    reading = Reading(database)
    await reading.save(ME, ids, NOW)
    before = await reading.traces(ME)
    assert before.destination is not None
    counted = (before.topics, before.saved, before.editions, before.waiting, before.channels)
    assert counted == (1, 3, 1, 1, 1)
    own = before.destination.id
    await reading.forget(ME)
    assert not (await reading.traces(ME)).anything
    async with database.read() as connection:
        for table in metadata.sorted_tables:
            for column in table.c:
                if column.name in ("person", "set_up_by", "address"):
                    count = select(func.count()).where(column == ME)
                    assert await connection.scalar(count) == 0, column
                if column.name == "destination_id":
                    count = select(func.count()).where(column == own)
                    assert await connection.scalar(count) == 0, column
        assert len((await connection.execute(select(deliveries))).all()) == 1, "the channel's"


async def test_forgetting_a_stranger_changes_nothing(database: Database) -> None:
    await publish(database, article(1))
    await follow(database, CHANNEL, "AI")
    await Reading(database).forget(CHANNEL.id)
    assert (await DigestService(database, split_by_ten).status())["destinations"] == 1


async def test_a_withdrawn_article_is_in_no_answer(database: Database) -> None:
    ids = await publish(database, article(1), article(2))
    await follow(database, CHANNEL, "AI")
    reading = Reading(database)
    await reading.save(ME, ids, NOW)
    async with database.write() as connection:
        await library.withdraw_orphans(connection, ids[:1], NOW)
    (ticket,) = await tickets(database)
    opened = await reading.open(ticket)
    assert opened is not None
    assert [one.article.title for one in opened.articles] == ["Article 2"]
    assert (await reading.shelf(ME)).total == 1
    assert [one.id for one in await reading.published(ids)] == ids[1:]
    assert await reading.at_link("https://news.example/1") == []
    assert (await reading.save(ME + 1, ids, NOW)).added == 1


async def test_how_a_channel_stands(database: Database) -> None:
    assert await Reading(database).standing(CHANNEL) is None
    await publish(database, article(1))
    await follow(database, CHANNEL, "AI")
    found = await Reading(database).standing(CHANNEL)
    assert found is not None
    _, topics, standing = found
    assert [one.name for one in topics] == ["AI"]
    assert standing.last is not None
    assert (standing.last.number, standing.last.articles, standing.waiting) == (1, 1, 1)


async def test_what_is_held_is_told_to_who_set_it_up_and_near_it(database: Database) -> None:
    await publish(database, article(1))
    await follow(database, CHANNEL, "AI")
    await follow(database, PERSON, "AI", by=ME)
    async with database.write() as connection:
        await connection.exec_driver_sql(
            "UPDATE destinations SET held = 'closed', held_cause = 'refused', "
            "held_since = '2026-11-16 12:00:00'"
        )
    async with database.read() as connection:
        mine = await readers.held_near(connection, ME, CHANNEL.guild_id)
        assert [one.address.kind for one in mine] == [Kind.DM]
        theirs = await readers.held_near(connection, ADMIN, CHANNEL.guild_id)
        assert [one.address.id for one in theirs] == [CHANNEL.id]
        assert await readers.held_near(connection, ADMIN, 1) == []
