"""The page for whoever runs the bot is complete: every state, cause, setting, metric and number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import SETTINGS
from bot.health import GAUGES
from bot.traffic import MOST_INVALID
from digests.holding import FORGET_AFTER, PROBE_EVERY
from digests.model import Hold, State
from digests.worker import LEASE

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_delivery_says_what_to_do(state: State) -> None:
    assert f"\n| `{state.value}` |" in PAGE


@pytest.mark.parametrize("cause", Hold)
def test_every_cause_of_a_hold_says_how_it_goes_on(cause: Hold) -> None:
    assert f"\n| `{cause.value}` |" in PAGE


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE
    assert f"\n{name}=" in (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GAUGES)
def test_every_metric_is_explained(name: str) -> None:
    assert f"| `digest_bot_{name}` |" in PAGE


def test_the_numbers_on_the_page_are_those_in_the_code() -> None:
    assert f"{LEASE.seconds} seconds" in PAGE
    assert f"{FORGET_AFTER.days} days" in PAGE
    assert f"stops sending at {MOST_INVALID:,}" in PAGE
    assert PROBE_EVERY.total_seconds() == 6 * 3600
    assert "every six hours" in PAGE
    assert (
        f"`DISCORD_REQUESTS_PER_SECOND` ({SETTINGS['DISCORD_REQUESTS_PER_SECOND'].default})" in PAGE
    )
