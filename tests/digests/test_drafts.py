"""Drafts: what editors see before an edition's time, what they do to it, and what goes out."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

import pytest

from digests.editing import Act, DraftState
from digests.editors import Changed, Closed, Overtaken
from digests.errors import NoDrafts
from digests.model import Address, Cadence, Destination, Filters, Hold, Kind
from digests.reasons import Reason
from digests.storage import Database, destinations, holds
from digests.subscriptions import Wish
from tests.build import ADMIN, CHANNEL, NOW, PERSON
from tests.digests.reviewed import ADA, BEN, SHOWN, SLOT, STAFF, Newsroom

OTHER = Address(Kind.CHANNEL, 701, 70)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@pytest.fixture
async def room(database: Database) -> Newsroom:
    """Three articles are new since the channel began."""
    room = Newsroom(database)
    await room.open()
    return room


async def found(room: Newsroom, place: Address = CHANNEL) -> Destination:
    async with room.database.read() as connection:
        destination = await destinations.find(connection, place)
    assert destination is not None
    return destination


async def test_a_draft_promises_nothing_and_moves_no_cursor(room: Newsroom) -> None:
    ids = await room.publish(1, 2, 3)
    before = await found(room)
    await room.at(SHOWN - MINUTE)
    assert not await room.live()
    await room.at(SHOWN)
    sheet = await room.sheet()
    assert [id_ for id_, _ in sheet.going] == ids
    assert sheet.due == SLOT
    assert await found(room) == before
    assert room.posted() == []


async def test_with_nobody_there_it_goes_out_at_its_time(room: Newsroom) -> None:
    ids = await room.publish(1, 2, 3)
    await room.at(SHOWN)
    await room.at(SLOT - MINUTE)
    assert room.posted() == []
    await room.at(SLOT)
    assert room.posted() == [ids]
    sheet = await room.sheet()
    assert (sheet.draft.state, sheet.draft.edition) == (DraftState.SENT, 2)
    await room.at(SLOT + DAY)
    assert room.posted() == [ids], "once"


async def test_an_approved_draft_goes_out_at_its_time_and_not_before(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SHOWN)
    done = await room.decide(Act.APPROVED)
    assert isinstance(done, Changed)
    assert done.sheet.draft.state is DraftState.APPROVED
    await room.at(SLOT - MINUTE)
    assert room.posted() == []
    await room.at(SLOT)
    assert room.posted() == [ids]


async def test_what_came_after_the_draft_comes_with_the_next_edition(room: Newsroom) -> None:
    first = await room.publish(1)
    await room.at(SHOWN)
    second = await room.publish(2)
    await room.at(SLOT)
    assert room.posted() == [first]
    await room.at(SHOWN + DAY)
    assert [id_ for id_, _ in (await room.sheet()).going] == second
    await room.at(SLOT + DAY)
    assert room.posted() == [first, second]


async def test_a_dropped_article_is_left_out_here_and_nowhere_else(room: Newsroom) -> None:
    await room.follow(OTHER)
    a, b, c = await room.publish(1, 2, 3)
    await room.at(SHOWN)
    await room.drop(b)
    await room.at(SLOT)
    assert room.posted() == [[a, c]]
    assert room.posted(OTHER) == [[a, b, c]]
    verdict = await room.service.why(CHANNEL, b)
    assert verdict is not None
    assert (verdict.reason, verdict.edition) == (Reason.LEFT_OUT, 2)
    await room.at(SHOWN + DAY)
    await room.at(SLOT + DAY)
    await room.service.post_now(CHANNEL, room.clock())
    await room.at(SLOT + DAY)
    assert room.posted() == [[a, c]], "it counts as told"


async def test_what_was_dropped_can_be_put_back(room: Newsroom) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.drop(a, b)
    await room.drop(b)
    await room.at(SLOT)
    assert room.posted() == [[a]]


async def test_a_draft_of_which_everything_is_dropped_posts_nothing(room: Newsroom) -> None:
    ids = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.drop(*ids)
    await room.at(SLOT)
    assert room.posted() == []
    assert (await room.sheet()).draft.state is DraftState.EMPTY
    assert (await found(room)).next_due == SLOT + DAY


async def test_pinned_articles_come_first_in_their_order_and_survive_the_cap(
    room: Newsroom,
) -> None:
    await room.service.reschedule(CHANNEL, Wish(at_most=2), room.clock())
    a, b, c, d = await room.publish(1, 2, 3, 4)
    await room.at(SHOWN)
    assert (await room.sheet()).shown == 2
    await room.pin(d)
    await room.pin(c)
    await room.at(SLOT)
    assert room.posted() == [[d, c]]
    kept = await room.service.why(CHANNEL, a)
    assert kept is not None
    assert kept.reason is Reason.REST
    assert b not in room.posted()[0]


async def test_pinning_again_takes_the_pin_away(room: Newsroom) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.pin(b)
    await room.pin(b)
    await room.at(SLOT)
    assert room.posted() == [[a, b]]


async def test_a_held_draft_waits_until_it_is_approved(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SHOWN)
    await room.decide(Act.HELD)
    await room.at(SLOT)
    await room.at(SLOT + 60 * MINUTE)
    assert room.posted() == []
    await room.decide(Act.APPROVED)
    await room.at(SLOT + 61 * MINUTE)
    assert room.posted() == [ids]
    assert (await found(room)).next_due == SLOT + DAY


async def test_a_held_draft_is_in_the_next_one_with_the_rest_and_its_marks(
    room: Newsroom,
) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    held = (await room.sheet()).draft.id
    await room.drop(a)
    await room.decide(Act.HELD)
    await room.at(SLOT)
    (c,) = await room.publish(3)
    await room.at(SHOWN + DAY)
    sheet = await room.sheet()
    assert sheet.draft.id != held
    assert [id_ for id_, _ in sheet.going] == [b, c]
    assert [id_ for id_, _ in sheet.dropped] == [a]
    old = await room.editors.sheet(held)
    assert old is not None
    assert old.draft.state is DraftState.REPLACED
    await room.at(SLOT + DAY)
    assert room.posted() == [[b, c]], "held once is not held for ever"


async def test_an_article_withdrawn_meanwhile_is_out_of_the_draft(room: Newsroom) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.withdraw(a)
    assert [id_ for id_, _ in (await room.sheet()).going] == [b]
    await room.at(SLOT)
    assert room.posted() == [[b]]


async def test_of_two_who_press_at_once_the_second_is_told_what_the_first_did(
    room: Newsroom,
) -> None:
    await room.publish(1)
    await room.at(SHOWN)
    draft = (await room.sheet()).draft
    now = room.clock()
    answers = await asyncio.gather(
        room.editors.decide(draft.id, draft.version, Act.APPROVED, by=ADA, now=now),
        room.editors.decide(draft.id, draft.version, Act.HELD, by=BEN, now=now),
    )
    assert sorted(type(one).__name__ for one in answers) == ["Changed", "Overtaken"]
    (second,) = [one for one in answers if isinstance(one, Overtaken)]
    (first,) = [one for one in answers if isinstance(one, Changed)]
    assert second.sheet.last == first.sheet.last
    assert len((await room.sheet()).draft.acts) == 1


async def test_after_its_time_nothing_can_be_done(room: Newsroom) -> None:
    (id_,) = await room.publish(1)
    await room.at(SHOWN)
    await room.at(SLOT)
    assert isinstance(await room.decide(Act.HELD), Closed)
    assert isinstance(await room.drop(id_), Closed)
    assert (await room.sheet()).draft.acts == ()


async def test_sent_now_it_goes_out_once(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SHOWN)
    draft = (await room.sheet()).draft
    await room.editors.send(draft.id, draft.version, by=ADA, now=room.clock())
    await room.at(SHOWN)
    assert room.posted() == [ids]
    await room.at(SLOT)
    assert room.posted() == [ids]


async def test_a_forced_digest_is_the_draft_with_its_marks(room: Newsroom) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.drop(a)
    await room.service.post_now(CHANNEL, room.clock())
    await room.at(SHOWN)
    assert room.posted() == [[b]]


async def test_a_draft_is_out_for_five_minutes_at_least(room: Newsroom) -> None:
    """Nothing was new when it was due; then something comes, two minutes before the slot."""
    await room.at(SHOWN)
    assert not await room.live()
    ids = await room.publish(1)
    await room.at(SLOT - 2 * MINUTE)
    assert (await room.sheet()).due == SLOT + 3 * MINUTE
    await room.at(SLOT)
    assert room.posted() == []
    await room.at(SLOT + 3 * MINUTE)
    assert room.posted() == [ids]
    assert (await found(room)).next_due == SLOT + DAY


async def test_a_missed_slot_is_made_up_for_by_a_draft(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SLOT + 30 * MINUTE)
    assert room.posted() == []
    await room.at(SLOT + 35 * MINUTE)
    assert room.posted() == [ids]


async def test_nothing_new_is_no_draft_and_the_slot_passes(room: Newsroom) -> None:
    await room.at(SHOWN)
    await room.at(SLOT)
    assert not await room.live()
    assert (await found(room)).next_due == SLOT + DAY


async def test_too_few_are_no_draft_and_carry_over(room: Newsroom) -> None:
    await room.service.reschedule(CHANNEL, Wish(at_least=2), room.clock())
    first = await room.publish(1)
    await room.at(SHOWN)
    await room.at(SLOT)
    assert not await room.live()
    second = await room.publish(2)
    await room.at(SHOWN + DAY)
    await room.at(SLOT + DAY)
    assert room.posted() == [first + second]


async def test_a_changed_time_moves_the_draft(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SHOWN)
    await room.service.reschedule(CHANNEL, Wish(at=time(9, 10)), room.clock())
    await room.at(SLOT)
    assert room.posted() == []
    assert (await room.sheet()).draft.slot == SLOT + 10 * MINUTE
    await room.at(SLOT + 10 * MINUTE)
    assert room.posted() == [ids]


async def test_a_time_moved_far_makes_a_new_draft_then(room: Newsroom) -> None:
    first = await room.publish(1)
    await room.at(SHOWN)
    await room.service.reschedule(CHANNEL, Wish(at=time(17)), room.clock())
    second = await room.publish(2)
    await room.at(SLOT)
    assert [id_ for id_, _ in (await room.sheet()).going] == first
    await room.at(SHOWN.replace(hour=16, minute=45))
    assert [id_ for id_, _ in (await room.sheet()).going] == first + second
    await room.at(SLOT.replace(hour=17))
    assert room.posted() == [first + second]


async def test_what_is_no_longer_followed_is_out_of_the_draft(room: Newsroom) -> None:
    await room.publish(1)
    await room.at(SHOWN)
    await room.service.unfollow(CHANNEL, "AI")
    await room.at(SLOT)
    assert room.posted() == []
    assert (await room.sheet()).draft.state is DraftState.VOID


async def test_a_pause_keeps_a_draft_back(room: Newsroom) -> None:
    ids = await room.publish(1)
    await room.at(SHOWN)
    await room.service.reschedule(CHANNEL, Wish(paused_until=SLOT + 5 * DAY), room.clock())
    await room.at(SLOT)
    assert room.posted() == []
    await room.at(SHOWN + 5 * DAY)
    await room.at(SLOT + 5 * DAY)
    assert room.posted() == [ids]


async def test_without_review_the_draft_that_is_out_is_the_last(room: Newsroom) -> None:
    a, b = await room.publish(1, 2)
    await room.at(SHOWN)
    await room.drop(a)
    await room.editors.end(CHANNEL)
    await room.at(SLOT - MINUTE)
    assert room.posted() == []
    await room.at(SLOT)
    assert room.posted() == [[b]]
    (c,) = await room.publish(3)
    await room.at(SHOWN + DAY)
    assert not await room.live()
    await room.at(SLOT + DAY)
    assert room.posted() == [[b], [c]]
    assert await room.editors.standing(CHANNEL) is None


async def test_instantly_has_no_draft(room: Newsroom) -> None:
    await room.service.reschedule(CHANNEL, Wish(every=Cadence.INSTANTLY), room.clock())
    with pytest.raises(NoDrafts):
        await room.editors.review(CHANNEL, STAFF, 15, by=ADMIN)
    ids = await room.publish(1)
    await room.at(NOW + MINUTE)
    assert room.posted() == [ids], "also where it was reviewed before"


async def test_a_held_place_gets_no_draft_and_loses_nothing(room: Newsroom) -> None:
    ids = await room.publish(1)
    place = await found(room)
    async with room.database.write() as connection:
        await holds.hold(connection, place.id, Hold.REFUSED, "closed", room.clock())
    await room.at(SHOWN)
    assert not await room.live()
    async with room.database.write() as connection:
        await holds.release(connection, [place.id], room.clock())
    await room.at(SHOWN + DAY)
    await room.at(SLOT + DAY)
    assert room.posted() == [ids]


async def test_filters_set_meanwhile_hold_for_the_draft(room: Newsroom) -> None:
    await room.publish(1)
    await room.at(SHOWN)
    await room.service.refilter(CHANNEL, Filters(min_quality=50))
    await room.at(SLOT)
    assert room.posted() == []


async def test_who_is_not_reviewed_is_planned_as_ever(room: Newsroom) -> None:
    await room.follow(PERSON)
    ids = await room.publish(1)
    await room.at(SHOWN)
    await room.at(SLOT)
    assert room.posted(PERSON) == [ids]
