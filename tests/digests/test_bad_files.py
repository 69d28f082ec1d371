"""Bad files, one defect each: the reader names that defect, where it is, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from digests.articles import read_article
from digests.frontmatter import MAX_BYTES
from digests.model import Problem, Severity
from digests.problems import KINDS

FILES = Path(__file__).parent / "bad_files"

# code -> file -> line and column
ERRORS: dict[str, dict[str, tuple[int, int]]] = {
    "no-front-matter": {
        "plain-markdown": (1, 1),
        "toml-front-matter": (1, 1),
        "indented-opening": (1, 1),
    },
    "unclosed-front-matter": {
        "no-closing-line": (1, 1),
        "indented-closing-line": (1, 1),
        "closed-with-equals": (1, 1),
    },
    "not-a-mapping": {
        "a-list": (2, 1),
        "a-sentence": (2, 1),
    },
    "bad-yaml": {
        "unquoted-colon": (2, 16),
        "unclosed-quote": (23, 10),
        "quote-in-quotes": (2, 12),
        "apostrophe-in-quotes": (2, 12),
        "tab-indent": (10, 1),
        "wrong-indent": (11, 2),
        "at-sign": (2, 8),
        "unknown-escape": (2, 18),
        "unclosed-bracket": (12, 9),
        "surplus-brace": (9, 31),
    },
    "second-document": {
        "second-document": (6, 1),
    },
    "duplicate-key": {
        "duplicate-title": (6, 1),
        "duplicate-published": (9, 1),
        "duplicate-in-provider": (12, 3),
        "duplicate-merge": (8, 1),
    },
    "bad-key": {
        "list-as-key": (6, 3),
    },
    "unknown-tag": {
        "python-object": (6, 6),
        "python-name": (2, 8),
        "local-tag": (2, 8),
        "binary-tag": (6, 7),
        "tag-on-key": (6, 1),
    },
    "unknown-alias": {
        "undefined-alias": (6, 11),
        "alias-of-itself": (6, 14),
        "alias-into-secured": (24, 11),
    },
    "bad-merge": {
        "merge-of-a-number": (6, 5),
        "merge-of-numbers": (6, 6),
    },
    "too-many-aliases": {
        "merge-bomb": (8, 170),
    },
    "too-deep": {
        "nested-lists": (6, 26),
        "nested-mappings": (26, 21),
    },
    "no-title": {
        "no-title": (1, 1),
        "blank-title": (2, 8),
        "null-title": (2, 8),
        "title-of-tags": (2, 8),
        "title-is-a-list": (3, 3),
    },
    "no-link": {
        "no-link": (1, 1),
        "blank-link": (5, 9),
    },
    "bad-link": {
        "link-to-a-file": (5, 9),
        "link-is-script": (5, 9),
        "link-with-password": (5, 9),
        "link-without-host": (5, 9),
        "link-with-blank": (5, 9),
        "link-with-line-end": (5, 9),
        "link-with-bidi-override": (5, 9),
        "link-with-backslash": (5, 9),
        "link-with-port-0": (5, 9),
        "link-too-long": (5, 9),
        "link-is-a-list": (5, 9),
    },
    "relative-link": {
        "relative-link": (5, 9),
    },
    "no-date": {
        "no-date": (1, 1),
    },
    "bad-date": {
        "date-in-words": (4, 20),
        "february-30": (4, 20),
        "2020-01-31-hour-25": (4, 20),
        "date-with-slashes": (4, 20),
        "date-is-a-number": (4, 20),
    },
    "bad-flag": {
        "published-maybe": (8, 12),
        "published-empty": (8, 11),
        "published-a-list": (8, 12),
        "removed-perhaps": (8, 10),
    },
    "misspelt-flag": {
        "published-with-capital": (8, 12),
        "removed-in-capitals": (6, 10),
    },
}
WARNINGS: dict[str, dict[str, tuple[int, int]]] = {
    "long-title": {
        "long-title": (2, 8),
    },
    "no-excerpt": {
        "no-excerpt": (1, 1),
        "blank-excerpt": (3, 10),
    },
    "wrong-shape": {
        "excerpt-is-a-mapping": (4, 3),
        "provider-is-a-list": (10, 3),
        "related-is-text": (19, 5),
    },
    "long-excerpt": {
        "long-excerpt": (3, 10),
    },
    "http-link": {
        "http-link": (5, 9),
    },
    "bad-other-link": {
        "amp-link-not-web": (6, 12),
        "relative-amp-link": (6, 15),
    },
    "date-from-name": {
        "2020-01-31-date-in-name": (1, 1),
        "2020-01-31-blank-date": (4, 20),
    },
    "bad-other-date": {
        "updated-in-words": (6, 18),
        "related-date-in-words": (21, 24),
    },
    "misspelt-key": {
        "type-with-capital": (6, 7),
        "underscored-key": (6, 20),
    },
    "bad-number": {
        "quality-in-words": (6, 10),
        "quality-negative": (6, 10),
        "quality-huge": (6, 10),
        "quality-infinite": (6, 10),
        "heat-a-mapping": (7, 7),
        "image-width-in-words": (16, 12),
        "image-height-zero": (17, 13),
    },
    "heat-not-measured": {
        "heat-not-measured": (7, 7),
    },
    "no-provider": {
        "no-provider": (1, 1),
        "nameless-provider": (10, 3),
    },
    "relative-image": {
        "provider-icon-relative": (13, 12),
        "relative-image": (15, 10),
    },
    "no-topic": {
        "no-topics": (1, 1),
        "empty-topics": (12, 9),
        "blank-topic": (12, 9),
    },
    "bad-topic": {
        "topic-is-a-list": (14, 5),
        "topic-too-long": (14, 5),
    },
    "no-image": {
        "no-images": (1, 1),
        "empty-images": (14, 9),
    },
    "bad-image": {
        "image-without-url": (15, 5),
        "image-is-data": (15, 10),
    },
    "related-without-link": {
        "related-without-link": (19, 5),
    },
    "related-without-title": {
        "related-without-title": (19, 5),
    },
    "bad-related-link": {
        "related-link-not-web": (20, 13),
    },
    "relative-related-link": {
        "related-link-relative": (20, 13),
    },
}
CASES = [
    (name, code, severity, place)
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.WARNING, WARNINGS))
    for code, files in table.items()
    for name, place in files.items()
]

GOOD = (
    "---\ntitle: A bridge opens\nexcerpt: Trains run.\n"
    "publishedDateTime: 2020-01-31T09:00:00Z\nwebUrl: https://news.example/bridge\n"
    "provider: {name: Example News}\ntopics: [Transport]\n"
    "images: [https://news.example/bridge.jpg]\n---\n"
)
TOO_MANY = "x: [" + "a," * 20_001 + "]\n"
# What cannot be kept as a text file: bytes, with the code, line and column of the one problem.
BYTES: dict[str, tuple[bytes, str, int, int]] = {
    "nothing": (b"", "empty-file", 1, 1),
    "blanks": (b" \n\t\r\n", "empty-file", 1, 1),
    "byte order mark alone": (b"\xef\xbb\xbf", "empty-file", 1, 1),
    "one byte too many": (GOOD.encode().ljust(MAX_BYTES + 1), "too-large", 1, 1),
    "Latin-1": (GOOD.replace("Trains", "Züge").encode("latin-1"), "not-utf8", 3, 11),
    "Latin-1, lines end CR LF": (
        GOOD.replace("Trains", "Züge").replace("\n", "\r\n").encode("latin-1"),
        "not-utf8",
        3,
        11,
    ),
    "Latin-1 in the body": (GOOD.encode() + b"caf\xe9", "not-utf8", 10, 4),
    "UTF-16": (GOOD.encode("utf-16"), "not-utf8", 1, 1),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not-utf8", 1, 1),
    "a NUL": (GOOD.replace("Trains", "Tra\0ins").encode(), "control-character", 3, 13),
    "an escape": (GOOD.replace("Trains", "\x1b[1mTrains").encode(), "control-character", 3, 10),
    "too many values": (
        GOOD.replace("provider", TOO_MANY + "provider").encode(),
        "too-many-values",
        6,
        39_995,
    ),
    "lines end CR LF": (
        GOOD.replace("[Transport]", "[]").replace("\n", "\r\n").encode(),
        "no-topic",
        7,
        9,
    ),
    "lines end CR": (
        GOOD.replace("[Transport]", "[]").replace("\n", "\r").encode(),
        "no-topic",
        7,
        9,
    ),
    "byte order mark": (
        b"\xef\xbb\xbf" + GOOD.replace("[Transport]", "[]").encode(),
        "no-topic",
        7,
        9,
    ),
    "blank lines before": (b"\n \n" + GOOD.replace("[Transport]", "[]").encode(), "no-topic", 9, 9),
    "wide characters before": (
        GOOD.replace("provider: {name: Example News}", 'provider: "😀é", heat: x').encode(),
        "bad-yaml",
        6,
        15,
    ),
}


def place(problem: Problem) -> tuple[str, str, int, int]:
    return problem.code, problem.severity, problem.line, problem.column


@pytest.mark.parametrize(
    ("name", "code", "severity", "at"), CASES, ids=[name for name, *_ in CASES]
)
def test_a_bad_file_has_this_one_problem_there(
    name: str, code: str, severity: Severity, at: tuple[int, int]
) -> None:
    reading = read_article((FILES / f"{name}.md").read_bytes(), f"{name}.md")
    assert [place(one) for one in reading.problems] == [(code, severity, *at)]
    assert (reading.article is None) == (severity is Severity.ERROR)


@pytest.mark.parametrize("name", BYTES)
def test_bad_bytes_have_this_one_problem_there(name: str) -> None:
    data, code, line, column = BYTES[name]
    problems = read_article(data, "bytes.md").problems
    assert [(one.code, one.line, one.column) for one in problems] == [(code, line, column)]


def test_every_bad_file_is_expected() -> None:
    assert {path.stem for path in FILES.iterdir()} == {name for name, *_ in CASES}


def test_every_code_has_a_bad_file() -> None:
    on_disk = {"unreadable-file", "not-a-file", "outside-library"}  # tests/digests/test_files.py
    in_bytes = {code for _, code, _, _ in BYTES.values()}
    assert {*ERRORS, *WARNINGS, *in_bytes} | on_disk == set(KINDS)


def test_the_good_file_has_no_problem() -> None:
    assert read_article(GOOD.encode(), "good.md").problems == ()
