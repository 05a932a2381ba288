"""Make any text fit for every viewer file: legal in XML, encodable, one line."""

import re
from urllib.parse import urlsplit

__all__ = ["clean_line", "cut_line", "is_clean", "keep_web_url", "mask_text"]

_SURROGATE = re.compile("[\ud800-\udfff]")
# What XML 1.0 cannot hold, not even escaped: most control characters, surrogates and two noncharacters.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_URL = re.compile(r"[\s<>\"`{}|\\^]|[^\x21-\U0010ffff]")


def clean_line(text: str) -> str:
    r"""Return ``text`` as one line without characters that XML or UTF-8 cannot hold.

    Lone surrogates become U+FFFD, so that a reader sees that something was there; illegal control characters are
    dropped; every run of white space, line breaks included, becomes one space.

    Examples:
        >>> clean_line("a\x0bb\n  c \ud800")
        'ab c �'
    """
    return " ".join(_ILLEGAL.sub("", _SURROGATE.sub("\ufffd", text)).split())


def is_clean(text: str) -> bool:
    r"""Whether ``text`` holds no character that XML or UTF-8 cannot hold.

    Examples:
        >>> is_clean("a\n"), is_clean("a\x00")
        (True, False)
    """
    return _ILLEGAL.search(text) is None


def mask_text(text: str) -> str:
    r"""Return ``text`` with every illegal character replaced by U+FFFD, so that offsets into it stay true.

    Examples:
        >>> mask_text("a\x0bb\n")
        'a�b\n'
    """
    return _ILLEGAL.sub("\ufffd", text)


def cut_line(text: str, length: int) -> str:
    """Return ``text`` with at most ``length`` characters, cut at a word where one ends near.

    Examples:
        >>> cut_line("We propose LoRA.", 12)
        'We propose…'
    """
    if len(text) <= length:
        return text
    head = text[: length - 1]
    words = head.rsplit(" ", 1)[0]
    return (words if 2 * len(words) > length else head).rstrip() + "…"


def keep_web_url(url: str) -> str:
    """Return ``url`` if it is a plain http or https address, else the empty string.

    Nothing else may become a link: ``javascript:`` and ``data:`` addresses run code in the reader's page.

    Examples:
        >>> keep_web_url("https://arxiv.org/abs/2106.09685")
        'https://arxiv.org/abs/2106.09685'
        >>> keep_web_url("javascript:alert(1)")
        ''
    """
    url = clean_line(url)
    if _NOT_IN_URL.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:  # for example an unfinished IPv6 address
        return ""
    return url if parts.scheme in {"http", "https"} and parts.hostname else ""
