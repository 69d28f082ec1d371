"""Why an article is in a digest, or is not: values, so that ``/why`` can say it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What became of an article, for one destination."""

    # It is there.
    SHOWN = "shown"  # a card of its own
    UPDATE = "update"  # a card of its own, as an update of a story told before
    FOLDED = "folded"  # on the card of ``other``, which tells the same story
    REST = "rest"  # behind "+N more": the digest was full
    # It comes, or came.
    WAITING = "waiting"  # with the next digest
    TOO_FEW = "too few"  # with a later digest: there are fewer than the destination asks for
    EARLIER = "earlier"  # an earlier digest covers it
    # It is left out.
    TOLD = "told"  # its story was told with ``other``, and has not grown much
    OTHER_TOPIC = "other topic"  # none of its topics is followed
    FOLLOWED_LATER = "followed later"  # its topic is followed only since after it came
    LOW_QUALITY = "low quality"
    LOW_HEAT = "low heat"
    PROVIDER_NOT_ASKED_FOR = "provider not asked for"
    PROVIDER_EXCLUDED = "provider excluded"
    WORD_MISSING = "word missing"
    WORD_EXCLUDED = "word excluded"
    CATEGORY = "category"
    TYPE = "type"
    LEFT_OUT = "left out"  # by an editor, who saw the edition before its time
    OLD = "old"  # too old to be news when it came
    NOT_PUBLISHED = "not published"  # withdrawn, or never there
    OTHERWISE_THEN = "otherwise then"  # article or settings differed when the digest was made


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one article; ``detail`` is the number, name or word that decided.

    ``other`` is the id of the article that a story was told with; ``edition`` the number of the
    edition that holds it.
    """

    article_id: int
    reason: Reason
    detail: str = ""
    other: int | None = None
    edition: int | None = None
