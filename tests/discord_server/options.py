"""Takes a registered command and what a person typed; gives the interaction's data, or says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .commands import (
    BOOLEAN,
    CHANNEL,
    CHAT_INPUT,
    GROUP,
    INTEGER,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from .errors import Json
from .guild import Guild
from .model import Channel, Role, User

Value = str | int | float | bool | User | Channel | Role


class CannotDo(AssertionError):
    """A person's Discord would not let them do this; the text says why."""


@dataclass(slots=True)
class Resolved:
    """The objects that options name by id. ``guild``: where; None in a direct message."""

    guild: Guild | None
    now: float
    data: Json = field(default_factory=dict)

    def add(self, value: Value, asker: User) -> str:
        """Note the object; gives its id as text."""
        if isinstance(value, User):
            self._put("users", value.id, value.to_json())
            member = None if self.guild is None else self.guild.members.get(value.id)
            if member is not None:
                data = member.to_json()
                del data["user"]
                self._put("members", value.id, data | {"permissions": "0"})
        elif isinstance(value, Channel):
            bits = value.permissions_of(asker, self.now)
            self._put("channels", value.id, value.to_json() | {"permissions": str(bits)})
        elif isinstance(value, Role):
            self._put("roles", value.id, value.to_json())
        else:
            raise CannotDo(f"{value!r} is no user, channel or role")
        return str(value.id)

    def _put(self, kind: str, key: int, data: Json) -> None:
        self.data.setdefault(kind, {})[str(key)] = data


def find_command(path: str, scopes: Sequence[Mapping[int, Json]]) -> tuple[Json, list[Json]]:
    """The command that ``path`` ("channel follow") begins with, and the subcommands down the path.

    The first scope that has it wins. CannotDo if there is none.
    """
    first, *rest = path.removeprefix("/").split()
    for scope in scopes:
        for command in scope.values():
            if command["name"] == first and command["type"] == CHAT_INPUT:
                return command, _down(command, rest, path)
    names = sorted({command["name"] for scope in scopes for command in scope.values()})
    raise CannotDo(f"there is no command /{first}; there are {names}")


def _down(command: Json, rest: list[str], path: str) -> list[Json]:
    steps: list[Json] = []
    node = command
    for name in rest:
        inner = [o for o in node["options"] if o["type"] in (SUBCOMMAND, GROUP)]
        found = next((option for option in inner if option["name"] == name), None)
        if found is None:
            raise CannotDo(f"/{path}: no {name!r}; there are {[o['name'] for o in inner]}")
        steps.append(found)
        node = {"options": [], **found}
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in node.get("options", ())):
        raise CannotDo(f"/{path} is a group: name one of its commands")
    return steps


def command_data(
    command: Json,
    steps: Sequence[Json],
    given: Mapping[str, Value],
    resolved: Resolved,
    asker: User,
    *,
    typing: str | None = None,
) -> Json:
    """The ``data`` of the interaction. ``typing``: the option being typed, for autocomplete.

    CannotDo for an unknown or missing option, or a value that Discord would not let through.
    """
    leaf = steps[-1] if steps else command
    declared = {option["name"]: option for option in leaf.get("options") or ()}
    unknown = set(given) - set(declared)
    if unknown:
        raise CannotDo(f"no options {sorted(unknown)}; there are {sorted(declared)}")
    options: list[Json] = []
    for name, option in declared.items():
        if name in given:
            made = {"name": name, "type": option["type"]}
            if name == typing:
                options.append(made | {"value": given[name], "focused": True})
            else:
                options.append(made | {"value": _value(option, given[name], resolved, asker)})
        elif option.get("required") and typing is None:
            raise CannotDo(f"the option {name!r} is required")
    for step in reversed(steps):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT}
    data["options"] = options
    if resolved.data and typing is None:
        data["resolved"] = resolved.data
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def _value(option: Json, value: Value, resolved: Resolved, asker: User) -> str | int | float | bool:
    name, kind = option["name"], option["type"]
    if kind == STRING and isinstance(value, str):
        _check_length(option, value)
        return _chosen(option, value)
    if kind == BOOLEAN and isinstance(value, bool):
        return value
    if kind in (INTEGER, NUMBER) and isinstance(value, int | float):
        if kind == INTEGER and not isinstance(value, int):
            raise CannotDo(f"{name}: {value} is not whole")
        if not option.get("min_value", value) <= value <= option.get("max_value", value):
            raise CannotDo(f"{name}: {value} is out of range")
        return _chosen(option, value)
    if kind == CHANNEL and isinstance(value, Channel):
        kinds = option.get("channel_types") or [value.kind]
        if value.kind not in kinds:
            raise CannotDo(f"{name}: only channels of the types {kinds}, not {value.kind}")
        return resolved.add(value, asker)
    if (kind == USER and isinstance(value, User)) or (kind == ROLE and isinstance(value, Role)):
        return resolved.add(value, asker)
    raise CannotDo(f"{name}: {value!r} does not fit an option of type {kind}")


def _check_length(option: Json, value: str) -> None:
    least, most = option.get("min_length", 0), option.get("max_length", 6000)
    if not least <= len(value) <= most:
        raise CannotDo(f"{option['name']}: {len(value)} characters, not {least} to {most}")


def _chosen(option: Json, value: str | int | float) -> str | int | float:
    """The value of the choice that was picked by its value or its name."""
    choices = option.get("choices") or []
    if not choices:
        return value
    for choice in choices:
        if value in (choice["value"], choice["name"]):
            picked: str | int | float = choice["value"]
            return picked
    raise CannotDo(f"{option['name']}: {value!r} is none of {[c['name'] for c in choices]}")
