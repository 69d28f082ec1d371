"""What was done in, the sentence that says so out (pure). Short, friendly, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.text import plain, shorten
from digests.errors import UnknownTopic
from digests.model import Cadence, Delivery, Destination, Occasion, Schedule, Topic
from digests.service import FollowAnswer, Look, PostAnswer, Posting

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def name(label: str) -> str:
    """A topic's or a typed name, harmless, in bold."""
    return f"**{plain(shorten(label, 80))}**"


def articles(count: int) -> str:
    """``1 article``, ``2 articles``."""
    return f"{count} article{'' if count == 1 else 's'}"


def when(moment: datetime) -> str:
    """A moment as each reader's own clock shows it, and how far off it is."""
    seconds = int(moment.timestamp())
    return f"<t:{seconds}:f> (<t:{seconds}:R>)"


def rhythm(schedule: Schedule) -> str:
    """``daily at 09:00 (Europe/Berlin)``."""
    at = f"{schedule.at:%H:%M} ({schedule.zone.replace('_', ' ')})"
    match schedule.every:
        case Cadence.INSTANTLY:
            return "as soon as they are published"
        case Cadence.HOURLY:
            return f"every hour at :{schedule.at:%M}"
        case Cadence.DAILY:
            return f"daily at {at}"
        case Cadence.WEEKLY:
            return f"every {_DAYS[schedule.day]} at {at}"


def next_digest(destination: Destination) -> str:
    """When the next digest comes."""
    if destination.next_due is None:
        return "New articles come as soon as they are published."
    return f"Next digest: {when(destination.next_due)}, then {rhythm(destination.schedule)}."


def followed(answer: FollowAnswer, place: str) -> str:
    """After following; ``place`` is "you" or a channel's mention."""
    done = answer.followed
    topic = name(done.topic.name)
    verb = "follow" if place == "you" else "follows"
    subject = "You" if place == "you" else place
    if done.new:
        lines = [f"{subject} now {verb} {topic}. {next_digest(done.destination)}"]
        if answer.on_their_way:
            to = "your direct messages" if place == "you" else place
            latest = (
                "The latest article is"
                if answer.on_their_way == 1
                else (f"The latest {answer.on_their_way} articles are")
            )
            lines.append(f"{latest} on the way to {to}.")
        return "\n".join(lines)
    if done.rescheduled:
        return (
            f"{subject} already {verb} {topic}. Changed the time: {next_digest(done.destination)}"
        )
    return f"{subject} already {verb} {topic}. {next_digest(done.destination)}"


def unfollowed(topic: Topic, place: str, command: str) -> str:
    """After following no longer; ``command`` brings the topic back."""
    subject, verb = ("You", "follow") if place == "you" else (place, "follows")
    negative = "no longer"
    return f"{subject} {negative} {verb} {name(topic.name)}. `{command}` brings it back."


def following(found: tuple[Destination, list[Topic]] | None, place: str, command: str) -> str:
    """What is followed, and when it comes; ``command`` is how to follow."""
    subject, verb = ("You", "follow") if place == "you" else (place, "follows")
    if found is None or not found[1]:
        return f"{subject} {verb} no topic yet. Try `{command}`."
    destination, topics = found
    listed = "\n".join(f"- {name(one.name)} · {articles(one.articles)}" for one in topics)
    held = f"\n⚠️ Nothing can be sent right now: {destination.held}." if destination.held else ""
    return f"{subject} {verb}:\n{listed}\n{next_digest(destination)}{held}"


def looked(look: Look | None, topic: str | None) -> str:
    """Above the articles of ``/digest``."""
    if look is None:
        return "You follow no topic yet. Try `/follow AI`, or `/digest topic` to look at one."
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
            return f"{place} follows no topic yet. Try `/channel follow topic:AI` first."


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
    *most, last = map(name, names)
    return f"{', '.join(most)} or {last}" if most else last


def heading(delivery: Delivery) -> str | None:
    """The line above the cards of an edition; only its first message has one."""
    if delivery.part:
        return None
    if delivery.occasion is Occasion.FIRST:
        return "**To begin with: the latest articles.** New ones follow on schedule."
    count = delivery.shown + delivery.more
    return f"**Your digest** · {articles(count)}"
