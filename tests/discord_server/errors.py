"""Takes what is wrong with a request; gives the HTTP status and JSON body Discord answers with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]

# code -> (HTTP status, text), as in Discord's table of JSON error codes.
CODES: Mapping[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    20022: (429, "This message cannot be edited due to announcement rate limits."),
    30007: (400, "Maximum number of webhooks reached (15)"),
    30032: (400, "Maximum number of application commands reached (100)"),
    40033: (400, "This message has already been crossposted"),
    40060: (400, "Interaction has already been acknowledged"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50003: (403, "Cannot execute action on a DM channel"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "You lack permissions to perform that action"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Tried to perform an operation on an archived thread"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (
        403,
        "Cannot send messages to this user due to having no mutual guilds",
    ),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
    200000: (400, "Message was blocked by automatic moderation"),
}


class ApiError(Exception):
    """A refusal: ``status`` and ``body`` as they go out, ``headers`` beside them."""

    def __init__(self, status: int, body: Json, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.headers = dict(headers or {})
        super().__init__(f"{status} {body.get('code')} {body.get('message')}")


def api_error(code: int, *, status: int | None = None) -> ApiError:
    """The error of one of Discord's JSON codes; KeyError for a code that ``CODES`` lacks."""
    usual, text = CODES[code]
    return ApiError(usual if status is None else status, {"message": text, "code": code})


def unauthorized() -> ApiError:
    """401 as a wrong or revoked token gets it."""
    return ApiError(401, {"message": "401: Unauthorized", "code": 0})


Path = Sequence[str | int]


class FormErrors:
    """Collects what is wrong with a body, and shapes it as Discord's nested ``errors`` object."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[tuple[Path, str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one fault at ``path``: keys and indexes from the top of the body."""
        self._found.append((tuple(path), code, message))

    def too_long(self, path: Path, most: int) -> None:
        """Note a text or list that is longer than ``most``."""
        self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def required(self, path: Path) -> None:
        """Note a missing value."""
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def to_json(self) -> Json:
        """The nested object: indexes become string keys, faults a list under ``_errors``."""
        root: Json = {}
        for path, code, message in self._found:
            node = root
            for step in path:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        return root

    def raise_if_any(self) -> None:
        """Raise the 400 / 50035 of everything noted, if anything was."""
        if self._found:
            body = {"message": CODES[50035][1], "code": 50035, "errors": self.to_json()}
            raise ApiError(400, body)
