"""In: what a reader noticed in a file, by code and place. Out: ``Problem`` values, in file order.

``KINDS`` is the one table of everything that can be wrong with an article file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digests.model import Problem, Severity

MAX_FOUND = 80  # characters of the file that a problem repeats
MAX_OF_ONE_CODE = 100  # problems; a file with more is broken in one way, not in a thousand

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Kind:
    """What a problem code means, what belongs there instead, and how to mend the file."""

    severity: Severity
    meaning: str
    expected: str
    mend: str


_FILE = {
    "unreadable-file": Kind(
        ERROR,
        "The file cannot be opened or read.",
        "a file that the bot may read",
        "Check that the file still exists and that its permissions let the bot read it.",
    ),
    "not-a-file": Kind(
        ERROR,
        "This is a folder, pipe, device or socket, not a file.",
        "an ordinary file",
        "Remove it from the library, or give it a name that does not end in .md.",
    ),
    "outside-library": Kind(
        ERROR,
        "The path or link leads out of the library folder.",
        "a file inside the library",
        "Copy the file into the library instead of linking to it.",
    ),
    "too-large": Kind(
        ERROR,
        "The file is larger than 1 MiB, so nothing of it was read.",
        "at most 1,048,576 bytes",
        "Shorten the file; an article needs its front matter and perhaps a body.",
    ),
    "empty-file": Kind(
        ERROR,
        "There is nothing in the file.",
        "front matter between two lines of ---",
        "Write the article, or delete the file.",
    ),
    "not-utf8": Kind(
        ERROR,
        "The file is not UTF-8 text.",
        "UTF-8 text",
        "Save the file again with the encoding UTF-8.",
    ),
}

_YAML = {
    "no-front-matter": Kind(
        ERROR,
        "The file does not begin with a line of ---.",
        "--- as the first line",
        "Put the article's keys at the top of the file, between two lines of ---.",
    ),
    "unclosed-front-matter": Kind(
        ERROR,
        "The front matter has no closing line of ---.",
        "a second line of --- after the last key",
        "Add a line of --- below the last key; it must begin at the left edge.",
    ),
    "control-character": Kind(
        ERROR,
        "The front matter holds a character that YAML forbids.",
        "visible characters, blanks and line ends",
        "Delete the invisible character at this place.",
    ),
    "bad-yaml": Kind(
        ERROR,
        "The front matter is not valid YAML here.",
        "key: value",
        "Put a value that holds a colon, a # or quotes between quotes, close every quote and "
        "bracket, and indent with blanks, not tabs.",
    ),
    "not-a-mapping": Kind(
        ERROR,
        "The front matter is not a list of keys with values.",
        "lines of key: value",
        "Write one key: value on each line, with a blank after the colon.",
    ),
    "second-document": Kind(
        ERROR,
        "The front matter holds more than one YAML document.",
        "one document between the two lines of ---",
        "Delete the line that begins with --- or ... inside the front matter.",
    ),
    "duplicate-key": Kind(
        ERROR,
        "The same key stands twice.",
        "each key once",
        "Delete one of the two.",
    ),
    "bad-key": Kind(
        ERROR,
        "A list or a mapping is used as a key.",
        "a name as the key",
        "Write a plain name before the colon.",
    ),
    "unknown-tag": Kind(
        ERROR,
        "A YAML tag asks for a type that articles do not have.",
        "no tag, or one of !!str !!int !!float !!bool !!null !!timestamp !!map !!seq",
        "Delete the tag, the word that begins with an exclamation mark.",
    ),
    "unknown-alias": Kind(
        ERROR,
        "An alias (*name) names no anchor (&name) above it.",
        "an anchor that is complete before the alias",
        "Write the value itself instead of the alias.",
    ),
    "bad-merge": Kind(
        ERROR,
        "A merge key (<<) is given something other than mappings.",
        "an alias of a mapping, or a list of such aliases",
        "Write the keys themselves instead of merging them.",
    ),
    "too-deep": Kind(
        ERROR,
        "Values are nested more than 20 deep.",
        "at most 20 levels",
        "Flatten this value; if it begins with [ or {, put it between quotes.",
    ),
    "too-many-values": Kind(
        ERROR,
        "The front matter holds more than 20,000 values.",
        "at most 20,000 values",
        "Shorten the longest list.",
    ),
    "too-many-aliases": Kind(
        ERROR,
        "The front matter uses more than 100 aliases.",
        "at most 100 aliases",
        "Write the values themselves instead of aliases.",
    ),
    "misspelt-key": Kind(
        WARNING,
        "A key differs from a known one only in capitals or punctuation, so it is ignored.",
        "the key exactly as documented",
        "Write the key as expected: capitals count.",
    ),
    "misspelt-flag": Kind(
        ERROR,
        "published or removed is misspelt, so whether this may be posted is in doubt.",
        "published or removed",
        "Write the key exactly so, in small letters.",
    ),
    "wrong-shape": Kind(
        WARNING,
        "A text stands where a list or mapping belongs, or the reverse; it is ignored.",
        "the form that this key takes",
        "Write the value as the example in the documentation does.",
    ),
}

_VALUES = {
    "no-title": Kind(
        ERROR,
        "The article has no title.",
        "title: text",
        "Add a title.",
    ),
    "long-title": Kind(
        WARNING,
        "The title is longer than 256 characters and is cut.",
        "at most 256 characters",
        "Shorten the title.",
    ),
    "no-link": Kind(
        ERROR,
        "The article has no link.",
        "webUrl (or originalUrl): the address of the article",
        "Add webUrl with the article's address.",
    ),
    "bad-link": Kind(
        ERROR,
        "The article's link is not a web address.",
        "http(s)://host/…, at most 2,048 characters, without blanks, user name or password",
        "Copy the address from the browser's address bar.",
    ),
    "relative-link": Kind(
        ERROR,
        "The article's link is relative, and no base address is set.",
        "an address that begins with https://",
        "Write the whole address, or set ASSET_BASE_URL.",
    ),
    "http-link": Kind(
        WARNING,
        "The article's link is not encrypted.",
        "an address that begins with https://",
        "Write https:// if the site answers there.",
    ),
    "bad-other-link": Kind(
        WARNING,
        "A second link of the article is not a whole web address; it is ignored.",
        "http(s)://host/…, at most 2,048 characters, without blanks, user name or password",
        "Mend the address, or delete the key.",
    ),
    "no-date": Kind(
        ERROR,
        "Nothing says when the article was published.",
        "publishedDateTime: 2020-01-31T09:00:00Z",
        "Add publishedDateTime, or begin the file's name with the date, like 2020-01-31-.",
    ),
    "date-from-name": Kind(
        WARNING,
        "publishedDateTime is missing, so the date in the file's name is used.",
        "publishedDateTime: 2020-01-31T09:00:00Z",
        "Add publishedDateTime.",
    ),
    "bad-date": Kind(
        ERROR,
        "publishedDateTime is not a date and time.",
        "2020-01-31T09:00:00Z, with any offset, or 2020-01-31",
        "Write the moment of publication in this form.",
    ),
    "bad-other-date": Kind(
        WARNING,
        "A date other than publishedDateTime cannot be read; it is ignored.",
        "2020-01-31T09:00:00Z, with any offset, or 2020-01-31",
        "Write the date in this form, or delete the key.",
    ),
    "bad-flag": Kind(
        ERROR,
        "published or removed is neither true nor false, so the article is not posted.",
        "true or false",
        "Write true or false; without the key, an article is published and not removed.",
    ),
    "bad-number": Kind(
        WARNING,
        "This is not a number that the key can take; it is ignored.",
        "a whole number that is not negative (a size: at least 1)",
        "Write a number, or delete the key.",
    ),
    "heat-not-measured": Kind(
        WARNING,
        "heat is -1, which means that it was not measured.",
        "a number from 0, or no heat",
        "Nothing to do; the article takes part without its heat.",
    ),
    "no-excerpt": Kind(
        WARNING,
        "There is neither an excerpt nor a paragraph to take it from.",
        "excerpt: one or two sentences",
        "Add an excerpt.",
    ),
    "long-excerpt": Kind(
        WARNING,
        "The excerpt is longer than 4,096 characters and is cut.",
        "at most 4,096 characters",
        "Shorten the excerpt.",
    ),
    "no-provider": Kind(
        WARNING,
        "Nothing says who published the article.",
        "provider with name and domain",
        "Add a provider with a name.",
    ),
    "no-topic": Kind(
        WARNING,
        "The article has no topic, so no subscription can bring it.",
        "topics: a list of names",
        "Add at least one topic.",
    ),
    "bad-topic": Kind(
        WARNING,
        "A topic is not a short text; it is ignored.",
        "a name of at most 100 characters",
        "Shorten the topic, or put it between quotes.",
    ),
    "no-image": Kind(
        WARNING,
        "The article has no image.",
        "images: a list of entries with url",
        "Add an image.",
    ),
    "bad-image": Kind(
        WARNING,
        "An image has no web address; it is ignored.",
        "url: http(s)://host/…",
        "Mend the image's url, or delete the image.",
    ),
    "relative-image": Kind(
        WARNING,
        "An image's address is relative, and no base address is set; it is ignored.",
        "an address that begins with https://",
        "Write the whole address, or set ASSET_BASE_URL.",
    ),
    "related-without-link": Kind(
        WARNING,
        "A related article has no link; it is left out.",
        "webUrl (or originalUrl) in each entry",
        "Add webUrl, or delete the entry.",
    ),
    "related-without-title": Kind(
        WARNING,
        "A related article has no title; it is left out.",
        "title in each entry",
        "Add a title, or delete the entry.",
    ),
    "bad-related-link": Kind(
        WARNING,
        "A related article's link is not a web address; it is left out.",
        "http(s)://host/…, at most 2,048 characters, without blanks, user name or password",
        "Mend the address, or delete the entry.",
    ),
    "relative-related-link": Kind(
        WARNING,
        "A related article's link is relative, and no base address is set; it is left out.",
        "an address that begins with https://",
        "Write the whole address, or set ASSET_BASE_URL.",
    ),
}

KINDS: Mapping[str, Kind] = MappingProxyType(_FILE | _YAML | _VALUES)


def problem(
    code: str,
    path: str,
    *,
    line: int = 1,
    column: int = 1,
    found: str = "",
    expected: str = "",
) -> Problem:
    """The problem ``code`` at a place that counts from 1; ``found`` is made fit to show."""
    kind = KINDS[code]
    shown = "".join(c if c.isprintable() else " " for c in found[: MAX_FOUND + 1])
    if len(shown) > MAX_FOUND:
        shown = shown[: MAX_FOUND - 1] + "…"
    return Problem(
        path, line, column, kind.severity, code, shown, expected or kind.expected, kind.mend
    )


class Report:
    """Gathers what is wrong with one file.

    Places are character indexes, counted from ``origin`` in the file's text: the reader works on
    the front matter alone, people look for the line in the file.
    """

    __slots__ = ("_counts", "_notes", "failed", "origin", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.origin = 0
        self.failed = False
        self._notes: set[tuple[int, str, str, str]] = set()
        self._counts: Counter[str] = Counter()

    def __call__(
        self, code: str, index: int | None = None, found: str = "", expected: str = ""
    ) -> None:
        """Note ``code`` at ``index``; without one, at the file's first character."""
        if KINDS[code].severity is ERROR:
            self.failed = True
        # Counted for each code, so that a flood of one hides no other.
        self._counts[code] += 1
        if self._counts[code] <= MAX_OF_ONE_CODE:
            place = 0 if index is None else self.origin + index
            self._notes.add((place, code, found[: MAX_FOUND + 1], expected))

    def problems(self, text: str = "") -> tuple[Problem, ...]:
        """All of them in file order; ``text`` is the whole file, with its lines ended by \\n."""
        line, line_start, last = 1, 0, 0
        placed: list[Problem] = []
        for index, code, found, expected in sorted(self._notes):
            # Counted on from the last one, so that many problems in a large file stay cheap.
            line += text.count("\n", last, index)
            line_start = text.rfind("\n", last, index) + 1 or line_start
            last = index
            column = index - line_start + 1
            placed.append(
                problem(code, self.path, line=line, column=column, found=found, expected=expected)
            )
        return tuple(sorted(placed))
