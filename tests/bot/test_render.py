"""Cards and messages, judged by Discord's published limits."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import card, embeds, safe_url, split
from digests.model import Article, Image, Provider, Related

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)
LIMITS = {"title": 256, "description": 4096, "author": 256, "footer": 2048}
ADDRESS = re.compile(r"(?=.{8,2048}$)https?://[\w.-]+\.\w+(?::\d+)?(?:[/?#][!-~]*)?", re.ASCII)


def article(number: int = 1, **changes: object) -> Article:
    """An article with little in it, of its own address."""
    plainest = Article(
        link=f"https://news.example/{number}",
        title=f"Article {number}",
        excerpt="What happened.",
        published_at=NOON,
    )
    return replace(plainest, **changes)  # type: ignore[arg-type]  # checked by each test's outcome


def related(count: int, title: str = "Related title", provider: str = "") -> tuple[Related, ...]:
    return tuple(
        Related(f"{title} {number}", f"https://other.example/{number}", provider)
        for number in range(count)
    )


def texts(embed: discord.Embed) -> dict[str, str]:
    """Each text that Discord counts, by its place."""
    found = {
        "title": embed.title,
        "description": embed.description,
        "author": embed.author.name,
        "footer": embed.footer.text,
    }
    for number, field in enumerate(embed.fields):
        found |= {f"name {number}": field.name, f"value {number}": field.value}
    return {place: text for place, text in found.items() if text is not None}


def size(embed: discord.Embed) -> int:
    """Code points as Discord counts them: outer blanks trimmed, addresses not counted."""
    return sum(len(text.strip()) for text in texts(embed).values())


def faults(message: Sequence[discord.Embed]) -> list[str]:
    """Everything for which Discord would refuse the message or show less than was sent."""
    found = []
    if len(message) > 10:
        found.append(f"{len(message)} embeds")
    if (total := sum(map(size, message))) > 6000:
        found.append(f"{total} code points")
    links = [embed.url for embed in message if embed.url and texts(embed)]
    if len(links) != len(set(links)):
        found.append("two embeds with one address")
    pictures = [embed.image.url for embed in message if embed.image.url]
    if len(pictures) != len(set(pictures)):
        found.append("a picture twice")
    found.extend(
        "an embed that shows nothing"
        for embed in message
        if not texts(embed) and (embed.url not in links or not embed.image.url)
    )
    for embed in message:
        if len(embed.fields) > 25:
            found.append("too many fields")
        for place, text in texts(embed).items():
            limit = LIMITS.get(place, 256 if place.startswith("name") else 1024)
            if not 0 < len(text) <= limit or text != text.strip():
                found.append(f"{place}: {text!r}")
            text.encode()  # raises for what cannot be sent
        urls = (embed.url, embed.image.url, embed.author.icon_url)
        found.extend(f"address: {url!r}" for url in urls if url and not ADDRESS.fullmatch(url))
    return found


def without_pictures(message: Sequence[discord.Embed]) -> list[discord.Embed]:
    """The cards, whatever pictures they show and whose these are."""
    cards = [embed.copy().set_image(url=None) for embed in message if texts(embed)]
    for embed in cards:
        footer = (embed.footer.text or "").partition("📷")[0].removesuffix(" · ")
        embed.set_footer(text=footer or None)
    return cards


def described(message: Sequence[discord.Embed]) -> list[str]:
    return [embed.description or "" for embed in message]


def values(embed: discord.Embed) -> list[str]:
    """The lines of the card's related field."""
    return [line for field in embed.fields for line in (field.value or "").split("\n")]


FRAGMENTS = [
    *("word ", " ", "\n", "\x00", "\ud800", "\u202e", "\u200b", "\\", "*", "_", "](", "<@1>"),
    *("@everyone", "https://e.example/", "\u05d0", "\U0001f44d\U0001f3fd", "e\u0301", "a" * 300),
]
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=9), max_size=9).map("".join)
huge = st.builds(lambda text, times: text * times, hostile, st.sampled_from([1, 1, 5, 400]))
links = st.integers(1, 15).map("https://news.example/{}".format) | hostile
hostile_articles = st.builds(
    Article,
    link=links,
    title=huge,
    excerpt=huge,
    published_at=st.just(NOON),
    provider=st.none() | st.builds(Provider, huge, hostile, st.none() | links),
    topics=st.lists(huge, max_size=5).map(tuple),
    images=st.lists(st.builds(Image, links, attribution=huge), max_size=6).map(tuple),
    related=st.lists(st.builds(Related, huge, links, hostile), max_size=12).map(tuple),
    other_links=st.lists(links, max_size=1).map(tuple),
)
many_articles = st.lists(hostile_articles, max_size=13)
unhurried = settings(deadline=None, max_examples=30)


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
