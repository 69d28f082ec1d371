"""What became of an article in, the sentence that says why out (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.language import Tongue
from bot.replies import name
from bot.text import isolate, one_line, plain, shorten
from digests.model import Article, Topic
from digests.reasons import Reason, Verdict
from digests.topics import topic_key

_MESSAGES: Mapping[Reason, str] = {
    Reason.SHOWN: "why-shown",
    Reason.UPDATE: "why-update",
    Reason.FOLDED: "why-folded",
    Reason.REST: "why-rest",
    Reason.WAITING: "why-waiting",
    Reason.TOO_FEW: "why-too-few",
    Reason.EARLIER: "why-earlier",
    Reason.TOLD: "why-told",
    Reason.OTHER_TOPIC: "why-other-topic",
    Reason.FOLLOWED_LATER: "why-followed-later",
    Reason.LOW_QUALITY: "why-low-quality",
    Reason.LOW_HEAT: "why-low-heat",
    Reason.PROVIDER_NOT_ASKED_FOR: "why-provider",
    Reason.PROVIDER_EXCLUDED: "why-provider",
    Reason.WORD_MISSING: "why-word-missing",
    Reason.WORD_EXCLUDED: "why-word-excluded",
    Reason.CATEGORY: "why-kind",
    Reason.TYPE: "why-kind",
    Reason.LEFT_OUT: "why-left-out",
    Reason.OLD: "why-old",
    Reason.NOT_PUBLISHED: "why-not-published",
    Reason.OTHERWISE_THEN: "why-otherwise-then",
}
_COUNTED = (Reason.TOO_FEW, Reason.LOW_QUALITY, Reason.LOW_HEAT)


def because(
    say: Tongue,
    verdict: Verdict,
    article: Article,
    followed: Sequence[Topic],
    whose: str,
    other: str,
) -> str:
    """One sentence; ``whose`` digest is "your" or "channel", ``other`` the title it was told with.

    Every message gets all there is to say, and takes what it needs.
    """
    message = _MESSAGES[verdict.reason]
    if verdict.reason is Reason.FOLDED and not verdict.edition:
        message = "why-folds"
    told = f"**{isolate(plain(shorten(one_line(other), 100)))}**"
    return say(
        message,
        whose=whose,
        number=verdict.edition or 0,
        topics=_on(say, article, followed),
        told=told if other else say("another-article"),
        detail=_detail(say, verdict),
    )


def _detail(say: Tongue, verdict: Verdict) -> str:
    """What decided, in bold: a name or word as it is, numbers with what was asked for."""
    if verdict.reason not in _COUNTED:
        return name(verdict.detail)
    *found, wanted = map(int, re.findall(r"\d+", verdict.detail))
    if not found:
        return f"**{say('detail-unmeasured', wanted=wanted)}**"
    return f"**{say('detail-short-of', n=found[0], wanted=wanted)}**"


def _on(say: Tongue, article: Article, followed: Sequence[Topic]) -> str:
    """Those of the article's own topics that are followed, in bold."""
    keys = {topic_key(one) for one in article.topics}
    names = [name(one.name) for one in followed[:50] if topic_key(one.name) in keys]
    return say.both(names) if names else say("a-topic")
