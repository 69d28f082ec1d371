"""A whole file: every key finds its place, in doubt nothing leaves, one problem hides no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import read_article
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


# ── the whole ────────────────────────────────────────────────────────────────────────────────

WHOLE = """
title: "A bridge opens"
excerpt: Trains run.
category: news
type: article
publishedDateTime: 2020-01-31T09:00:00Z
updatedDateTime: "2020-02-01 10:00:00 +01:00"
webUrl: https://news.example/bridge
originalUrl: https://news.example/bridge?from=feed
ampWebUrl: https://news.example/bridge
cdnAmpWebUrl: https://cdn.example/bridge
quality: 70
heat: 12
published: true
removed: false
provider:
  name: Example News
  domain: news.example
  authors: [{name: Somebody}]
  images: [{url: /icon.png, width: 50, height: 50}]
topics: [Transport, City]
images:
  - url: https://news.example/a.jpg
    width: 1200
    height: 800
    title: The bridge
    attribution: Somebody
    isCached: true
  - url: /b.jpg
related:
  - title: The old bridge
    excerpt: It closes.
    publishedDateTime: 2018-02-01T00:00:00Z
    webUrl: https://other.example/old
    type: article
    provider: {name: Other Paper, domain: other.example}
    quality: 50
    images: [{url: https://other.example/old.jpg}]
featuredContent: "<iframe></iframe>"
secured: "b3BhcXVl"
"""


def test_every_key_finds_its_place() -> None:
    reading = read(WHOLE, base="https://site.example")
    assert reading.problems == ()
    assert reading.public
    assert reading.article == Article(
        link="https://news.example/bridge",
        title="A bridge opens",
        excerpt="Trains run.",
        published_at=datetime(2020, 1, 31, 9, tzinfo=UTC),
        updated_at=datetime(2020, 2, 1, 9, tzinfo=UTC),
        category="news",
        type="article",
        quality=70,
        heat=12,
        provider=Provider("Example News", "news.example", "https://site.example/icon.png"),
        topics=("Transport", "City"),
        images=(
            Image("https://news.example/a.jpg", 1200, 800, "The bridge", "Somebody"),
            Image("https://site.example/b.jpg"),
        ),
        related=(
            Related(
                "The old bridge",
                "https://other.example/old",
                "Other Paper",
                datetime(2018, 2, 1, tzinfo=UTC),
            ),
        ),
        other_links=("https://cdn.example/bridge", "https://news.example/bridge?from=feed"),
    )


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = f"---\n{WHOLE}---\nBody"
    expected = read_article(text.encode(), "a.md")
    for end in ("\r\n", "\r"):
        data = text.replace("\n", end).encode("utf-8-sig")
        assert read_article(data, "a.md") == expected


def test_a_text_alone_is_the_article_s_least() -> None:
    assert article("") == Article(
        link="https://news.example/a",
        title="A bridge",
        excerpt="",
        published_at=datetime(2020, 1, 31, tzinfo=UTC),
    )


# ── published or not ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("front", "public"),
    [
        ("", True),
        ("published: true", True),
        ("published: 'true'", True),
        ("published: YES", True),
        ("removed: false", True),
        ("removed: 'no'", True),
        ("published: false", False),
        ("published: 'False'", False),
        ('published: "no"', False),
        ("published: off", False),
        ("published: 0", False),
        ("removed: true", False),
        ("removed: 'yes'", False),
        ("published: true\nremoved: true", False),
        ("base: &b {published: false}\n<<: *b", False),
        ("base: &b {published: false}\n<<: *b\npublished: true", True),
    ],
)
def test_an_article_is_public_unless_the_file_says_no(front: str, public: bool) -> None:
    reading = read(NEEDED + front)
    assert reading.public is public
    assert reading.article is not None


@pytest.mark.parametrize(
    "front",
    [
        "published: maybe",
        "published:",
        "published: null",
        "published: [false]",
        "published: {}",
        "removed: perhaps",
        "removed:",
        "published: true\npublished: false",
        "published: !flag true",
        "published: *nothing",
        "title: again",
        "x: y: z",
        "x: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "--- # more",
        "x: \0",
    ],
)
def test_in_doubt_an_article_is_neither_public_nor_posted(front: str) -> None:
    reading = read(NEEDED + front)
    assert not reading.public
    assert reading.article is None


@pytest.mark.parametrize("key", ["Published", "PUBLISHED", "published_", "re-moved", "Removed"])
def test_a_misspelt_flag_is_never_posted(key: str) -> None:
    reading = read(NEEDED + f"{key}: false")
    assert reading.article is None
    assert codes(reading) >= {"misspelt-flag"}


@given(st.text(max_size=8) | st.sampled_from(["true", "yes", "on", "y", "1"]))
def test_only_a_clear_yes_is_public(word: str) -> None:
    reading = read(NEEDED + yaml.safe_dump({"published": word}))
    assert reading.public == (word.strip().lower() in {"true", "yes", "on", "y", "1"})


# ── problems ─────────────────────────────────────────────────────────────────────────────────


def test_one_problem_hides_no_other() -> None:
    reading = read(
        "title: a: b\ntitle: c\nwebUrl: ftp://x\npublishedDateTime: soon\npublished: perhaps\n"
        "quality: [\nheat: -1\nimages: [{url: /a}]\nrelated: [{}]\ntopics: [[]]\nprovider: []\n"
        "secured: 'it's'\nexcerpt: {}\nupdatedDateTime: x"
    )
    assert codes(reading) >= {
        "bad-yaml",
        "duplicate-key",
        "bad-link",
        "bad-date",
        "bad-flag",
        "heat-not-measured",
        "relative-image",
        "related-without-link",
        "related-without-title",
        "bad-topic",
        "wrong-shape",
        "bad-other-date",
    }


SECRET = "b3BhcXVlb3BhcXVl"


@pytest.mark.parametrize(
    "front",
    [
        f'secured: "{SECRET}"',
        f"secured: {SECRET}",
        f"secured: {SECRET}\nsecured: {SECRET}",
        f'secured: "{SECRET}',
        f'secured: "{SECRET}" {SECRET}',
        f"secured: [{SECRET}",
        f"secured: {{published: {SECRET}}}",
        f"secured: !{SECRET} {SECRET}",
        f"secured: &{SECRET} {SECRET}\ntitle: *x",
        f"secured: &x {SECRET}\ncategory: *x\nwebUrl: *x\npublished: *x",
        f"secured: |\n  {SECRET}\n {SECRET}",
        f"secured:\n\t{SECRET}",
        f"secured: {SECRET}: {SECRET}",
        f"Secured: {SECRET}",
        f"SECURED: [{SECRET}, {SECRET}]",
        f"related: [{{secured: {SECRET}}}]",
        f"<<: {{secured: {SECRET}}}",
        f"secured: {SECRET}\x07",
    ],
)
def test_the_secured_value_is_shown_nowhere(front: str) -> None:
    assert SECRET not in repr(read(NEEDED + front))
    assert SECRET not in repr(read(front))
