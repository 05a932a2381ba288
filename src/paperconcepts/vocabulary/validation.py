"""Check catalogue files: what would break the catalogue (errors), and what a reviewer should look at (warnings)."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from paperconcepts.model import ConceptType
from paperconcepts.vocabulary.catalogue import COLUMNS, CatalogueEntry, RowFlaw, read_rows
from paperconcepts.vocabulary.common_words import EVERYDAY_WORDS, GENERIC_NAMES
from paperconcepts.vocabulary.location import ontology_path
from paperconcepts.vocabulary.normalisation import normalise_form, slug

__all__ = ["CatalogueReport", "Finding", "Severity", "case_counts", "validate_catalogue"]


class Severity(StrEnum):
    """How bad a finding is: an error makes the catalogue wrong, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What a check found: the place, the rule, the value it concerns, what is the matter and what to do."""

    file: str
    line: int
    rule: str
    severity: Severity
    value: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """The findings on some catalogue files, sorted by place.

    Attributes:
        files: names of the files.
        concepts: number of their rows that make a concept.
        findings: what the checks found.
    """

    files: tuple[str, ...]
    concepts: int
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """How many findings are of this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "files": list(self.files),
            "concepts": self.concepts,
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "findings": [asdict(finding) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that makes an entry, with its place."""

    file: str
    line: int
    cells: tuple[str, ...]
    entry: CatalogueEntry

    @property
    def id(self) -> str:
        return self.entry.concept.id

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def error(self, rule: str, value: str, message: str, advice: str) -> Finding:
        return Finding(self.file, self.line, rule, Severity.ERROR, value, message, advice)

    def warning(self, rule: str, value: str, message: str, advice: str) -> Finding:
        return Finding(self.file, self.line, rule, Severity.WARNING, value, message, advice)


def validate_catalogue(files: Iterable[str | Path] = (), *, with_shipped: bool = False) -> CatalogueReport:
    r"""Check catalogue files; without ``files``, those that ship with paperconcepts.

    With ``with_shipped`` the files are read as additions to the shipped ones: their broader concepts may stand there,
    and their names must not clash with those there. Findings concern the given files only.

    Raises:
        CatalogueError: a file cannot be read or is not UTF-8.

    Examples:
        >>> validate_catalogue().count(Severity.ERROR)
        0
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "mine.tsv"
        >>> row = ["emu-net", "EmuNet", "Modle", "", "", "", "", ""]
        >>> _ = path.write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n")
        >>> [(finding.line, finding.rule, finding.value) for finding in validate_catalogue([path]).findings]
        [(2, 'type', 'Modle')]
    """
    named = [(Path(path), str(path)) for path in files]
    shipped = [(path, path.name) for path in sorted(ontology_path("concepts").glob("*.tsv"))]
    given = named or shipped
    findings: list[Finding] = []
    rows: list[_Row] = []
    # The shipped rows come first, so that a clash is laid to the row that was added.
    for path, name in [*shipped, *named] if with_shipped and named else given:
        for row in read_rows(path):
            if row.entry is not None:
                rows.append(_Row(name, row.line, row.cells, row.entry))
            findings += [_of_flaw(name, row.line, row.cells, flaw) for flaw in row.flaws]
    for check in _CHECKS:
        findings += check(rows)
    names = {name for _, name in given}
    kept = tuple(sorted({finding for finding in findings if finding.file in names}))
    return CatalogueReport(tuple(name for _, name in given), sum(row.file in names for row in rows), kept)


def case_counts(form: str) -> bool:
    """Whether a form is found only as it is written: it is short, or has capitals beyond the first letters of words.

    Examples:
        >>> case_counts("LoRA"), case_counts("BERTScore"), case_counts("Beam Search")
        (True, True, False)
    """
    return len(form) <= 4 or any(c.isupper() for word in _SEPARATORS.split(form) for c in word[1:])


_STRAY = re.compile(r"^ |  | (?=\||$)|(?<=\|) ")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–]+")
_SLUG_ADVICE = "use lower-case letters, digits and single hyphens"
_FLAW_ADVICE = {
    "header": "copy the header line of a shipped file; it is also what 'paperconcepts catalogue suggest' writes",
    "columns": "separate the columns by single tabs; empty columns keep their tab",
    "label": "give the concept a name",
    "type": f"use one of {', '.join(ConceptType)}",
    "case": "use 'exact' or leave it empty",
}


def _of_flaw(file: str, line: int, cells: tuple[str, ...], flaw: RowFlaw) -> Finding:
    advice = _FLAW_ADVICE.get(flaw.rule, "correct the value")
    if flaw.rule == "header" and flaw.value.startswith("\ufeff"):
        advice = "save the file without a byte order mark"
    if flaw.rule == "id":
        label = cells[1].strip()
        advice = f"{_SLUG_ADVICE}: {slug(label)}" if label else _SLUG_ADVICE
    return Finding(file, line, flaw.rule, Severity.ERROR, flaw.value, flaw.message, advice)


_Findings = Iterator[Finding]


def _check_characters(rows: Sequence[_Row]) -> _Findings:
    """Text is compared in NFC and without control characters, so a name that has them is never found."""
    for row in rows:
        for column, cell in zip(COLUMNS, row.cells, strict=True):
            if cell.isascii() and cell.isprintable() and not _STRAY.search(cell):
                continue
            if not unicodedata.is_normalized("NFC", cell):
                yield row.error("not-nfc", cell, f"{column} {cell!r} is not in Unicode NFC", "write it in NFC")
            if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in cell):
                message = f"{column} {cell!a} holds a control or invisible character"
                yield row.error("control-character", cell, message, "remove it")
            if any(part != " ".join(part.split()) for part in cell.split("|")):
                message = f"{column} {cell!r} has outer, doubled or odd spaces"
                yield row.warning("stray-space", cell, message, "use single plain spaces between words only")


def _check_forms(rows: Sequence[_Row]) -> _Findings:
    """A form can be found, is listed once, and is not a word that texts use of anything."""
    for row in rows:
        entry = row.entry
        counts = Counter(entry.forms)
        readings: dict[str, str] = {}
        for form in counts:
            if counts[form] > 1:
                message = f"{form!r} stands {counts[form]} times among label and aliases"
                yield row.error("repeated-form", form, message, "list it once")
            if not normalise_form(form):
                message = f"{form!r} holds nothing that could be found in a text"
                yield row.error("unfindable-form", form, message, "remove it")
            if normalise_form(form) in GENERIC_NAMES and form[1:] == form[1:].lower():
                message = f"{form!r} is a word that any paper uses of anything"
                yield row.error("generic-form", form, message, "remove it")
            words = " ".join(_SEPARATORS.split(form))
            reading = words if entry.case or case_counts(form) else words.lower()
            first = readings.setdefault(reading, form)
            if first != form and not entry.context:
                message = f"{form!r} is found by {first!r} already: hyphens, and case in plain words, are ignored"
                yield row.warning("needless-alias", form, message, "remove the alias")
            if not entry.case and not entry.context:
                yield from _unsafe(row, form)


def _unsafe(row: _Row, form: str) -> _Findings:
    advice = "add context words, or case 'exact' if the spelling tells it apart, or remove the form"
    if sum(c.isalnum() for c in form) <= 3:
        yield row.warning("short-form", form, f"{form!r} is so short that other things bear it too", advice)
    elif form.lower() in EVERYDAY_WORDS and not case_counts(form):
        yield row.warning("common-word", form, f"{form!r} is found wherever a text has this everyday word", advice)


def _check_context(rows: Sequence[_Row]) -> _Findings:
    """Context words are compared with lower-cased text."""
    for row in rows:
        for word in row.entry.context:
            if word != word.lower():
                message = f"context {word!r} has capitals and is compared with lower-cased text"
                yield row.error("context-case", word, message, f"write {word.lower()!r}")


def _check_ids(rows: Sequence[_Row]) -> _Findings:
    """An id is used once; the rows of a file are sorted by it, so that a difference of two versions is short."""
    seen: dict[str, _Row] = {}
    unsorted: set[str] = set()
    for before, row in zip([None, *rows], rows, strict=False):
        first = seen.setdefault(row.id, row)
        if first is not row:
            message = f"id {row.id!r} is that of {first.place} already"
            yield row.error("duplicate-id", row.id, message, "merge the two rows, or give one of them another id")
        if before is not None and before.file == row.file and row.id < before.id and row.file not in unsorted:
            unsorted.add(row.file)
            message = f"id {row.id!r} stands after {before.id!r}"
            yield row.warning("unsorted", row.id, message, "sort the rows of the file by id")


def _check_clashes(rows: Sequence[_Row]) -> _Findings:
    """A form of several concepts is told apart by context words: all of them but one have some, and not the same."""
    bearers: dict[str, dict[str, tuple[_Row, str]]] = defaultdict(dict)
    for row in rows:
        for form in row.entry.forms:
            bearers[normalise_form(form)].setdefault(row.id, (row, form))
    for key, found in bearers.items():
        if len(found) > 1 and key:
            yield from _told_apart(list(found.values()))


def _told_apart(found: list[tuple[_Row, str]]) -> _Findings:
    plain = [(row, form) for row, form in found if not row.entry.context]
    for row, form in plain[1:]:
        first = plain[0][0]
        ours, theirs = row.entry.concept.type, first.entry.concept.type
        rule = "form-clash" if ours is theirs else "type-clash"
        message = f"{form!r} is a name of {first.id!r} ({theirs}, {first.place}) and of {row.id!r} ({ours})"
        yield row.error(rule, form, message, "drop it from one of them, merge them, or give one of them context words")
    words: dict[str, _Row] = {}
    for row, form in found:
        for word in row.entry.context:
            other = words.setdefault(word, row)
            if other is not row:
                message = f"{form!r} means {other.id!r} ({other.place}) and {row.id!r} where a text has {word!r}"
                yield row.warning("shared-context", word, message, "use different context words")


def _check_broader(rows: Sequence[_Row]) -> _Findings:
    """Broader concepts exist and are of a type that can hold the narrower one."""
    types = {row.id: row.entry.concept.type for row in rows}
    artefact = {ConceptType.METHOD, ConceptType.MODEL}
    for row in rows:
        own = row.entry.concept.type
        for broader in row.entry.concept.broader:
            other = types.get(broader)
            if other is None:
                advice = "correct the id, add the concept, or take it out; --with-shipped knows the shipped concepts"
                yield row.error("broader-missing", broader, f"broader {broader!r} is the id of no concept", advice)
            elif own is not other and not {own, other} <= artefact:
                message = f"{row.id!r} ({own}) stands below {broader!r} ({other})"
                advice = "only methods and models mix; put the concept below one of its own type"
                yield row.warning("broader-type", broader, message, advice)


def _check_cycles(rows: Sequence[_Row]) -> _Findings:
    """No concept is broader than itself, over any number of steps."""
    by_id = {row.id: row for row in rows}
    places = {key: number for number, key in enumerate(by_id)}
    broader = {key: [b for b in row.entry.concept.broader if b in by_id] for key, row in by_id.items()}
    state: dict[str, int] = {}  # 1 = on the way from the start, 2 = done
    for start in by_id:
        if start in state:
            continue
        way, pending = [start], [iter(broader[start])]
        state[start] = 1
        while way:
            step = next(pending[-1], None)
            if step is None:
                state[way.pop()] = 2
                pending.pop()
            elif state.get(step) == 1:
                members = way[way.index(step) :]
                yield _cycle(members, by_id[max(members, key=places.__getitem__)])
            elif step not in state:
                state[step] = 1
                way.append(step)
                pending.append(iter(broader[step]))


def _cycle(members: list[str], row: _Row) -> Finding:
    """A cycle, written from its smallest id on, laid to the row that was read last: an added one, if there is one."""
    first = members.index(min(members))
    cycle = " > ".join([*members[first:], *members[:first], members[first]])
    return row.error("broader-cycle", cycle, f"concepts are broader than themselves: {cycle}", "cut the cycle")


_CHECKS = (
    _check_characters,
    _check_forms,
    _check_context,
    _check_ids,
    _check_clashes,
    _check_broader,
    _check_cycles,
)
