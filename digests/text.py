"""In: HTML or Markdown as files have it. Out: plain text on one line, fit for a title or excerpt.

Every pattern fails or succeeds within the piece that it looks at, so that the time grows with the
length of the text and no faster. Where a loop must not be tried again it stands in a lookahead and
is taken as a whole by a back reference: possessive loops are at fault in early releases of 3.11.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_MAX_BODY = 65_536  # characters of a body in which its first paragraph is looked for
_MAX_PARAGRAPH = 8_192


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Characters without a shape of their own: controls, bidi embeddings and overrides, soft hyphens,
# zero-width blanks. The joiners stay, emoji and several scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0001]"
)

_BLOCKS = _words(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol optgroup option p pre "
    "section summary table tbody td tfoot th thead title tr ul"
)
_INLINE = _words(
    "a abbr acronym applet area audio b base bdi bdo big button canvas cite code col colgroup "
    "data datalist del details dfn dialog em embed font frame i iframe img input ins kbd label "
    "link map mark meta meter nobr noscript object output param picture progress q rp rt ruby s "
    "samp script search select slot small source span strike strong style sub sup svg template "
    "textarea time track tt u var video wbr"
)

_MARKUP = re.compile(
    r"<!--[^-]*(?:-(?!->)[^-]*)*(?:-->|\Z)"  # a comment; an open one lasts to the end
    r"|<![a-zA-Z\[][^<>]*>|<\?[^<>]*>"
    r"|<(script|style|iframe|svg|template|noscript|object)\b[^<>]*>[^<]*(?:<(?!/\1)[^<]*)*"
    r"(?:</\1[^<>]*>?|\Z)"
    r"|<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[\s/](?=((?:[^<>\"']|\"[^<\"]*\"|'[^<']*'|[\"'])*))\4)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def plain(text: str) -> str:
    """``text`` without tags, entities, invisible characters and runs of white space."""
    if not text.isprintable() or "<" in text or "&" in text:
        if "<" in text:
            text = _MARKUP.sub(_without_markup, text)
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        # White space first: a line end is a control character too.
        text = _INVISIBLE.sub("", " ".join(text.split()))
    elif "  " not in text and text[:1] != " " and text[-1:] != " ":
        return str(text)  # which it may be by inheritance only
    return " ".join(text.split())


def _without_markup(match: re.Match[str]) -> str:
    name = match[3]
    if name is None:
        return " "
    name = name.lower()
    if name in _BLOCKS:
        return " "
    return "" if name in _INLINE else match[0]  # List<int> is no tag of HTML


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def cut(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, cut behind a word where one ends nearby."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word_end = head.rfind(" ", max(0, limit - 40))
    return (head if word_end < 0 else head[:word_end]).rstrip() + "…"


# ── the first paragraph of a body ────────────────────────────────────────────────────────────

_BREAKS = "|".join(sorted(_BLOCKS - {"br"}))
_SKIPPED_BLOCK = re.compile(
    r"<!--[^-]*(?:-(?!->)[^-]*)*(?:-->|\Z)"
    r"|<(h[1-6]|script|style|pre|iframe|svg|head|template|noscript|object|table|figure|nav)\b"
    r"[^<>]*>[^<]*(?:<(?!/\1)[^<]*)*(?:</\1[^<>]*>?|\Z)",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(rf"</?(?:{_BREAKS})\b[^<>]*>", re.IGNORECASE)

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Lines that belong to no paragraph: headings, rules, tables, link definitions, template tags.
_NO_TEXT = re.compile(
    r" {0,3}(?:#{1,6}(?:\s|$)|([-*_])[ \t]*(?:\1[ \t]*){2,}$|\||\[[^\]\n]*\]:|\{[%:])|(?: {4}|\t)"
)
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_MARKER = re.compile(r"\s*(?:[-*+]\s+(?:\[[ xX]\]\s+)?|[0-9]{1,9}[.)]\s+)")

_INLINE_MARKS = (
    (re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])"), ""),  # image
    (re.compile(r"\[\^[^\[\]\s]+\]"), ""),  # footnote
    (re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^\[\]]*\])"), r"\1"),  # link
    (re.compile(r"<((?:https?://|mailto:)[^\s<>]*)>"), r"\1"),
    (re.compile(r"\{(?:\{[^{}]*\}|%[^{}]*%)\}"), ""),
    (re.compile(r"(?<![\\`])(`{1,3})([^`]+)\1(?!`)"), r"\2"),
)
_EMPHASIS = (
    re.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*]+)(?<=[^\s\\])\1(?![\w*])"),
    re.compile(r"(?<![\w_\\])(_{1,3})(?=\S)([^_]+)(?<=[^\s\\])\1(?![\w_])"),
    re.compile(r"(?<![~\\])(~~)(?=\S)([^~]+)(?<=[^\s\\])\1(?!~)"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def first_paragraph(body: str) -> str:
    """The first paragraph of an HTML or Markdown body that says something, as plain text.

    Headings, code, tables and pictures are passed over. Empty where the body has no paragraph.
    """
    for paragraph in _paragraphs(body[:_MAX_BODY]):
        text = plain(_without_marks(paragraph[:_MAX_PARAGRAPH]))
        if any(c.isalnum() for c in text):
            return text
    return ""


def _paragraphs(body: str) -> Iterator[str]:
    body, tags = _BLOCK_TAG.subn("\n\n", _SKIPPED_BLOCK.sub("\n\n", _without_fences(body)))
    lines: list[str] = []
    for written in body.split("\n"):
        # In HTML an indent means nothing, in Markdown four blanks mean code.
        line = written.strip() if tags else _QUOTE.sub("", written, count=1)
        if lines and _UNDERLINE.match(line):
            lines = []  # what stood above was a heading
            continue
        marker = _MARKER.match(line)
        if marker is None and line.strip() and (not _NO_TEXT.match(line) or _goes_on(lines, line)):
            lines.append(line)
            continue
        if lines:
            yield " ".join(lines)
        lines = [] if marker is None else [line[marker.end() :]]
    if lines:
        yield " ".join(lines)


def _goes_on(lines: list[str], line: str) -> bool:
    """Whether an indented line goes on with a paragraph; alone it is code."""
    return bool(lines) and line[:1] in " \t" and not _NO_TEXT.match(line.lstrip())


def _without_fences(body: str) -> str:
    kept: list[str] = []
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
            kept.append("")
        else:
            kept.append(line)
    return "\n".join(kept)


def _without_marks(text: str) -> str:
    for pattern, replacement in _INLINE_MARKS:
        text = pattern.sub(replacement, text)
    for pattern in _EMPHASIS:
        for _ in range(2):  # **bold with *more* inside**
            text = pattern.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)
