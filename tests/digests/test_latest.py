"""Where nothing is new, the latest are shown: each story once, and none that was told."""

from __future__ import annotations

from datetime import timedelta

from digests.latest import told_once
from digests.model import Provider, Published
from tests.build import CHANNEL, NOW, article, publish
from tests.digests.newsroom import Newsroom

TITLE = "Intel's Patent Infringement Settlement With Parkervision"


def published(id_: int, **fields: object) -> Published:
    given = {"published_at": NOW - timedelta(hours=id_), **fields}
    return Published(id_, id_, False, article(id_, **given))


def test_a_story_told_twice_is_one_card_the_best_told() -> None:
    one = published(1, title=TITLE, provider=Provider("One"), quality=20)
    two = published(2, title=TITLE, provider=Provider("Two"), quality=90)
    choice = told_once([one, published(3), two, published(4)], 2)
    assert (choice.shown, choice.folded) == ((2, 3), ((2, (1,)),))


def test_what_was_told_of_a_story_is_enough() -> None:
    one = published(1, title=TITLE, provider=Provider("One"))
    two = published(2, title=TITLE, provider=Provider("Two"))
    assert told_once([one, two, published(3)], 5, {2}).shown == (3,)


async def test_the_first_digest_of_an_archive_tells_each_story_once(room: Newsroom) -> None:
    """Nothing in an archive was announced as new, so no story of it is known yet."""
    twice = [article(n, title=TITLE, provider=Provider(f"Paper {n}")) for n in (11, 12)]
    await publish(room.database, *twice, article(13), announced=False)
    await room.follow(CHANNEL)
    await room.relay.run_once()
    (delivery,) = room.sender.sent
    assert len(delivery.articles) == 3
    assert sorted(len(one.article.related) for one in delivery.articles) == [0, 0, 1]
