"""The catalogue reader: plain tables, errors with file and line; names found in any spelling."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import CatalogueError
from paperconcepts.model import Concept, ConceptType
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary, read_catalogue

HEADER = "id\tlabel\ttype\taliases\tbroader\tcase\tcontext\tdefinition"


def _file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "tiny.tsv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def _entry(concept_id: str, *aliases: str, broader: tuple[str, ...] = ()) -> CatalogueEntry:
    concept = Concept(id=concept_id, label=concept_id, type=ConceptType.METHOD, broader=broader, catalogued=True)
    return CatalogueEntry(concept, aliases, "", ())


def test_whole_row(tmp_path: Path) -> None:
    """Every column arrives; cells of several parts are split at bars and trimmed."""
    path = _file(tmp_path, "kiwi-lm\tKiwi LM\tModel\tKiwi | KiwiLM|\tbird-model|model-zoo\texact\tbird|fruit\tA bird. ")
    assert read_catalogue(path) == [
        CatalogueEntry(
            Concept(
                id="kiwi-lm",
                label="Kiwi LM",
                type=ConceptType.MODEL,
                broader=("bird-model", "model-zoo"),
                definition="A bird.",
                catalogued=True,
            ),
            ("Kiwi", "KiwiLM"),
            "exact",
            ("bird", "fruit"),
        )
    ]


def test_empty_cells(tmp_path: Path) -> None:
    """Empty cells are empty, and no definition is None."""
    (entry,) = read_catalogue(_file(tmp_path, "kiwi\tKiwi\tModel\t\t\t\t\t"))
    assert (entry.aliases, entry.case, entry.context, entry.concept.broader) == ((), "", (), ())
    assert entry.concept.definition is None
    assert entry.forms == ("Kiwi",)


def test_comments_blank_lines_and_line_ends(tmp_path: Path) -> None:
    """Comments, blank lines and DOS line ends make no difference."""
    path = tmp_path / "tiny.tsv"
    path.write_bytes(f"# a comment\r\n\r\n{HEADER}\r\n# another\r\n\r\nkiwi\tKiwi\tModel\t\t\t\t\t\r\n".encode())
    assert [entry.concept.id for entry in read_catalogue(path)] == ["kiwi"]


@pytest.mark.parametrize("text", ["", "# nothing\n", HEADER, HEADER + "\n"])
def test_no_rows(tmp_path: Path, text: str) -> None:
    """A file without rows has no entries."""
    path = tmp_path / "tiny.tsv"
    path.write_text(text)
    assert read_catalogue(path) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("kiwi\tKiwi\tModel", "3 columns, not 8"),
        ("kiwi\tKiwi\tModel\t\t\t\t\t\t", "9 columns, not 8"),
        ("Kiwi\tKiwi\tModel\t\t\t\t\t", "id is 'Kiwi'"),
        ("\tKiwi\tModel\t\t\t\t\t", "id is ''"),
        ("kiwi\t\tModel\t\t\t\t\t", "label is ''"),
        ("kiwi\tKiwi\tBird\t\t\t\t\t", "type is 'Bird'.*'Method'"),
        ("kiwi\tKiwi\tModel\t\t\tlower\t\t", "case is 'lower'; use 'exact' or leave it empty"),
    ],
)
def test_wrong_row(tmp_path: Path, row: str, said: str) -> None:
    """A wrong row is an error with the file, the line (comments count) and the value."""
    path = _file(tmp_path, "# comment", "emu\tEmu\tModel\t\t\t\t\t", row)
    with pytest.raises(CatalogueError, match=said) as caught:
        read_catalogue(path)
    assert str(caught.value).startswith(f"{path}, line 4: ")


@pytest.mark.parametrize("header", ["id\tlabel", HEADER.replace("\t", ","), HEADER.upper()])
def test_wrong_header(tmp_path: Path, header: str) -> None:
    """A file with other columns is an error that names the right ones."""
    with pytest.raises(CatalogueError, match=r"tiny\.tsv, line 1: the header must be id label type aliases"):
        read_catalogue(_file(tmp_path, header=header))


def test_not_utf_8(tmp_path: Path) -> None:
    """A file in another encoding is an error with its name."""
    path = tmp_path / "tiny.tsv"
    path.write_bytes(HEADER.encode() + b"\nkiwi\tKiw\xed\tModel\t\t\t\t\t\n")
    with pytest.raises(CatalogueError, match=r"tiny\.tsv: not UTF-8"):
        read_catalogue(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that cannot be read is an error with its name and the reason."""
    with pytest.raises(CatalogueError, match=r"none\.tsv: cannot be read: No such file"):
        read_catalogue(tmp_path / "none.tsv")


