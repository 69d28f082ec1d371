"""Text and addresses of strangers in; text and addresses that Discord shows as they are, out.

Where a text goes decides how it is made harmless, because Discord reads each place differently:

- *Descriptions, field values, titles and field names* render markdown (the last two without links
  and blocks) and honour backslashes: ``plain``.
- *The words of a masked link* render markdown but show every backslash, and lose all zero-width
  characters before they are read. A mention or an address there undoes the whole link, so that the
  reader sees brackets. Neither escape nor zero-width space can help: ``masked_link`` puts
  characters of the same look in place of those that format.
- *Author names and footers* render nothing, so a backslash would be seen: ``one_line`` alone.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit

URL_LIMIT = 2048
LABEL_LIMIT = 256

_ZERO_WIDTH_SPACE = "\u200b"
_JOINER = "\u200d"
_NEVER_LAST = _JOINER + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))

# Controls that are not blanks, halves of surrogate pairs (they cannot be sent as UTF-8), the byte
# order mark, and all that embeds, overrides or isolates direction: one of these, left open or
# closed too often by an article, would turn around what stands after it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# What opens a mention, a custom emoji, a timestamp or a command after '<', or pings after '@'.
_MENTION = re.compile(r"<(?=[@#/:]|\w+:)|@(?=everyone|here)")
# What a backslash takes the meaning from. '(' after ']' is among them because Discord looks for
# the end of a masked link without regard to backslashes: `[ours](url) \](theirs)` is one link.
# A set comes first, and what must stand around it after: so the search skips ordinary text fast.
_MARKUP = re.compile(
    r"[\\*_`\[\]~|<(:](?:"
    r"(?<=[\\*_`\[\]])"  # emphasis, code, links; and the backslash itself
    r"|(?<=~)(?=~)|(?<=\|)(?=\|)"  # strike-through and spoilers: the first of each pair
    r"|(?<=<)(?! )|(?<=\]\()"  # links in '<>', even over a line's end; masked links
    r"|(?<=:)(?=//|[\w+-]+:))"  # bare addresses; :emoji:
)
# Headings, small print, lists and quotes; the place just before the character that makes them.
_LINE_START = re.compile(r"^(?:(?=[-#>])|\d+(?=\.(?:\s|$)))", re.MULTILINE)

# What Discord takes out of the words of a masked link before it reads them: format characters and
# fillers. Left in, they would hide from us what it finds.
_UNREAD = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001-\U000e007f]"
)
# What may not be in the words of a masked link. '_' within a word formats nothing and stays; of
# pairs it is enough to take away what would close or begin them.
_LABEL_MARKUP = re.compile(
    r"[\\*`\[\]_~|<>@:](?:"
    r"(?<=[\\*`\[\]])|(?<=_)(?=[\W_]|$)|(?<=~)(?=~)|(?<=\|)(?=\|)"
    r"|(?<=<)(?=\S)|(?<=\S>)|(?<=@)(?=everyone|here)|(?<=:)(?=[\w+-]+:))"
)
_LOOK_ALIKE = {
    "\\": "\N{SET MINUS}",
    "*": "\N{ASTERISK OPERATOR}",
    "`": "\N{REVERSED PRIME}",
    "_": "\N{MODIFIER LETTER LOW MACRON}",
    "~": "\N{TILDE OPERATOR}",
    "|": "\N{DIVIDES}",
    "[": "(",
    "]": ")",
    "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    "@": "\N{FULLWIDTH COMMERCIAL AT}",
    ":": "\N{RATIO}",
}

# Discord refuses the whole message for one address whose host has no dot, and has been seen to
# refuse it for an underscore in the host: a card without its link or image is the lesser loss.
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST_ALONE = re.compile(_HOST, re.IGNORECASE)
_PLAIN_URL = re.compile(
    rf"(?-i:https?)://{_HOST}(?::\d{{1,4}})?(?:[/?#][\w\-.~:/?#@!$&'*+,;=%]*)?",
    re.IGNORECASE | re.ASCII,
)
_URL_SAFE = "-._~:/?@!$&'*+,;=%"


def one_line(text: str) -> str:
    """The visible text on one line with single blanks; empty if nothing in it can be seen."""
    return _seen(" ".join(_cleared(text).split()))


def paragraphs(text: str) -> str:
    """As ``one_line``, but line breaks stay, and of several empty lines one."""
    lines: list[str] = []
    for line in _cleared(text).splitlines():
        words = " ".join(line.split())
        if words or (lines and lines[-1]):
            lines.append(words)
    return _seen("\n".join(lines).strip())


def _cleared(text: str) -> str:
    # What Python finds printable holds none of it; asking is ten times faster than searching.
    return text if text.isprintable() else _UNWANTED.sub("", text)


def _seen(text: str) -> str:
    return text if _VISIBLE.search(text) else ""


def plain(text: str, limit: int | None = None) -> str:
    """``text`` as Discord must write it to show just that where it renders markdown.

    Backslashes take the meaning from formatting: the reader, and who copies the text, never sees
    them. Mentions get a zero-width space as well: the API looks for them without regard to
    backslashes. Line breaks stay; controls and blanks too many go. With a ``limit`` the result is
    shortened to so many code points, and a text much longer costs no more.
    """
    text = paragraphs(text)
    if limit is not None:
        # Escapes make no text shorter, and of what is left no more than two blanks end it.
        text = text[: limit + 3]
    if "<" in text or "@" in text:
        text = _MENTION.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", text)
    text = _LINE_START.sub(r"\g<0>\\", _MARKUP.sub(lambda found: "\\" + found[0], text))
    return text if limit is None else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """``text`` without outer blanks in at most ``limit`` code points, '…' where it was cut.

    It is cut between words, unless the last word would take more than half the room: then inside
    it, but never inside what is shown as one character, nor between a backslash and what it
    escapes. So the result of ``plain`` can be shortened.
    """
    text = text.strip()
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = limit - 1
    if not text[end].isspace():
        blank = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
        if blank >= limit // 2:
            end = blank
        else:
            while end and _one_character(text, end):
                end -= 1
    kept = text[:end].rstrip(_NEVER_LAST)
    while (len(kept) - len(kept.rstrip("\\"))) % 2:
        kept = kept[:-1].rstrip(_NEVER_LAST)
    return kept + "…"


def _one_character(text: str, at: int) -> bool:
    """Whether the code points before and after ``at`` are shown as one character."""
    before, after = text[at - 1], text[at]
    if before == _JOINER or after == _JOINER or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True  # the colour of a skin; the letters of a regional flag
    if before not in _FLAG_LETTERS or after not in _FLAG_LETTERS:
        return False
    return (at - len(text[:at].rstrip(_FLAG_LETTERS))) % 2 == 1  # letters of flags come in pairs


def masked_link(text: str, url: str, limit: int = LABEL_LIMIT) -> str | None:
    """``[text](url)`` with ``text`` in at most ``limit`` code points; None if either is unusable.

    For descriptions and field values only: Discord knows masked links nowhere else in an embed.
    """
    target = safe_url(url)
    words = text if text.isascii() else _UNREAD.sub("", text)
    words = one_line(words)[: limit + 2].replace("://", ": //")
    label = shorten(_LABEL_MARKUP.sub(lambda found: _LOOK_ALIKE[found[0]], words), limit)
    if target is None or not label:
        return None
    # Outside the brackets: Discord takes direction marks out of a link's words.
    return isolate(f"[{label}]({target})")


def isolate(text: str) -> str:
    """``text`` kept from reordering its neighbours, if it holds right-to-left characters."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    return f"\u2068{text}\u2069"


def safe_url(url: str, limit: int = URL_LIMIT) -> str | None:
    """The address as ASCII that Discord accepts and a masked link can hold, or None.

    Only http and https, a host with a dot, no user or password, at most ``limit`` characters. What
    could end a masked link is percent-encoded, and so are blanks and letters beyond ASCII.
    """
    url = url.strip()
    if len(url) > limit:
        return None
    if not _PLAIN_URL.fullmatch(url):
        url = _mended(url)
    return url if 0 < len(url) <= limit else None


def _mended(url: str) -> str:
    """``url`` percent-encoded and with its host in Punycode; empty if it is beyond mending."""
    if not url.isprintable():
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return ""
    if not _HOST_ALONE.fullmatch(host):
        return ""
    rest = quote(parts.path, _URL_SAFE)
    if parts.query:
        rest += "?" + quote(parts.query, _URL_SAFE)
    if parts.fragment:
        rest += "#" + quote(parts.fragment, _URL_SAFE)
    return f"{parts.scheme}://{host}{port}{rest}"
