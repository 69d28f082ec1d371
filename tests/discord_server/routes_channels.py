"""Takes calls on channels, threads, guilds, users and direct messages; answers as Discord does."""

from __future__ import annotations

from . import permissions
from .errors import FormErrors, Json, api_error
from .guild import Guild
from .model import (
    ANNOUNCEMENT,
    ANNOUNCEMENT_THREAD,
    FORUM,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    Channel,
    ThreadState,
)
from .routes_messages import check_words, extra_bits, require
from .routing import Answer, Call, Route
from .validation import check_message


def get_channel(call: Call) -> Answer:
    return call.channel().to_json()


def delete_channel(call: Call) -> Answer:
    channel = call.channel()
    if channel.guild is None:
        return channel.to_json()
    bits = permissions.MANAGE_THREADS if channel.is_thread else permissions.MANAGE_CHANNELS
    require(call, channel, bits)
    channel.delete()
    return channel.to_json()


def edit_channel(call: Call) -> Answer:
    """Rename a channel; archive, lock or open a thread."""
    channel = call.channel()
    thread, body = channel.thread, call.body
    if thread is None:
        require(call, channel, permissions.MANAGE_CHANNELS)
    elif thread.owner_id != call.bot.id or "locked" in body:
        require(call, channel, permissions.MANAGE_THREADS)
    if "name" in body:
        channel.rename(_name(body))
    if thread is not None and ("archived" in body or "locked" in body):
        archived = bool(body.get("archived", thread.archived))
        channel.archive(archived=archived, locked=bool(body.get("locked", thread.locked)))
    return channel.to_json()


def _name(body: Json) -> str:
    name = str(body.get("name") or "").strip()
    errors = FormErrors()
    if not name:
        errors.required(("name",))
    elif len(name) > 100:
        errors.add(("name",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    errors.raise_if_any()
    return name


# ── threads ──────────────────────────────────────────────────────────────────────────────────


def create_thread(call: Call) -> Answer:
    """A forum post with its first message, or a thread without one. There is no nonce here."""
    parent = call.channel()
    if parent.kind == FORUM:
        return _forum_post(call, parent)
    if parent.kind not in (TEXT, ANNOUNCEMENT):
        raise api_error(50024)
    kind = int(call.body.get("type", PRIVATE_THREAD))
    private = kind == PRIVATE_THREAD
    create = permissions.CREATE_PRIVATE_THREADS if private else permissions.CREATE_PUBLIC_THREADS
    require(call, parent, create)
    return _thread(call, parent, kind=kind).to_json()


def _forum_post(call: Call, forum: Channel) -> Json:
    body = dict(call.body.get("message") or {})
    require(call, forum, permissions.SEND_MESSAGES | extra_bits(body, len(call.uploads)))
    name = _name(call.body)
    if forum.tag_required and not call.body.get("applied_tags"):
        raise api_error(40067)
    body.pop("nonce", None)  # forum posts have none: a repeat makes a second post
    body = check_message(body, files=len(call.uploads), prefix=("message",))
    check_words(forum, body)
    thread = _thread(call, forum, name=name)
    extra = {"id": str(thread.id)}  # the first message has the thread's id
    message = call.world.post(thread, call.bot, body, uploads=call.uploads, extra=extra)
    return thread.to_json() | {"message": message}


def _thread(
    call: Call,
    parent: Channel,
    *,
    name: str | None = None,
    thread_id: int | None = None,
    kind: int | None = None,
) -> Channel:
    thread = parent.in_guild().add_thread(
        parent, name or _name(call.body), owner=call.bot, thread_id=thread_id, kind=kind
    )
    state = thread.thread
    if state is not None:
        state.auto_archive_minutes = int(call.body.get("auto_archive_duration") or 1440)
        state.applied_tags = [str(tag) for tag in call.body.get("applied_tags") or ()]
    return thread


def thread_from_message(call: Call) -> Answer:
    """A thread on a message has the message's id, so there can be only one."""
    parent = call.channel()
    if parent.kind not in (TEXT, ANNOUNCEMENT):
        raise api_error(50024)
    message = call.message(parent, 1)
    require(call, parent, permissions.CREATE_PUBLIC_THREADS)
    thread_id = int(message["id"])
    if thread_id in call.world.channels:
        raise api_error(160004)
    kind = ANNOUNCEMENT_THREAD if parent.kind == ANNOUNCEMENT else PUBLIC_THREAD
    return _thread(call, parent, thread_id=thread_id, kind=kind).to_json()


def active_threads(call: Call) -> Answer:
    guild = _guild(call)
    return {"threads": [t.to_json() for t in guild.visible_threads()], "members": []}


def archived_threads(call: Call) -> Answer:
    parent = call.channel()
    require(call, parent, permissions.READ_MESSAGE_HISTORY)
    found = [
        thread.to_json()
        for thread in parent.in_guild().threads.values()
        if thread.parent is parent and _archived(thread.thread) and thread.kind != PRIVATE_THREAD
    ]
    return {"threads": found[::-1], "members": [], "has_more": False}


def _archived(thread: ThreadState | None) -> bool:
    return thread is not None and thread.archived


def join_thread(call: Call) -> Answer:
    call.channel()
    return None


# ── guilds, users, direct messages ───────────────────────────────────────────────────────────


def _guild(call: Call) -> Guild:
    guild = call.world.guilds.get(call.id(0))
    if guild is None or not guild.has_bot:
        raise api_error(10004)
    return guild


def get_guild(call: Call) -> Answer:
    return _guild(call).to_json()


def get_guild_channels(call: Call) -> Answer:
    return [channel.to_json() for channel in _guild(call).channels.values()]


def get_member(call: Call) -> Answer:
    member = _guild(call).members.get(call.id(1))
    if member is None:
        raise api_error(10013)
    return member.to_json()


def get_user(call: Call) -> Answer:
    user = call.world.users.get(call.id(0))
    if user is None:
        raise api_error(10013)
    return user.to_json()


def open_dm(call: Call) -> Answer:
    """The direct message channel with a user: the same one each time, even if it is closed."""
    recipient = str(call.body.get("recipient_id", ""))
    user = call.world.users.get(int(recipient)) if recipient.isdigit() else None
    if user is None or user.bot:
        raise api_error(50033)
    return call.world.dm_with(user).to_json()


ROUTES = [
    Route("GET", "/channels/{}", get_channel),
    Route("PATCH", "/channels/{}", edit_channel),
    Route("DELETE", "/channels/{}", delete_channel),
    Route("POST", "/channels/{}/threads", create_thread, status=201),
    Route("POST", "/channels/{}/messages/{}/threads", thread_from_message, status=201),
    Route("GET", "/channels/{}/threads/archived/public", archived_threads),
    Route("PUT", "/channels/{}/thread-members/@me", join_thread),
    Route("GET", "/guilds/{}", get_guild),
    Route("GET", "/guilds/{}/channels", get_guild_channels),
    Route("GET", "/guilds/{}/members/{}", get_member),
    Route("GET", "/guilds/{}/threads/active", active_threads),
    Route("GET", "/users/{}", get_user),
    Route("POST", "/users/@me/channels", open_dm),
]
