"""The pictures of a message, and digests of several messages."""

import re
from collections.abc import Sequence
from dataclasses import replace

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.render import card, embeds, safe_url, split
from digests.model import Article, Image, Related
from tests.bot.cards import (
    article,
    faults,
    hostile,
    hostile_articles,
    size,
    unhurried,
    values,
    without_pictures,
)

# ── pictures ─────────────────────────────────────────────────────────────────────────────────


def pictured(number: int, *names: str, by: str = "") -> Article:
    images = tuple(Image(f"https://img.example/{name}", attribution=by) for name in names)
    return article(number, images=images, topics=("AI",))


def pictures(message: Sequence[discord.Embed]) -> list[str | None]:
    return [embed.image.url and embed.image.url.rpartition("/")[2] for embed in message]


def test_the_same_picture_is_shown_once_by_the_first_card() -> None:
    message = embeds([pictured(1, "logo"), pictured(2, "logo", "own"), pictured(3, "other")])
    assert pictures(message) == ["logo", None, "other"]


def test_a_picture_of_an_earlier_message_is_not_shown_again() -> None:
    articles = [pictured(1, "logo", by="Logos"), pictured(2, "own")]
    message = embeds(articles, pictured=["https://img.example/logo"])
    assert pictures(message) == [None, "own"]
    assert message[0].footer.text == "AI"


def test_an_article_that_stands_alone_shows_four_different_pictures() -> None:
    message = embeds([pictured(1, "a", "b", "a", "c", "d", "e")])
    assert pictures(message) == ["a", "b", "c", "d"]
    assert {embed.url for embed in message} == {"https://news.example/1"}
    assert not faults(message)


def test_beside_another_article_there_is_one_picture_each() -> None:
    assert pictures(embeds([pictured(1, "a", "b"), pictured(2, "c", "d")])) == ["a", "c"]


def test_without_an_address_there_is_one_picture() -> None:
    assert pictures(embeds([replace(pictured(1, "a", "b"), link="ftp://x.example")])) == ["a"]


def test_the_footer_says_whose_the_picture_is() -> None:
    (embed,) = embeds([pictured(1, "a", by="  Ada *Photo*\nExample Press ")])
    assert embed.footer.text == "AI · 📷 Ada *Photo* Example Press"


def test_a_colour_takes_the_place_of_the_topics() -> None:
    message = embeds([article(1), article(2, topics=("Other",))], colour=0x123456)
    assert [one.to_dict()["color"] for one in message] == [0x123456, 0x123456]


def test_black_is_a_colour_too() -> None:
    """Discord takes 0 for none."""
    assert embeds([article(1)], colour=0)[0].to_dict()["color"] == 1


# ── a digest ─────────────────────────────────────────────────────────────────────────────────


def test_ten_small_articles_are_one_message_and_none_are_none() -> None:
    assert split([article(n) for n in range(10)]) == [list(range(10))]
    assert split([]) == embeds([]) == []


def test_eleven_small_articles_are_two_messages_of_about_the_same_length() -> None:
    assert split([article(n) for n in range(11)]) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]


def test_an_article_that_does_not_fit_moves_to_the_next_message() -> None:
    long = [article(n, excerpt="e" * 2900) for n in range(3)]
    assert split(long) == [[0, 1], [2]]


def test_an_even_layout_never_costs_a_message() -> None:
    sizes = (100, 100, 100, 100, 3000, 4000)
    articles = [article(n, excerpt="e" * size) for n, size in enumerate(sizes)]
    assert split(articles) == [[0, 1, 2, 3, 4], [5]]


def test_a_later_article_with_an_earlier_address_is_left_out_of_the_digest() -> None:
    articles = [article(n % 11) for n in range(13)]
    assert [index for part in split(articles) for index in part] == list(range(11))


def fewest(articles: Sequence[Article]) -> int:
    """How few messages can hold the articles in order, each card whole."""
    messages, room, cards = 0, 0, 10
    for one in articles:
        needed = size(card(one))
        if messages == 0 or cards == 10 or needed > room:
            messages, room, cards = messages + 1, 6000, 0
        room, cards = room - needed, cards + 1
    return messages


@unhurried
@given(st.lists(hostile_articles, max_size=25))
def test_a_digest_shows_each_address_once_in_order_unshortened(articles: list[Article]) -> None:
    parts = split(articles)
    indices = [index for part in parts for index in part]
    urls = [safe_url(one.link) for one in articles]
    assert indices == [n for n, url in enumerate(urls) if url is None or url not in urls[:n]]
    for part in parts:
        message = embeds([articles[index] for index in part])
        cards = [card(articles[index]) for index in part]
        assert without_pictures(message) == without_pictures(cards)
        assert not faults(message)
    assert len(parts) == fewest([articles[index] for index in indices])


@unhurried
@given(hostile, hostile)
def test_a_related_line_links_to_the_related_article_alone(title: str, name: str) -> None:
    others = tuple(Related(title, f"https://other.example/{n}", name) for n in range(3))
    link = re.compile(r"\u2068?\[[^\[\]\\]+\]\((https://other\.example/\d)\)\u2069?")
    for number, line in enumerate(values(card(article(related=others)))):
        found = link.match(line)
        assert found
        assert found[1] == f"https://other.example/{number}"
        assert "](" not in line[found.end() :]
