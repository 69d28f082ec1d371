"""What counts as a link that may be posted."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digests.links import MAX_LINK, LinkFault, web_link


@pytest.mark.parametrize(
    "link",
    [
        "https://news.example",
        "https://news.example/",
        "http://news.example/a/b.html?c=d&e=%20#f",
        "https://news.example?q=1",
        "https://news.example#top",
        "https://news.example:8443/a",
        "https://NEWS.example./a",
        "https://sub-domain.a_b.example/",
        "https://127.0.0.1/a",
        "https://[2001:db8::1]:80/a",
        "https://zeitung.example/straße/日本",
        "https://bücher.example/",
        "https://हिन्दी.example/",
        "https://news.example/a(b)c'd;e,f|g{h}[i]~j^k`",
        "https://news.example/user@host:80/",
        "https://news.example/" + "a" * (MAX_LINK - 21),
    ],
)
def test_a_web_address_is_a_link_as_it_stands(link: str) -> None:
    assert web_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "https:",
        "https://",
        "https:///a",
        "https:/news.example/",
        "https:news.example",
        "https://.example/",
        "https://news..example/",
        "https://:80/",
        "https://news.example:0/",
        "https://news.example:65536/",
        "https://news.example:80a/",
        "https://me@news.example/",
        "https://me:pass@news.example/",
        "https://news.example\\@evil.example/",
        "https://news.example/a\\b",
        "https://news.example/a b",
        "https://news.example/a\u00a0b",
        "https://news.example/a\nb",
        "https://news.example/a\tb",
        "https://news.example/\u202egpj.exe",
        "https://news.example/\u200b",
        "https://news.example/\0",
        "https://news.example/<b>",
        'https://news.example/"',
        "https://news%2eexample/",
        "https://news.example／evil/",
        "https://evil。example＠news.example/",
        "https://news.example⁄a/",
        "https://[::1/",
        "https://a]b/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "ftp://news.example/",
        "mailto:desk@news.example",
        "discord://-/channels",
        "//",
        "//me@news.example/",
        "https://news.example/" + "a" * MAX_LINK,
    ],
)
def test_anything_else_is_refused(link: str) -> None:
    assert web_link(link) is LinkFault.BAD
    assert not isinstance(web_link(link, "https://site.example/"), str)


@pytest.mark.parametrize("raw", [" https://news.example/a ", "\thttps://news.example/a\n"])
def test_white_space_around_it_is_dropped(raw: str) -> None:
    assert web_link(raw) == "https://news.example/a"


def test_the_scheme_is_written_small() -> None:
    assert web_link("HTTPS://news.example/A") == "https://news.example/A"


def test_an_address_without_a_scheme_is_https() -> None:
    assert web_link("//cdn.example/a.jpg") == "https://cdn.example/a.jpg"


@pytest.mark.parametrize("raw", ["/a.jpg", "a.jpg", "./a.jpg", "../a.jpg", "?a", "#a", "a b"])
def test_a_relative_address_needs_a_base(raw: str) -> None:
    assert web_link(raw) is LinkFault.RELATIVE


@pytest.mark.parametrize(
    ("base", "raw", "link"),
    [
        ("https://site.example", "/a.jpg", "https://site.example/a.jpg"),
        ("https://site.example/", "a.jpg", "https://site.example/a.jpg"),
        ("https://site.example/blog", "/a.jpg", "https://site.example/blog/a.jpg"),
        ("https://site.example/blog/", "/b/../a.jpg", "https://site.example/blog/a.jpg"),
        ("https://site.example", "a.jpg?w=1#x", "https://site.example/a.jpg?w=1#x"),
    ],
)
def test_a_relative_address_is_appended_to_the_base(base: str, raw: str, link: str) -> None:
    assert web_link(raw, base) == link


@pytest.mark.parametrize("raw", ["/a b.jpg", "/a\\b", "//[", "///", "/\u202ea"])
def test_a_bad_relative_address_is_refused_with_a_base_too(raw: str) -> None:
    assert web_link(raw, "https://site.example") is LinkFault.BAD


pieces = st.sampled_from(
    [
        "https:",
        "http:",
        "/",
        "//",
        "\\",
        "@",
        ":",
        "?",
        "#",
        ".",
        "a",
        "[",
        "]",
        "%40",
        "é",
        "。",
        " ",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=60))
@example("//[")
def test_what_is_accepted_has_the_host_that_it_shows(raw: str) -> None:
    for base in (None, "https://site.example/blog"):
        link = web_link(raw, base)
        if isinstance(link, LinkFault):
            continue
        parts = urlsplit(link)
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert parts.username is None
        assert parts.password is None
        assert link.isprintable()
        assert " " not in link
        assert web_link(link) == link
