"""Checks of catalogue files: every rule is found where it is broken, with place, value and advice, and nowhere else."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.errors import CatalogueError
from paperconcepts.vocabulary import load_catalogue, read_catalogue
from paperconcepts.vocabulary.catalogue import COLUMNS
from paperconcepts.vocabulary.common_words import EVERYDAY_WORDS, GENERIC_NAMES
from paperconcepts.vocabulary.validation import CatalogueReport, Finding, Severity, validate_catalogue

GOOD = "a-quokka-net\tQuokkaNet\tModel\tQuokka Network\t\t\t\tA small model."


def check(folder: Path, *rows: str, header: str = "\t".join(COLUMNS), with_shipped: bool = False) -> CatalogueReport:
    path = folder / "mine.tsv"
    path.write_bytes(("\n".join((header, *rows)) + "\n").encode("utf-8", "surrogatepass"))
    return validate_catalogue([path], with_shipped=with_shipped)


def only(report: CatalogueReport) -> Finding:
    assert len(report.findings) == 1, report.findings
    return report.findings[0]


def test_nothing_to_find(tmp_path: Path) -> None:
    """A good file has no findings and all its rows count."""
    report = check(tmp_path, GOOD, "emu-net\tEmuNet\tModel\t\ta-quokka-net\t\t\t")
    assert report.findings == ()
    assert (report.files, report.concepts) == ((str(tmp_path / "mine.tsv"),), 2)


@pytest.mark.parametrize(
    ("row", "rule", "value"),
    [
        ("emu\tEmu Model\tModel", "columns", "emu\tEmu Model\tModel"),
        (GOOD + "\t", "columns", GOOD + "\t"),
        ("Emu Net\tEmu Net\tModel\t\t\t\t\t", "id", "Emu Net"),
        ("emu-net\t\tModel\t\t\t\t\t", "label", ""),
        ("emu-net\tEmu Net\tBird\t\t\t\t\t", "type", "Bird"),
        ("emu-net\tEmu Net\tModel\t\t\tlower\t\t", "case", "lower"),
        ("emu-net\tEmu Net\tModel\tEmu\u200bNet\t\t\t\t", "control-character", "Emu\u200bNet"),
        ("emu-net\tEmu Net\tModel\tEmu\x07Network\t\t\t\t", "control-character", "Emu\x07Network"),
        ("emu-net\tE\u0301mu Net\tModel\t\t\t\t\t", "not-nfc", "E\u0301mu Net"),
        ("emu-net\tEmu Net\tModel\tLong Emu|Long Emu\t\t\t\t", "repeated-form", "Long Emu"),
        ("emu-net\tEmu Net\tModel\tEmu Net\t\t\t\t", "repeated-form", "Emu Net"),
        ("emu-net\tEmu Net\tModel\t--\t\t\temu\t", "unfindable-form", "--"),
        ("emu-net\tEmu Net\tModel\tModels\t\t\t\t", "generic-form", "Models"),
        ("emu-net\tEmu Net\tModel\t\t\t\tBird\t", "context-case", "Bird"),
        ("emu-net\tEmu Net\tModel\t\tno-such-id\t\t\t", "broader-missing", "no-such-id"),
        ("emu-net\tEmu Net\tModel\t\temu-net\t\t\t", "broader-cycle", "emu-net > emu-net"),
    ],
)
def test_errors(tmp_path: Path, row: str, rule: str, value: str) -> None:
    """What breaks the catalogue is an error with file, line (comments count), rule, value and what to do."""
    finding = only(check(tmp_path, "# a comment", GOOD, row))
    assert (finding.rule, finding.severity, finding.value) == (rule, Severity.ERROR, value)
    assert (finding.file, finding.line) == (str(tmp_path / "mine.tsv"), 4)
    assert finding.message
    assert finding.advice


@pytest.mark.parametrize(
    ("row", "rule", "value"),
    [
        ("emu-net\t Emu Net\tModel\t\t\t\t\t", "stray-space", " Emu Net"),
        ("emu-net\tEmu Net\tModel\tEmu  Network\t\t\t\t", "stray-space", "Emu  Network"),
        ("emu-net\tEmu Net\tModel\tEmu\u00a0Network\t\t\t\t", "stray-space", "Emu\u00a0Network"),
        ("emu-net\tEmu Net\tModel\tEMU\t\t\t\t", "short-form", "EMU"),
        ("emu-net\tEmu Net\tModel\tE-7\t\t\t\t", "short-form", "E-7"),
        ("emu-net\tWombat\tModel\t\t\t\t\t", "common-word", "Wombat"),
        ("emu-net\tEmu Net\tModel\temu-net\t\t\t\t", "needless-alias", "emu-net"),
    ],
)
def test_warnings(tmp_path: Path, row: str, rule: str, value: str) -> None:
    """What a reviewer should look at is a warning."""
    finding = only(check(tmp_path, row))
    assert (finding.rule, finding.severity, finding.value, finding.line) == (rule, Severity.WARNING, value, 2)


@pytest.mark.parametrize(
    "row",
    [
        "emu-net\tEmu Net\tModel\tEMU\t\texact\t\t",
        "emu-net\tEmu Net\tModel\tEMU\t\t\tbird|feather\t",
        "emu-net\tWombat\tModel\t\t\texact\t\t",
        "emu-net\tEmu Net\tModel\tEmuNet|EmuNET\t\t\t\t",
        "emu-net\tEmu Net\tModel\tQuALITY\t\t\t\t",
    ],
)
def test_rules_that_make_a_form_safe(tmp_path: Path, row: str) -> None:
    """A rule of case or context makes short and everyday forms safe; spellings that are not found are no repetition."""
    assert check(tmp_path, row).findings == ()


def test_spaces_around_bars_are_trimmed_but_told(tmp_path: Path) -> None:
    """Spaces around the bars of a cell do no harm, so that they are a warning only."""
    for aliases in ("Grey Emu| Red Emu", "Grey Emu |Red Emu", "Grey Emu|Red Emu "):
        report = check(tmp_path, f"emu-net\tEmu Net\tModel\t{aliases}\t\t\t\t")
        assert [(f.rule, f.severity) for f in report.findings] == [("stray-space", Severity.WARNING)]
        assert report.concepts == 1


def test_several_flaws_of_a_row(tmp_path: Path) -> None:
    """All wrong values of a row are told at once; a row without concept takes no part in the other checks."""
    report = check(tmp_path, GOOD, "Emu\tEmu Net\tBird\t\tnowhere\tlower\t\t")
    assert [finding.rule for finding in report.findings] == ["case", "id", "type"]
    assert "emu-net" in report.findings[1].advice
    assert report.concepts == 1


@pytest.mark.parametrize(
    ("header", "advice"),
    [("id\tlabel", "copy the header"), ("\ufeff" + "\t".join(COLUMNS), "without a byte order mark")],
)
def test_header(tmp_path: Path, header: str, advice: str) -> None:
    """After a wrong header no row is read, as its columns are not known."""
    report = check(tmp_path, GOOD, header=header)
    finding = only(report)
    assert (finding.rule, finding.line, report.concepts) == ("header", 1, 0)
    assert advice in finding.advice


def test_duplicate_ids(tmp_path: Path) -> None:
    """The second row of an id is told, with the place of the first; its own names are no clash."""
    report = check(tmp_path, GOOD, "a-quokka-net\tQuokka Model\tModel\t\t\t\t\t")
    finding = only(report)
    assert (finding.rule, finding.line, finding.value) == ("duplicate-id", 3, "a-quokka-net")
    assert f"{tmp_path / 'mine.tsv'}:2" in finding.message


def test_clashes(tmp_path: Path) -> None:
    """A form of two concepts, in any spelling, is an error at the second; of another type it has a rule of its own."""
    rows = ("big-emu\tBig Emu\tModel\tgrey-wombats\t\t\t\t", "grey-wombat\tGrey Wombat\tModel\t\t\t\t\t")
    finding = only(check(tmp_path, *rows))
    assert (finding.rule, finding.line, finding.value) == ("form-clash", 3, "Grey Wombat")
    assert "'big-emu'" in finding.message
    other = rows[1].replace("Model", "Dataset")
    assert only(check(tmp_path, rows[0], other)).rule == "type-clash"


def test_context_tells_homonyms_apart(tmp_path: Path) -> None:
    """All bearers of a form but one need context words, and these must differ."""
    plain = "emu-a\tGrey Emu\tModel\t\t\t\t\t"
    fruit = "emu-b\tGrey Emu\tDataset\t\t\t\tfruit\t"
    assert check(tmp_path, plain, fruit).findings == ()
    assert check(tmp_path, plain, fruit, fruit.replace("emu-b", "emu-c").replace("fruit", "bird")).findings == ()
    finding = only(check(tmp_path, fruit, fruit.replace("emu-b", "emu-c")))
    assert (finding.rule, finding.line, finding.value) == ("shared-context", 3, "fruit")


def test_cycles(tmp_path: Path) -> None:
    """A cycle is told once, whole, from its smallest id on, at the row that comes last; what leads to it is not."""
    rows = [f"emu-{a}\tEmu Number {a}\tTask\t\temu-{b}\t\t\t" for a, b in ("ab", "bc", "cd", "db")]
    finding = only(check(tmp_path, *rows))
    assert (finding.rule, finding.line, finding.value) == ("broader-cycle", 5, "emu-b > emu-c > emu-d > emu-b")


def test_broader_types(tmp_path: Path) -> None:
    """Methods and models may stand below each other; a data set below a task is a warning."""
    rows = [
        "emu-a\tEmu One\tMethod\t\temu-b\t\t\t",
        "emu-b\tEmu Two\tModel\t\t\t\t\t",
        "emu-c\tEmu Three\tDataset\t\temu-d\t\t\t",
        "emu-d\tEmu Four\tTask\t\t\t\t\t",
    ]
    finding = only(check(tmp_path, *rows))
    assert (finding.rule, finding.severity, finding.line) == ("broader-type", Severity.WARNING, 4)


def test_order(tmp_path: Path) -> None:
    """Rows out of order are told once a file."""
    rows = [f"emu-{letter}\tEmu Number {letter}\tTask\t\t\t\t\t" for letter in "cba"]
    finding = only(check(tmp_path, *rows))
    assert (finding.rule, finding.line, finding.value) == ("unsorted", 3, "emu-b")


def test_additions_to_the_shipped_catalogue(tmp_path: Path) -> None:
    """With the shipped catalogue, its concepts may be broader ones, and clashes with it are told at the added row."""
    row = "emu-net\tEmu Net\tMethod\tLow-Rank Adaptation\tlow-rank-adaptation\t\t\t"
    assert only(check(tmp_path, row)).rule == "broader-missing"
    finding = only(check(tmp_path, row, with_shipped=True))
    assert (finding.rule, finding.value, finding.file) == (
        "form-clash",
        "Low-Rank Adaptation",
        str(tmp_path / "mine.tsv"),
    )
    assert "methods.tsv:" in finding.message
    same_id = only(check(tmp_path, "bert\tEmu Net\tModel\t\t\t\t\t", with_shipped=True))
    assert (same_id.rule, same_id.line) == ("duplicate-id", 2)


def test_two_files(tmp_path: Path) -> None:
    """Several files are checked as one catalogue."""
    paths = [tmp_path / name for name in ("one.tsv", "two.tsv")]
    for path in paths:
        path.write_text("\t".join(COLUMNS) + "\n" + GOOD + "\n", encoding="utf-8")
    finding = only(validate_catalogue(paths))
    assert (finding.rule, finding.file) == ("duplicate-id", str(paths[1]))


def test_unreadable(tmp_path: Path) -> None:
    """A file that is missing or not UTF-8 is an exception, as there is no line to name."""
    with pytest.raises(CatalogueError, match=r"none\.tsv: cannot be read"):
        validate_catalogue([tmp_path / "none.tsv"])
    path = tmp_path / "latin.tsv"
    path.write_bytes(b"\xe9")
    with pytest.raises(CatalogueError, match="not UTF-8"):
        validate_catalogue([path])


def test_report_as_dict(tmp_path: Path) -> None:
    """The JSON form has the counts and every finding with all its parts."""
    found = check(tmp_path, "emu-net\tEmu Net\tBird\t\t\t\t\t", "wombat\tWombat\tModel\t\t\t\t\t").as_dict()
    assert {key: found[key] for key in ("concepts", "errors", "warnings")} == {
        "concepts": 1,
        "errors": 1,
        "warnings": 1,
    }
    assert [set(item) for item in found["findings"]] == [
        {"file", "line", "rule", "severity", "value", "message", "advice"}
    ] * 2


def test_word_lists() -> None:
    """Both word lists hold single words in lower case."""
    assert {word for word in EVERYDAY_WORDS | GENERIC_NAMES if not (word.isalpha() and word.islower())} == set()


def test_long_chains_and_rings(tmp_path: Path) -> None:
    """A chain and a ring of 5,000 concepts are checked in a moment, without deep recursion."""
    rows = [f"emu-{n}\tEmu Number {n}\tTask\t\temu-{n + 1}\t\t\t" for n in range(10_000, 15_000)]
    chain = [*rows, "emu-15000\tEmu Number 15000\tTask\t\t\t\t\t"]
    ring = [*rows, "emu-15000\tEmu Number 15000\tTask\t\temu-10000\t\t\t"]
    began = time.process_time()
    assert check(tmp_path, *chain).findings == ()
    assert only(check(tmp_path, *ring)).rule == "broader-cycle"
    assert time.process_time() - began < 5


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=120), cells=st.lists(st.text(alphabet="aeµ é|\u200b-Ab", max_size=8), max_size=9))
def test_any_text_is_reported_or_read(tmp_path_factory: pytest.TempPathFactory, text: str, cells: list[str]) -> None:
    """Whatever a file holds, it is checked without another exception; without row flaws the reader takes it too."""
    path = tmp_path_factory.getbasetemp() / "any.tsv"
    lines = ["\t".join(COLUMNS), "\t".join(cells), *text.split("\n")]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    if any("\ud800" <= c <= "\udfff" for c in text):
        with pytest.raises(CatalogueError, match="not UTF-8"):
            validate_catalogue([path])
        return
    report = validate_catalogue([path])
    malformed = {"columns", "id", "label", "type", "case"} & {finding.rule for finding in report.findings}
    if malformed:
        with pytest.raises(CatalogueError):
            read_catalogue(path)
    else:
        assert len(read_catalogue(path)) == report.concepts


def test_the_shipped_catalogue_is_the_default() -> None:
    """Without files the shipped catalogue is checked, under the plain names of its files."""
    report = validate_catalogue()
    assert report.concepts == len(load_catalogue())
    assert "datasets.tsv" in report.files
