"""Cards and messages, judged by Discord's published limits."""

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given

from bot.render import card, embeds
from digests.model import Article, Image, Provider, Related
from tests.bot.cards import (
    article,
    described,
    faults,
    hostile_articles,
    many_articles,
    related,
    size,
    unhurried,
    values,
)

# ── a card ───────────────────────────────────────────────────────────────────────────────────


def test_a_card_is_the_embed_that_the_contract_describes() -> None:
    written = card(
        article(
            title="Police weigh face recognition",
            excerpt="A city is *assessing* it.",
            provider=Provider(
                "Example Journal", "journal.example", "https://journal.example/i.png"
            ),
            topics=("AI", "Computer Vision", " AI"),
            images=(Image("https://img.example/a.jpg", 1000, 750), Image("https://img.example/b")),
            related=(
                Related("First (2020)", "https://a.example/1", "A & B"),
                Related("Second", "https://b.example/2"),
            ),
        )
    )
    assert written.to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": written.to_dict()["color"],
        "title": "Police weigh face recognition",
        "url": "https://news.example/1",
        "description": r"A city is \*assessing\* it.",
        "image": {"url": "https://img.example/a.jpg"},
        "author": {"name": "Example Journal", "icon_url": "https://journal.example/i.png"},
        "timestamp": "2020-01-01T12:00:00+00:00",
        "fields": [
            {
                "name": "Related",
                "value": "[First (2020)](https://a.example/1) · A & B\n[Second](https://b.example/2)",
                "inline": False,
            }
        ],
        "footer": {"text": "AI · Computer Vision"},
    }


def test_what_an_article_lacks_its_card_leaves_out() -> None:
    written = card(article(excerpt=" \n", topics=("", " "), provider=Provider(" ")))
    assert set(written.to_dict()) == {"type", "flags", "color", "title", "url", "timestamp"}


def test_a_card_without_a_usable_link_has_no_address() -> None:
    written = card(article(link="javascript:alert(1)"))
    assert "url" not in written.to_dict()
    assert written.title == "Article 1"


def test_a_card_without_a_visible_title_still_has_one() -> None:
    assert card(article(title="\u200b ")).title == "Untitled"


def test_the_image_is_the_first_that_can_be_shown() -> None:
    images = (
        Image("data:image/png;base64,AA"),
        Image("http://localhost/a"),
        Image("http://e.example/c"),
    )
    assert card(article(images=images)).image.url == "http://e.example/c"


def test_an_unsafe_icon_is_left_out() -> None:
    assert card(article(provider=Provider("Name", icon="file:///a"))).author.icon_url is None


def test_a_provider_without_a_name_is_called_by_its_domain() -> None:
    assert card(article(provider=Provider("", "news.example"))).author.name == "news.example"


def test_author_and_footer_show_no_backslashes() -> None:
    written = card(article(provider=Provider("*A_b*"), topics=("C_d", "[e]")))
    assert (written.author.name, written.footer.text) == ("*A_b*", "C_d · [e]")


def test_title_and_description_have_their_formatting_escaped() -> None:
    written = card(article(title="a_b_ @everyone", excerpt="# x"))
    assert (written.title, written.description) == ("a\\_b\\_ @\u200beveryone", r"\# x")


def test_a_title_is_one_line_and_a_description_keeps_its_lines() -> None:
    written = card(article(title="a\nb", excerpt="a\nb"))
    assert (written.title, written.description) == ("a b", "a\nb")


def test_topics_that_do_not_fit_the_footer_are_left_out_whole() -> None:
    topics = tuple(f"{number} " + "topic" * 10 for number in range(9))
    assert card(article(topics=topics)).footer.text == " · ".join(topics[:4])


def test_the_colour_is_the_first_topics_for_good() -> None:
    colours = [card(article(topics=(topic, "x"))).colour for topic in ("AI", "ai", "Portals")]
    red, yellow = discord.Colour(0xDB6B5F), discord.Colour(0xE08A3C)
    assert colours == [red, red, yellow]
    assert card(article()).colour == discord.Colour(0x8A93A3)


# ── related links ────────────────────────────────────────────────────────────────────────────


def test_related_lines_are_dropped_whole_when_they_do_not_fit() -> None:
    written = card(article(related=related(40, "A title of some length")))
    value = written.fields[0].value or ""
    assert 900 < len(value) <= 1024
    assert all(re.fullmatch(r"\[[^]]+\]\(https://[^)]+\)", line) for line in value.split("\n"))


def test_a_line_too_long_does_not_keep_out_a_later_one() -> None:
    far = Related("Far", "https://far.example/" + "a" * 1100)
    assert values(card(article(related=(far, *related(1))))) == [
        "[Related title 0](https://other.example/0)"
    ]


