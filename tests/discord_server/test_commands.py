"""Which application commands Discord registers, and which it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server import ApiError, World
from tests.discord_server.commands import characters, register
from tests.discord_server.errors import Json


def command(**values: Any) -> Json:
    return {"name": "follow", "description": "follow a topic", "type": 1, **values}


def option(name: str, **values: Any) -> Json:
    return {"name": name, "description": "d", "type": 3, **values}


def registered(*bodies: Json) -> list[Json]:
    return register(list(bodies), {}, World().ids, 1)


@pytest.mark.parametrize(
    "bad",
    [
        command(name="Follow"),
        command(name="a b"),
        command(name="x" * 33),
        command(name=""),
        command(description=""),
        command(description="x" * 101),
        command(options=[option(f"o{n}") for n in range(26)]),
        command(options=[option("same"), option("same")]),
        command(options=[option("a"), option("b", required=True)]),
        command(options=[option("a", choices=[{"name": "n", "value": "x" * 101}])]),
        command(options=[option("a", choices=[{"name": "n", "value": "v"}] * 26)]),
        command(options=[option("a", autocomplete=True, choices=[{"name": "n", "value": "v"}])]),
        command(options=[option("sub", type=1, options=[option("BAD")])]),
        command(options=[option(f"o{n}", description="x" * 100, type=1) for n in range(25)])
        | {"description_localizations": {"de": "x" * 7000}},
    ],
    ids=lambda body: str(body)[:60],
)
def test_an_ill_formed_command_is_refused(bad: Json) -> None:
    with pytest.raises(ApiError) as refused:
        registered(bad)
    assert refused.value.body["code"] == 50035


@pytest.mark.parametrize("name", ["follow", "im-alltag", "größe", "a_b", "日本", "x" * 32])
def test_names_may_be_of_any_script(name: str) -> None:
    assert registered(command(name=name))[0]["name"] == name


def test_names_are_unique_for_each_type() -> None:
    with pytest.raises(ApiError):
        registered(command(), command())
    assert len(registered(command(), {"name": "follow", "type": 3})) == 2


def test_a_hundred_commands_are_the_most() -> None:
    many = [command(name=f"c{n}") for n in range(100)]
    assert len(registered(*many)) == 100
    with pytest.raises(ApiError) as refused:
        registered(*many, command())
    assert refused.value.body["code"] == 30032


def test_of_localisations_the_longest_counts() -> None:
    body = command(
        name_localizations={"de": "folgen-und-mehr"},
        options=[option("a", choices=[{"name": "n", "value": "vv"}])],
    )
    assert characters(body) == len("folgen-und-mehr") + len("follow a topic") + 2 + 3
