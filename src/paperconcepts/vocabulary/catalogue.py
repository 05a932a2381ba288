"""Read the concept catalogue of ``ontology/concepts/*.tsv`` and look names up in it."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from paperconcepts.errors import CatalogueError
from paperconcepts.model import Concept
from paperconcepts.vocabulary.location import ontology_path
from paperconcepts.vocabulary.normalisation import normalise_form

__all__ = ["COLUMNS", "CatalogueEntry", "CatalogueRow", "RowFlaw", "Vocabulary", "load_catalogue", "read_catalogue",
           "read_rows"]  # fmt: skip

COLUMNS = ("id", "label", "type", "aliases", "broader", "case", "context", "definition")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A curated concept with the forms it goes by.

    ``case`` is "" (decided for each form by its spelling) or "exact" (every form only as written). ``context`` holds
    lower-case words, one of which a paper must contain for the entry to be accepted there; empty = everywhere.
    """

    concept: Concept
    aliases: tuple[str, ...]
    case: str
    context: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The label and the aliases."""
        return (self.concept.label, *self.aliases)


class Vocabulary:
    """The catalogue, indexed by id and by normalised form.

    Examples:
        >>> vocabulary = load_catalogue()
        >>> [entry.concept.id for entry in vocabulary.find("LLMs")]
        ['large-language-model']
        >>> vocabulary.find("no such thing")
        ()
    """

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        self.entries: Mapping[str, CatalogueEntry] = _by_id(entries)
        forms: dict[str, list[CatalogueEntry]] = defaultdict(list)
        for entry in self.entries.values():
            for form in entry.forms:
                key = normalise_form(form)
                if entry not in forms[key]:
                    forms[key].append(entry)
        self._forms = {key: tuple(found) for key, found in forms.items()}

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[CatalogueEntry]:
        return iter(self.entries.values())

    def get(self, concept_id: str) -> CatalogueEntry | None:
        """The entry of this id, or None."""
        return self.entries.get(concept_id)

    def find(self, form: str) -> tuple[CatalogueEntry, ...]:
        """The entries that bear this form in any spelling; several for homonyms, in id order."""
        return self._forms.get(normalise_form(form), ())

    def ancestors(self, concept_id: str) -> list[str]:
        """Ids of all broader concepts, nearest first; never ``concept_id`` itself."""
        found: dict[str, None] = {}
        level = [concept_id]
        while level:
            following: list[str] = []
            for current in level:
                entry = self.entries.get(current)
                for broader in entry.concept.broader if entry else ():
                    if broader not in found and broader != concept_id:
                        found[broader] = None
                        following.append(broader)
            level = following
        return list(found)


def _by_id(entries: Iterable[CatalogueEntry]) -> dict[str, CatalogueEntry]:
    result: dict[str, CatalogueEntry] = {}
    for entry in sorted(entries, key=lambda e: e.concept.id):
        if entry.concept.id in result:
            raise CatalogueError(f"concept id {entry.concept.id!r} is used twice; give one of them another id")
        result[entry.concept.id] = entry
    return result


@dataclass(frozen=True, slots=True)
class RowFlaw:
    """What is wrong with a line; ``rule`` is the name of the column, or ``columns`` or ``header``."""

    rule: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A line of a catalogue file: its cells as they stand, and the entry they make or the flaws that forbid one."""

    line: int
    cells: tuple[str, ...]
    entry: CatalogueEntry | None
    flaws: tuple[RowFlaw, ...] = ()


def read_catalogue(path: str | Path) -> list[CatalogueEntry]:
    """Read one catalogue file: UTF-8, tab-separated, ``#`` lines are comments, first other line names the columns.

    Raises:
        CatalogueError: the file cannot be read, or a row has the wrong number of columns or a wrong value; the
            message has file and line.
    """
    entries: list[CatalogueEntry] = []
    for row in read_rows(path):
        if row.entry is None:
            raise CatalogueError(f"{path}, line {row.line}: {row.flaws[0].message}")
        entries.append(row.entry)
    return entries


def read_rows(path: str | Path) -> Iterator[CatalogueRow]:
    """Yield every row of a catalogue file, the bad ones with their flaws; after a wrong header there are no rows.

    Raises:
        CatalogueError: the file cannot be read or is not UTF-8.
    """
    header_seen = False
    for number, line in enumerate(_text(Path(path)).split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(line.rstrip("\r").split("\t"))
        if header_seen:
            entry = _entry(cells)
            yield CatalogueRow(number, cells, *((entry, ()) if isinstance(entry, CatalogueEntry) else (None, entry)))
        elif cells != COLUMNS:
            message = f"the header must be {' '.join(COLUMNS)} (tabs between)"
            yield CatalogueRow(number, cells, None, (RowFlaw("header", line.rstrip("\r"), message),))
            return
        header_seen = True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: not UTF-8: {error}; save it as UTF-8") from error


def _entry(cells: tuple[str, ...]) -> CatalogueEntry | tuple[RowFlaw, ...]:
    """The entry of a row, or why it is none."""
    if len(cells) != len(COLUMNS):
        line = "\t".join(cells)
        return (RowFlaw("columns", line, f"{len(cells)} columns, not {len(COLUMNS)}: {line!r}"),)
    row = dict(zip(COLUMNS, cells, strict=True))
    flaws: list[RowFlaw] = []
    if row["case"] not in ("", "exact"):
        flaws.append(RowFlaw("case", row["case"], f"case is {row['case']!r}; use 'exact' or leave it empty"))
    try:
        concept = Concept.model_validate(
            {
                "id": row["id"],
                "label": row["label"],
                "type": row["type"],
                "broader": _cells(row["broader"]),
                "definition": row["definition"].strip() or None,
                "catalogued": True,
            }
        )
    except ValidationError as error:
        for found in error.errors():
            name, value = str(found["loc"][0]), str(found["input"])
            flaws.append(RowFlaw(name, value, f"{name} is {value!r}: {found['msg']}"))
    if flaws:
        return tuple(flaws)
    return CatalogueEntry(concept, _cells(row["aliases"]), row["case"], _cells(row["context"]))


def _cells(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


@functools.cache
def load_catalogue() -> Vocabulary:
    """Return the catalogue that ships with paperconcepts; it is read once per process.

    Raises:
        CatalogueError: a file of it breaks a rule.
        ConfigurationError: the catalogue is missing from the installation.
    """
    folder = ontology_path("concepts")
    return Vocabulary(entry for path in sorted(folder.glob("*.tsv")) for entry in read_catalogue(path))
