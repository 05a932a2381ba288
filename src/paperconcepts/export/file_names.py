"""File names from titles: readable, and safe on every system."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from paperconcepts.export.cleaning import clean_line

__all__ = ["file_name", "unique_file_names"]

_LONGEST = 120  # bytes: room for a suffix and a temporary name in the 255 that file systems allow
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]%`{}\x00-\x1f\x7f-\x9f]')
# Marks that change the direction of writing or show as nothing: two names would look like one.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff]"
)
# Windows takes these for devices whatever follows the first dot.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?= *(\.|\Z))", re.IGNORECASE)


def file_name(text: str, *, fallback: str = "untitled") -> str:
    """Return ``text`` as the name of a file without its suffix: one part of a path that no system takes amiss.

    Examples:
        >>> file_name("../../etc/passwd"), file_name("CON"), file_name("Is A/B: testing?")
        ('etc passwd', 'CON_', 'Is A B testing')
    """
    name = _INVISIBLE.sub("", unicodedata.normalize("NFC", clean_line(text)))
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(" .-")
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    # Neither a leading dot (hidden) nor a trailing one (lost on Windows).
    name = name.strip(" .-") or fallback
    return _RESERVED.sub(r"\1_", name, count=1) if _RESERVED.match(name) else name


def unique_file_names(titles: Mapping[str, str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """Give each id a file name from its title; those that some system would hold for one get part of a hash.

    The name of an id depends on the set of all titles only, not on their order.

    Args:
        titles: the title of each id.
        taken: file names that are not to be used.

    Examples:
        >>> unique_file_names({"a": "LoRA", "b": "QLoRA"})
        {'a': 'LoRA', 'b': 'QLoRA'}
        >>> sorted(unique_file_names({"a": "LoRA", "b": "LoRa"}).values())
        ['LoRA (ca234c55)', 'LoRa (fd9d3f51)']
    """
    plain = {one: file_name(title) for one, title in titles.items()}
    names, reserved = plain, [_folded(name) for name in taken]
    for size in (4, 16):
        bearers = Counter([*map(_folded, names.values()), *reserved])
        # Every bearer of a name gets a hash, so that none depends on which came first.
        names = {
            one: name if bearers[_folded(name)] == 1 else f"{plain[one]} ({_digest(one, size)})"
            for one, name in names.items()
        }
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).hexdigest()
