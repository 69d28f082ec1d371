"""Article text made harmless, judged by a small reader of Discord's markdown written for this."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.text import isolate, masked_link, one_line, paragraphs, plain, safe_url, shorten

ZERO_WIDTH = "\u200b"

# Discord's own rules, as far as they are known: what it makes of a text at one place in it.
LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"].*?['\"])?\s*\)",
    re.DOTALL,
)
INLINE = {
    "link": LINK,
    "address": re.compile(r"(?:https?|steam|discord)://[^\s<]+"),
    "autolink": re.compile(r"<[^: >]+:/[^ >]+>"),
    "e-mail": re.compile(r"<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>"),
    "telephone": re.compile(r"<(?:(?:tel|sms):\+?|\+)\d[\d() ./-]*>"),
    "mention": re.compile(r"<(?:@[!&$]?|#)\d+>|@(?:everyone|here)"),
    "command": re.compile(r"</[^:>]+:\d+>"),
    "place": re.compile(r"<id:\w+>"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[\w+-]+:"),
    "strong": re.compile(r"\*\*.+?\*\*", re.DOTALL),
    "emphasis": re.compile(r"\*\S.*?\*|_[^_]+_(?!\w)", re.DOTALL),
    "underline": re.compile(r"__.+?__", re.DOTALL),
    "struck": re.compile(r"~~.+?~~", re.DOTALL),
    "spoiler": re.compile(r"\|\|.+?\|\|", re.DOTALL),
    "code": re.compile(r"(`+).*?[^`]\1(?!`)", re.DOTALL),
}
LINE_START = re.compile(r" *(?:#{1,3} +\S|-# +\S|[-*] +\S|\d+\. +\S|>>> +|> +)")
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")


def constructs(text: str, escapes: bool = True) -> set[str]:
    """What Discord would render as something else than the text."""
    found: set[str] = set()
    at = 0
    while at < len(text):
        if escapes and (at == 0 or text[at - 1] == "\n") and LINE_START.match(text, at):
            found.add("line start")
        if escapes and (escape := ESCAPE.match(text, at)):
            at = escape.end()
            continue
        found.update(name for name, rule in INLINE.items() if rule.match(text, at))
        at += 1
    return found


def shown(text: str) -> str:
    """What the reader of escaped text sees."""
    return ESCAPE.sub(r"\1", text).replace(ZERO_WIDTH, "")


ACTIVE = [
    ("**bold**", "strong"),
    ("*slanted*", "emphasis"),
    ("_slanted_", "emphasis"),
    ("__underlined__", "underline"),
    ("~~struck~~", "struck"),
    ("||spoiler||", "spoiler"),
    ("`code`", "code"),
    ("```\ncode\n```", "code"),
    ("# heading", "line start"),
    ("text\n### heading", "line start"),
    ("-# small", "line start"),
    ("- item", "line start"),
    ("12. item", "line start"),
    ("> quote", "line start"),
    (">>> quote", "line start"),
    ("[click](https://evil.example)", "link"),
    ("see https://evil.example/x", "address"),
    ("<https://evil.example>", "autolink"),
    ("<\n<https://evil.example>", "autolink"),
    ("<mail@evil.example>", "e-mail"),
    ("<+123456>", "telephone"),
    ("@everyone", "mention"),
    ("mail@here", "mention"),
    ("<@1234>", "mention"),
    ("<@!1234>", "mention"),
    ("<@&1234>", "mention"),
    ("<#1234>", "mention"),
    ("</follow topic:1234>", "command"),
    ("<id:customize>", "place"),
    ("<t:1577836800:R>", "time"),
    ("<:name:1234>", "emoji"),
    ("<a:name:1234>", "emoji"),
    (":fire:", "emoji"),
]
FRAGMENTS = [sample for sample, _ in ACTIVE] + [
    *("\\", "*", "_", "~", "|", "`", "[", "]", "(", ")", "](", "<", ">", "@", ":", "://", "#", "-"),
    *(" ", "\n", "\r\n", "\t", "\x00", "\x1b", "\x85", "\u2028", "\ud800", "\u202e", "\u2069"),
    *(
        "\u200d",
        "\xad",
        "\u200b",
        "\u3164",
        "\u0301",
        "\U0001f44d\U0001f3fd",
        "\U0001f1e9\U0001f1ea",
        "\u05d0",
        "1.",
        "word",
    ),
]
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=25).map("".join)
unhurried = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize(("text", "construct"), ACTIVE)
def test_the_reader_of_markdown_finds_what_plain_takes_away(text: str, construct: str) -> None:
    assert construct in constructs(text)
    assert not constructs(plain(text))


@unhurried
@given(hostile)
def test_plain_leaves_nothing_that_discord_would_render(text: str) -> None:
    assert not constructs(plain(text))


@unhurried
@given(hostile)
def test_plain_shows_the_reader_the_very_text(text: str) -> None:
    assert shown(plain(text)) == paragraphs(text).replace(ZERO_WIDTH, "")


@given(hostile)
@unhurried
def test_plain_leaves_no_mention_for_a_server_that_knows_no_backslashes(text: str) -> None:
    assert not INLINE["mention"].search(plain(text))


@unhurried
@given(hostile, st.integers(min_value=1, max_value=60))
def test_plain_text_cut_anywhere_is_still_plain(text: str, limit: int) -> None:
    for short in (shorten(plain(text), limit), plain(text, limit)):
        assert not constructs(short)
        assert len(short) <= limit
        assert short.endswith("…") or short == plain(text)


def test_plain_leaves_ordinary_text_alone() -> None:
    text = "Q&A: 50% of C# devs - 10:30 (2 < 3) | “it's” a~b, 1.5 #1 mail@host.example\n\nNext."
    assert plain(text) == text


def test_plain_escapes_no_more_than_it_must() -> None:
    assert plain("snake_case [x] a||b") == r"snake\_case \[x\] a\||b"


def test_plain_keeps_a_text_from_ending_a_link_before_it() -> None:
    line = f"[ours](https://ours.example) {plain('x](https://theirs.example)')}"
    found = LINK.match(line)
    assert found
    assert found[2] == "https://ours.example"


def test_a_line_has_single_blanks_and_no_controls() -> None:
    assert one_line(" a\x00b \t\n c\xa0d\u202ee\ud800 ") == "ab c de"


def test_paragraphs_keep_one_empty_line_between_them() -> None:
    assert paragraphs("\n a  b\r\nc\n\n \n\u2028d\n") == "a b\nc\n\nd"


@pytest.mark.parametrize(
    "text", ["", "  \n", "\u200b", "\u3164\u2800", "\u200d \ufe0f", "\x00\ud800"]
)
def test_text_that_cannot_be_seen_is_no_text(text: str) -> None:
    assert one_line(text) == paragraphs(text) == plain(text) == ""


@unhurried
@given(hostile)
def test_clean_text_can_be_sent_and_has_no_marks_of_direction(text: str) -> None:
    for clean in (one_line(text), paragraphs(text)):
        clean.encode()
        assert not set(clean) & set("\x00\x1b\r\u202e\u2069")


@unhurried
@given(hostile, st.integers(min_value=-1, max_value=60))
def test_a_shortened_text_is_within_the_limit_and_a_beginning_of_the_text(
    text: str, limit: int
) -> None:
    short = shorten(text, limit)
    assert len(short) <= max(limit, 0)
    assert short == short.strip()
    if len(text.strip()) <= limit:
        assert short == text.strip()
    elif limit > 0:
        assert short.endswith("…")
        assert text.strip().startswith(short[:-1])


@unhurried
@given(hostile, st.integers(min_value=1, max_value=60))
def test_a_shortened_text_never_ends_within_a_character_or_an_escape(text: str, limit: int) -> None:
    text, short = text.strip(), shorten(text, limit)
    kept = short.removesuffix("…") if short != text else ""
    assert not kept.endswith("\u200d")
    assert (len(kept) - len(kept.rstrip("\\"))) % 2 == 0
    if kept:
        assert not unicodedata.category(text[len(kept)]).startswith("M")


def test_a_text_is_cut_between_words() -> None:
    assert shorten("one two three four", 14) == "one two three…"
    assert shorten("one two three four", 13) == "one two…"
    assert shorten("hello world", 10) == "hello…"


def test_a_word_too_long_is_cut_inside() -> None:
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert shorten("a " + "x" * 50, 10) == "a xxxxxxx…"


@pytest.mark.parametrize(
    "character",
    [
        "e\u0301\u0323",
        "\U0001f44d\U0001f3fd",
        "\U0001f1e9\U0001f1ea",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f",
    ],
)
def test_a_character_of_several_code_points_is_kept_whole_or_left_out(character: str) -> None:
    for limit in range(2, 20):
        kept = shorten(character * 20, limit).removesuffix("…")
        assert kept == character * (len(kept) // len(character))


def test_an_escape_is_kept_whole_or_left_out() -> None:
    assert shorten(plain("*" * 10), 6) == r"\*\*…"
    assert shorten(plain("*" * 10), 5) == r"\*\*…"


@unhurried
@given(hostile)
def test_a_masked_link_is_one_link_to_its_own_address(text: str) -> None:
    link = masked_link(text, "https://ours.example/a_(b)*c*")
    if link is None:
        assert "".join(filter(str.isalnum, one_line(text))).strip("\u3164") == ""
        return
    found = LINK.fullmatch(link.strip("\u2068\u2069"))
    assert found
    assert found[2] == "https://ours.example/a_%28b%29*c*"
    assert "[" not in found[1]
    assert "]" not in found[1]


@unhurried
@example(":fire:`code`:")
@given(hostile)
def test_the_words_of_a_masked_link_format_nothing_and_show_no_backslash(text: str) -> None:
    link = masked_link(text, "https://ours.example") or "[]()"
    label = link[link.index("[") + 1 : link.rindex("](")]
    # Discord strips what has no width before it reads the words, and honours no escape in them.
    seen = "".join(c for c in label if unicodedata.category(c) != "Cf" and c != "\u3164")
    assert not constructs(seen, escapes=False)
    assert "\\" not in seen


def test_the_words_of_a_masked_link_stay_as_written_where_they_can() -> None:
    title = "What's new: C# | snake_case, 10:30 & “more” (2 < 3) — 50%"
    assert masked_link(title, "https://e.example") == f"[{title}](https://e.example)"


def test_an_address_in_the_words_of_a_masked_link_stops_being_one() -> None:
    link = masked_link("https://bank.example [now]", "https://e.example")
    assert link == "[https: //bank.example (now)](https://e.example)"


@pytest.mark.parametrize(("text", "url"), [(" ", "https://e.example"), ("text", "ftp://e.example")])
def test_there_is_no_masked_link_without_words_or_address(text: str, url: str) -> None:
    assert masked_link(text, url) is None


def test_a_right_to_left_link_is_isolated_from_its_line() -> None:
    words = "\u05d0\u05d1"
    assert masked_link(words, "https://e.example") == f"\u2068[{words}](https://e.example)\u2069"


@pytest.mark.parametrize("text", ["plain", "Zürich — 東京"])
def test_left_to_right_text_is_not_isolated(text: str) -> None:
    assert isolate(text) == text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://e.example", "https://e.example"),
        ("  https://e.example/a?b=c&d#e ", "https://e.example/a?b=c&d#e"),
        ("HTTP://E.example/A", "http://e.example/A"),
        ("https://e.example/a_(b)", "https://e.example/a_%28b%29"),
        ('https://e.example/<a> "b"', "https://e.example/%3Ca%3E%20%22b%22"),
        ("https://e.example/%7Ea%28", "https://e.example/%7Ea%28"),
        ("https://e.example:8443/[x]|y", "https://e.example:8443/%5Bx%5D%7Cy"),
        ("https://e.example:65535", "https://e.example:65535"),
        ("http://127.0.0.1:8000/a.png", "http://127.0.0.1:8000/a.png"),
        ("https://müller.example/ü?q=ä#ö", "https://xn--mller-kva.example/%C3%BC?q=%C3%A4#%C3%B6"),
    ],
)
def test_a_usable_address_is_made_safe(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert safe_url(safe) == safe


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "e.example", "//e.example/a", "ftp://e.example", "javascript:alert(1)"),
        *(
            "https://",
            "https:///a",
            "http://localhost/a",
            "http://under_score.example/",
            "http://.",
        ),
        *("https://user@e.example", "https://user:word@e.example", "http://e.example\\@f.example"),
        *("https://e.example/\x00", "https://e.example/a\nb", "https://e.example/\u202e"),
        *(
            "https://e.example/\ud800",
            "https://e.example:99999",
            "https://e.example:x",
            "http://[::1]/",
        ),
        *("https://e .example", "https://" + "a" * 64 + ".example", "https://é..example"),
    ],
)
def test_an_unusable_address_is_none(url: str) -> None:
    assert safe_url(url) is None


def test_an_address_may_be_as_long_as_the_limit_once_it_is_encoded() -> None:
    base = "https://e.example/"
    assert safe_url(base + "a" * (2048 - len(base)))
    assert safe_url(base + "a" * (2049 - len(base))) is None
    assert safe_url(base + "ü", limit=len(base) + 6)
    assert safe_url(base + "ü", limit=len(base) + 5) is None


@unhurried
@given(hostile)
def test_a_safe_address_is_ascii_without_what_ends_a_link(tail: str) -> None:
    safe = safe_url("https://e.example/" + tail)
    if safe is not None:
        assert safe.isascii()
        assert not re.search(r"[\s()<>\[\]\"\\]", safe)
        assert safe_url(safe) == safe
