"""Bring texts and names of bibliographic records into one shape, whatever the format that carried them."""

import re

__all__ = ["flip_name", "join_name", "split_authors", "tidy", "tidy_paragraphs"]

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_INDENTED = re.compile(r"\n {2,}(?=\S)")
_AND = re.compile(r",? and (?=\S)|[,;] ?")
_PARENTHESES = re.compile(r"\([^()]{0,500}\)")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)


def tidy(text: str) -> str:
    r"""``text`` in one line, with single spaces.

    Examples:
        >>> tidy(" On\n  Trees ")
        'On Trees'
    """
    return " ".join(text.split())


def tidy_paragraphs(text: str, *, indented: bool = False) -> str:
    r"""``text`` with each paragraph in one line; with ``indented`` a line that begins with spaces begins one.

    Examples:
        >>> tidy_paragraphs(" We show\n it.\n\nWe too.\n")
        'We show it.\nWe too.'
        >>> tidy_paragraphs("  We show\nit.\n  We too.\n", indented=True)
        'We show it.\nWe too.'
    """
    text = text.strip()
    line = text.replace("\n", " ")
    if "  " not in line and line.isprintable():
        return line  # What most texts are: no white space but single spaces and line feeds.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if indented:
        text = _INDENTED.sub("\n\n", text)
    return "\n".join(filter(None, (" ".join(part.split()) for part in _BLANK_LINES.split(text))))


def join_name(given: str, family: str, suffix: str = "") -> str:
    """A person's name in the order in which it is spoken.

    Examples:
        >>> join_name("Ada", "Lovelace"), join_name("", "Plato"), join_name("Sammy", "Davis", "Jr.")
        ('Ada Lovelace', 'Plato', 'Sammy Davis Jr.')
    """
    return " ".join(f"{given} {family} {suffix}".split())


def flip_name(name: str) -> str:
    """A name that is written family name first, in the order in which it is spoken.

    Examples:
        >>> flip_name("Lovelace, Ada"), flip_name("Plato"), flip_name("Davis, Jr., Sammy")
        ('Ada Lovelace', 'Plato', 'Sammy Davis Jr.')
    """
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2:
        return join_name(parts[1], parts[0])
    if len(parts) == 3:
        suffix, given = (parts[1], parts[2]) if _SUFFIX.fullmatch(parts[1]) else (parts[2], parts[1])
        return join_name(given, parts[0], suffix)
    return " ".join(name.split())


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a list as arXiv writes it, without affiliations in parentheses.

    Examples:
        >>> split_authors("A. Lovelace (Analytical Engine, London), C. Babbage and M. Somerville")
        ('A. Lovelace', 'C. Babbage', 'M. Somerville')
    """
    if "(" in text:
        text = _PARENTHESES.sub(" ", text[:100_000])
        text = _PARENTHESES.sub(" ", text)
    names = [" ".join(name.split()) for name in _AND.split(" ".join(text.split()))]
    return tuple(name for name in names if name)
