"""Flags, numbers and moments mean what YAML says, and a little more; nothing takes long."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from digests.scalars import MAX_NUMBER, flag, moment, number


def load(text: str) -> object:
    return yaml.load(text, yaml.CSafeLoader)


YAML_FLAGS = ["yes", "no", "true", "false", "on", "off"]


@pytest.mark.parametrize("word", [f(w) for w in YAML_FLAGS for f in (str, str.title, str.upper)])
def test_a_flag_means_what_yaml_says(word: str) -> None:
    assert flag(word) is load(word)


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("0", False), ("y", True), ("N", False), (" tRuE ", True)]
)
def test_a_flag_is_understood_in_other_spellings(word: str, value: bool) -> None:
    assert flag(word) is value


@pytest.mark.parametrize("word", ["", " ", "maybe", "null", "~", "2", "-1", "1.0", "truefalse"])
def test_anything_else_is_no_flag(word: str) -> None:
    assert flag(word) is None


INTEGER = re.compile(
    r"[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)"
)
FLOAT = re.compile(
    r"[-+]?([0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]{1,3})?|[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)"
    r"|\.[0-9][0-9_]*([eE][-+][0-9]{1,3})?"
)


@given(st.from_regex(INTEGER, fullmatch=True) | st.from_regex(FLOAT, fullmatch=True))
def test_a_number_means_what_yaml_says(text: str) -> None:
    try:
        value = load(text)
    except (ValueError, OverflowError):  # "0x_"
        value = None
    assume(isinstance(value, (int, float)) and len(text) <= 40)
    assert isinstance(value, (int, float))
    if not math.isfinite(value) or abs(round(value)) > MAX_NUMBER:
        assert number(text) is None
    else:
        assert number(text) == round(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("59", 59),
        (" 59 ", 59),
        ("+5", 5),
        ("-1", -1),
        ("08", 8),
        ("5e1", 50),
        ("0", 0),
        ("59.6", 60),
    ],
)
def test_a_number_is_understood_as_people_write_it(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "_",
        ".",
        "-",
        "e5",
        "high",
        "5 %",
        "1,000",
        ".inf",
        ".nan",
        "1e999",
        "٥",
        "²",
        "1 2",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    "text", ["9" * 300_000, ":".join(["1"] * 100_000), "1e" + "9" * 100_000, "_" * 300_000]
)
def test_a_long_number_is_refused_unread(text: str) -> None:
    assert number(text) is None


TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[01]?[0-9]-[0-3]?[0-9]([Tt]|[ \t]{1,3})[0-2]?[0-9]"
    r":[0-5][0-9]:[0-5][0-9](\.[0-9]{0,8})?([ \t]?(Z|[-+][0-2]?[0-9](:[0-5][0-9])?))?"
)


def in_utc(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@given(st.from_regex(TIMESTAMP, fullmatch=True))
def test_a_moment_means_what_yaml_says(text: str) -> None:
    try:
        value = load(text)
        assert isinstance(value, date)
        expected = in_utc(value)
    except (ValueError, OverflowError):  # no such day, or outside the calendar
        expected = None
    assert moment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-31T09:00:00Z",
        "2020-01-31t09:00:00z",
        "2020-01-31 09:00:00",
        " 2020-01-31 9:00 ",
        "2020-01-31T11:00:00+02:00",
        "2020-01-31T11:00:00+0200",
        "2020-01-31 11:00:00 +2",
        "2020-01-30 23:30:00 -9:30",
        "2020-1-31T09:00:00.0Z",
        "2020-01-31T9:00:00 Z",
    ],
)
def test_a_moment_is_understood_with_any_offset(text: str) -> None:
    assert moment(text) == datetime(2020, 1, 31, 9, tzinfo=UTC)


def test_a_moment_is_in_utc() -> None:
    for text in ("2020-01-31", "2020-01-31T09:00:00Z", "2020-01-31 11:00:00 +02:00"):
        value = moment(text)
        assert value is not None
        assert value.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1580461200",
        "31/01/2020",
        "2020-02-30",
        "2020-02-30T09:00:00Z",
        "2020-01-31T24:00:00Z",
        "2020-01-31T09:60:00Z",
        "0000-01-01",
        "2020-01-31T09:00:00+99:00",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "2020-01-31T09:00:00ZZ",
        "٢٠٢٠-01-31",
        "2020-01-31" + " " * 300_000 + "9:00:00",
    ],
)
def test_anything_else_is_no_moment(text: str) -> None:
    assert moment(text) is None
