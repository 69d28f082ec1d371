"""What is installed from the built package: the code, and what it reads while it runs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from bot.language import LANGUAGES

ROOT = Path(__file__).parents[1]


def test_the_wheel_has_every_catalog(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(wheel).namelist())
    catalogs = {one.name for one in (ROOT / "bot" / "locales" / "en").iterdir()} | {"commands.ftl"}
    wanted = {f"bot/locales/{language}/{name}" for language in LANGUAGES for name in catalogs}
    assert wanted - {"bot/locales/en/commands.ftl"} <= names
