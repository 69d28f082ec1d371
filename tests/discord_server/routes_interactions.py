"""Takes the bot's callbacks, edits and follow-ups of interactions; answers as Discord does."""

from __future__ import annotations

from typing import Any

from . import messages, permissions
from .components import check_modal
from .errors import FormErrors, Json, api_error
from .interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED_MESSAGE,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    UPDATE,
    Interaction,
)
from .messages import EPHEMERAL, LOADING
from .routes_messages import edited
from .routing import Answer, Call
from .validation import check_edit, check_message

# Which callback types answer which kind of interaction.
_FITTING = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}


def callback(call: Call) -> Answer:
    """The first answer to an interaction: once only, and within three seconds."""
    interaction = call.server.interactions.unanswered(call.id(0), call.parts[1])
    kind = int(call.body.get("type") or 0)
    data: Json = call.body.get("data") or {}
    _check_kind(interaction, kind)
    if kind == MESSAGE:
        body = check_message(data, files=len(call.uploads), prefix=("data",))
        message = _new(call, interaction, body)
    elif kind == DEFERRED_MESSAGE:
        flags = int(data.get("flags") or 0) & EPHEMERAL | LOADING
        message = _new(call, interaction, {"flags": flags})
    elif kind in (DEFERRED_UPDATE, UPDATE):
        message = _updated(call, interaction, data if kind == UPDATE else {})
    else:
        _check_data(kind, data)
        message = None
    if message is not None:
        interaction.original = int(message["id"])
    interaction.answered, interaction.data = kind, data
    call.world.changes.notify()
    if call.query.get("with_response") not in ("1", "true"):
        return None
    return _callback_json(interaction, message)


def _check_kind(interaction: Interaction, kind: int) -> None:
    fitting = _FITTING[interaction.kind]
    if interaction.source is None and interaction.kind == MODAL_SUBMIT:
        fitting = fitting - {DEFERRED_UPDATE, UPDATE}  # there is no message to update
    if kind not in fitting:
        errors = FormErrors()
        text = f"Value must be one of {sorted(fitting)}."
        errors.add(("type",), "BASE_TYPE_CHOICES", text)
        errors.raise_if_any()


def _check_data(kind: int, data: Json) -> None:
    errors = FormErrors()
    if kind == MODAL:
        check_modal(errors, ("data",), data)
    else:
        choices = data.get("choices") or []
        if len(choices) > 25:
            errors.too_long(("data", "choices"), 25)
        for index, choice in enumerate(choices):
            path = ("data", "choices", index)
            for key in ("name", "value"):
                length = len(str(choice.get(key, "")))
                if length > 100 or (key == "name" and not length):
                    text = "Must be between 1 and 100 in length."
                    errors.add((*path, key), "BASE_TYPE_BAD_LENGTH", text)
    errors.raise_if_any()


def _new(call: Call, interaction: Interaction, body: Json) -> Json:
    """A new message that answers or follows the interaction."""
    channel = interaction.channel
    message = messages.build(
        call.world.ids.next(),
        channel,
        call.bot,
        body,
        timestamp=call.world.clock.timestamp(),
        author_bits=permissions.DEFAULT,
        uploads=call.uploads,
    )
    message["application_id"] = message["webhook_id"] = str(call.world.application_id)
    message["interaction_metadata"] = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": interaction.user.to_json(),
        "authorizing_integration_owners": {},
    }
    if interaction.kind == COMMAND and interaction.answered is None:
        message["type"] = 20
    call.server.interactions.put(channel, message)
    if not message["flags"] & EPHEMERAL:
        call.world.emit_message("MESSAGE_CREATE", channel, message)
    return message


def _updated(call: Call, interaction: Interaction, data: Json) -> Json:
    """The message with the component, changed by the answer."""
    source: Json = interaction.source or {}
    interactions = call.server.interactions
    message = interactions.look(interaction.channel, int(source["id"]))
    if message is None:
        raise api_error(10008)
    return _change(call, interaction, message, data) if data else message


def _change(call: Call, interaction: Interaction, message: Json, body: Json) -> Json:
    """Store the message as the edit leaves it; what was loading is shown by its first edit."""
    checked = check_edit(body, message, files=len(call.uploads))
    changes: dict[str, Any] = edited(message, checked, call, interaction.channel)
    kept = message["flags"] & (EPHEMERAL | messages.COMPONENTS_V2)
    flags = changes["flags"] if "flags" in changes else message["flags"]
    changes["flags"] = flags & ~LOADING | kept
    changed = {**message, **changes}
    if not message["flags"] & LOADING:
        interaction.edits += 1
        changed["edited_timestamp"] = call.world.clock.timestamp()
    call.server.interactions.put(interaction.channel, changed)
    if not changed["flags"] & EPHEMERAL:
        call.world.emit_message("MESSAGE_UPDATE", interaction.channel, changed)
    return changed


def _callback_json(interaction: Interaction, message: Json | None) -> Json:
    told: Json = {"id": str(interaction.id), "type": interaction.kind}
    answer: Json = {"interaction": told}
    if message is not None:
        told["response_message_id"] = message["id"]
        told["response_message_loading"] = bool(message["flags"] & LOADING)
        told["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
        answer["resource"] = {"type": interaction.answered, "message": message}
    return answer


# ── after the first answer: /webhooks/{application}/{token}… ─────────────────────────────────


def follow_up(call: Call, token: str) -> Answer:
    """One more message; the first one after "thinking" fills the answer itself."""
    interaction = call.server.interactions.answered(token)
    if interaction.original is not None:
        original = call.server.interactions.look(interaction.channel, interaction.original)
        if original is not None and original["flags"] & LOADING:
            body = check_message(call.body, files=len(call.uploads))
            return _change(call, interaction, original, body)
    body = check_message(call.body, files=len(call.uploads))
    message = _new(call, interaction, body)
    interaction.followups.append(int(message["id"]))
    call.world.changes.notify()
    return message


def _message_id(call: Call, interaction: Interaction) -> int:
    if call.parts[2] != "@original":
        return call.id(2)
    if interaction.original is None:
        raise api_error(10008)
    return interaction.original


def get_reply(call: Call) -> Answer:
    interaction = call.server.interactions.answered(call.parts[1])
    return call.server.interactions.message(interaction, _message_id(call, interaction))


def edit_reply(call: Call) -> Answer:
    interaction = call.server.interactions.answered(call.parts[1])
    interactions = call.server.interactions
    message = interactions.message(interaction, _message_id(call, interaction))
    return _change(call, interaction, message, call.body)


def delete_reply(call: Call) -> Answer:
    interaction = call.server.interactions.answered(call.parts[1])
    message_id = _message_id(call, interaction)
    call.server.interactions.message(interaction, message_id)
    call.server.interactions.remove(interaction.channel, message_id)
    return None
