"""Finding published articles by their words, on both databases; hostile syntax finds nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests.model import Article, Provider
from digests.record import to_record
from digests.storage import Database, library
from digests.storage.search import LONGEST, MOST, search, words
from tests.build import NOW, article, publish


async def find(database: Database, typed: str, skip: int = 0, most: int = 10) -> list[str]:
    async with database.read() as connection:
        found, total = await search(connection, words(typed), skip, most)
    assert total >= len(found)
    return [one.article.title for one in found]


async def change(database: Database, id_: int, article: Article) -> None:
    async with database.write() as connection:
        await library.change_articles(connection, {id_: to_record(article)})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("robots", True),
        ("ROBOTS", True),
        ("robot", True),  # the beginning of a word
        ("obots", False),
        ("port", True),
        ("ro", False),  # too short to be a beginning
        ("ellery robots", True),
        ("robots gardening", False),
        ("nuremberg", True),
        ("nürémberg", True),
        ("gpt 4", True),
        ("gpt-4", True),
        ("dispatch", True),
        ("москва", True),
        ("한국", True),
        ("हिन्दी", True),
        ("", False),
        ("!?* 🛰️", False),
    ],
)
async def test_words_are_found_in_title_excerpt_and_provider(
    database: Database, typed: str, found: bool
) -> None:
    await publish(
        database,
        article(
            1,
            title="Robots of Port-Ellery, Nürnberg/Nuremberg",
            excerpt="«GPT-4» says: Москва, 한국 and हिन्दी.",
            provider=Provider("Harbour Dispatch", "harbour.example"),
        ),
        article(2, title="Something else", excerpt="No more."),
    )
    expected = ["Robots of Port-Ellery, Nürnberg/Nuremberg"] if found else []
    assert await find(database, typed) == expected


async def test_a_word_in_the_title_counts_more_and_then_the_newer_article(
    database: Database,
) -> None:
    await publish(
        database,
        article(4, title="Old", excerpt="Robots."),
        article(3, title="New", excerpt="Robots."),
        article(9, title="Robots", excerpt="Here."),
    )
    assert await find(database, "robots") == ["Robots", "New", "Old"]


async def test_pages_follow_each_other_without_repeats(database: Database) -> None:
    await publish(database, *(article(number, title="Robots") for number in range(1, 8)))
    async with database.read() as connection:
        pages = [await search(connection, ("robots",), skip, 3) for skip in (0, 3, 6, 9)]
    assert [len(found) for found, _ in pages] == [3, 3, 1, 0]
    assert {total for _, total in pages} == {7}
    assert len({one.id for found, _ in pages for one in found}) == 7


async def test_a_changed_article_is_found_by_its_new_words_only(database: Database) -> None:
    before = article(1, title="Robots")
    (id_,) = await publish(database, before)
    await change(database, id_, replace(before, title="Gardens"))
    assert await find(database, "robots") == []
    assert await find(database, "gardens") == ["Gardens"]


async def test_a_withdrawn_article_is_not_found_until_it_is_back(database: Database) -> None:
    one = article(1, title="Robots", provider=Provider("Herald"))
    (id_,) = await publish(database, one)
    async with database.write() as connection:
        await library.withdraw_orphans(connection, [id_], NOW)
    assert await find(database, "robots") == []
    assert await find(database, "herald") == []
    await change(database, id_, one)
    assert await find(database, "robots") == ["Robots"]


HOSTILE = [
    '"',
    '"""',
    "robots OR gardening",
    "NOT gardening",
    "title:robots",
    "{title excerpt}: robots",
    "NEAR(robots gardening)",
    "robots* ^robots -robots +robots",
    "robots & ! | <-> ( :*",
    "'; DROP TABLE articles; --",
    "\\ \x00 %s :query {} $1",
    "(" * 500,
]


@pytest.mark.parametrize("typed", HOSTILE)
async def test_the_syntax_of_a_query_is_only_words(database: Database, typed: str) -> None:
    """An operator is neither obeyed nor an error: its word is looked for like any other."""
    await publish(database, article(1, title="Gardening"), article(2, title="Robots"))
    found = await find(database, typed)
    assert found == (["Robots"] if words(typed) == ("robots",) else [])


@given(st.text(max_size=300))
def test_words_hold_letters_and_numbers_only(typed: str) -> None:
    found = words(typed)
    assert len(found) <= MOST
    for word in found:
        assert 0 < len(word) <= LONGEST
        assert not set(word) & set(" \"'*:^()&|!<>-+\\{}%$\x00")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
async def test_no_text_makes_a_search_fail(database: Database, typed: str) -> None:
    await find(database, typed)
