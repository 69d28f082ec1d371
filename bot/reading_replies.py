"""What a reader asked for, the sentence above it out (pure): search, saved, For me, their data."""

from __future__ import annotations

from collections.abc import Sequence

from bot.causes import worded
from bot.language import Tongue
from bot.replies import either, name, rhythm
from bot.text import isolate, masked_link, one_line, plain
from digests.model import Article, Destination, Kind
from digests.reading import MOST_SAVED, Found, Mine, SaveAnswer, Shelf
from digests.storage.readers import Kept, Traces


def origin(say: Tongue, article: Article) -> str:
    """``Harbour Dispatch · 12 Nov 2026``, as menus show it."""
    provider = one_line(article.provider.name) if article.provider else ""
    return " · ".join(filter(None, (provider, say.day(article.published_at, short=True))))


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


def found(say: Tongue, result: Found, typed: str) -> str:
    """Above the cards of a search."""
    if not result.words:
        return say("search-no-words")
    if result.total:
        return say("search-found", n=result.total, words=name(" ".join(result.words)))
    if len(result.words) > 1:
        return say("search-nothing-many", words=name(typed))
    return say("search-nothing", words=name(typed))


def saved(say: Tongue, answer: SaveAnswer) -> str:
    """After saving."""
    if answer.full:
        return say("saved-full", n=MOST_SAVED)
    return say("saved" if answer.added else "saved-already", n=answer.total)


def shelf(say: Tongue, page: Shelf) -> str:
    """Above the lines of saved articles."""
    if not page.total:
        return say("saved-nothing")
    if page.total <= len(page.kept):
        return say("shelf", n=page.total)
    return say("shelf-page", n=page.total, first=page.skip + 1, last=page.skip + len(page.kept))


def export(say: Tongue, kept: Sequence[Kept]) -> str:
    """Saved articles as a Markdown document."""
    written = [f"# {say('export-title')}", ""]
    for one in kept:
        article = one.published.article
        label = masked_link(article.title, article.link) or plain(one_line(article.title))
        written.append(f"- {label} ({plain(origin(say, article))})")
        if excerpt := one_line(article.excerpt):
            written.append(f"  {plain(excerpt)}")
    return "\n".join(written) + "\n"


def for_me(say: Tongue, mine: Mine) -> str:
    """Above the cards of 'For me'."""
    return say("for-me", mine=len(mine.articles), n=mine.whole)


def nothing_for_me(say: Tongue, mine: Mine) -> str:
    """Where 'For me' has nothing to show."""
    if not mine.follows:
        return say("for-me-follow")
    topics = either(say, [one.name for one in mine.topics[:8]])
    return say("for-me-nothing", n=mine.whole, topics=topics)


# ── a person's own data ──────────────────────────────────────────────────────────────────────


def held_near(say: Tongue, held: Sequence[Destination]) -> str:
    """One line about what cannot be sent, for who can mend it."""
    first, more = held[0], len(held) - 1
    if first.address.kind is Kind.DM:
        return say("held-dm-more", more=more) if more else say("held-dm")
    place, reason = f"<#{first.address.id}>", worded(say, first.held)
    if more:
        return say("held-channel-more", place=place, reason=reason, more=more)
    return say("held-channel", place=place, reason=reason)


def traces(say: Tongue, found: Traces) -> str:
    """What is stored about a person."""
    if not found.anything:
        return say("data-nothing")
    said = [say("data")]
    if found.destination is not None:
        said.append(say("data-topics", n=found.topics))
        said.append(say("data-schedule", rhythm=rhythm(say, found.destination.schedule)))
        if language := found.destination.language:
            said.append(say("data-language", language=say.language_name(language)))
        said.append(say("data-editions", n=found.editions))
        if found.waiting:
            said.append(say("data-waiting", n=found.waiting))
        if found.destination.dm_channel_id is not None:
            said.append(say("data-dm"))
    if found.saved:
        said.append(say("data-saved", n=found.saved))
    if found.channels:
        said.append(say("data-channels", n=found.channels))
    if found.acts:
        said.append(say("data-acts", n=found.acts))
    return "\n".join([*said, "", say("data-never-else" if found.acts else "data-never")])
