"""Takes the application commands a bot registers; gives them with ids, or Discord's refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .clock import Snowflakes as IdSource
from .errors import FormErrors, Json, Path, api_error

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
MOST = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
CHARACTERS = 8000

_NAME = re.compile(r"^[-_'\w]{1,32}$")


def register(bodies: list[Json], known: Mapping[int, Json], ids: IdSource, app: int) -> list[Json]:
    """The whole set of commands that replaces the ``known`` ones, each as Discord gives it back.

    A command that keeps name and type keeps its id. Raises ApiError 400: 50035 with the fault of
    each field, 30032 for too many.
    """
    errors = FormErrors()
    taken: set[tuple[int, str]] = set()
    for index, body in enumerate(bodies):
        key = (int(body.get("type") or CHAT_INPUT), str(body.get("name")))
        if key in taken:
            text = "Application command names must be unique"
            errors.add((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
        taken.add(key)
        check_command(errors, (index,), body)
    errors.raise_if_any()
    for kind, most in MOST.items():
        if sum(taken_kind == kind for taken_kind, _ in taken) > most:
            raise api_error(30032)
    old = {(command["type"], command["name"]): command["id"] for command in known.values()}
    return [_registered(body, old, ids, app) for body in bodies]


def _registered(body: Json, old: Mapping[tuple[int, str], str], ids: IdSource, app: int) -> Json:
    kind = int(body.get("type") or CHAT_INPUT)
    bits = body.get("default_member_permissions")
    contexts = body.get("contexts")
    if contexts is None and body.get("dm_permission") is False:
        contexts = [0]  # the older way to say: in guilds only
    return {
        "description": "",
        "options": [],
        "nsfw": False,
        "integration_types": [0],
        **body,
        "contexts": contexts,
        "type": kind,
        "id": old.get((kind, body["name"])) or str(ids.next()),
        "application_id": str(app),
        "version": str(ids.next()),
        "default_member_permissions": None if bits is None else str(bits),
    }


def check_command(errors: FormErrors, at: Path, body: Json) -> None:
    """Note what is wrong with one command."""
    kind = int(body.get("type") or CHAT_INPUT)
    if kind == CHAT_INPUT:
        _check_named(errors, at, body)
        _check_options(errors, (*at, "options"), body.get("options") or [])
        if characters(body) > CHARACTERS:
            text = f"Command exceeds maximum size ({CHARACTERS})"
            errors.add(at, "APPLICATION_COMMAND_TOO_LARGE", text)
    elif not 1 <= len(str(body.get("name") or "")) <= 32:
        errors.add((*at, "name"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 32 in length.")


def _check_named(errors: FormErrors, at: Path, body: Json) -> None:
    name = str(body.get("name") or "")
    if not _NAME.match(name) or name != name.lower():
        text = "Command name is invalid"
        errors.add((*at, "name"), "APPLICATION_COMMAND_INVALID_NAME", text)
    if not 1 <= len(str(body.get("description") or "")) <= 100:
        text = "Must be between 1 and 100 in length."
        errors.add((*at, "description"), "BASE_TYPE_BAD_LENGTH", text)


def _check_options(errors: FormErrors, path: Path, options: list[Json]) -> None:
    if len(options) > 25:
        errors.too_long(path, 25)
    names: set[str] = set()
    optional_seen = False
    for index, option in enumerate(options):
        at = (*path, index)
        _check_named(errors, at, option)
        if option.get("name") in names:
            text = "Option name already used"
            errors.add((*at, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", text)
        names.add(str(option.get("name")))
        if option.get("type") in (SUBCOMMAND, GROUP):
            _check_options(errors, (*at, "options"), option.get("options") or [])
            continue
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            errors.add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")
        _check_choices(errors, (*at, "choices"), option)


def _check_choices(errors: FormErrors, path: Path, option: Json) -> None:
    choices = option.get("choices") or []
    if len(choices) > 25:
        errors.too_long(path, 25)
    if choices and option.get("autocomplete"):
        text = "Choices and autocomplete are mutually exclusive"
        errors.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", text)
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if not 1 <= len(str(choice.get(key, ""))) <= 100:
                text = "Must be between 1 and 100 in length."
                errors.add((*path, index, key), "BASE_TYPE_BAD_LENGTH", text)


def characters(command: Json) -> int:
    """The characters that count towards the 8000: the longest localisation of each text."""
    size = 0
    for key in ("name", "description"):
        texts = [str(command.get(key) or ""), *(command.get(f"{key}_localizations") or {}).values()]
        size += max(map(len, texts))
    size += sum(characters(option) for option in command.get("options") or ())
    for choice in command.get("choices") or ():
        size += len(choice["name"]) + len(str(choice["value"]))
    return size
