"""Compact and lead digests: a line an article, within Discord's limits whatever it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.looks import embeds, split
from digests.model import Article, Image, Look, Provider
from tests.bot.cards import NOON, article, described, faults, many_articles, unhurried

looks = st.sampled_from(list(Look))
colours = st.none() | st.integers(0, 0xFFFFFF)


def test_a_compact_line_has_link_provider_and_time() -> None:
    (embed,) = embeds([article(1, provider=Provider("The Example"))], Look.COMPACT)
    time = f"<t:{int(NOON.timestamp())}:R>"
    assert embed.description == f"- [Article 1](https://news.example/1) · The Example · {time}"


def test_compact_is_one_embed_with_a_line_each() -> None:
    (embed,) = embeds([article(number) for number in range(10)], Look.COMPACT)
    assert len((embed.description or "").split("\n")) == 10


def test_lead_is_a_card_and_then_lines() -> None:
    lead, rest = embeds([article(number) for number in range(4)], Look.LEAD)
    assert (lead.title, lead.url) == ("Article 0", "https://news.example/0")
    assert len((rest.description or "").split("\n")) == 3


def test_a_later_message_of_a_lead_digest_has_only_lines() -> None:
    (embed,) = embeds([article(1), article(2)], Look.LEAD, first=False)
    assert embed.title is None


def test_cards_are_the_look_of_those_who_chose_none() -> None:
    assert [one.title for one in embeds([article(1), article(2)])] == ["Article 1", "Article 2"]


def test_a_lead_article_shows_its_pictures_and_is_credited() -> None:
    images = tuple(Image(f"https://img.example/{name}", attribution="Ada") for name in "ab")
    lead, second, lines = embeds([article(1, images=images), article(2)], Look.LEAD)
    assert (lead.image.url, second.image.url) == ("https://img.example/a", "https://img.example/b")
    assert lead.footer.text == "📷 Ada"
    assert "Article 2" in (lines.description or "")


def test_lines_have_the_colour_that_was_chosen_or_that_of_the_first_topic() -> None:
    articles = [article(1, topics=("AI",)), article(2)]
    assert embeds(articles, Look.COMPACT, colour=0xABCDEF)[0].to_dict()["color"] == 0xABCDEF
    lead, lines = embeds(articles, Look.LEAD)
    assert lead.colour == lines.colour == embeds(articles)[0].colour


def test_ten_ordinary_articles_fit_one_message() -> None:
    many = [article(number, excerpt="word " * 300) for number in range(10)]
    assert [split(many, look) for look in (Look.COMPACT, Look.LEAD)] == [[list(range(10))]] * 2
    assert len(split(many)) > 1


@unhurried
@given(many_articles, looks, colours, st.booleans())
def test_every_message_is_within_the_limits(
    articles: list[Article], look: Look, colour: int | None, first: bool
) -> None:
    """Also one that is drawn in another look than its articles were split for."""
    assert faults(embeds(articles, look, first=first, colour=colour)) == []


@unhurried
@given(many_articles, looks, colours)
def test_each_address_is_in_one_message_and_every_article_is_shown(
    articles: list[Article], look: Look, colour: int | None
) -> None:
    parts = split(articles, look)
    cards = [index for part in split(articles) for index in part]
    assert [index for part in parts for index in part] == cards
    for number, part in enumerate(parts):
        some = [articles[index] for index in part]
        message = embeds(some, look, first=number == 0, colour=colour)
        assert not faults(message)
        listed = "\n".join(described([one for one in message if one.title is None and not one.url]))
        titled = [one for one in message if one.title is not None]
        if look is Look.CARDS:
            assert len(titled) == len(part)
        else:
            assert len(titled) == (look is Look.LEAD and number == 0)
            assert len(titled) + len(listed.splitlines()) == len(part)
