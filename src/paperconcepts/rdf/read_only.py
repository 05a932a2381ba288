"""Refuse queries that are more than a question to the data at hand, before any engine sees them.

Oxigraph's parser reads characters, not words: ``SERVICE:x{...}``, ``1SERVICE?x{...}`` and ``SERVICESILENTex:x{...}``
all send a request. So the rule here is about characters too: outside strings, comments, IRIs, variables and the local
part of prefixed names, the letters of SERVICE may not occur at all.
"""

import re
from collections.abc import Iterator

from paperconcepts.errors import QueryError

__all__ = ["MAX_QUERY_LENGTH", "check_read_only", "find_values"]

MAX_QUERY_LENGTH = 1_000_000
"""How many characters a query may have. The longest that people write by hand have some ten thousand."""

# Oxigraph's parser calls itself for every bracket, and ends the process when its stack is full.
_MAX_DEPTH = 200

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_REASONS = {
    "SERVICE": "queries never use the network; if it is only part of a name, write that IRI in full between < and >",
    "FROM": "a query sees all of the file it is asked of, and nothing else; leave the clause out",
}
_UPDATE_REASON = "queries only read; use SELECT, ASK, CONSTRUCT or DESCRIBE"

# All that may be part of a name, and more: a character that is part of none is a syntax error for the engine, but
# one taken too early for the end of a name would let the rest be read as something else.
_NAME = "0-9A-Za-z_\u0080-\U0010ffff"
_TOKEN = re.compile(
    rf"""
    (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    |\#[^\r\n]*
    |\"\"\"(?>(?:"{{0,2}}(?:[^"\\]|\\.))*)\"\"\"|'''(?>(?:'{{0,2}}(?:[^'\\]|\\.))*)'''
    |(?P<unclosed_long>\"\"\"|''')
    |"(?>(?:[^"\\\r\n]|\\.)*)"|'(?>(?:[^'\\\r\n]|\\.)*)'
    |(?P<unclosed>["'])
    |[?$](?P<variable>[{_NAME}]+)
    |@[A-Za-z]+(?:-[A-Za-z0-9]+)*
    |(?P<open>[({{\[])|(?P<close>[)}}\]])
    |_:[{_NAME}-]*
    |(?=[{_NAME}:-])(?P<name>[{_NAME}-]*+)(?P<local>:(?:[{_NAME}:%-]|\\\S|\.+(?=[{_NAME}:%\\-]))*)?
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile("[A-Z]+")
_FORBIDDEN = re.compile(rf"SERVICE|\b(?:FROM|{'|'.join(sorted(_UPDATES))})\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# "//" can follow no operator, so a "<" before such a name opens an IRI; any other may be a "less than".
_PLAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


def check_read_only(sparql: str) -> frozenset[str]:
    r"""Return the bare words of a query in upper case, if it only reads the data at hand.

    Words in comments, strings, IRIs, variables and local names do not count. The query is looked at as it stands and
    with its ``\uXXXX`` escapes resolved, because engines differ in where they resolve them.

    Raises:
        QueryError: it holds SERVICE, FROM or an update; the message names the word and its place. Or it is too long,
            too deeply nested, or has a long string without an end.

    Examples:
        >>> sorted(check_read_only("SELECT ?service WHERE { ?service ?p 'SERVICE' } # LOAD"))
        ['SELECT', 'WHERE']
        >>> check_read_only("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.QueryError: SERVICE at line 1, column 12 is not allowed: queries never use the network...
    """
    if len(sparql) > MAX_QUERY_LENGTH:
        raise QueryError(
            f"the query has {len(sparql):,} characters, more than {MAX_QUERY_LENGTH:,}; ask it in parts, "
            "or put what it lists into the data"
        )
    words = frozenset(_checked_words(sparql))
    resolved = _ESCAPE.sub(_resolve, sparql)
    return words if resolved == sparql else words | frozenset(_checked_words(resolved))


def _resolve(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number <= 0x10FFFF else match[0]


def _checked_words(sparql: str) -> Iterator[str]:
    forbidden = _FORBIDDEN.search(sparql)
    depth = 0
    for match in _TOKEN.finditer(sparql):
        if match["iri"]:
            if forbidden and _is_doubtful(match[0]):
                raise _refusal(forbidden[0].upper(), sparql, match.start())
            continue
        if match["unclosed"] or match["unclosed_long"]:
            raise QueryError(f"the string that begins at {_place(sparql, match.start())} has no end")
        depth += bool(match["open"]) - bool(match["close"])
        if depth > _MAX_DEPTH:
            raise QueryError(f"brackets are nested more than {_MAX_DEPTH} deep at {_place(sparql, match.start())}")
        name = (match["name"] or "").upper()
        # Oxigraph ends a prefixed name at its second dot, or before a dot that follows the colon.
        dotted = (match["local"] or "").partition(".")[2].upper()
        if "SERVICE" in name or "SERVICE" in dotted:
            raise _refusal("SERVICE", sparql, match.start())
        if match["local"] is not None:
            continue
        for word in _WORD.findall(name):
            if word == "FROM" or word in _UPDATES:
                raise _refusal(word, sparql, match.start())
            yield word


def find_values(sparql: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name of the variable of each ``VALUES ?name { ... }``, and where its braces begin and end inside.

    Strings, comments and IRIs are passed over.

    Examples:
        >>> list(find_values("ASK { VALUES ?a {1} } # VALUES ?b {2}"))
        [('a', 17, 18)]
    """
    seen: list[str] = []
    start = 0
    for match in _TOKEN.finditer(sparql):
        if match[0][:1] == "#":
            continue
        if match[0].upper() == "VALUES" and match["name"]:
            seen = ["VALUES"]
        elif seen == ["VALUES"] and match["variable"]:
            seen.append(match["variable"])
        elif len(seen) == 2 and match[0] == "{":
            seen.append("{")
            start = match.end()
        elif len(seen) == 3 and match[0] == "}":
            yield seen[1], start, match.start()
            seen = []
        elif len(seen) < 3 or match["open"] or match["close"]:
            seen = []


def _is_doubtful(token: str) -> bool:
    # "FILTER(?a<2)SERVICE?x#>" holds no IRI, and after "?a<'''#>" we would take text for code and code for text.
    return not _PLAIN_IRI.match(token) and ("'" in token or "#" in token or "SERVICE" in token.upper())


def _refusal(word: str, sparql: str, place: int) -> QueryError:
    reason = _REASONS.get(word, _UPDATE_REASON)
    return QueryError(f"{word} at {_place(sparql, place)} is not allowed: {reason}")


def _place(sparql: str, place: int) -> str:
    return f"line {sparql.count(chr(10), 0, place) + 1}, column {place - sparql.rfind(chr(10), 0, place)}"
