"""What Discord answered in, an outcome of the domain out (pure).

The numbers are Discord's JSON error codes; its documentation lists them under opcodes and status
codes. Where a code is missing here, the HTTP status decides.
"""

from __future__ import annotations

from digests.outcomes import Blocked, Gone, Outcome, Refused, Rejected, RetryLater, Revoked, Unknown

UNKNOWN_MESSAGE = 10008
NO_NEW_CONVERSATIONS = 40003
TURNED_AWAY = 40333
MISSING = (50001, 50013)
"""What a missing permission looks like: the channel is not seen, or not written in."""

POST_OVER = (10003, 50083, 160005)
"""A thread that is deleted, archived or locked: in a forum only this post, and not the forum."""

_GONE = {
    10003: "the channel was deleted",
    10004: "the server no longer exists, or the bot was removed from it",
    10013: "this person no longer exists",
    10015: "the webhook was deleted",
    50027: "the webhook's token is no longer valid",
}

_NEEDS_SOMEBODY = {
    40058: "a forum takes posts only",
    40067: "the forum asks for a tag, and has none that the bot may use",
    50001: "the bot may not see the channel (View Channel)",
    50007: "this person does not take messages from the bot",
    50008: "this kind of channel takes no messages",
    50009: "the server's verification level keeps the bot out",
    50013: "the bot may not post there (Send Messages, Embed Links)",
    50024: "this kind of channel takes no such message",
    50033: "this person cannot be written to",
    50083: "the thread is archived",
    50278: "the bot shares no server with this person any more",
    160005: "the thread is locked",
    220001: "the forum takes no such message",
    220002: "the forum asks for a title",
    220003: "the forum takes no such message",
    220004: "the forum takes no such message",
}

_NEVER = {
    40005: "the message is too large",
    50006: "the message is empty",
    50035: "Discord finds fault with the message",
    50045: "the file is too large",
    50109: "Discord cannot read the message",
}

_BLOCKED = {
    20009: "Discord does not allow its content",
    200000: "the server's AutoMod blocked it",
    240000: "it holds a link that Discord holds for harmful",
}

_LATER = {
    20022: "announcements are limited there",
    20028: "the channel is limited for now",
    20029: "the server is limited for now",
    30046: "too many old messages were edited",
    40003: "Discord lets the bot open no new conversations for now",
    40004: "sending is switched off in Discord for now",
    40006: "this is switched off in Discord for now",
    40062: "the service is limited for now",
    TURNED_AWAY: "Discord's front door turned the request away",
    110000: "the server is not reachable within Discord",
    110001: "Discord is overloaded",
    130000: "Discord is overloaded",
    160006: "too many threads are open there",
    160007: "too many announcement threads are open there",
}

_LEAST_WAIT = {40003: 3600.0, TURNED_AWAY: 600.0, 160006: 3600.0, 160007: 3600.0}
"""Seconds, where Discord names none."""


def outcome_of(status: int, code: int, text: str, retry_after: float = 0.0) -> Outcome:
    """The outcome of an answer that was not a success.

    ``retry_after`` in seconds, as Discord asked for; 0 where it did not.
    """
    detail = f"{text[:200]} (HTTP {status}, code {code})"
    if code in _GONE:
        return Gone(_GONE[code])
    if status == 401 or code == 50014:
        return Revoked("Discord no longer accepts the bot's token")
    if status >= 500:
        return Unknown(f"Discord is in trouble: {detail}")
    if code in _NEEDS_SOMEBODY:
        return Refused(_NEEDS_SOMEBODY[code])
    if code in _NEVER:
        return Rejected(f"{_NEVER[code]}: {detail}")
    if code in _BLOCKED:
        return Blocked(f"{_BLOCKED[code]}: {detail}")
    if code in _LATER:
        return RetryLater(_LATER[code], max(retry_after, _LEAST_WAIT.get(code, 0.0)))
    if status == 429:
        return RetryLater(f"Discord asks to wait: {detail}", retry_after)
    if status in (403, 404):
        return Refused(f"Discord refuses: {detail}")
    return Rejected(f"Discord does not take it: {detail}")