def test_an_address_is_related_once() -> None:
    twice = (Related("One", "https://a.example/(x)"), Related("Two", "https://a.example/%28x%29"))
    assert values(card(article(related=twice))) == ["[One](https://a.example/%28x%29)"]


def test_the_articles_own_addresses_are_not_related() -> None:
    own = (Related("Self", "https://news.example/1"), Related("Amp", "https://amp.example/1"))
    written = card(article(related=own, other_links=("https://amp.example/1",)))
    assert not written.fields


@pytest.mark.parametrize(("title", "link"), [("", "https://a.example"), ("Title", "not a link")])
def test_a_related_article_without_title_or_link_is_left_out(title: str, link: str) -> None:
    assert not card(article(related=(Related(title, link),))).fields


def test_right_to_left_parts_of_a_line_keep_to_themselves() -> None:
    words = "\u05d0\u05d1"
    (line,) = values(card(article(related=(Related(words, "https://a.example", words),))))
    assert line == f"\u2068[{words}](https://a.example)\u2069 · \u2068{words}\u2069"


# ── a message ────────────────────────────────────────────────────────────────────────────────


@unhurried
@given(many_articles)
def test_a_message_is_within_the_limits_whatever_the_articles(articles: list[Article]) -> None:
    assert not faults(embeds(articles))


@unhurried
@given(hostile_articles)
def test_a_card_is_within_the_limits_and_is_the_message_of_its_article(one: Article) -> None:
    written = card(one)
    assert not faults([written])
    assert embeds([one])[0] == written


def test_a_card_with_everything_fits_a_message_unshortened() -> None:
    full = article(
        title="t" * 256,
        excerpt="e" * 4096,
        provider=Provider("p" * 256),
        topics=tuple(f"{number}{'f' * 60}" for number in range(9)),
        related=related(40),
    )
    assert (card(full).title, card(full).description) == ("t" * 256, "e" * 4096)
    assert embeds([full]) == [card(full)]
    assert 5800 < size(card(full)) <= 6000


def test_articles_beyond_ten_are_not_in_the_message() -> None:
    assert [embed.title for embed in embeds([article(n) for n in range(12)])] == [
        f"Article {n}" for n in range(10)
    ]


def test_an_address_is_in_a_message_once() -> None:
    same = [article(1), article(2, link="https://news.example/1"), article(3)]
    assert [embed.title for embed in embeds(same)] == ["Article 1", "Article 3"]


def test_articles_without_an_address_are_all_shown() -> None:
    assert len(embeds([article(1, link=""), article(2, link="")])) == 2


def test_related_links_go_first_and_where_there_are_most() -> None:
    many = [article(n, excerpt="e" * 600, related=related(20)) for n in range(5)]
    few = [article(n, excerpt="e" * 600, related=related(2)) for n in range(5, 7)]
    message = embeds(many + few)
    assert not faults(message)
    assert set(described(message)) == {"e" * 600}
    assert [len(values(embed)) for embed in message[5:]] == [2, 2]
    assert len({len(values(embed)) for embed in message[:5]}) <= 2
    assert values(message[0])[0] == "[Related title 0](https://other.example/0)"


def test_no_more_related_links_go_than_must() -> None:
    message = embeds([article(n, excerpt="e" * 700, related=related(9)) for n in range(6)])
    assert 6000 - len("[Related title 0](https://other.example/0)\n") < sum(map(size, message))


def test_then_the_longest_descriptions_are_shortened_evenly() -> None:
    short = [article(n, excerpt="short " * 40, related=related(1)) for n in range(5)]
    long = [article(n, excerpt="long " * 800, related=related(1)) for n in range(5, 10)]
    message = embeds(short + long)
    assert not faults(message)
    assert not any(embed.fields for embed in message)
    assert described(message)[:5] == [("short " * 40).strip()] * 5
    assert len(set(described(message)[5:])) == 1
    assert sum(map(size, message)) > 5950
    assert [embed.title for embed in message] == [f"Article {n}" for n in range(10)]


def test_titles_stay_whole_in_the_worst_case() -> None:
    worst = article(
        title="t" * 256,
        excerpt="e" * 5000,
        provider=Provider("p" * 500),
        topics=("f" * 500, "g" * 500, "h" * 500),
        related=related(40),
    )
    message = embeds([replace(worst, link=f"https://news.example/{n}") for n in range(10)])
    assert not faults(message)
    assert {embed.title for embed in message} == {"t" * 256}
    assert all(len(text) >= 200 for text in described(message))
