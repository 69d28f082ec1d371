"""What a reader asked for, the sentence above it out (pure): search, saved, For me, their data."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies import articles, counted, either, name, rhythm
from bot.text import isolate, masked_link, one_line, plain
from digests.model import Article, Destination, Kind
from digests.reading import MOST_SAVED, Found, Mine, SaveAnswer, Shelf
from digests.storage.readers import Kept, Traces

WITHDRAWN = "Those articles are no longer published."
NO_WORDS = "Write a word or two to look for, like `robots` or `climate report`."
NOTHING_SAVED = "You have saved nothing yet. Press **Save** under any digest or search result."


def origin(article: Article) -> str:
    """``Harbour Dispatch · 12 Nov 2026``, as menus show it."""
    provider = one_line(article.provider.name) if article.provider else ""
    day = f"{article.published_at.day} {article.published_at:%b %Y}"
    return " · ".join(filter(None, (provider, day)))


def line(article: Article, *, linked: bool = True) -> str:
    """An article in one line: its title as a link, who published it, and when."""
    label = masked_link(article.title, article.link, 120) if linked else None
    provider = plain(one_line(article.provider.name), 60) if article.provider else ""
    day = f"<t:{int(article.published_at.timestamp())}:d>"
    title = label or f"**{plain(one_line(article.title), 120)}**"
    return " · ".join(filter(None, (title, isolate(provider), day)))


def lines(shown: Sequence[Article], limit: int = 4096) -> str:
    """A line for each of at most ten articles; where addresses are too long, some go without."""
    listed = [f"- {line(one)}" for one in shown]
    while len("\n".join(listed)) > limit:
        longest = max(range(len(listed)), key=lambda index: len(listed[index]))
        listed[longest] = f"- {line(shown[longest], linked=False)}"
    return "\n".join(listed)


def found(result: Found, typed: str) -> str:
    """Above the cards of a search."""
    if not result.words:
        return NO_WORDS
    if not result.total:
        few = "fewer or shorter words" if len(result.words) > 1 else "a shorter or another word"
        return f"No article has {name(typed)}. Try {few}."
    return f"**{articles(result.total)}** with {name(' '.join(result.words))}"


def saved(answer: SaveAnswer) -> str:
    """After saving."""
    if answer.full:
        return f"You have saved {MOST_SAVED} articles, and that is all I can hold. Make room first."
    if not answer.added:
        return f"Saved already. You have {articles(answer.total)} in `/saved`."
    return f"Saved. You now have {articles(answer.total)} in `/saved`."


def shelf(page: Shelf) -> str:
    """Above the lines of saved articles."""
    if not page.total:
        return NOTHING_SAVED
    first, last = page.skip + 1, page.skip + len(page.kept)
    span = f" · {first} to {last}" if page.total > len(page.kept) else ""
    return f"**You saved {articles(page.total)}**{span}"


def export(kept: Sequence[Kept]) -> str:
    """Saved articles as a Markdown document."""
    written = ["# Saved articles", ""]
    for one in kept:
        article = one.published.article
        label = masked_link(article.title, article.link) or plain(one_line(article.title))
        written.append(f"- {label} ({plain(origin(article))})")
        if excerpt := one_line(article.excerpt):
            written.append(f"  {plain(excerpt)}")
    return "\n".join(written) + "\n"


def for_me(mine: Mine) -> str:
    """Above the cards of 'For me'."""
    return f"**For you:** {len(mine.articles)} of {articles(mine.whole)} here"


def nothing_for_me(mine: Mine) -> str:
    """Where 'For me' has nothing to show."""
    if mine.follows:
        topics = either([one.name for one in mine.topics[:8]])
        return f"None of these {articles(mine.whole)} is on what you follow: {topics}."
    return (
        "You follow no topic yet. Follow one, and this button shows only your articles of a "
        "digest. They also come to your direct messages, daily unless you choose otherwise."
    )


def follows_nothing(whose: str) -> str:
    """Where there is no digest to ask about."""
    if whose == "your":
        return "You follow no topic, so there is no digest of yours. `/follow` begins one."
    return "This channel follows nothing any more."


# ── a person's own data ──────────────────────────────────────────────────────────────────────


def held_near(held: Sequence[Destination]) -> str:
    """One line about what cannot be sent, for who can mend it."""
    first = held[0]
    more = f" The same goes for {len(held) - 1} more." if len(held) > 1 else ""
    if first.address.kind is Kind.DM:
        return (
            "⚠️ I cannot send you direct messages. Allow them in this server's privacy settings, "
            f"then use `/digest`: what waits is sent.{more}"
        )
    return (
        f"⚠️ I cannot post in <#{first.address.id}>: {first.held}. "
        f"`/channel status` says what to do.{more}"
    )


def traces(found: Traces) -> str:
    """What is stored about a person."""
    if not found.anything:
        return "I have nothing stored about you. I would, if you followed or saved something."
    said = ["**What I have stored about you**, under your Discord ID and nothing else:"]
    if found.destination is not None:
        said.append(f"- {counted(found.topics, 'topic')} you follow, and since when")
        said.append(f"- your schedule: {rhythm(found.destination.schedule)}")
        said.append(f"- what was in {counted(found.editions, 'digest')} I made for you")
        if found.waiting:
            said.append(f"- {counted(found.waiting, 'message')} to you, still to be sent")
        if found.destination.dm_channel_id is not None:
            said.append("- where our direct messages are (their ID)")
    if found.saved:
        said.append(f"- {articles(found.saved)} you saved")
    if found.channels:
        said.append(f"- that you set up {counted(found.channels, 'channel')}")
    said.append("\nI never store your name, your messages or what you click.")
    return "\n".join(said)


CONFIRM_DELETE = (
    "Delete all of it? You will follow nothing, your saved articles go, and nothing more is sent "
    "to you. It cannot be undone. Channels you set up go on without your name."
)
DELETED = "Done: I have nothing stored about you any more. `/follow` would start afresh."
KEPT = "Nothing was deleted."