def test_duplicate_id() -> None:
    """An id that is used twice is an error with the id."""
    with pytest.raises(CatalogueError, match="concept id 'emu' is used twice"):
        Vocabulary([_entry("emu"), _entry("kiwi"), _entry("emu")])


def test_find_in_any_spelling(tiny_vocabulary: Vocabulary) -> None:
    """Label and aliases are found in any spelling, in no other."""
    for form in ("Pouch-Tuning", "PouT", "pout", "POUCH TUNING"):
        assert [entry.concept.id for entry in tiny_vocabulary.find(form)] == ["pouch-tuning"]
    assert tiny_vocabulary.find("pouch") == ()
    assert tiny_vocabulary.find("") == ()


def test_homonyms(tiny_vocabulary: Vocabulary) -> None:
    """A form of several concepts finds them all, in id order."""
    assert [entry.concept.id for entry in tiny_vocabulary.find("kiwi")] == ["kiwi-dataset", "kiwi-model"]


def test_one_entry_once() -> None:
    """Aliases that are spellings of each other do not make an entry a homonym of itself."""
    assert len(Vocabulary([_entry("emu", "EMU", "Emus")]).find("emu")) == 1


def test_get_len_iter(tiny_vocabulary: Vocabulary) -> None:
    """Entries are counted, met in id order and found by id only."""
    ids = [entry.concept.id for entry in tiny_vocabulary]
    assert ids == sorted(ids)
    assert len(tiny_vocabulary) == len(ids) == 8
    entry = tiny_vocabulary.get("hop-rate")
    assert entry is not None
    assert entry.concept.label == "hop rate"
    assert tiny_vocabulary.get("HR") is None


def test_ancestors_nearest_first() -> None:
    """Broader concepts come level by level, each once."""
    vocabulary = Vocabulary(
        [
            _entry("d", broader=("b", "c")),
            _entry("b", broader=("a",)),
            _entry("c", broader=("a", "not-in-the-catalogue")),
            _entry("a"),
        ]
    )
    assert vocabulary.ancestors("d") == ["b", "c", "a", "not-in-the-catalogue"]
    assert vocabulary.ancestors("a") == []
    assert vocabulary.ancestors("unknown") == []


def test_ancestors_of_a_cycle() -> None:
    """A cycle ends, and nothing is its own ancestor."""
    vocabulary = Vocabulary([_entry("a", broader=("b",)), _entry("b", broader=("c",)), _entry("c", broader=("a",))])
    assert vocabulary.ancestors("a") == ["b", "c"]


@settings(deadline=None, max_examples=30)
@given(st.permutations(["a", "b", "c", "d"]))
def test_order_of_entries_makes_no_difference(order: list[str]) -> None:
    """A vocabulary does not depend on the order of its entries."""
    known = {name: _entry(name, "same", broader=tuple(sorted(set("abcd") - {name}))) for name in "abcd"}
    vocabulary = Vocabulary([known[name] for name in order])
    assert [entry.concept.id for entry in itertools.chain(vocabulary, vocabulary.find("same"))] == [*"abcd", *"abcd"]
