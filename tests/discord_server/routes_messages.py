"""Takes calls on ``/channels/{}/messages``; answers as Discord does, permissions and all."""

from __future__ import annotations

import json
from typing import Any

from . import permissions
from .errors import FormErrors, Json, api_error
from .limits import CHANNEL_MESSAGES, too_many
from .messages import CROSSPOSTED, attachments, numbered, pinged, shown_as_rich
from .model import ANNOUNCEMENT, DM, FORUM, Channel
from .routing import Answer, Call, Route, snowflake
from .validation import check_edit, check_message


def require(call: Call, channel: Channel, bits: int) -> None:
    """403 / 50013 unless the bot has all the bits in the channel."""
    if call.bits(channel) & bits != bits:
        raise api_error(50013)


def check_may_send(call: Call, channel: Channel, body: Json) -> None:
    """Raise what stands against the bot's posting this body here; opens an archived thread."""
    if channel.kind == DM:
        _check_dm(call, channel)
        return
    if channel.kind == FORUM:
        raise api_error(50008)
    bits = permissions.SEND_MESSAGES
    if channel.is_thread:
        bits = permissions.SEND_MESSAGES_IN_THREADS
    require(call, channel, bits | extra_bits(body, len(call.uploads)))
    if channel.thread is not None and channel.thread.archived:
        if channel.thread.locked:
            require_or(160005, call, channel, permissions.MANAGE_THREADS)
        channel.archive(archived=False, locked=channel.thread.locked)
    elif channel.thread is not None and channel.thread.locked:
        require_or(160005, call, channel, permissions.MANAGE_THREADS)


def require_or(code: int, call: Call, channel: Channel, bits: int) -> None:
    """The error of ``code`` unless the bot has all the bits in the channel."""
    if call.bits(channel) & bits != bits:
        raise api_error(code)


def extra_bits(body: Json, files: int) -> int:
    """What embeds and files need beyond sending."""
    bits = permissions.EMBED_LINKS if body.get("embeds") else 0
    return bits | (permissions.ATTACH_FILES if files else 0)


def _check_dm(call: Call, channel: Channel) -> None:
    user = channel.recipient
    if user is None or not user.dms_open:
        raise api_error(50007)
    if not user.installed and not call.world.shares_guild(user):
        raise api_error(50278)


def check_words(channel: Channel, body: Json) -> None:
    """400 / 200000 if the server's AutoMod blocks a word that stands anywhere in the body."""
    if channel.guild is not None:
        text = json.dumps(body, ensure_ascii=False).casefold()
        if any(word in text for word in channel.guild.blocked_words):
            raise api_error(200000)


def create_message(call: Call) -> Answer:
    channel = call.channel()
    check_may_send(call, channel, call.body)
    body = check_message(call.body, files=len(call.uploads))
    check_words(channel, body)
    return call.world.post(channel, call.bot, body, uploads=call.uploads)


def _limit(query: str | None) -> int:
    limit = int(query or 50)
    if not 1 <= limit <= 100:
        errors = FormErrors()
        text = "int value should be between 1 and 100."
        errors.add(("limit",), "NUMBER_TYPE_MAX", text)
        errors.raise_if_any()
    return limit


def list_messages(call: Call) -> Answer:
    """The history, newest first: empty, with no error, without Read Message History."""
    channel = call.channel()
    if not call.bits(channel) & permissions.READ_MESSAGE_HISTORY:
        return []
    limit = _limit(call.query.get("limit"))
    if "after" in call.query:
        found = channel.store.after(snowflake(call.query["after"]), limit)
    elif "around" in call.query:
        around = snowflake(call.query["around"])
        half = limit // 2
        found = channel.store.before(around, half)
        found += channel.store.after(around - 1, limit - len(found))
    else:
        before = call.query.get("before")
        found = channel.store.before(None if before is None else snowflake(before), limit)
    return found[::-1]


def get_message(call: Call) -> Answer:
    channel = call.channel()
    if not call.bits(channel) & permissions.READ_MESSAGE_HISTORY:
        raise api_error(50001)
    return call.message(channel, 1)


def edited(message: Json, body: Json, call: Call, channel: Channel) -> Json:
    """The fields of the message that the checked edit changes."""
    changes: dict[str, Any] = {}
    if "content" in body:
        changes["content"] = body["content"]
        mentions = body.get("allowed_mentions")
        changes |= pinged(body["content"], channel, mentions, call.bits(channel))
    if "embeds" in body:
        changes["embeds"] = shown_as_rich(body["embeds"])
    if "components" in body:
        changes["components"] = numbered(body["components"])
    if "attachments" in body or call.uploads:
        kept = {str(a["id"]) for a in body.get("attachments") or message["attachments"]}
        old = [a for a in message["attachments"] if a["id"] in kept]
        changes["attachments"] = old + attachments(int(message["id"]), call.uploads, body)
    if body.get("flags") is not None:
        changes["flags"] = message["flags"] & CROSSPOSTED | int(body["flags"])
    return changes


def edit_message(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel, 1)
    if message["author"]["id"] != str(call.bot.id):
        raise api_error(50005)
    if channel.thread is not None and channel.thread.archived:
        raise api_error(50083)
    body = check_edit(call.body, message, files=len(call.uploads))
    check_words(channel, body)
    return call.world.edit(channel, message, edited(message, body, call, channel))


def delete_message(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel, 1)
    if message["author"]["id"] != str(call.bot.id):
        if channel.kind == DM:
            raise api_error(50003)
        require(call, channel, permissions.MANAGE_MESSAGES)
    call.world.delete_message(channel, int(message["id"]))
    return None


def crosspost(call: Call) -> Answer:
    """Publish a message of an announcement channel: so many an hour in each channel."""
    channel = call.channel()
    if channel.kind != ANNOUNCEMENT:
        raise api_error(50024)
    message = call.message(channel, 1)
    bits = permissions.SEND_MESSAGES
    if message["author"]["id"] != str(call.bot.id):
        bits |= permissions.MANAGE_MESSAGES
    require(call, channel, bits)
    if message["flags"] & CROSSPOSTED:
        raise api_error(40033)
    now = call.world.clock.now()
    wait = call.server.crossposts_in(channel).take(now)
    if wait:
        raise too_many(wait, scope="shared", code=20022)
    published = {**message, "flags": message["flags"] | CROSSPOSTED}
    call.world.store(channel, published)
    call.world.emit_message("MESSAGE_UPDATE", channel, published)
    return published


def typing(call: Call) -> Answer:
    channel = call.channel()
    if channel.kind != DM:
        require(call, channel, permissions.SEND_MESSAGES)
    return None


_MESSAGES, _MESSAGE = "/channels/{}/messages", "/channels/{}/messages/{}"

ROUTES = [
    Route("POST", _MESSAGES, create_message, CHANNEL_MESSAGES),
    Route("GET", _MESSAGES, list_messages),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message, CHANNEL_MESSAGES),
    Route("DELETE", _MESSAGE, delete_message),
    Route("POST", _MESSAGE + "/crosspost", crosspost),
    Route("POST", "/channels/{}/typing", typing),
]
