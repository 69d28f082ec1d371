"""What was done in, what is said of it out (pure): short, friendly, and what to do next.

``say`` is the tongue of who reads it (``bot.language``); ``place`` is ``"you"`` or a channel's
mention, and picks the sentence. The words are in ``bot/locales``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.causes import worded
from bot.language import Tongue
from bot.text import isolate, one_line, plain, shorten
from digests.errors import UnknownTopic
from digests.model import (
    EVERY_DAY,
    FOREVER,
    WEEKDAYS,
    Article,
    Cadence,
    Delivery,
    Destination,
    Occasion,
    Schedule,
    Topic,
)
from digests.service import FollowAnswer, Glance, PostAnswer, Posting

LISTED = 25
"""How many topics a reply names."""

YOU = "you"


def name(label: str) -> str:
    """A topic's or a typed name, harmless, in bold."""
    return f"**{isolate(plain(shorten(label, 80)))}**"


def when(moment: datetime) -> str:
    """A moment as each reader's own clock shows it, and how far off it is."""
    seconds = int(moment.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def rhythm(say: Tongue, schedule: Schedule) -> str:
    """``daily at 09:00 and 18:00 (Europe/Berlin), but not between 22:00 and 07:00``."""
    zone = schedule.zone.replace("_", " ")
    at = say.both([f"{one:%H:%M}" for one in schedule.times])
    minute = f"{schedule.at:%M}"
    on = _days(say, schedule.weekdays)
    known = schedule.every in (Cadence.DAILY, Cadence.WEEKLY)
    match schedule.every, on:
        case Cadence.INSTANTLY, "":
            said = say("rhythm-instantly")
        case Cadence.INSTANTLY, _:
            said = say("rhythm-instantly-days", on=on)
        case Cadence.HOURLY, "":
            said = say("rhythm-hourly", minute=minute)
        case Cadence.HOURLY, _:
            said = say("rhythm-hourly-days", minute=minute, on=on)
        case _, "":
            said = say("rhythm-daily", at=at, zone=zone)
        case _:
            said = say("rhythm-days", on=on, at=at, zone=zone)
    if not schedule.quiet:
        return said
    start, end = (f"{one:%H:%M}" for one in schedule.quiet)
    if known:
        return say("rhythm-quiet", rhythm=said, start=start, end=end)
    return say("rhythm-quiet-zone", rhythm=said, start=start, end=end, zone=zone)


def _days(say: Tongue, days: frozenset[int]) -> str:
    """``every Monday and Friday``; empty for all of them."""
    if days == EVERY_DAY:
        return ""
    if days == WEEKDAYS:
        return say("on-weekdays")
    return say("on-days", days=say.both([say.weekday(day) for day in sorted(days)]))


def next_digest(say: Tongue, destination: Destination, place: str, now: datetime) -> str:
    """When the next digest comes."""
    schedule = destination.schedule
    if (paused := _paused(say, destination, place, now)) is not None:
        return paused
    if schedule.every is Cadence.INSTANTLY or destination.next_due is None:
        return say("next-instantly", rhythm=rhythm(say, schedule))
    return say("next-digest", when=when(destination.next_due), rhythm=rhythm(say, schedule))


def _paused(say: Tongue, destination: Destination, place: str, now: datetime) -> str | None:
    """That the digest is paused, and how it goes on; None if it is not."""
    until = destination.schedule.paused_until
    if until is None or until <= now:
        return None
    if until >= FOREVER:
        return say("paused-forever", place=place)
    return say("paused-until", place=place, when=when(until))


def scheduled(
    say: Tongue, destination: Destination, place: str, now: datetime, *, follows: bool
) -> str:
    """How a schedule is now; ``follows`` is False where there is nothing yet to come."""
    sentence = comes(say, place, destination.schedule)
    if not follows:
        return say("nothing-to-come", place=place, comes=sentence)
    if (paused := _paused(say, destination, place, now)) is not None:
        return f"{sentence}\n{paused}"
    if destination.next_due is None or destination.schedule.every is Cadence.INSTANTLY:
        return sentence
    return f"{sentence}\n{say('next-one', when=when(destination.next_due))}"


def comes(say: Tongue, place: str, schedule: Schedule) -> str:
    """When a digest comes, in a sentence."""
    message = "comes-instantly" if schedule.every is Cadence.INSTANTLY else "comes"
    return say(message, place=place, rhythm=rhythm(say, schedule))


def unscheduled(say: Tongue) -> str:
    """Where somebody who follows nothing looks at their schedule."""
    return say("unscheduled", rhythm=rhythm(say, Schedule()))


def followed(say: Tongue, answer: FollowAnswer, place: str, now: datetime) -> str:
    """After following."""
    done = answer.followed
    topic, next_ = name(done.topic.name), next_digest(say, done.destination, place, now)
    if not done.new:
        message = "followed-rescheduled" if done.rescheduled else "followed-already"
        return say(message, place=place, topic=topic, next=next_)
    brings = volume(say, done.topic)
    lines = [say("followed", place=place, topic=topic, volume=brings, next=next_)]
    if answer.on_their_way:
        lines.append(say("on-their-way", place=place, n=answer.on_their_way))
    return "\n".join(lines)


def unfollowed(say: Tongue, topic: Topic, place: str) -> str:
    """After following no longer."""
    return say("unfollowed", place=place, topic=name(topic.name), label=topic.name)


def following(
    say: Tongue,
    found: tuple[Destination, list[Topic]] | None,
    place: str,
    now: datetime,
    command: str = "channel follow",
) -> str:
    """What is followed, and when it comes; ``command`` is how a channel begins to follow."""
    if found is None or not found[1]:
        return nothing_followed(say, place, command)
    destination, topics = found
    listed = [
        say("following-topic", topic=name(one.name), volume=volume(say, one)) for one in topics
    ]
    shown = listed[:LISTED]
    if len(listed) > LISTED:
        shown.append(say("following-more", n=len(listed) - LISTED))
    # The empty line ends the list, or what follows would belong to its last item.
    said = [say("following", place=place), *_within(shown), ""]
    said.append(next_digest(say, destination, place, now))
    if destination.held:
        said.append(say("following-held", reason=worded(say, destination.held)))
    return "\n".join(said)


def nothing_followed(say: Tongue, place: str, command: str = "channel setup") -> str:
    """Nothing is followed; ``command`` is how a channel begins to."""
    return say("nothing-followed", place=place, command=say.command(command))


def _within(lines: Sequence[str], limit: int = 1500) -> list[str]:
    """As many of the lines as stay within ``limit`` characters."""
    kept: list[str] = []
    for line in lines:
        limit -= len(line) + 1
        if limit < 0:
            return [*kept, "- …"]
        kept.append(line)
    return kept


def looked(say: Tongue, look: Glance | None, topic: str | None) -> str:
    """Above the articles of ``/digest``."""
    if look is None:
        return say("looked-follows-nothing")
    if not look.articles:
        return say("looked-nothing")
    if topic is not None:
        return say("looked-topic", topic=name(topic))
    if not look.new:
        return say("looked-latest")
    count = len(look.articles) + look.more
    if look.more:
        return say("looked-new-more", n=count, more=look.more)
    return say("looked-new", n=count)


def posted(say: Tongue, answer: PostAnswer, place: str) -> str:
    """After a forced digest."""
    match answer.posting:
        case Posting.NEW:
            said = say("posted", place=place, n=answer.shown)
            if answer.more:
                said = say("posted-more", place=place, n=answer.shown, more=answer.more)
            covers = say("covers", since=when(answer.since)) if answer.since else ""
            return f"{said} {covers}".rstrip()
        case Posting.LATEST:
            return say("posted-latest", place=place, n=answer.shown)
        case Posting.UNDER_WAY:
            return say("posted-under-way", place=place)
        case Posting.NOTHING:
            return say("posted-nothing", place=place)
        case Posting.FOLLOWS_NOTHING:
            return say("posted-follows-nothing", place=place)


def previewed(
    say: Tongue, look: Glance, destination: Destination, place: str, now: datetime
) -> str:
    """Above what the next digest of a channel would hold."""
    next_ = next_digest(say, destination, place, now)
    if not look.articles:
        return say("previewed-nothing", place=place, next=next_)
    if not look.new:
        return say("previewed-latest", place=place, next=next_)
    shown = len(look.articles)
    if look.more:
        holds = say("previewed-first", place=place, n=shown + look.more, shown=shown)
    else:
        holds = say("previewed", place=place, n=shown)
    return f"{holds}\n{next_}"


def volume(say: Tongue, topic: Topic) -> str:
    """``about 5 articles a week``, as it was lately."""
    if not topic.recent:
        return say("volume-lately", n=topic.articles) if topic.articles else say("volume-nothing")
    if topic.weekly < 1:
        return say("volume-rare")
    return say("volume-weekly", n=round(topic.weekly))


def unknown_topic(say: Tongue, error: UnknownTopic) -> str:
    """A topic nobody writes about, with what was perhaps meant."""
    if not error.nearest:
        return say("unknown-topic", topic=name(error.asked))
    return say("unknown-topic-near", topic=name(error.asked), near=either(say, error.nearest))


def not_followed(say: Tongue, error: UnknownTopic, place: str) -> str:
    """A topic that was to be left, but is not followed."""
    topic = name(error.asked)
    if not error.nearest:
        return say("not-followed", place=place, topic=topic)
    return say("not-followed-near", place=place, topic=topic, near=either(say, error.nearest))


def either(say: Tongue, names: Sequence[str]) -> str:
    """``A``, ``A or B``, ``A, B or C``."""
    return say.either([name(one) for one in names])


def heading(say: Tongue, delivery: Delivery) -> str | None:
    """The line above the cards of an edition; only its first message has one."""
    if delivery.part:
        return None
    if delivery.occasion is Occasion.FIRST:
        return say("heading-first")
    return say("heading", n=delivery.shown + delivery.more)


def article_name(say: Tongue, article: Article) -> str:
    """What a forum post of one article is called."""
    return shorten(one_line(article.title), 100) or say("post-name-alone")


def post_name(say: Tongue, delivery: Delivery) -> str:
    """What a forum post is called: its article, or how many there are and of which day."""
    count = delivery.shown + delivery.more
    if count == 1 and delivery.articles:
        return article_name(say, delivery.articles[0].article)
    day = delivery.claimed_at.astimezone(ZoneInfo(delivery.destination.schedule.zone))
    return say("post-name", n=count, day=say.day(day))
