"""Takes the JSON body of a message; gives it trimmed, or raises Discord's 400 with every fault."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .components import check_components, check_components_v2
from .errors import FormErrors, Json, Path, api_error
from .messages import COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS

CONTENT, EMBEDS, EMBED_TOTAL, NONCE, URL, FILES = 2000, 10, 6000, 25, 2048, 10
_VOICE_MESSAGE = 1 << 13
_SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | _VOICE_MESSAGE | COMPONENTS_V2
_VISIBLE = ("title", "description", "fields", "author", "footer", "image", "thumbnail")


def check_message(body: Json, *, files: int = 0, prefix: Path = ()) -> Json:
    """The body of a new message, its texts trimmed.

    Raises ApiError 400: 50035 with the fault of each field under ``prefix``, or 50006 if nothing
    is left to show.
    """
    errors = FormErrors()
    checked = _checked(body, errors, prefix, files)
    errors.raise_if_any()
    if not files and is_empty(checked):
        raise api_error(50006)
    return checked


def check_edit(body: Json, before: Json, *, files: int = 0) -> Json:
    """The changes that an edit makes to the message ``before``, texts trimmed; raises as above."""
    errors = FormErrors()
    body = {key: [] if value is None and key in _LISTS else value for key, value in body.items()}
    if body.get("content", "") is None:
        body["content"] = ""
    flags = int(body.get("flags") or 0)
    if before["flags"] & COMPONENTS_V2:
        body["flags"] = flags | COMPONENTS_V2  # once set it stays
    elif flags & COMPONENTS_V2:
        body = {"content": "", "embeds": [], **body}
    checked = _checked(body, errors, (), files)
    errors.raise_if_any()
    if not files and is_empty({**before, **checked}):
        raise api_error(50006)
    return checked


_LISTS = ("embeds", "components", "attachments")


def is_empty(body: Json) -> bool:
    """Whether a message would show nothing."""
    if body.get("content") or body.get("attachments") or body.get("sticker_ids"):
        return False
    if body.get("components") or body.get("poll"):
        return False
    return not any(any(embed.get(key) for key in _VISIBLE) for embed in body.get("embeds") or ())


def _checked(body: Json, errors: FormErrors, prefix: Path, files: int) -> Json:
    checked = dict(body)
    at = tuple(prefix)
    if (content := body.get("content")) is not None:
        checked["content"] = _text(errors, (*at, "content"), content, CONTENT)
    if body.get("embeds") is not None:
        checked["embeds"] = _embeds(errors, (*at, "embeds"), body["embeds"])
    if body.get("nonce") is not None:
        _nonce(errors, (*at, "nonce"), body["nonce"])
    if body.get("allowed_mentions") is not None:
        _allowed_mentions(errors, (*at, "allowed_mentions"), body["allowed_mentions"])
    flags = body.get("flags") or 0
    if flags & ~_SETTABLE:
        errors.add((*at, "flags"), "INVALID_FLAGS", "Only some flags can be set on a message.")
    if flags & COMPONENTS_V2:
        for key in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(key):
                text = "The 'content' field cannot be used with MessageFlags.IS_COMPONENTS_V2"
                text = text.replace("content", key)
                errors.add((*at, key), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)
        check_components_v2(errors, (*at, "components"), body.get("components") or [])
    elif body.get("components") is not None:
        check_components(errors, (*at, "components"), body["components"])
    if files > FILES:
        errors.too_long((*at, "attachments"), FILES)
    return checked


def _text(
    errors: FormErrors, path: Path, value: object, most: int, *, required: bool = False
) -> str:
    """The text without blanks around it; faults: no text, longer than ``most``, empty."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        errors.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        return ""
    value = value.strip()
    if len(value) > most:
        errors.too_long(path, most)
    elif required and not value:
        errors.required(path)
    return value


def _nonce(errors: FormErrors, path: Path, nonce: object) -> None:
    if isinstance(nonce, str):
        if len(nonce) > NONCE:
            errors.too_long(path, NONCE)
    elif not isinstance(nonce, int) or not -(2**63) <= nonce < 2**63:
        errors.add(path, "NONCE_TYPE_INVALID", "Nonce must be a string or a 64-bit integer.")


