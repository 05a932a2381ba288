"""Brat standoff gold: NAME.txt with the text, NAME.ann with its annotations."""

import re
from collections.abc import Iterator
from pathlib import Path

from paperconcepts.errors import SourceError
from paperconcepts.evaluation.entity_json import split_title
from paperconcepts.evaluation.gold import GoldDocument, GoldSpan, MentionGold
from paperconcepts.evaluation.json_lines import malformed, read_text
from paperconcepts.evaluation.labels import LabelMap
from paperconcepts.evaluation.remarks import remark

__all__ = ["is_brat", "parse_ann", "read_brat"]

_ENTITY = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
# Relations, events, attributes, modifications, normalisations, notes and equivalences: no mentions.
_OTHER_LINES = "REAMN#*"


def is_brat(path: str | Path) -> bool:
    """Whether ``path`` is a folder, or one of the two files of a brat document."""
    path = Path(path)
    return path.is_dir() or path.suffix == ".ann" or (path.suffix == ".txt" and path.with_suffix(".ann").exists())


def read_brat(path: str | Path, labels: LabelMap, *, title_line: bool = False) -> MentionGold:
    """Read a folder of brat documents (to any depth), or one document by its .ann or .txt file.

    Of a discontinuous mention (``0 5;10 15``) the hull is taken, as our guidelines keep coordinated names whole; these
    are counted in ``remarks``, as are .ann files without text and the reverse.

    Raises:
        SourceError: nothing is there to read, or a line of an .ann file is malformed or does not fit its text.
    """
    path = Path(path)
    if path.is_dir():
        files = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.suffix in (".ann", ".txt")}
    else:
        files = {file.name: file for file in (path.with_suffix(".ann"), path.with_suffix(".txt")) if file.exists()}
    names = sorted({name.rpartition(".")[0] for name in files})
    pairs = [name for name in names if f"{name}.ann" in files and f"{name}.txt" in files]
    if not pairs:
        raise SourceError("holds no brat document: a NAME.ann beside its NAME.txt", file=str(path))
    documents, joined = [], []
    for name in pairs:
        text = read_text(files[f"{name}.txt"])
        spans = []
        for label, start, end, pieces in parse_ann(read_text(files[f"{name}.ann"]), text, file=files[f"{name}.ann"]):
            kind = labels.type_of(label)
            if kind is not None:
                spans.append(GoldSpan(start, end, kind))
                joined += [f"{name} {start}-{end}"] * (pieces > 1)
        documents.append(GoldDocument(split_title(name, text, title_line), tuple(sorted(set(spans)))))
    unpaired = [name for name in names if name not in pairs]
    remarks = [
        *remark("gold files without their text, left out", [f"{n}.ann" for n in unpaired if f"{n}.ann" in files]),
        *remark("texts without gold, left out", [f"{n}.txt" for n in unpaired if f"{n}.txt" in files]),
        *remark("mentions in several pieces, taken from the first to the last", joined),
        *labels.remarks(),
    ]
    return MentionGold(tuple(documents), tuple(remarks))


def parse_ann(annotations: str, text: str, *, file: str | Path) -> Iterator[tuple[str, int, int, int]]:
    r"""Yield label, start, end and number of pieces of each mention (T line). Other known lines are passed over.

    Raises:
        SourceError: a line is malformed, its offsets lie outside the text, or the words that it quotes stand elsewhere.

    Examples:
        >>> list(parse_ann("T1\tMethod 3 7\tLoRA\nR1\tUsed Arg1:T1 Arg2:T1\n", "We LoRA.", file="a.ann"))
        [('Method', 3, 7, 1)]
    """
    for number, line in enumerate(annotations.split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line.strip() or line[0] in _OTHER_LINES:
            continue
        fields = line.split("\t")
        entity = _ENTITY.fullmatch(fields[1]) if line[0] == "T" and len(fields) > 1 else None
        if entity is None:
            raise malformed(
                f"{line[:80]!r} is no brat annotation; a mention is 'T1<tab>LABEL START END<tab>words'",
                file=file, line=number,
            )  # fmt: skip
        pieces = [(int(start), int(end)) for start, end in (piece.split() for piece in entity[2].split(";"))]
        start, end = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
        if end > len(text) or any(first >= last for first, last in pieces):
            raise malformed(
                f"{fields[0]} spans {entity[2]}, the text has {len(text)} characters", file=file, line=number
            )
        _check_quote(fields, pieces, text, file, number)
        yield entity[1], start, end, len(pieces)


def _check_quote(fields: list[str], pieces: list[tuple[int, int]], text: str, file: str | Path, number: int) -> None:
    quoted = " ".join(fields[2].split()) if len(fields) > 2 else ""
    found = " ".join(" ".join(text[start:end] for start, end in pieces).split())
    if quoted and quoted != found:
        raise malformed(
            f"{fields[0]} quotes {quoted[:60]!r}, at its offsets stands {found[:60]!r}; offsets count characters, "
            "line ends included, not bytes",
            file=file, line=number,
        )  # fmt: skip
