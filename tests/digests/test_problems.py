"""The table of problems, what a problem shows, and the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.articles import KEYS, read_article
from digests.model import Severity
from digests.problems import KINDS, MAX_FOUND, MAX_OF_ONE_CODE, Report, problem

PAGE = (Path(__file__).parents[2] / "docs" / "articles.md").read_text(encoding="utf-8")


def test_the_page_lists_every_problem_as_the_table_has_it() -> None:
    rows = [
        f"| `{code}` | {kind.severity} | {kind.meaning} | {kind.mend} |"
        for code, kind in KINDS.items()
    ]
    assert re.findall(r"^\| `[a-z0-9-]+` \| (?:error|warning) \|.*$", PAGE, re.MULTILINE) == rows


def test_the_page_has_a_card_for_every_key() -> None:
    cards = re.findall(r"^\| (`[a-zA-Z`, ]+`) \|", PAGE.split("## Problems")[0], re.MULTILINE)
    assert set(re.findall(r"\w+", " ".join(cards))) == KEYS


def test_the_example_on_the_page_has_no_problem() -> None:
    match = re.search(r"```markdown\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    reading = read_article(match[1].encode(), "example.md")
    assert reading.problems == ()
    assert reading.article is not None
    assert reading.article.topics == ("Transport", "City")


def test_codes_are_kebab_case() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in KINDS)


def test_every_kind_is_explained_in_sentences() -> None:
    for kind in KINDS.values():
        assert kind.expected
        assert kind.meaning.endswith(".")
        assert kind.mend.endswith(".")


@given(st.text(max_size=300))
def test_found_is_short_and_fit_to_show(found: str) -> None:
    shown = problem("bad-link", "a.md", found=found).found
    assert len(shown) <= MAX_FOUND
    assert shown.isprintable()


def test_problems_come_in_file_order() -> None:
    text = "---\nheat: warm\nquality: high\npublished: perhaps\n---\n"
    problems = read_article(text.encode(), "a.md").problems
    assert list(problems) == sorted(problems)


@given(st.text("ab\n", max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_places_are_lines_and_columns_of_the_text(text: str, indexes: list[int]) -> None:
    report = Report("a.md")
    indexes = [index for index in indexes if index < len(text)]
    for index in indexes:
        report("bad-yaml", index)
    lines = text.split("\n")
    expected = []
    for index in sorted(set(indexes)):
        line = text[:index].count("\n")
        expected.append((line + 1, index - sum(len(one) + 1 for one in lines[:line]) + 1))
    assert [(one.line, one.column) for one in report.problems(text)] == expected


def test_a_flood_of_one_code_hides_no_other() -> None:
    topics = "\n".join(f"- [{n}]" for n in range(2 * MAX_OF_ONE_CODE))
    text = f"---\ntopics:\n{topics}\npublished: perhaps\n---\n"
    codes = [one.code for one in read_article(text.encode(), "a.md").problems]
    assert codes.count("bad-topic") == MAX_OF_ONE_CODE
    assert "bad-flag" in codes


@pytest.mark.parametrize("code", KINDS)
def test_a_report_has_failed_where_a_problem_is_an_error(code: str) -> None:
    report = Report("a.md")
    report(code)
    assert report.failed == (KINDS[code].severity is Severity.ERROR)
    assert [one.severity for one in report.problems()] == [KINDS[code].severity]
