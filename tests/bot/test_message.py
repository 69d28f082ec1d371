"""The body of a message: in the look it was promised in, pinging whom it may and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import SILENT, forum_post, payload
from bot.message import message
from bot.places import Place
from digests.model import (
    Address,
    Appearance,
    Delivery,
    Destination,
    Image,
    Kind,
    Look,
    Occasion,
    Published,
    Schedule,
)
from tests.bot.cards import hostile_articles
from tests.build import CHANNEL, NOW, article


def published(*numbers: int, **fields: object) -> tuple[Published, ...]:
    return tuple(Published(one, one, True, article(one, **fields)) for one in numbers)


_DEFAULT = Appearance()


def delivery(
    appearance: Appearance = _DEFAULT, address: Address = CHANNEL, **fields: Any
) -> Delivery:
    given: dict[str, Any] = {
        "articles": published(1, 2, 3),
        "part": 0,
        "parts": 1,
        "look": appearance.look,
    }
    return Delivery(
        id=1,
        nonce="n" * 24,
        attempt=1,
        claimed_at=NOW,
        in_doubt_since=NOW,
        destination=Destination(1, address, Schedule(), 0, appearance=appearance),
        edition_id=1,
        number=1,
        occasion=Occasion.SCHEDULED,
        shown=3,
        **(given | fields),
    )


def test_a_message_pings_nobody() -> None:
    assert message(delivery())["allowed_mentions"] == {"parse": []}


def test_the_first_message_of_an_edition_pings_the_role_that_was_chosen_and_nobody_else() -> None:
    body = message(delivery(Appearance(role=55)))
    assert body["content"] == "<@&55> **Your digest** · 3 articles"
    assert body["allowed_mentions"] == {"parse": [], "roles": ["55"]}


def test_later_messages_ping_nobody() -> None:
    body = message(delivery(Appearance(role=55), part=1, parts=2))
    assert "content" not in body
    assert body["allowed_mentions"] == {"parse": []}


def test_a_digest_keeps_the_look_that_it_was_measured_for() -> None:
    """Twenty lines fit a message; twenty cards do not, and would be lost."""
    twenty = published(*range(1, 21))
    body = message(delivery(Appearance(Look.CARDS), look=Look.COMPACT, articles=twenty))
    assert len(body["embeds"][0]["description"].split("\n")) == 20


def test_only_the_first_message_has_a_lead_article() -> None:
    lead = message(delivery(Appearance(Look.LEAD)))["embeds"]
    later = message(delivery(Appearance(Look.LEAD), part=1, parts=2))["embeds"]
    assert ["title" in one for one in (*lead, *later)] == [True, False, False]


def test_a_picture_of_an_earlier_message_is_not_shown_again() -> None:
    logo = (Image("https://img.example/logo.png"),)
    earlier = published(1, images=logo)
    body = message(
        delivery(articles=published(2, images=logo), part=1, parts=2, earlier=(earlier,))
    )
    assert "image" not in body["embeds"][0]


@pytest.mark.parametrize("silent", [True, False])
def test_a_silent_message_notifies_nobody(silent: bool) -> None:
    quiet = delivery(Appearance(silent=silent))
    forum = delivery(Appearance(silent=silent), Address(Kind.FORUM, 9, 70))
    bodies = [payload(quiet), forum_post(forum, Place())["message"]]
    assert [body.get("flags", 0) for body in bodies] == [SILENT if silent else 0] * 2


@settings(deadline=None, max_examples=15)
@given(
    st.lists(hostile_articles, min_size=1, max_size=5),
    st.builds(
        Appearance,
        st.sampled_from(Look),
        st.none() | st.integers(0, 0xFFFFFF),
        st.none() | st.just(55),
        st.booleans(),
    ),
)
def test_no_article_pings_anybody(articles: list[Any], appearance: Appearance) -> None:
    some = tuple(Published(n, n, True, one) for n, one in enumerate(articles))
    body = payload(delivery(appearance, articles=some))
    roles = [] if appearance.role is None else ["55"]
    assert body["allowed_mentions"] == {"parse": []} | ({"roles": roles} if roles else {})
    assert body["content"].count("<@") == len(roles)


def test_a_changed_look_counts_from_the_next_digest() -> None:
    old = delivery(Appearance(Look.COMPACT))
    changed = replace(old.destination, appearance=Appearance(Look.LEAD))
    assert message(replace(old, destination=changed))["embeds"] == message(old)["embeds"]
