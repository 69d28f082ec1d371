"""What Discord answered in, an outcome of the domain out (pure).

The numbers are Discord's JSON error codes; its documentation lists them under opcodes and status
codes. Where a code is missing here, the HTTP status decides.
"""

from __future__ import annotations

from digests.model import Outcome, Refused, Rejected, RetryLater, Revoked, Unknown

_NEEDS_SOMEBODY = {
    10003: "the channel no longer exists",
    10004: "the server no longer exists, or the bot was removed from it",
    10013: "this person no longer exists",
    50001: "the bot may not see the channel (View Channel)",
    50007: "this person does not take messages from the bot",
    50008: "this kind of channel takes no messages",
    50009: "the channel is locked by its verification level",
    50013: "the bot may not post there (Send Messages, Embed Links)",
    50024: "this kind of channel takes no such message",
    50083: "the thread is archived",
    50278: "the bot shares no server with this person any more",
    160005: "the thread is locked",
}

_NEVER = {
    10008: "it was posted, and has been deleted since",
    20009: "Discord does not allow its content",
    40005: "the message is too large",
    50006: "the message is empty",
    50035: "Discord finds fault with the message",
    50109: "Discord cannot read the message",
    200000: "the server's AutoMod blocked it",
    240000: "it holds a link that Discord holds for harmful",
}


def outcome_of(status: int, code: int, text: str, retry_after: float = 0.0) -> Outcome:
    """The outcome of an answer that was not a success.

    ``retry_after`` in seconds, as Discord asked for; 0 where it did not.
    """
    detail = f"{text[:200]} (HTTP {status}, code {code})"
    if status == 401:
        return Revoked("Discord no longer accepts the bot's token")
    if code in _NEEDS_SOMEBODY:
        return Refused(_NEEDS_SOMEBODY[code])
    if code in _NEVER:
        return Rejected(f"{_NEVER[code]}: {detail}")
    if status == 429 or code in (20022, 20028, 40004, 40006, 40062, 110000, 110001, 130000):
        return RetryLater(f"Discord asks to wait: {detail}", retry_after)
    if status == 403 and code == 40003:
        return RetryLater("Discord lets the bot open no new conversations for now", 3600)
    if status >= 500:
        return Unknown(f"Discord is in trouble: {detail}")
    if status in (403, 404):
        return Refused(f"Discord refuses: {detail}")
    return Rejected(f"Discord does not take it: {detail}")
