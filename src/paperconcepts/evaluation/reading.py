"""Read gold of any known format, told from its content."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from paperconcepts.errors import ConfigurationError, SourceError, UnknownFormatError
from paperconcepts.evaluation.brat import is_brat, read_brat
from paperconcepts.evaluation.concept_gold import is_concept_gold, read_concept_gold
from paperconcepts.evaluation.entity_json import is_entity_json, read_entity_json
from paperconcepts.evaluation.gold import ConceptGold, MentionGold
from paperconcepts.evaluation.json_lines import read_json_lines
from paperconcepts.evaluation.labels import LabelMap, parse_label_map

__all__ = ["read_gold"]

_KNOWN = ("concepts (uid, concepts)", "SciERC (sentences, ner)", "entities (text, entities)", "brat (.ann, .txt)")


def read_gold(
    path: str | Path, *, papers: str | Path | None = None, labels: Iterable[str] = (), title_line: bool = False
) -> ConceptGold | MentionGold:
    r"""Read gold annotations; the format is told from the content.

    Args:
        path: JSON Lines of concepts, of SciERC or of texts with entities; a brat folder, or one of its files.
        papers: the JSON Lines of the annotated papers; for gold of concepts only, as the others hold their texts.
        labels: ``LABEL=TYPE`` for labels of other schemes, ``LABEL=-`` to leave a label out.
        title_line: the first line of a text is its title; for gold of mentions only.

    Raises:
        UnknownFormatError: the format is none of these.
        SourceError: a file cannot be read or is malformed; the message names file, line, field and value.
        ConfigurationError: an argument does not fit the format, or a label mapping is wrong.

    Examples:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "gold.jsonl"
        >>> _ = path.write_text('{"id": "d1", "text": "We tune BERT.", "entities": [[8, 12, "Model"]]}\n')
        >>> read_gold(path).documents[0].spans
        (GoldSpan(start=8, end=12, type=<ConceptType.MODEL: 'Model'>),)
    """
    labels = list(labels)
    form = "brat" if is_brat(path) else _detect(path)
    if form == "concepts":
        if papers is None:
            raise ConfigurationError(f"{path} annotates papers by id: name their file with --papers")
        if labels or title_line:
            raise ConfigurationError(f"{path} has our own types and titles: leave out --map and --title-line")
        return read_concept_gold(path, papers)
    if papers is not None:
        raise ConfigurationError(f"{path} holds its texts: leave out --papers")
    mapping = LabelMap(parse_label_map(labels))
    gold = (read_brat if form == "brat" else read_entity_json)(path, mapping, title_line=title_line)
    if not any(item.spans for item in gold.documents):
        raise SourceError("; ".join(["holds no mention of a known label", *mapping.remarks()]), file=str(path))
    return gold


def _detect(path: str | Path) -> str:
    rows = list(islice(read_json_lines(path), 1))
    if not rows:
        raise SourceError("is empty", file=str(path))
    row = rows[0][1]
    if is_concept_gold(row):
        return "concepts"
    if is_entity_json(row):
        return "entities"
    raise UnknownFormatError(
        f"the format of this gold cannot be told from its first object (keys {', '.join(sorted(row)) or 'none'})",
        known=_KNOWN, file=str(path),
    )  # fmt: skip
