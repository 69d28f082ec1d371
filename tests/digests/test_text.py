"""HTML and Markdown become one line of plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.text import cut, first_paragraph, plain


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("A bridge opens", "A bridge opens"),
        ("", ""),
        ("  A \n bridge\t\topens ", "A bridge opens"),
        ("A\u00a0bridge\u2003opens", "A bridge opens"),
        ("Trains &amp; bicycles", "Trains & bicycles"),
        ("We&#8217;re &#x41; &eacute;", "We’re A é"),
        ("R&D, AT&T, a&b; &unknown; &amp", "R&D, AT&T, a&b; &unknown; &amp"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br/>two<br>three", "One two three"),
        ("a <b>bo</b>ld <EM>word</EM>", "a bold word"),
        ('<a href="x" title="a > b">link</a>', "link"),
        ("<a title='it\"s'>link</a>", "link"),
        ("before <!-- no --> after", "before after"),
        ("before <!-- open", "before"),
        ("x<script>alert('<b>')</script>y", "x y"),
        ("x<style>p { }</style>y<script>open", "x y"),
        ("3 < 5 and 5 > 3, <3", "3 < 5 and 5 > 3, <3"),
        ("List<int> and Vec<u8>", "List<int> and Vec<u8>"),
        ("the &lt;video&gt; tag", "the <video> tag"),
        ("<b", "<b"),
        ("<b <i>x</i>", "<b x"),
        ("a\u202eb\u2066c\u200bd\ufeffe\xadf\x07g\x00h", "abcdefgh"),
        ("&#x202e;evil&#0;&#7;", "evil\ufffd"),
        ("👩\u200d🚀 and می\u200cخواهم", "👩\u200d🚀 and می\u200cخواهم"),
    ],
)
def test_plain(raw: str, text: str) -> None:
    assert plain(raw) == text


def test_a_number_that_is_no_character_stays() -> None:
    assert plain("&#" + "9" * 5000 + ";") == "&#" + "9" * 5000 + ";"


markup = st.text(
    st.sampled_from(
        ["<", ">", "/", "!", "-", "&", ";", "#", "p", "b", '"', "'", "=", " ", "\n", "\u202e"]
    )
)


@given(markup | st.text())
def test_plain_text_is_one_clean_line(raw: str) -> None:
    text = plain(raw)
    assert text == " ".join(text.split())
    assert not set(text) & set("\x00\x07\x1b\x7f\x85\u200b\u202a\u202e\u2066\ufeff\u2028")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="<&")))
def test_text_without_markup_loses_only_white_space(raw: str) -> None:
    assert plain(raw) == " ".join(raw.split())


@given(markup)
def test_no_tag_that_a_reader_would_see_as_one_stays(inner: str) -> None:
    assert "<b>" not in plain(f"{inner}<b>".replace("&", ""))


@given(st.text(), st.integers(1, 60))
def test_cut_keeps_within_the_limit(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_cut_ends_behind_a_word() -> None:
    assert cut("one two three", 10) == "one two…"
    assert cut("one two three", 13) == "one two three"


def test_cut_divides_a_word_without_end() -> None:
    assert cut("x" * 100, 50) == "x" * 49 + "…"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("", ""),
        ("One\ntwo.\n\nThree.", "One two."),
        ("# Heading\n\nText.", "Text."),
        ("Heading\n=======\n\nText.", "Text."),
        ("Heading\n---\nText.", "Text."),
        ("---\n\n* * *\n\nText.", "Text."),
        ("```python\ncode\n\nmore\n```\nText.", "Text."),
        ("~~~~\ncode\n~~~\n~~~~\nText.", "Text."),
        ("    code\n\n\tcode\n\nText.", "Text."),
        ("Text\n    goes on.\n", "Text goes on."),
        ("| a | b |\n| - | - |\n\nText.", "Text."),
        ("[1]: https://news.example\n\nText.", "Text."),
        ("{% include x %}\n{{ page.title }} Text.", "Text."),
        ("![A picture](a.jpg)\n\nText.", "Text."),
        ("[![Badge](a.svg)](https://news.example)\n\nText.", "Text."),
        ("> Quoted\n> text.\n\nMore.", "Quoted text."),
        ("- First\n- Second", "First"),
        ("1. First\n2. Second", "First"),
        ("- [x] Done", "Done"),
        ("A [link](https://news.example/a_(b)) and [one][1].[^2]", "A link and one."),
        ("See <https://news.example/a>.", "See https://news.example/a."),
        (
            "**Bold**, *em*, __strong__, _em_, ~~gone~~, ***both***",
            "Bold, em, strong, em, gone, both",
        ),
        ("**bold *inside* it**", "bold inside it"),
        ("snake_case_name, 2*3*4 and 5 * 6", "snake_case_name, 2*3*4 and 5 * 6"),
        ("`code` and ``more``", "code and more"),
        (r"\*not emphasis\* and \[no link\]", "*not emphasis* and [no link]"),
        ("<h1>Heading</h1><p>Text &amp; more.</p><p>Next</p>", "Text & more."),
        ("<div>\n    <p>\n        Text\n    </p></div>", "Text"),
        ("<!-- note -->\n<table><tr><td>x</td></tr></table>\nText.", "Text."),
        ("<p></p><p>&nbsp;</p><p>***</p><p>Text</p>", "Text"),
        ("<script>var a = 1;</script><pre>code</pre>", ""),
        ("<ul><li>First</li><li>Second</li></ul>", "First"),
    ],
)
def test_first_paragraph(body: str, text: str) -> None:
    assert first_paragraph(body) == text


@given(st.text(st.sampled_from(list("ab \n#>-*_`~[]()!<>/ph1.|\\{%}:="))))
def test_a_first_paragraph_is_clean_or_empty(body: str) -> None:
    text = first_paragraph(body)
    assert text == " ".join(text.split())
    assert not text or any(c.isalnum() for c in text)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a"',
        "<!--",
        "<script>",
        "<a '\"",
        "&amp;",
        "&",
        "<p>",
        "[",
        "![",
        "[a](",
        "*a ",
        "**a",
        "`a",
        "_",
    ],
)
def test_a_megabyte_of_one_piece_ends(piece: str) -> None:
    # What grew with the square of the length would run into the test run's time-out.
    text = piece * (2**20 // len(piece))
    assert len(plain(text)) <= len(text)
    assert len(first_paragraph(text)) <= len(text)
