"""Settings in, the log of the whole program set up: text for people or JSON for machines."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class TextFormatter(logging.Formatter):
    """One line a record; a line break in a message is shown, not obeyed."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(" ", "seconds")[:19]
        message = record.getMessage().replace("\n", "\\n")
        line = f"{time} {record.levelname:<7} {record.name}: {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class _RedactedFormatter(logging.Formatter):
    """Takes secrets out of what another formatter wrote, tracebacks included."""

    def __init__(self, inner: logging.Formatter, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text


def set_up(level: str, form: str, secrets: tuple[str, ...] = ()) -> None:
    """Log to standard error; ``secrets`` never appear, whoever logs them."""
    handler = logging.StreamHandler(sys.stderr)
    inner = JsonFormatter() if form == "json" else TextFormatter()
    handler.setFormatter(_RedactedFormatter(inner, tuple(filter(None, secrets))))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Their INFO is about every request, shard and file event; ours says what matters.
    for name in ("discord", "alembic", "watchfiles", "aiosqlite", "aiohttp.access"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
