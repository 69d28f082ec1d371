"""One suite for both databases: what is stored comes back, and what must not be is refused."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, exc, text, update

from digests.model import Image, Provider, Related, Schedule
from digests.record import to_record
from digests.storage import Database, candidates, destinations, library
from digests.storage.schema import articles, deliveries, metadata
from tests.build import ADMIN, CHANNEL, NOW, PERSON, article, publish


async def test_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    """The migrated database and the schema in the code are the same, the search's index aside."""

    def in_the_schema(name: str | None, *_: object) -> bool:
        return not (name or "").startswith(("article_words", "ix_article_words"))

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_name": in_the_schema})
        return list(compare_metadata(context, metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    before, after = await database.migrate()
    assert before == after


async def test_an_article_comes_back_as_it_was(database: Database) -> None:
    """Every field of an article survives the database, also those in other scripts."""
    whole = article(
        1,
        "AI",
        "Computer Vision",
        title="Größe — 大きさ — حجم 🛰️",
        updated_at=NOW,
        category="news",
        type="article",
        quality=59,
        heat=7,
        provider=Provider("Example", "news.example", "https://news.example/icon.png"),
        images=(
            Image("https://news.example/a.png", 10, 20, "alt", "by me"),
            Image("https://b.example/"),
        ),
        related=(
            Related("One", "https://one.example/", "P", NOW),
            Related("2", "https://2.example/"),
        ),
        other_links=("https://amp.example/1",),
    )
    (id_,) = await publish(database, whole)
    async with database.read() as connection:
        found = await library.published(connection, [id_])
    assert found[id_].article == whole


async def test_sequences_grow_in_the_order_of_publication(database: Database) -> None:
    ids = await publish(database, article(1), article(2))
    ids += await publish(database, article(3))
    async with database.read() as connection:
        found = await library.published(connection, ids)
        assert await library.latest_sequence(connection) == 3
    assert [found[id_].sequence for id_ in ids] == [1, 2, 3]


async def test_sequences_become_visible_in_order(database: Database) -> None:
    """Whoever publishes at the same time: no lower number appears after a higher one."""
    seen: list[int] = []

    async def publish_one(number: int) -> None:
        await publish(database, article(number))
        async with database.read() as connection:
            seen.append(await library.latest_sequence(connection))

    await asyncio.gather(*(publish_one(number) for number in range(1, 13)))
    async with database.read() as connection:
        found = await candidates.between(connection, 0, 99)
    assert sorted(one.sequence for one in found) == list(range(1, 13))
    assert max(seen) == 12


async def test_the_latest_are_found_among_few_and_among_many(database: Database) -> None:
    many = library.MANY + 10
    ids = await publish(database, *(article(number, "AI") for number in range(many)))
    ids += await publish(database, *(article(many + number, "Space") for number in range(3)))
    async with database.write() as connection:
        await library.withdraw_orphans(connection, [ids[0]], NOW)
        topics = {one.name: one.id for one in await library.list_topics(connection)}
        ai = await library.latest(connection, [topics["AI"]], 3, without=[ids[2]])
        space = await library.latest(connection, [topics["Space"]], 3)
        both = await library.latest(connection, topics.values(), 2)
        assert await library.count_published(connection) == many + 2
    assert [one.id for one in ai] == [ids[1], ids[3], ids[4]]
    assert [one.id for one in space] == ids[-3:]
    assert [one.id for one in both] == [ids[1], ids[2]]


async def test_a_withdrawn_article_loses_its_words_but_not_its_number(database: Database) -> None:
    (id_,) = await publish(database, article(1))
    async with database.write() as connection:
        assert await library.withdraw_orphans(connection, [id_], NOW) == [id_]
    async with database.read() as connection:
        assert await library.published(connection, [id_]) == {}
        assert await library.list_topics(connection) == []
        row = (await connection.execute(articles.select())).one()
    assert (row.sequence, row.body) == (1, None)


async def test_a_topic_is_shown_as_most_often_written(database: Database) -> None:
    await publish(
        database, article(1, "ai"), article(2, "AI"), article(3, " AI "), article(4, "ML")
    )
    async with database.read() as connection:
        topics = await library.list_topics(connection)
    assert [(one.name.strip(), one.articles) for one in topics] == [("AI", 3), ("ML", 1)]


async def test_the_database_refuses_words_of_a_withdrawn_article(database: Database) -> None:
    (id_,) = await publish(database, article(1))
    with pytest.raises(exc.IntegrityError):
        async with database.write() as connection:
            await connection.execute(
                update(articles).where(articles.c.id == id_).values(withdrawn_at=NOW)
            )


async def test_the_database_refuses_a_delivery_sent_without_receipt(database: Database) -> None:
    with pytest.raises(exc.IntegrityError):
        async with database.write() as connection:
            await connection.execute(
                deliveries.insert().values(
                    edition_id=1,
                    destination_id=1,
                    part=0,
                    nonce="n" * 24,
                    state="sent",
                    not_before=NOW,
                    settled_at=NOW,
                )
            )


async def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        await publish(database, article(1, published_at=datetime(2026, 1, 1)))  # noqa: DTZ001 - the point


async def test_times_come_back_in_utc(database: Database) -> None:
    async with database.write() as connection:
        made = await destinations.create(
            connection, CHANNEL, Schedule(), cursor=0, set_up_by=ADMIN, now=NOW
        )
        await destinations.reschedule(connection, made.id, Schedule(), NOW + timedelta(hours=1))
        found = await destinations.find(connection, CHANNEL)
    assert found is not None
    assert found.next_due == NOW + timedelta(hours=1)
    assert found.address == CHANNEL


async def test_one_place_is_one_destination(database: Database) -> None:
    async with database.write() as connection:
        await destinations.create(connection, PERSON, Schedule(), cursor=0, set_up_by=1, now=NOW)
    with pytest.raises(exc.IntegrityError):
        async with database.write() as connection:
            await destinations.create(
                connection, PERSON, Schedule(), cursor=0, set_up_by=1, now=NOW
            )


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="half-way"):
        async with database.write() as connection:
            await library.add_articles(connection, [(to_record(article(1)), True)])
            raise RuntimeError("half-way")
    async with database.read() as connection:
        assert await library.latest_sequence(connection) == 0


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writer:
        await writer.execute(text("DELETE FROM counters"))
        async with asyncio.timeout(5), database.read() as reader:
            assert await library.latest_sequence(reader) == 0


async def test_who_is_cancelled_while_writing_leaves_no_lock(database: Database) -> None:
    count_on = text(
        "INSERT INTO counters (name, value) VALUES ('x', 1) "
        "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1"
    )

    async def write() -> None:
        async with database.write() as connection:
            await connection.execute(text("SELECT * FROM counters"))
            await connection.execute(count_on)

    dice = random.Random(7)
    for _ in range(100):
        cancelled = asyncio.create_task(write())
        for _ in range(dice.randrange(60)):
            await asyncio.sleep(0)
        cancelled.cancel()
        await asyncio.gather(cancelled, return_exceptions=True)
        await write()
