"""Every form that a single value of an article can have: links, pictures, texts, numbers, dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml

from digests.articles import MAX_EXCERPT, MAX_TITLE, read_article
from digests.model import Article, Image, Provider, Reading, Related

NEEDED = "title: A bridge\nwebUrl: https://news.example/a\npublishedDateTime: 2020-01-31\n"


def read(front: str, body: str = "", *, path: str = "a.md", base: str | None = None) -> Reading:
    return read_article(f"---\n{front}\n---\n{body}".encode(), path, asset_base=base)


def article(front: str, body: str = "", *, base: str | None = None) -> Article:
    reading = read(NEEDED + front, body, base=base)
    assert reading.article is not None
    return reading.article


def codes(reading: Reading) -> set[str]:
    return {one.code for one in reading.problems}


# ── links and pictures ───────────────────────────────────────────────────────────────────────


def test_without_web_url_the_original_is_the_link() -> None:
    front = "title: A\npublishedDateTime: 2020-01-31\noriginalUrl: https://news.example/o\n"
    for web_url in ("", "webUrl:", 'webUrl: ""', "webUrl: ~"):
        reading = read(front + web_url)
        assert reading.article is not None
        assert reading.article.link == "https://news.example/o"
        assert reading.article.other_links == ()


def test_equal_links_are_told_once() -> None:
    front = "\n".join(f"{key}: https://x.example/o" for key in ("ampWebUrl", "originalUrl"))
    assert article(front).other_links == ("https://x.example/o",)


def test_a_relative_link_takes_the_base() -> None:
    front = "title: A\nwebUrl: /a\npublishedDateTime: 2020-01-31"
    reading = read(front, base="https://site.example/blog")
    assert reading.article is not None
    assert reading.article.link == "https://site.example/blog/a"
    assert codes(read(front)) >= {"relative-link"}


def test_a_relative_picture_is_left_out_without_a_base() -> None:
    reading = read(NEEDED + "images: [{url: /a.jpg}, {url: https://news.example/b.jpg}]")
    assert reading.article is not None
    assert [image.url for image in reading.article.images] == ["https://news.example/b.jpg"]
    assert codes(reading) >= {"relative-image"}


@pytest.mark.parametrize("front", ["", "images:", "images: []", "images: ~", "images: [~]"])
def test_an_article_may_have_no_picture(front: str) -> None:
    reading = read(NEEDED + front)
    assert reading.article is not None
    assert reading.article.images == ()
    assert codes(reading) >= {"no-image"}


@pytest.mark.parametrize(
    "front",
    [
        "images: [{url: https://x.example/a.jpg}]",
        "images: {url: https://x.example/a.jpg}",
        "images: [https://x.example/a.jpg]",
        "images: https://x.example/a.jpg",
        "images: [{url: https://x.example/a.jpg, width: , height: wide}]",
    ],
)
def test_a_picture_needs_nothing_but_its_address(front: str) -> None:
    assert article(front).images == (Image("https://x.example/a.jpg"),)


def test_the_first_usable_picture_of_a_provider_is_its_icon() -> None:
    front = "provider: {name: N, images: [{url: /a.png}, {url: https://x.example/b.png}]}"
    provider = article(front).provider
    assert provider == Provider("N", icon="https://x.example/b.png")


@pytest.mark.parametrize(
    ("front", "provider"),
    [
        ("provider: Example News", Provider("Example News")),
        ("provider: {domain: news.example}", Provider("news.example", "news.example")),
        ("provider: {name: A &amp; B}", Provider("A & B")),
        ("provider: {}", None),
        ("provider:", None),
        ("", None),
    ],
)
def test_a_provider_is_a_name_at_least(front: str, provider: Provider | None) -> None:
    assert article(front).provider == provider


# ── related ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [0, 1, 60])
def test_an_article_may_have_any_number_of_related_ones(count: int) -> None:
    entries = [{"title": f"T{n}", "webUrl": f"https://x.example/{n}"} for n in range(count)]
    related = article(yaml.safe_dump({"related": entries})).related
    assert related == tuple(Related(f"T{n}", f"https://x.example/{n}") for n in range(count))


def test_related_entries_without_link_or_title_are_left_out() -> None:
    reading = read(
        NEEDED
        + "related:\n- title: A\n- webUrl: https://x.example/b\n- title: C\n  webUrl: /c\n"
        + "- {title: D, originalUrl: https://x.example/d, provider: Paper}\n- text\n-\n"
    )
    assert reading.article is not None
    assert reading.article.related == (Related("D", "https://x.example/d", "Paper"),)
    assert codes(reading) >= {
        "related-without-link",
        "related-without-title",
        "relative-related-link",
        "wrong-shape",
    }


def test_a_related_entry_comes_once_and_is_another_article() -> None:
    links = ["https://x.example/b", "https://news.example/a", "https://x.example/b"]
    front = yaml.safe_dump({"related": [{"title": "T", "webUrl": link} for link in links]})
    assert [one.link for one in article(front).related] == ["https://x.example/b"]


# ── texts, topics, numbers, dates ────────────────────────────────────────────────────────────


def test_titles_and_excerpts_are_plain_text() -> None:
    front = 'title: "We&#8217;re  <b>here</b>\\u202e"\nexcerpt: "<p>One</p><p>Two &amp; three</p>"'
    reading = read(front + "\nwebUrl: https://x.example\npublishedDateTime: 2020-01-31")
    assert reading.article is not None
    assert reading.article.title == "We’re here"
    assert reading.article.excerpt == "One Two & three"


@pytest.mark.parametrize("title", ["2020", "No", "1:30", "2020-01-31", "1_000", "0x1F", "=", ".5"])
def test_a_title_is_the_text_as_written(title: str) -> None:
    reading = read(f"title: {title}")
    assert codes(reading) >= {"no-link", "no-date"}
    assert not codes(reading) & {"no-title"}
    assert article(f"category: {title}").category == title


@pytest.mark.parametrize(
    "body", ["# Head\n\nFirst *one*.\n\nMore.", "<h1>Head</h1><p>First <i>one</i>.</p><p>More.</p>"]
)
def test_without_an_excerpt_the_body_gives_one(body: str) -> None:
    for front in ("", "excerpt:", 'excerpt: " "', 'excerpt: "<br>"'):
        assert article(front, body).excerpt == "First one."
    assert article("excerpt: Mine", body).excerpt == "Mine"


def test_long_texts_are_cut() -> None:
    reading = read(NEEDED.replace("A bridge", "A " * 500) + "excerpt: " + "b " * 5000)
    assert reading.article is not None
    assert len(reading.article.title) <= MAX_TITLE
    assert len(reading.article.excerpt) <= MAX_EXCERPT
    assert codes(reading) >= {"long-title", "long-excerpt"}


@pytest.mark.parametrize(
    ("front", "topics"),
    [
        ("topics: [AI, Computer Vision]", ("AI", "Computer Vision")),
        ("topics: AI", ("AI",)),
        ('topics: [" Computer \\n Vision "]', ("Computer Vision",)),
        ("topics: [AI, ai, Ai, Straße, STRASSE]", ("AI", "Straße")),
        ('topics: [AI, "", " ", ~]', ("AI",)),
        ("topics: [2020, Yes, 1.5]", ("2020", "Yes", "1.5")),
        ("topics: [AI, [ML]]", ("AI",)),
        ("topics:", ()),
        ("topics: []", ()),
    ],
)
def test_topics_are_folded_and_told_once(front: str, topics: tuple[str, ...]) -> None:
    assert article(front).topics == topics


@pytest.mark.parametrize(
    ("written", "value"),
    [("59", 59), ('"59"', 59), ("59.4", 59), ("0", 0), ("", None), ("high", None), ("-3", None)],
)
def test_quality_is_a_number_or_nothing(written: str, value: int | None) -> None:
    assert article(f"quality: {written}").quality == value


@pytest.mark.parametrize("written", ["-1", '"-1"', "-1.0"])
def test_heat_that_was_not_measured_is_none(written: str) -> None:
    reading = read(NEEDED + f"heat: {written}")
    assert reading.article is not None
    assert reading.article.heat is None
    assert codes(reading) >= {"heat-not-measured"}


@pytest.mark.parametrize("path", ["2020-01-31-a.md", "x/2020-01-31-.md", "x\\2020-01-31-a.md"])
def test_a_missing_date_is_taken_from_the_name(path: str) -> None:
    for front in ("", "publishedDateTime:", 'publishedDateTime: ""'):
        reading = read(f"title: A\nwebUrl: https://x.example\n{front}", path=path)
        assert reading.article is not None
        assert reading.article.published_at == datetime(2020, 1, 31, tzinfo=UTC)
        assert codes(reading) >= {"date-from-name"}


@pytest.mark.parametrize(
    "path", ["", "a.md", "2020-02-30-a.md", "2020-01-31/a.md", "a2020-01-31-.md"]
)
def test_without_any_date_an_article_is_not_posted(path: str) -> None:
    reading = read("title: A\nwebUrl: https://x.example", path=path)
    assert reading.article is None
    assert codes(reading) >= {"no-date"}


def test_a_date_that_cannot_be_read_is_not_replaced_by_the_name_s() -> None:
    reading = read(NEEDED.replace("2020-01-31", "2099/01/01"), path="2020-01-31-a.md")
    assert reading.article is None
    assert codes(reading) >= {"bad-date"}
