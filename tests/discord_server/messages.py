"""Takes a checked message body and who sends it where; gives the message as Discord shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import permissions
from .errors import Json

if TYPE_CHECKING:
    from .model import Channel, User

CROSSPOSTED = 1 << 0
SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15

_MENTION = re.compile(r"<@(!?|&)(\d+)>")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    filename: str
    size: int
    content_type: str


def build(
    message_id: int,
    channel: Channel,
    author: User,
    body: Mapping[str, Any],
    *,
    timestamp: str,
    author_bits: int,
    uploads: Sequence[Upload] = (),
) -> Json:
    """The message object. ``author_bits``: the author's permissions in the channel."""
    content = body.get("content") or ""
    message: Json = {
        "id": str(message_id),
        "channel_id": str(channel.id),
        "type": 0,
        "content": content,
        "author": author.to_json(),
        "timestamp": timestamp,
        "edited_timestamp": None,
        "tts": False,
        "pinned": False,
        "flags": int(body.get("flags") or 0),
        "attachments": attachments(message_id, uploads, body),
        "embeds": shown_as_rich(body.get("embeds") or ()),
        "components": numbered(body.get("components") or ()),
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
    }
    if "@" in content:
        message |= pinged(content, channel, body.get("allowed_mentions"), author_bits)
    if reference := body.get("message_reference"):
        message["type"] = 19
        message["message_reference"] = reference
    return message


def shown_as_rich(embeds: Sequence[Json]) -> list[Json]:
    """Embeds as they come back: of type ``rich``."""
    return [{**embed, "type": "rich"} for embed in embeds]


def numbered(components: Sequence[Json]) -> list[Json]:
    """Components as they come back: each with an ``id`` counted through the message."""
    count = 0

    def number(component: Json) -> Json:
        nonlocal count
        count += 1
        made = {**component, "id": component.get("id") or count}
        if "components" in component:
            made["components"] = [number(child) for child in component["components"]]
        if "accessory" in component:
            made["accessory"] = number(component["accessory"])
        return made

    return [number(component) for component in components]


def attachments(message_id: int, uploads: Sequence[Upload], body: Mapping[str, Any]) -> list[Json]:
    """Attachment objects of the uploads; ids count from the message's."""
    described = {str(a.get("id")): a for a in body.get("attachments") or ()}
    return [
        {
            "id": str(message_id + 1 + index),
            "filename": upload.filename,
            "size": upload.size,
            "content_type": upload.content_type,
            "description": described.get(str(index), {}).get("description"),
            "url": f"https://cdn.discordapp.com/attachments/{message_id}/{upload.filename}",
            "proxy_url": f"https://media.discordapp.net/attachments/{message_id}/{upload.filename}",
        }
        for index, upload in enumerate(uploads)
    ]


def pinged(content: str, channel: Channel, allowed: Json | None, bits: int) -> Json:
    """Whom the text pings, after ``allowed_mentions`` (None: everyone it names) and permissions."""
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or ())
    named_users = set((allowed or {}).get("users") or ())
    named_roles = set((allowed or {}).get("roles") or ())
    users: dict[str, Json] = {}
    roles: dict[str, None] = {}
    for mark, target in _MENTION.findall(content):
        if mark == "&":
            if "roles" in parse or target in named_roles:
                roles[target] = None
        elif "users" in parse or target in named_users:
            user = _user_here(channel, int(target))
            if user is not None:
                users[target] = user.to_json()
    at_all = "@everyone" in content or "@here" in content
    return {
        "mentions": list(users.values()),
        "mention_roles": list(roles),
        "mention_everyone": at_all
        and "everyone" in parse
        and bool(bits & permissions.MENTION_EVERYONE),
    }


def _user_here(channel: Channel, user_id: int) -> User | None:
    if channel.guild is None:
        recipient = channel.recipient
        return recipient if recipient is not None and recipient.id == user_id else None
    member = channel.guild.members.get(user_id)
    return None if member is None else member.user


def visible_embeds(message: Json) -> list[Json]:
    """The embeds that readers see: of those with one ``url`` only the first is shown."""
    seen: set[str] = set()
    shown = []
    for embed in message["embeds"]:
        url = embed.get("url")
        if url is None or url not in seen:
            shown.append(embed)
        if url is not None:
            seen.add(url)
    return shown
