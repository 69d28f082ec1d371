"""Settings: defaults, what fills what, and one clear line for each thing that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import SETTINGS, SettingError, load

NO_FILE = Path("no-such-file.env")
ROOT = Path(__file__).parents[2]


def test_defaults_are_those_of_the_contract() -> None:
    settings = load({}, NO_FILE)
    assert settings.token is None
    assert settings.api_url is None
    assert settings.requests_per_second == 45
    assert settings.max_article_age_days == 14
    assert settings.database_url == "sqlite:///digest-bot.db"
    assert settings.articles_dir == Path("articles")
    assert (settings.log_level, settings.log_format) == ("INFO", "text")
    assert settings.health_port is None


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=debug\nLOG_FORMAT=json\n# a comment\n\nexport ARTICLES_DIR='a b'\n")
    settings = load({"LOG_LEVEL": "error", "PATH": "/bin"}, file)
    assert settings.log_level == "ERROR"
    assert settings.log_format == "json"
    assert settings.articles_dir == Path("a b")


def test_an_empty_value_counts_as_unset(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=\nDISCORD_TOKEN=\n")
    settings = load({}, file)
    assert (settings.log_level, settings.token) == ("INFO", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_API_URL", "discord.com/api"),
        ("DISCORD_REQUESTS_PER_SECOND", "0"),
        ("DISCORD_REQUESTS_PER_SECOND", "fast"),
        ("MAX_ARTICLE_AGE_DAYS", "-1"),
        ("MAX_ARTICLE_AGE_DAYS", "two weeks"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("DATABASE_URL", "digest.db"),
        ("ASSET_BASE_URL", "ftp://example.org"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("HEALTH_PORT", "70000"),
        ("DISCORD_TOKEN", "two words"),
    ],
)
def test_an_ill_formed_setting_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingError) as raised:
        load({name: value}, NO_FILE)
    message = str(raised.value)
    assert message.startswith(f"{name}: found ")
    assert SETTINGS[name].expected in message
    assert "\n" not in message
    assert "hunter2" not in message
    assert "two words" not in message


def test_an_unknown_setting_in_the_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=INFO\nARTICLE_DIR=x\n")
    with pytest.raises(SettingError, match=r"ARTICLE_DIR: found .*line 2; expected ARTICLES_DIR"):
        load({}, file)


def test_an_unknown_setting_in_the_environment_is_named() -> None:
    with pytest.raises(SettingError, match=r"DISCORD_TOKN: .* expected DISCORD_TOKEN, perhaps"):
        load({"DISCORD_TOKN": "x"}, NO_FILE)


def test_a_line_that_is_no_setting_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=INFO\nthis is no setting\n")
    with pytest.raises(SettingError, match="line 2: found a line that is not a setting"):
        load({}, file)


def test_a_missing_token_says_where_to_get_one() -> None:
    with pytest.raises(SettingError, match=r"DISCORD_TOKEN: found nothing; .*developer portal"):
        load({}, NO_FILE).require_token()


def test_settings_do_not_show_their_secrets() -> None:
    url = "postgresql://user:hunter2@host/name"
    shown = repr(load({"DISCORD_TOKEN": "abc.def", "DATABASE_URL": url}, NO_FILE))
    assert "abc.def" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_stands_in_the_example_file(name: str) -> None:
    assert f"\n{name}=" in (ROOT / ".env.example").read_text()


def test_the_example_file_is_valid_and_changes_nothing() -> None:
    assert load({}, ROOT / ".env.example") == load({}, NO_FILE)
