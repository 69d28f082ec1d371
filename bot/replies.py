"""What was done in, the sentence that says so out (pure). Short, friendly, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.places import lacking
from bot.text import one_line, plain, shorten
from digests.errors import UnknownTopic
from digests.model import (
    FOREVER,
    WEEKDAYS,
    Cadence,
    Delivery,
    Destination,
    Kind,
    Occasion,
    Schedule,
    Topic,
)
from digests.service import FollowAnswer, Look, PostAnswer, Posting
from digests.storage.readers import Standing

LISTED = 25
"""How many topics a reply names."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def name(label: str) -> str:
    """A topic's or a typed name, harmless, in bold."""
    return f"**{plain(shorten(label, 80))}**"


def counted(number: int, noun: str) -> str:
    """``1 topic``, ``2 topics``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def articles(number: int) -> str:
    """``1 article``, ``2 articles``."""
    return counted(number, "article")


def when(moment: datetime) -> str:
    """A moment as each reader's own clock shows it, and how far off it is."""
    seconds = int(moment.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def rhythm(schedule: Schedule) -> str:
    """``daily at 09:00 and 18:00 (Europe/Berlin), but not between 22:00 and 07:00``."""
    zone = f" ({schedule.zone.replace('_', ' ')})"
    at = f"at {_joined([f'{one:%H:%M}' for one in schedule.times])}{zone}"
    on = _days(schedule.weekdays)
    match schedule.every:
        case Cadence.INSTANTLY:
            said, known = f"as soon as they are published{f', {on}' if on else ''}", False
        case Cadence.HOURLY:
            said, known = f"every hour at :{schedule.at:%M}{f', {on}' if on else ''}", False
        case Cadence.DAILY | Cadence.WEEKLY:
            said, known = f"{on or 'daily'} {at}", True
    if schedule.quiet:
        start, end = schedule.quiet
        said += f", but not between {start:%H:%M} and {end:%H:%M}{'' if known else zone}"
    return said


def _days(days: frozenset[int]) -> str:
    """``every Monday and Friday``; empty for all of them."""
    if len(days) == len(DAYS):
        return ""
    if days == WEEKDAYS:
        return "Monday to Friday"
    return f"every {_joined([DAYS[day] for day in sorted(days)])}"


def _joined(words: Sequence[str], last: str = "and") -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


def next_digest(destination: Destination, now: datetime) -> str:
    """When the next digest comes."""
    schedule = destination.schedule
    if (paused := _paused(destination, now)) is not None:
        return paused
    if schedule.every is Cadence.INSTANTLY or destination.next_due is None:
        return f"New articles come {rhythm(schedule)}."
    return f"Next digest: {when(destination.next_due)}, then {rhythm(schedule)}."


def _paused(destination: Destination, now: datetime) -> str | None:
    """That the digest is paused, and how it goes on; None if it is not."""
    until = destination.schedule.paused_until
    if until is None or until <= now:
        return None
    own = destination.address.kind is Kind.DM
    command = "`/schedule pause_until:off`" if own else "`/channel resume`"
    if until >= FOREVER:
        return f"Paused; what comes meanwhile waits. {command} ends the pause."
    return f"Paused until {when(until)}; what comes meanwhile waits. {command} ends it now."


def scheduled(destination: Destination, place: str, now: datetime, *, follows: bool) -> str:
    """How a schedule is now; ``follows`` is False where there is nothing yet to come."""
    whose = "Your digest" if place == "you" else f"The digest of {place}"
    comes = f"{whose} comes {rhythm(destination.schedule)}."
    if destination.schedule.every is Cadence.INSTANTLY:
        comes = f"{whose}: new articles come {rhythm(destination.schedule)}."
    if not follows:
        command = "`/follow`" if place == "you" else "`/channel follow`"
        return f"{comes} There is nothing to come yet: {command} a topic."
    if (paused := _paused(destination, now)) is not None:
        return f"{comes}\n{paused}"
    if destination.next_due is None or destination.schedule.every is Cadence.INSTANTLY:
        return comes
    return f"{comes}\nThe next one: {when(destination.next_due)}."


def unscheduled() -> str:
    """Where somebody who follows nothing looks at their schedule."""
    return (
        "You follow no topic yet. Once you do, your digest comes "
        f"{rhythm(Schedule())}; here you can choose another time."
    )


def followed(answer: FollowAnswer, place: str, now: datetime) -> str:
    """After following; ``place`` is "you" or a channel's mention."""
    done = answer.followed
    topic = name(done.topic.name)
    comes = next_digest(done.destination, now)
    verb = "follow" if place == "you" else "follows"
    subject = "You" if place == "you" else place
    if not done.new:
        changed = " Changed the time." if done.rescheduled else ""
        return f"{subject} already {verb} {topic}.{changed} {comes}"
    lines = [f"{subject} now {verb} {topic} ({volume(done.topic)}). {comes}"]
    if answer.on_their_way:
        to = "your direct messages" if place == "you" else place
        many = answer.on_their_way > 1
        latest = f"{answer.on_their_way} articles are" if many else "article is"
        lines.append(f"The latest {latest} on the way to {to}.")
    return "\n".join(lines)


def unfollowed(topic: Topic, place: str, command: str) -> str:
    """After following no longer; ``command`` brings the topic back."""
    subject, verb = ("You", "follow") if place == "you" else (place, "follows")
    negative = "no longer"
    return f"{subject} {negative} {verb} {name(topic.name)}. `{command}` brings it back."


def following(
    found: tuple[Destination, list[Topic]] | None, place: str, command: str, now: datetime
) -> str:
    """What is followed, and when it comes; ``command`` is how to follow."""
    subject, verb = ("You", "follow") if place == "you" else (place, "follows")
    if found is None or not found[1]:
        return nothing_followed(place, command)
    destination, topics = found
    listed = [f"- {name(one.name)} · {volume(one)}" for one in topics]
    shown = listed[:LISTED]
    if len(listed) > LISTED:
        shown.append(f"- and {len(listed) - LISTED} more")
    held = [f"⚠️ Nothing can be sent right now: {destination.held}."] if destination.held else []
    # The empty line ends the list, or what follows would belong to its last item.
    said = [f"{subject} {verb}:", *_within(shown), "", next_digest(destination, now), *held]
    return "\n".join(said)


def nothing_followed(place: str, command: str) -> str:
    """Nothing is followed; ``command`` is how to begin."""
    subject = "You follow" if place == "you" else f"{place} follows"
    return f"{subject} no topic yet. Try `{command}`."


def _within(lines: Sequence[str], limit: int = 1500) -> list[str]:
    """As many of the lines as stay within ``limit`` characters."""
    kept: list[str] = []
    for line in lines:
        limit -= len(line) + 1
        if limit < 0:
            return [*kept, "- …"]
        kept.append(line)
    return kept


def filtered(destination: Destination, place: str) -> str:
    """Which articles a channel takes, and how many."""
    wanted, schedule = destination.filters, destination.schedule
    said = []
    if wanted.min_quality is not None:
        said.append(f"quality {wanted.min_quality} or more")
    if wanted.min_heat is not None:
        said.append(f"heat {wanted.min_heat} or more")
    for words, names in (
        ("only from", wanted.only_providers),
        ("not from", wanted.without_providers),
        ("only with", wanted.only_words),
        ("not with", wanted.without_words),
    ):
        if names:
            listed = [name(one) for one in sorted(names)[:10]]
            more = [f"{len(names) - 10} more"] if len(names) > 10 else []
            said.append(f"{words} {_joined([*listed, *more], 'or')}")
    takes = f"only: {'; '.join(said)}" if said else "everything on its topics"
    least = f", and waits for at least {schedule.at_least}" if schedule.at_least > 1 else ""
    return f"{place} takes {takes}.\nA digest shows {articles(schedule.at_most)} at most{least}."


def looked(look: Look | None, topic: str | None) -> str:
    """Above the articles of ``/digest``."""
    if look is None:
        return "You follow no topic yet. Try `/follow`, or `/digest` with a topic to look at one."
    if not look.articles:
        return "Nothing is published on your topics yet. New articles come with your next digest."
    if topic is not None:
        return f"The latest on {name(topic)}:"
    if not look.new:
        return "Nothing new since your last digest. Here are the latest on your topics:"
    more = f" The other {look.more} come with your next digest." if look.more else ""
    return f"{articles(len(look.articles) + look.more).capitalize()} new for you.{more}"


def posted(answer: PostAnswer, place: str) -> str:
    """After a forced digest."""
    match answer.posting:
        case Posting.NEW:
            more = f", and {answer.more} more behind a button" if answer.more else ""
            return f"On its way to {place}: {articles(answer.shown)}{more}."
        case Posting.LATEST:
            return (
                f"Nothing new for {place}, so here come the latest "
                f"{articles(answer.shown)} it has not had."
            )
        case Posting.UNDER_WAY:
            return f"A digest for {place} was asked for a moment ago and is on its way."
        case Posting.NOTHING:
            return f"{place} has had every article on its topics. New ones come by themselves."
        case Posting.FOLLOWS_NOTHING:
            return f"{place} follows no topic yet. Try `/channel setup` first."


def previewed(look: Look, destination: Destination, place: str, now: datetime) -> str:
    """Above what the next digest of a channel would hold."""
    if not look.articles:
        return f"Nothing is published yet on what {place} follows. {next_digest(destination, now)}"
    if not look.new:
        return (
            f"Nothing new for {place} so far; these are the latest on its topics. "
            f"{next_digest(destination, now)}"
        )
    more = f" The first {len(look.articles)}:" if look.more else ""
    return (
        f"As of now, the next digest of {place} holds "
        f"{articles(len(look.articles) + look.more)}.{more}\n{next_digest(destination, now)}"
    )


def volume(topic: Topic) -> str:
    """``about 5 articles a week``, as it was lately."""
    if not topic.recent:
        return f"{articles(topic.articles)}, none lately" if topic.articles else "nothing so far"
    if topic.weekly < 1:
        return "less than one article a week"
    return f"about {articles(round(topic.weekly))} a week"


def unknown_topic(error: UnknownTopic) -> str:
    """A topic nobody writes about, with what was perhaps meant."""
    if not error.nearest:
        return f"There is no topic {name(error.asked)}. Start typing and pick one from the list."
    return f"There is no topic {name(error.asked)}. Did you mean {either(error.nearest)}?"


def not_followed(error: UnknownTopic, place: str) -> str:
    """A topic that was to be left, but is not followed."""
    subject, verb = ("You", "do not follow") if place == "you" else (place, "does not follow")
    hint = f" Did you mean {either(error.nearest)}?" if error.nearest else ""
    return f"{subject} {verb} {name(error.asked)}.{hint}"


def either(names: Sequence[str]) -> str:
    """``A``, ``A or B``, ``A, B or C``."""
    return _joined([name(one) for one in names], "or")


def heading(delivery: Delivery) -> str | None:
    """The line above the cards of an edition; only its first message has one."""
    if delivery.part:
        return None
    if delivery.occasion is Occasion.FIRST:
        return "**To begin with: the latest articles.** New ones follow on schedule."
    count = delivery.shown + delivery.more
    return f"**Your digest** · {articles(count)}"


def post_name(delivery: Delivery) -> str:
    """What a forum post is called: its article, or how many there are and of which day."""
    count = delivery.shown + delivery.more
    if count == 1 and delivery.articles:
        return shorten(one_line(delivery.articles[0].article.title), 100) or "Digest"
    day = delivery.claimed_at.astimezone(ZoneInfo(delivery.destination.schedule.zone))
    return f"Digest · {articles(count)} · {day.day} {day:%B %Y}"


def standing(
    found: tuple[Destination, list[Topic], Standing] | None,
    place: str,
    missing: Sequence[str],
    now: datetime,
) -> str:
    """How a channel stands: next and last digest, what is not posted, and why."""
    if missing:
        rights = f"⚠️ {place}: {lacking(missing)}. Allow that in the channel's settings."
    else:
        rights = f"I have every permission I need in {place}."
    if found is None or not found[1]:
        begin = f"{place} follows no topic yet. `/channel setup` leads you through it."
        return f"{begin}\n{rights}" if missing else begin
    destination, topics, state = found
    names = ", ".join(name(one.name) for one in topics[:10])
    more = f" and {len(topics) - 10} more" if len(topics) > 10 else ""
    said = [
        f"{place} follows {names}{more}.",
        next_digest(destination, now),
        _last(destination, state),
        *_stuck(destination, state),
        rights,
    ]
    return "\n".join(said)


def _stuck(destination: Destination, state: Standing) -> list[str]:
    """What is not posted, and why."""
    said = []
    if state.waiting:
        said.append(f"{counted(state.waiting, 'message')} on the way.")
    if state.held or destination.held:
        reason = destination.held or state.reason or "I do not know why"
        said.append(
            f"⚠️ {counted(state.held, 'message')} held back: {reason}. "
            "`/channel post` tries again at once."
        )
    if state.dead:
        why = f"; the last because {state.reason}" if state.reason and not state.held else ""
        said.append(f"{counted(state.dead, 'message')} could never be posted{why}.")
    return said


def _last(destination: Destination, state: Standing) -> str:
    last = state.last
    if last is None:
        return "Last digest: none yet."
    made = f"Last digest: number {last.number}, {when(last.planned_at)}, {articles(last.articles)}"
    if last.message_id is None:
        return f"{made}; not posted yet."
    guild = destination.address.guild_id or "@me"
    return f"{made}. https://discord.com/channels/{guild}/{last.channel_id}/{last.message_id}"
