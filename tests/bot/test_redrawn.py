"""Messages that are drawn again: what changed is drawn as it is now, and nothing else differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot import looks
from bot.message import edited, message
from bot.render import MESSAGE_TEXT, Notes
from bot.text import safe_url
from digests.model import Appearance, Article, Image, Look, Published, Related
from digests.posted import Edit, Shown
from digests.record import to_record
from digests.visible import seen
from tests.bot.cards import hostile_articles
from tests.bot.test_message import delivery
from tests.build import NOW, article

LOOKS = st.sampled_from(list(Look))
LINE = "*withdrawn by the publisher*"
Embed = dict[str, Any]


def mark(one: Article) -> str:
    told = to_record(one)
    return seen(json.loads(told.body), told.published_at)


def usable(one: Article) -> Article:
    """The article with those pictures that its file's reader lets through as they are."""
    return replace(one, images=tuple(at for at in one.images if safe_url(at.url) == at.url))


def posted(articles: list[Article], look: Look, colour: int | None = None) -> list[Embed]:
    """The embeds of a message of these articles."""
    some = tuple(Published(n, n, True, one) for n, one in enumerate(articles, 1))
    made = message(delivery(Appearance(look, colour), articles=some))
    embeds: list[Embed] = made["embeds"]
    return embeds


def again(
    articles: list[Article],
    changed: Mapping[int, Article | None],
    look: Look = Look.CARDS,
    colour: int | None = None,
) -> list[Embed]:
    """The embeds when articles at these places are others now, or withdrawn."""
    shown = [Shown(one) for one in articles]
    for place, now in changed.items():
        was = mark(articles[place])
        shown[place] = Shown(now, NOW if now else None, was=was)
    made = edited(
        Edit(
            id=1,
            number=1,
            attempt=1,
            tries=0,
            rename=False,
            destination=delivery().destination,
            channel_id=700,
            message_id=1,
            edition=1,
            part=0,
            parts=1,
            alone=False,
            shown=tuple(shown),
            look=look,
            colour=colour,
        )
    )
    embeds: list[Embed] = made["embeds"]
    return embeds


def size(embeds: list[Embed]) -> int:
    counted = 0
    for one in embeds:
        fields = [
            text for field in one.get("fields", ()) for text in (field["name"], field["value"])
        ]
        texts = [
            one.get("title", ""),
            one.get("description", ""),
            one.get("author", {}).get("name", ""),
            one.get("footer", {}).get("text", ""),
            *fields,
        ]
        counted += sum(map(len, texts))
    return counted


def differing(before: list[Embed], after: list[Embed]) -> set[int]:
    return {n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}


@given(articles=st.lists(hostile_articles, min_size=1, max_size=10), look=LOOKS)
@settings(max_examples=15, deadline=None, phases=[Phase.generate])
def test_drawn_again_without_a_change_it_is_the_same(articles: list[Article], look: Look) -> None:
    part = [articles[index] for index in looks.split(articles, look)[0]]
    assert again(part, {}, look) == posted(part, look)


@given(
    articles=st.lists(hostile_articles, min_size=2, max_size=10),
    place=st.integers(0, 9),
    now=st.one_of(st.none(), hostile_articles),
)
@settings(max_examples=15, deadline=None, phases=[Phase.generate])
def test_whatever_changes_no_other_card_differs(
    articles: list[Article], place: int, now: Article | None
) -> None:
    """Also where it grows until the message would be too long, or takes its pictures along."""
    articles = [usable(one) for one in articles]
    part = [articles[index] for index in looks.split(articles)[0]]
    place %= len(part)
    if now is not None:
        now = replace(now, link=part[place].link)
    before, after = posted(part, Look.CARDS), again(part, {place: now})
    if len(part) > 1:
        assert differing(before, after) <= {place}
    assert size(after) <= MESSAGE_TEXT


def test_what_has_grown_is_shortened_not_its_neighbours() -> None:
    part = [article(number, excerpt="word " * 200) for number in range(1, 6)]
    longer = replace(part[2], excerpt="longer " * 580)
    before, after = posted(part, Look.CARDS), again(part, {2: longer})
    assert differing(before, after) == {2}
    assert after[2]["description"].endswith(f"…\n\n*corrected <t:{int(NOW.timestamp())}:R>*")
    assert MESSAGE_TEXT - 20 < size(after) <= MESSAGE_TEXT


def test_a_withdrawn_card_says_only_that() -> None:
    part = [article(number, images=(Image("https://news.example/a.png"),)) for number in (1, 2)]
    (one, _) = again(part, {0: None})
    assert one["description"] == LINE
    assert one.keys() <= {"description", "color", "type", "flags"}


def test_a_picture_stays_with_the_card_that_showed_it_or_nowhere() -> None:
    """Two articles share one: when the first is withdrawn, the second does not get it."""
    part = [article(number, images=(Image("https://news.example/a.png"),)) for number in (1, 2)]
    assert "image" not in again(part, {0: None})[1]


def test_the_others_of_a_withdrawn_story_stay_as_links() -> None:
    also = (Related("Other", "https://other.example/1"),)
    shown = (Shown(None, also=also), Shown(article(2)))
    made = looks.redrawn(shown, Notes(LINE, str))
    assert made[0].fields[0].value == "[Other](https://other.example/1)"


@pytest.mark.parametrize("look", [Look.COMPACT, Look.LEAD])
def test_lines_stay_in_their_places(look: Look) -> None:
    part = [article(number, f"Topic {number}") for number in range(1, 6)]
    before = posted(part, look)
    after = again(part, {0: None, 2: replace(part[2], title="Better")}, look)
    assert len(before) == len(after)
    old, new = (
        "\n".join(one.get("title", "") + one["description"] for one in some).splitlines()
        for some in (before, after)
    )
    assert new[0].endswith(LINE)
    if look is Look.LEAD:
        old, new = before[1]["description"].splitlines(), after[1]["description"].splitlines()
        old, new = ["", *old], ["", *new]
    assert "Better" in new[2]
    assert new[2].endswith(f"*corrected <t:{int(NOW.timestamp())}:R>*")
    assert [new[n] for n in (1, 3, 4)] == [old[n] for n in (1, 3, 4)]
    assert before[-1]["color"] == after[-1]["color"], "the colour is of what stood first"


def test_the_colour_is_the_one_it_was_posted_with() -> None:
    part = [article(1), article(2)]
    before, after = posted(part, Look.CARDS, 0x123456), again(part, {0: None}, colour=0x123456)
    assert before[1] == after[1]
