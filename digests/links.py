"""In: an address as a file has it. Out: an absolute web link fit to post, or why it is none."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from urllib.parse import urljoin

MAX_LINK = 2048  # characters

# A label holds no character that a browser could take for the end of the host.
_LABEL = r"[0-9A-Za-z_\-\u0080-\U0010ffff]{1,63}"
_WEB_LINK = re.compile(
    rf"https?://({_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{{1,5}}))?"
    r'(?:[/?#][^ \\<>"]*)?'
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class LinkFault(Enum):
    """Why an address cannot be posted."""

    RELATIVE = "relative, with nothing to resolve it against"
    BAD = "not a web address"


def web_link(raw: str, base: str | None = None) -> str | LinkFault:
    """Make ``raw`` an absolute http(s) link of at most 2,048 characters.

    A relative address is appended to ``base`` (its path included, also before a leading slash:
    the base is where the site begins). User names, blanks, control characters and whatever a
    browser would read as another host are refused.
    """
    link = raw.strip(" \t\n")
    if not link.startswith(("https://", "http://")):
        resolved = _resolve(link, base)
        if isinstance(resolved, LinkFault):
            return resolved
        link = resolved
    return link if _is_web_link(link) else LinkFault.BAD


def _resolve(link: str, base: str | None) -> str | LinkFault:
    """``link`` with a scheme in small letters, and a host."""
    if link.startswith("//"):
        return "https:" + link
    scheme = _SCHEME.match(link)
    if scheme is not None:
        return scheme[0].lower() + link[scheme.end() :]
    if base is None:
        return LinkFault.RELATIVE
    try:
        return urljoin(base.rstrip("/") + "/", link.lstrip("/"))
    except ValueError:
        return LinkFault.BAD


def _is_web_link(link: str) -> bool:
    # No blank is left by "printable" but the common one, which the pattern refuses.
    if len(link) > MAX_LINK or not link.isprintable():
        return False
    match = _WEB_LINK.fullmatch(link)
    if match is None:
        return False
    host, port = match.groups()
    return (port is None or 0 < int(port) < 65536) and (host.isascii() or _is_plain_host(host))


def _is_plain_host(host: str) -> bool:
    """Whether normalising the host, as browsers do, leaves only letters, marks and digits."""
    return all(
        c in "-._" or unicodedata.category(c)[0] in "LMN"
        for c in unicodedata.normalize("NFKC", host)
    )
