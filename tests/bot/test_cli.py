"""The command line as a real process: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import cli
from tests.build import write_file

ROOT = Path(__file__).parents[2]


def digest_bot(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with nothing of this environment but what it needs."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A working folder with two published articles and a draft."""
    articles = tmp_path / "articles"
    articles.mkdir()
    write_file(articles, 1, topics=["AI"])
    write_file(articles, 2, topics=["AI", "Space"])
    write_file(articles, 3, published=False)
    return tmp_path


def test_run_without_a_token_is_wrong_usage(tmp_path: Path) -> None:
    ended = digest_bot(tmp_path, "run")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "DISCORD_TOKEN: found nothing" in ended.stderr


def test_a_wrong_setting_stops_every_command(tmp_path: Path) -> None:
    ended = digest_bot(tmp_path, "status", LOG_LEVEL="LOUD")
    assert ended.returncode == 2
    assert "LOG_LEVEL: found 'LOUD'" in ended.stderr


def test_an_unknown_command_is_wrong_usage(tmp_path: Path) -> None:
    assert digest_bot(tmp_path, "dance").returncode == 2


def test_check_of_good_files_ends_well(library: Path) -> None:
    ended = digest_bot(library, "check", "--json")
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert (found["files"], found["published"], found["errors"]) == (3, 2, 0)


def test_check_names_the_line_of_an_error(library: Path) -> None:
    (library / "articles" / "bad.md").write_text("---\ntitle: No link\n---\n")
    ended = digest_bot(library, "check")
    assert ended.returncode == 1
    assert "bad.md" in ended.stdout
    assert "error" in ended.stdout
    one = digest_bot(library, "check", "articles/bad.md", "--json")
    assert one.returncode == 1
    assert {row["severity"] for row in json.loads(one.stdout)["problems"]} >= {"error"}


def test_check_of_nothing_is_wrong_usage(tmp_path: Path) -> None:
    ended = digest_bot(tmp_path, "check")
    assert ended.returncode == 2
    assert "ARTICLES_DIR" in ended.stderr


def test_preview_shows_published_articles_only(library: Path) -> None:
    ended = digest_bot(library, "preview", "--json")
    assert ended.returncode == 0, ended.stderr
    assert [one["title"] for one in json.loads(ended.stdout)] == ["Article 1", "Article 2"]
    ended = digest_bot(library, "preview", "--topic", "space")
    assert "Article 2" in ended.stdout
    assert "Article 1" not in ended.stdout


def test_preview_opens_no_database_but_its_own(library: Path) -> None:
    """A bot that works on the same one would post what was only to be looked at."""
    ended = digest_bot(library, "preview", DATABASE_URL="sqlite:////nowhere/x.db")
    assert "2 articles; nothing was posted" in ended.stdout


def test_status_changes_nothing(tmp_path: Path) -> None:
    ended = digest_bot(tmp_path, "status")
    assert ended.returncode == 1
    assert "The database is empty" in ended.stderr
    assert "is up to date" not in digest_bot(tmp_path, "migrate").stdout


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path, command: str) -> None:
    url = "sqlite:////nowhere/x.db"
    ended = digest_bot(tmp_path, command, DATABASE_URL=url, DISCORD_TOKEN="a.b.c")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "Check DATABASE_URL" in ended.stderr


def test_preview_shows_what_looks_like_markup_as_it_is(library: Path) -> None:
    link = "https://x.example/a[/b]"
    write_file(library / "articles", 4, title="A [/bold] move", webUrl=link)
    ended = digest_bot(library, "preview")
    assert ended.returncode == 0, ended.stderr
    assert "x.example/a%5B/b%5D" in ended.stdout
    assert "[/bold" in ended.stdout


def test_preview_of_an_unknown_topic_fails_clearly(library: Path) -> None:
    ended = digest_bot(library, "preview", "--topic", "gardening")
    assert ended.returncode == 1
    assert ended.stderr.endswith("digest-bot: There is no topic “gardening”.\n")
    ended = digest_bot(library, "preview", "--topic", "spice")
    assert ended.stderr.endswith("There is no topic “spice”. Did you mean Space?\n")
    assert "Traceback" not in ended.stderr


def test_migrate_and_status(tmp_path: Path) -> None:
    assert "from schema nothing to 0" in digest_bot(tmp_path, "migrate").stdout
    assert "is up to date (schema 0" in digest_bot(tmp_path, "migrate").stdout
    found = json.loads(digest_bot(tmp_path, "status", "--json").stdout)
    assert found["waiting"] == found["articles"] == 0


def test_a_database_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - only here, to play the newer version

    digest_bot(tmp_path, "migrate")
    with sqlite3.connect(tmp_path / "digest-bot.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ended = digest_bot(tmp_path, "status")
    assert ended.returncode == 1
    assert "9999" in ended.stderr
    assert "newer" in ended.stderr


@pytest.mark.parametrize("name", ["demo", "run", "check", "preview", "status", "migrate"])
def test_every_command_of_the_contract_is_there_and_explained(name: str) -> None:
    assert cli.commands[name].help
    assert f"digest-bot {name}" in (ROOT / "README.md").read_text()
