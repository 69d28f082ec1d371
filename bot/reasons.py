"""What became of an article in, the sentence that says why out (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.replies import name
from bot.text import one_line, plain, shorten
from digests.model import Article, Topic
from digests.reasons import Reason, Verdict
from digests.topics import topic_key

_SENTENCES: Mapping[Reason, str] = {
    Reason.SHOWN: "In {issue}, because {on}.",
    Reason.UPDATE: "In {issue} as an update: its story was told before, and has grown since.",
    Reason.FOLDED: "{place}, among the related links of {told}: both tell the same story.",
    Reason.REST: "In {issue}, behind the button “+more”: {on}, but the digest was full.",
    Reason.WAITING: "It comes with {whose} next digest: {on}.",
    Reason.TOO_FEW: "It waits for others ({detail}), so that {digest} is worth making.",
    Reason.EARLIER: "{Digest} had it before, and does not repeat it.",
    Reason.TOLD: "Not in {digest}: its story was told with {told}, and has not grown much.",
    Reason.OTHER_TOPIC: "Not in {digest}: it is on none of the topics {follows}.",
    Reason.FOLLOWED_LATER: "Not in {digest}: it came before the topic was followed.",
    Reason.LOW_QUALITY: "Not in {digest}: its quality is too low ({detail}).",
    Reason.LOW_HEAT: "Not in {digest}: it is not read enough ({detail}).",
    Reason.PROVIDER_NOT_ASKED_FOR: "Not in {digest}: the filters leave out {detail}.",
    Reason.PROVIDER_EXCLUDED: "Not in {digest}: the filters leave out {detail}.",
    Reason.WORD_MISSING: "Not in {digest}: it has none of the words asked for ({detail}).",
    Reason.WORD_EXCLUDED: "Not in {digest}: the filters leave out articles with {detail}.",
    Reason.CATEGORY: "Not in {digest}: the filters leave out its kind ({detail}).",
    Reason.TYPE: "Not in {digest}: the filters leave out its kind ({detail}).",
    Reason.OLD: "Not in {digest}: it was too old to be news when it came. `/search` finds it.",
    Reason.NOT_PUBLISHED: "It is not published any more.",
    Reason.OTHERWISE_THEN: "Not in {digest}: topics or filters were others when it was made.",
}


def because(
    verdict: Verdict, article: Article, followed: Sequence[Topic], whose: str, other: str
) -> str:
    """One sentence; ``whose`` digest is "your" or "this", ``other`` the title it was told with."""
    digest = f"{whose} digest"
    follows = "you follow" if whose == "your" else "this channel follows"
    topics = _on(article, followed)
    issue = digest
    if verdict.edition:
        number = f"digest number {verdict.edition}"
        issue = f"your {number}" if whose == "your" else f"{number} of this channel"
    return _SENTENCES[verdict.reason].format(
        digest=digest,
        Digest=digest.capitalize(),
        whose=whose,
        follows=follows,
        issue=issue,
        place=f"In {issue}" if verdict.edition else f"It comes with {whose} next digest",
        on=f"it is on {topics}, which {follows}" if topics else f"it is on a topic {follows}",
        told=f"**{plain(shorten(one_line(other), 100))}**" if other else "another article",
        detail=name(verdict.detail),
    )


def _on(article: Article, followed: Sequence[Topic]) -> str:
    """Those of the article's own topics that are followed, in bold."""
    keys = {topic_key(one) for one in article.topics}
    return " and ".join(name(one.name) for one in followed[:50] if topic_key(one.name) in keys)