def _allowed_mentions(errors: FormErrors, path: Path, allowed: Json) -> None:
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in ("users", "roles", "everyone"):
            text = "Value must be one of ('users', 'roles', 'everyone')."
            errors.add((*path, "parse", index), "BASE_TYPE_CHOICES", text)
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        if len(ids) > 100:
            errors.too_long((*path, kind), 100)
        if ids and kind in parse:
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def check_url(
    errors: FormErrors,
    path: Path,
    value: object,
    schemes: tuple[str, ...] = ("http", "https"),
    most: int = URL,
) -> None:
    """Note what is wrong with a URL: no text, too long, ill-formed, or another scheme."""
    if not isinstance(value, str) or not value:
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return
    if len(value) > most:
        errors.too_long(path, most)
        return
    try:
        parts = urlsplit(value)
    except ValueError:
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return
    if parts.scheme and parts.scheme not in schemes:
        text = f'Scheme "{parts.scheme}" is not supported. Scheme must be one of {schemes}.'
        errors.add(path, "URL_TYPE_INVALID_SCHEME", text)
    elif not parts.netloc or any(c.isspace() for c in value):
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


_MEDIA = ("http", "https", "attachment")


def _embeds(errors: FormErrors, path: Path, embeds: object) -> list[Json]:
    if not isinstance(embeds, list):
        errors.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return []
    if len(embeds) > EMBEDS:
        errors.too_long(path, EMBEDS)
    checked = []
    for index, embed in enumerate(embeds):
        at = (*path, index)
        if isinstance(embed, dict):
            checked.append(_embed(errors, at, embed))
        else:
            errors.add(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
    if sum(map(_size, checked)) > EMBED_TOTAL:
        text = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", text)
    return checked


def _size(embed: Json) -> int:
    """The characters that count towards the 6000 of all embeds; URLs do not."""
    size = len(embed.get("title") or "") + len(embed.get("description") or "")
    for field in embed.get("fields") or ():
        size += len(field["name"]) + len(field["value"])
    size += len((embed.get("footer") or {}).get("text") or "")
    return size + len((embed.get("author") or {}).get("name") or "")


def _embed(errors: FormErrors, at: Path, embed: Json) -> Json:
    checked = dict(embed)
    for key, most in (("title", 256), ("description", 4096)):
        if embed.get(key) is not None:
            checked[key] = _text(errors, (*at, key), embed[key], most)
    if embed.get("url") is not None:
        check_url(errors, (*at, "url"), embed["url"])
    for key in ("image", "thumbnail"):
        if embed.get(key):
            check_url(errors, (*at, key, "url"), embed[key].get("url"), _MEDIA)
    if author := embed.get("author"):
        name = _text(errors, (*at, "author", "name"), author.get("name"), 256, required=True)
        checked["author"] = {**author, "name": name}
        if author.get("url") is not None:
            check_url(errors, (*at, "author", "url"), author["url"])
        _icon(errors, (*at, "author"), author)
    if footer := embed.get("footer"):
        text = _text(errors, (*at, "footer", "text"), footer.get("text"), 2048, required=True)
        checked["footer"] = {**footer, "text": text}
        _icon(errors, (*at, "footer"), footer)
    if embed.get("fields") is not None:
        checked["fields"] = _fields(errors, (*at, "fields"), embed["fields"])
    if embed.get("timestamp") is not None:
        _iso_time(errors, (*at, "timestamp"), embed["timestamp"])
    color = embed.get("color")
    if color is not None and not 0 <= int(color) <= 0xFFFFFF:
        text = "int value should be less than or equal to 16777215."
        errors.add((*at, "color"), "NUMBER_TYPE_MAX", text)
    return checked


def _icon(errors: FormErrors, at: Path, part: Json) -> None:
    if part.get("icon_url") is not None:
        check_url(errors, (*at, "icon_url"), part["icon_url"], _MEDIA)


def _fields(errors: FormErrors, path: Path, fields: list[Json]) -> list[Json]:
    if len(fields) > 25:
        errors.too_long(path, 25)
    checked: list[Json] = []
    for index, field in enumerate(fields):
        at = (*path, index)
        texts: dict[str, Any] = {}
        for key, most in (("name", 256), ("value", 1024)):
            if field.get(key) is None:
                errors.required((*at, key))
            texts[key] = _text(errors, (*at, key), field.get(key, ""), most, required=True)
        checked.append({"inline": False, **field, **texts})
    return checked


def _iso_time(errors: FormErrors, path: Path, value: object) -> None:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        text = f"Could not parse {value}. Should be ISO8601."
        errors.add(path, "DATE_TIME_TYPE_PARSE", text)
