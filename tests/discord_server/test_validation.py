"""The rules for messages hold for any text, measured against plain counting and discord.py's."""

from __future__ import annotations

import copy
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.discord_server import ApiError
from tests.discord_server.components import check_modal
from tests.discord_server.errors import FormErrors, Json
from tests.discord_server.validation import check_edit, check_message, check_url

# Long texts cheaply: a short text, repeated.
texts = st.builds(lambda text, times: text * times, st.text(max_size=30), st.integers(0, 200))


def code_of(body: Json) -> int | None:
    """The error code that the body is refused with, None if it is taken."""
    try:
        check_message(body)
    except ApiError as refused:
        code: int = refused.body["code"]
        return code
    return None


@given(texts)
def test_content_counts_by_code_points_after_trimming(text: str) -> None:
    length = len(text.strip())
    expected = 50006 if length == 0 else 50035 if length > 2000 else None
    assert code_of({"content": text}) == expected


@st.composite
def embed_dicts(draw: st.DrawFn) -> dict[str, Any]:
    """An embed whose parts keep to their own limits."""
    word = st.text("abc", min_size=1, max_size=20)
    embed: dict[str, Any] = {"description": "x" * draw(st.integers(1, 4096))}
    if draw(st.booleans()):
        embed["title"] = draw(word)
        embed["footer"] = {"text": draw(word)}
        embed["author"] = {"name": draw(word)}
        embed["fields"] = [{"name": draw(word), "value": "y" * draw(st.integers(1, 1024))}]
    return embed


@given(st.lists(embed_dicts(), min_size=1, max_size=12))
def test_embeds_are_measured_as_discord_py_measures_them(embeds: list[dict[str, Any]]) -> None:
    total = sum(len(discord.Embed.from_dict(embed)) for embed in embeds)
    fits = total <= 6000 and len(embeds) <= 10
    assert code_of({"embeds": embeds}) == (None if fits else 50035)


@given(st.text(max_size=40))
def test_any_nonce_up_to_25_characters_is_taken(nonce: str) -> None:
    assert code_of({"content": "x", "nonce": nonce}) == (None if len(nonce) <= 25 else 50035)


@given(st.text())
def test_a_url_check_never_fails_itself(text: str) -> None:
    check_url(FormErrors(), ("url",), text)


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://example.org", True),
        ("http://example.org/a?b=c#2", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("https://", False),
        ("https://exa mple.org", False),
        ("javascript:alert(1)", False),
        ("mailto:a@example.org", False),
        ("http://[", False),
        ("//example.org", True),
    ],
)
def test_urls_are_told_apart(url: str, fine: bool) -> None:
    errors = FormErrors()
    check_url(errors, ("url",), url)
    assert bool(errors) is not fine


def test_checking_changes_no_body() -> None:
    embed = {"title": " t ", "fields": [{"name": "n ", "value": "v"}]}
    body: Json = {"content": " x ", "embeds": [embed]}
    before = copy.deepcopy(body)
    checked = check_message(body)
    assert body == before
    assert checked["content"] == "x"
    assert checked["embeds"][0]["fields"][0]["name"] == "n"


def test_errors_are_nested_as_discord_nests_them() -> None:
    with pytest.raises(ApiError) as refused:
        check_message({"embeds": [{"title": "t"}, {"title": "x" * 257}]})
    fault = {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}
    assert refused.value.body["errors"] == {"embeds": {"1": {"title": {"_errors": [fault]}}}}


def test_an_edit_keeps_components_v2() -> None:
    before = {"flags": 32768, "content": "", "components": [{"type": 10, "content": "t"}]}
    changed = check_edit({"components": [{"type": 10, "content": "u"}]}, before)
    assert changed["flags"] == 32768
    with pytest.raises(ApiError):
        check_edit({"content": "text"}, before)


def layout(*components: Json) -> Json:
    return {"flags": 32768, "components": list(components)}


TEXT = {"type": 10, "content": "t"}
THUMBNAIL = {"type": 11, "media": {"url": "https://example.org/a.png"}}


@pytest.mark.parametrize(
    ("body", "fine"),
    [
        (layout(TEXT), True),
        (layout({"type": 17, "components": [TEXT] * 39}), True),
        (layout({"type": 17, "components": [TEXT] * 40}), False),
        (layout({"type": 10, "content": "x" * 4001}), False),
        (layout({"type": 9, "components": [TEXT], "accessory": THUMBNAIL}), True),
        (layout({"type": 9, "components": [TEXT] * 4, "accessory": THUMBNAIL}), False),
        (layout({"type": 9, "components": [TEXT]}), False),
        (layout({"type": 2, "style": 1, "label": "x", "custom_id": "c"}), False),
        (layout(), False),
    ],
)
def test_components_v2_keep_to_their_limits(body: Json, fine: bool) -> None:
    assert (code_of(body) is None) is fine


def row(*children: Json) -> Json:
    return {"content": "x", "components": [{"type": 1, "components": list(children)}]}


def button(**values: Any) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "c", **values}


def link(url: str) -> Json:
    return {"type": 2, "style": 5, "label": "x", "url": url}


def menu(*options: Json, **values: Any) -> Json:
    return {"type": 3, "custom_id": "m", "options": list(options), **values}


ONE = {"label": "One", "value": "1"}


@pytest.mark.parametrize(
    ("body", "fine"),
    [
        (row(button(), button(custom_id="d")), True),
        (row(*[button(custom_id=str(n)) for n in range(6)]), False),
        (row(), False),
        (row(button(label="x" * 81)), False),
        (row(button(label=None)), False),
        (row(button(label=None, emoji={"name": "🙂"})), True),
        (row(button(style=9)), False),
        (row(link("https://example.org")), True),
        (row(link("https://example.org/" + "a" * 500)), False),
        (row(link("ftp://example.org")), False),
        (row(button(style=5, url="https://example.org")), False),
        (row(menu(ONE)), True),
        (row(menu()), False),
        (row(menu(*[{"label": str(n), "value": str(n)} for n in range(26)])), False),
        (row(menu(ONE, ONE)), False),
        (row(menu({"label": "x" * 101, "value": "1"})), False),
        (row(menu(ONE, placeholder="x" * 151)), False),
        (row(menu(ONE), button()), False),
        ({"content": "x", "components": [button()]}, False),
    ],
)
def test_rows_keep_to_their_limits(body: Json, fine: bool) -> None:
    assert (code_of(body) is None) is fine


def modal(**values: Any) -> Json:
    text = {"type": 4, "custom_id": "w", "label": "Words", "style": 1}
    form = {"title": "t", "custom_id": "m", "components": [{"type": 1, "components": [text]}]}
    return form | values


@pytest.mark.parametrize(
    ("form", "fine"),
    [
        (modal(), True),
        (modal(title="x" * 46), False),
        (modal(custom_id=""), False),
        (modal(custom_id="x" * 101), False),
        (modal(components=[]), False),
        (modal(components=[modal()["components"][0]] * 6), False),
    ],
)
def test_forms_keep_to_their_limits(form: Json, fine: bool) -> None:
    errors = FormErrors()
    check_modal(errors, (), form)
    assert bool(errors) is not fine
