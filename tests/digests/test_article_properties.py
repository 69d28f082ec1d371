"""Whatever the bytes, a file can be read; what YAML's safe loader sees in it, the article has."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import KEYS, MAX_LABEL, MAX_TITLE, read_article
from digests.model import Article, Image, Provider, Reading, Related, Severity
from digests.scalars import MAX_NUMBER
from digests.text import cut, plain


def holds_what_is_promised(reading: Reading) -> None:
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    assert (reading.article is None) == bool(errors)
    assert list(reading.problems) == sorted(reading.problems)
    for problem in reading.problems:
        assert problem.line >= 1
        assert problem.column >= 1
    if reading.article is not None:
        assert reading.article.title
        assert reading.article.published_at.tzinfo is UTC
        links = [reading.article.link, *reading.article.other_links]
        links += [one.link for one in reading.article.related]
        links += [one.url for one in reading.article.images]
        assert all(link.startswith(("https://", "http://")) for link in links)


@given(st.binary(max_size=200), st.text(max_size=12), st.none() | st.text(max_size=12))
def test_any_bytes_can_be_read(data: bytes, path: str, base: str | None) -> None:
    holds_what_is_promised(read_article(data, path, asset_base=base))
    framed = b"---\n" + data + b"\n---\n" + data
    holds_what_is_promised(read_article(framed, path, asset_base=base))


words = st.sampled_from(
    ["true", "-1", "2020-01-31", "https://x.example/a", "/a", "x", "", "<p>", "59"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*sorted(KEYS), "url", "name", "width", "x"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(
    st.dictionaries(st.sampled_from(sorted(KEYS)), anything | words),
    st.sampled_from([None, True, False]),
    st.text(max_size=20),
)
def test_any_values_can_be_read(data: dict[str, object], flow: bool | None, body: str) -> None:
    front = yaml.safe_dump(data, default_flow_style=flow)
    holds_what_is_promised(read_article(f"---\n{front}\n---\n{body}".encode(), "a.md"))


# ── equal to the safe loader ─────────────────────────────────────────────────────────────────

texts = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30)
urls = st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9]{0,9}", fullmatch=True)
zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(1) / 3)]
)
# Not at the calendar's ends, which an offset can lead out of.
moments = (st.datetimes() | st.datetimes(timezones=zones) | st.dates()).filter(
    lambda value: 1 < value.year < 9999
)
numbers = st.integers(0, MAX_NUMBER)
image = st.fixed_dictionaries(
    {"url": urls},
    optional={
        "width": st.integers(1, MAX_NUMBER),
        "height": st.integers(1, MAX_NUMBER),
        "title": texts,
        "attribution": texts,
        "isCached": st.booleans(),
    },
)
provider = st.fixed_dictionaries(
    {"name": texts.filter(plain)},
    optional={"domain": texts, "images": st.lists(image, max_size=2), "authors": st.lists(texts)},
)
related = st.fixed_dictionaries(
    {"title": texts.filter(plain), "webUrl": urls},
    optional={
        "excerpt": texts,
        "publishedDateTime": moments,
        "provider": provider,
        "quality": numbers,
        "images": st.lists(image, max_size=2),
    },
)
articles = st.fixed_dictionaries(
    {"title": texts.filter(plain), "webUrl": urls, "publishedDateTime": moments},
    optional={
        **dict.fromkeys(("excerpt", "category", "type", "secured", "unknown"), texts),
        **dict.fromkeys(("ampWebUrl", "cdnAmpWebUrl", "originalUrl"), urls),
        **dict.fromkeys(("quality", "heat"), numbers),
        **dict.fromkeys(("published", "removed"), st.booleans()),
        "updatedDateTime": moments,
        "provider": provider,
        "topics": st.lists(texts.filter(plain), max_size=4),
        "images": st.lists(image, max_size=3),
        "related": st.lists(related, max_size=3),
    },
)


def utc(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# The safe loader's values are untyped; these functions say what each must be.
def label(data: dict[str, Any], key: str) -> str:
    return cut(plain(data.get(key, "")), MAX_LABEL)


def images_of(data: dict[str, Any]) -> tuple[Image, ...]:
    return tuple(
        Image(
            one["url"],
            one.get("width"),
            one.get("height"),
            label(one, "title"),
            label(one, "attribution"),
        )
        for one in data.get("images", [])
    )


def provider_of(data: dict[str, Any]) -> Provider | None:
    if "provider" not in data:
        return None
    one = data["provider"]
    icons = images_of(one)
    return Provider(label(one, "name"), label(one, "domain"), icons[0].url if icons else None)


def related_of(data: dict[str, Any]) -> tuple[Related, ...]:
    found: dict[str, Related] = {}
    for one in data.get("related", []):
        at = utc(one["publishedDateTime"]) if "publishedDateTime" in one else None
        name = label(one.get("provider", {}), "name")
        entry = Related(label(one, "title"), one["webUrl"], name, at)
        if entry.link != data["webUrl"]:
            found.setdefault(entry.link, entry)
    return tuple(found.values())


def article_of(data: dict[str, Any]) -> Article:
    others = [data.get(key) for key in ("ampWebUrl", "cdnAmpWebUrl", "originalUrl")]
    topics: dict[str, str] = {}
    for topic in data.get("topics", []):
        topics.setdefault(plain(topic).casefold(), plain(topic))
    return Article(
        link=data["webUrl"],
        title=cut(plain(data["title"]), MAX_TITLE),
        excerpt=plain(data.get("excerpt", "")),
        published_at=utc(data["publishedDateTime"]),
        updated_at=utc(data["updatedDateTime"]) if "updatedDateTime" in data else None,
        category=label(data, "category"),
        type=label(data, "type"),
        quality=data.get("quality"),
        heat=data.get("heat"),
        provider=provider_of(data),
        topics=tuple(
            dict.fromkeys(topics[plain(one).casefold()] for one in data.get("topics", []))
        ),
        images=images_of(data),
        related=related_of(data),
        other_links=tuple(
            dict.fromkeys(link for link in others if link and link != data["webUrl"])
        ),
    )


@given(
    articles,
    st.sampled_from([None, '"', "'"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([20, 1000]),
    st.booleans(),
)
def test_an_article_has_what_the_safe_loader_sees(
    data: dict[str, Any], quotes: str | None, flow: bool | None, width: int, wide: bool
) -> None:
    front = yaml.safe_dump(
        data, default_style=quotes, default_flow_style=flow, width=width, allow_unicode=wide
    )
    reading = read_article(f"---\n{front}\n---\n".encode(), "a.md")
    loaded = yaml.load(front, yaml.CSafeLoader)
    assert reading.article == article_of(loaded)
    assert reading.public == (loaded.get("published", True) and not loaded.get("removed", False))
