"""The environment and a ``.env`` file in, checked settings out. The only reader of either."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv.parser import parse_stream


class SettingError(Exception):
    """A setting that stops the program: its name, what was found, what is expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        self.name = name
        super().__init__(f"{name}: found {found}; expected {expected}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the outside decides. ``token`` is None only where a command needs none."""

    token: str | None
    api_url: str | None
    requests_per_second: float
    shard_ids: tuple[int, ...] | None
    shard_count: int | None
    max_article_age_days: int
    database_url: str
    articles_dir: Path
    asset_base_url: str | None
    log_level: str
    log_format: str
    health_port: int | None

    def __repr__(self) -> str:
        """Without the token and the database's password, so that neither reaches a log."""
        return f"Settings(articles_dir={str(self.articles_dir)!r}, log_level={self.log_level!r})"

    @property
    def database_password(self) -> str | None:
        """What of the database's address must never be shown."""
        return urlsplit(self.database_url).password

    def require_token(self) -> str:
        """The token, or SettingError where there is none."""
        if self.token is None:
            raise SettingError("DISCORD_TOKEN", "nothing", f"{_TOKEN.expected}; see README.md")
        return self.token


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its default (None: unset), what it accepts, and whether it may be shown."""

    default: str | None
    parse: Callable[[str], Any]
    expected: str
    secret: bool = False


def _token(text: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ValueError
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError
    return text.rstrip("/")


def _pace(text: str) -> float:
    value = float(text)
    if not 0 < value <= 1000:
        raise ValueError
    return value


def _shards(text: str) -> tuple[int, ...]:
    ids: list[int] = []
    for piece in text.split(","):
        first, _, last = piece.partition("-")
        low, high = int(first), int(last or first)
        if not 0 <= low <= high < 100_000:
            raise ValueError
        ids += range(low, high + 1)
    if not ids or len(set(ids)) < len(ids) or len(ids) > 10_000:
        raise ValueError
    return tuple(sorted(ids))


def _shard_count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 100_000:
        raise ValueError
    return value


def _days(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 36500:
        raise ValueError
    return value


def _database(text: str) -> str:
    if not re.match(r"sqlite:///.|postgresql://[^/]+/.", text):
        raise ValueError
    return text


def _port(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 65535:
        raise ValueError
    return value


def _word_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        for word in words:
            if text.lower() == word.lower():
                return word
        raise ValueError

    return parse


_TOKEN = Setting(None, _token, "the bot's token from Discord's developer portal", secret=True)

SETTINGS: dict[str, Setting] = {
    "DISCORD_TOKEN": _TOKEN,
    "DISCORD_API_URL": Setting(None, _web_address, "a web address like https://host/api/v10"),
    "DISCORD_REQUESTS_PER_SECOND": Setting("45", _pace, "a number above 0, at most 1000"),
    "SHARD_IDS": Setting(None, _shards, "numbers of gateway shards, like 0-3,8"),
    "SHARD_COUNT": Setting(None, _shard_count, "how many gateway shards there are in all"),
    "MAX_ARTICLE_AGE_DAYS": Setting("14", _days, "a whole number of days, 0 or more"),
    "DATABASE_URL": Setting(
        "sqlite:///digest-bot.db",
        _database,
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        secret=True,
    ),
    "ARTICLES_DIR": Setting("articles", Path, "a folder"),
    "ASSET_BASE_URL": Setting(None, _web_address, "a web address like https://example.org"),
    "LOG_LEVEL": Setting(
        "INFO",
        _word_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "one of DEBUG, INFO, WARNING, ERROR",
    ),
    "LOG_FORMAT": Setting("text", _word_of("text", "json"), "text or json"),
    "HEALTH_PORT": Setting(None, _port, "a port number from 1 to 65535"),
}


def load(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Read the settings; what the environment lacks is filled from ``env_file`` if it is there.

    An empty value counts as unset. Raises SettingError for the first thing that is wrong.
    """
    environ = os.environ if environ is None else environ
    _refuse_unknown(name for name in environ if name.startswith("DISCORD_"))
    given = {**_read_env_file(env_file), **{k: v for k, v in environ.items() if k in SETTINGS}}
    values = {name.lower(): _value(name, given.get(name)) for name in SETTINGS}
    values["token"] = values.pop("discord_token")
    values["api_url"] = values.pop("discord_api_url")
    values["requests_per_second"] = values.pop("discord_requests_per_second")
    settings = Settings(**values)
    if settings.shard_ids and settings.shard_ids[-1] >= (settings.shard_count or 0):
        found = (
            f"shard {settings.shard_ids[-1]} of {settings.shard_count or 'nobody knows how many'}"
        )
        raise SettingError("SHARD_IDS", found, "ids below SHARD_COUNT, which has to be set too")
    return settings


def _value(name: str, text: str | None) -> Any:
    setting = SETTINGS[name]
    text = (text or "").strip() or setting.default
    if text is None:
        return None
    try:
        return setting.parse(text)
    except ValueError:
        found = "something else (not shown)" if setting.secret else repr(text)
        raise SettingError(name, found, setting.expected) from None


def _read_env_file(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(str(path), f"a file that cannot be read ({error})", "text") from None
    values: dict[str, str] = {}
    for binding in bindings:
        where = f"{path}, line {binding.original.line}"
        if binding.error or (binding.key is not None and binding.value is None):
            raise SettingError(where, "a line that is not a setting", "NAME=value")
        if binding.key is None:
            continue
        _refuse_unknown([binding.key], where)
        values[binding.key] = binding.value or ""
    return values


def _refuse_unknown(names: Iterable[str], where: str = "environment") -> None:
    for name in names:
        if name not in SETTINGS:
            near = get_close_matches(name, SETTINGS, n=1, cutoff=0.5)
            hint = f"{near[0]}, perhaps" if near else f"one of {', '.join(SETTINGS)}"
            raise SettingError(name, f"an unknown setting in {where}", hint)
