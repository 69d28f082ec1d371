"""Takes calls on ``/webhooks``: follow-ups of interactions by the app's id, else real webhooks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from . import permissions, routes_interactions
from .errors import Json, api_error
from .limits import WEBHOOK
from .model import ANNOUNCEMENT, FORUM, TEXT, Channel, User
from .routes_messages import edited, require
from .routing import Answer, Call, Route
from .validation import check_edit, check_message

PER_CHANNEL = 15


@dataclass(slots=True, eq=False)
class Webhook:
    """A webhook of a channel; it writes in its own name and needs no permission."""

    id: int
    token: str
    name: str
    channel: Channel

    def to_json(self) -> Json:
        return {
            "id": str(self.id),
            "type": 1,
            "token": self.token,
            "name": self.name,
            "avatar": None,
            "channel_id": str(self.channel.id),
            "guild_id": str(self.channel.in_guild().id),
            "application_id": None,
        }


def create(call: Call) -> Answer:
    channel = call.channel()
    require(call, channel, permissions.MANAGE_WEBHOOKS)
    if channel.kind not in (TEXT, ANNOUNCEMENT, FORUM):
        raise api_error(50024)
    webhooks = call.server.webhooks
    if sum(webhook.channel is channel for webhook in webhooks.values()) >= PER_CHANNEL:
        raise api_error(30007)
    name = str(call.body.get("name") or "")
    made = Webhook(call.world.ids.next(), secrets.token_urlsafe(24), name, channel)
    webhooks[made.id] = made
    return made.to_json()


def list_of_channel(call: Call) -> Answer:
    channel = call.channel()
    require(call, channel, permissions.MANAGE_WEBHOOKS)
    return [w.to_json() for w in call.server.webhooks.values() if w.channel is channel]


def _webhook(call: Call) -> Webhook:
    """The webhook of the path, counted for its address; 404 / 10015 if gone, 401 / 50027."""
    found = call.server.webhooks.get(call.id(0))
    if found is None or found.channel.id not in call.world.channels:
        raise api_error(10015)
    if len(call.parts) == 1:  # by the bot, without the webhook's token
        require(call, found.channel, permissions.MANAGE_WEBHOOKS)
        return found
    call.server.limits.take_global(call.world.clock.now(), with_token=False)
    if not secrets.compare_digest(found.token, call.parts[1]):
        raise api_error(50027)
    return found


def _is_app(call: Call) -> bool:
    return call.parts[0] == str(call.world.application_id)


def execute(call: Call) -> Answer:
    """Post by webhook: it has no nonce, so a repeat makes a second message."""
    if _is_app(call):
        return routes_interactions.follow_up(call, call.parts[1])
    webhook = _webhook(call)
    call.server.limits.take_bucket(WEBHOOK, webhook.id, call.world.clock.now())
    sent = {key: value for key, value in call.body.items() if key != "nonce"}
    body = check_message(sent, files=len(call.uploads))
    author = User(webhook.id, str(body.get("username") or webhook.name), bot=True)
    extra = {"webhook_id": str(webhook.id)}
    message = call.world.post(webhook.channel, author, body, uploads=call.uploads, extra=extra)
    return message if call.query.get("wait") in ("1", "true") else None


def get(call: Call) -> Answer:
    return _webhook(call).to_json()


def rename(call: Call) -> Answer:
    webhook = _webhook(call)
    webhook.name = str(call.body.get("name") or webhook.name)
    return webhook.to_json()


def remove(call: Call) -> Answer:
    del call.server.webhooks[_webhook(call).id]
    return None


def _own_message(call: Call, webhook: Webhook) -> Json:
    message = call.message(webhook.channel, 2)
    if message.get("webhook_id") != str(webhook.id):
        raise api_error(10008)
    return message


def get_message(call: Call) -> Answer:
    if _is_app(call):
        return routes_interactions.get_reply(call)
    return _own_message(call, _webhook(call))


def edit_message(call: Call) -> Answer:
    if _is_app(call):
        return routes_interactions.edit_reply(call)
    webhook = _webhook(call)
    message = _own_message(call, webhook)
    body = check_edit(call.body, message, files=len(call.uploads))
    changes = edited(message, body, call, webhook.channel)
    return call.world.edit(webhook.channel, message, changes)


def delete_message(call: Call) -> Answer:
    if _is_app(call):
        return routes_interactions.delete_reply(call)
    webhook = _webhook(call)
    call.world.delete_message(webhook.channel, int(_own_message(call, webhook)["id"]))
    return None


_HOOK, _MESSAGE = "/webhooks/{}/{}", "/webhooks/{}/{}/messages/{}"
_CALLBACK = "/interactions/{}/{}/callback"

ROUTES = [
    Route("POST", "/channels/{}/webhooks", create),
    Route("GET", "/channels/{}/webhooks", list_of_channel),
    Route("POST", _CALLBACK, routes_interactions.callback, token=False, free=True),
    Route("POST", _HOOK, execute, token=False, free=True),
    Route("GET", "/webhooks/{}", get),
    Route("PATCH", "/webhooks/{}", rename),
    Route("DELETE", "/webhooks/{}", remove),
    Route("GET", _HOOK, get, token=False, free=True),
    Route("PATCH", _HOOK, rename, token=False, free=True),
    Route("DELETE", _HOOK, remove, token=False, free=True),
    Route("GET", _MESSAGE, get_message, token=False, free=True),
    Route("PATCH", _MESSAGE, edit_message, token=False, free=True),
    Route("DELETE", _MESSAGE, delete_message, token=False, free=True),
]
