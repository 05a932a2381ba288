"""Two invented papers with gold, and predictions with one error of each kind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.evaluation import ConceptGold, GoldConcept, GoldPaper, PaperText
from paperconcepts.model import Predicate

WriteLines = Callable[..., Path]
Predict = Callable[..., dict[str, Any]]

TEXTS = (
    PaperText(
        id="p1",
        title="PouchNet: a Marsupial Network",
        abstract="We propose PouchNet (PN). It beats WallabyLM on the QuokkaBench dataset in hop rate.",
    ),
    PaperText(id="p2", title="", abstract="Burrow tuning helps deep burrow search. We adapt WallabyLM."),
)


def _concept(name: str, kind: str, role: str, *surfaces: str, core: bool = True) -> GoldConcept:
    return GoldConcept.model_validate(
        {"name": name, "type": kind, "role": role, "core": core, "surfaces": surfaces or (name,)}
    )


GOLD = ConceptGold(
    (
        GoldPaper(
            TEXTS[0],
            (
                _concept("PouchNet", "Model", "introduces", "PouchNet", "PN"),
                _concept("WallabyLM", "Model", "compares"),
                _concept("QuokkaBench", "Dataset", "evaluates_on"),
                _concept("hop rate", "Metric", "measures"),
                _concept("Marsupial Network", "Model", "mentions", core=False),
            ),
            ((0, Predicate.OUTPERFORMS, 1), (0, Predicate.EVALUATED_ON, 2)),
        ),
        GoldPaper(
            TEXTS[1],
            (
                _concept("burrow tuning", "Method", "introduces", "Burrow tuning"),
                _concept("burrow search", "Task", "addresses", "deep burrow search"),
                _concept("WallabyLM", "Model", "uses"),
            ),
        ),
    )
)


def _predict(paper: PaperText, *concepts: tuple[str, ...], relations: Any = ()) -> dict[str, Any]:
    """A record as ``extract`` prints it; a concept is (type, role, surface, ...), each surface at its first place."""
    rows = []
    for kind, role, *surfaces in concepts:
        mentions = []
        for surface in surfaces:
            field = "title" if surface in (paper.title or "") else "abstract"
            start = paper.field(field).index(surface)
            mentions.append({"field": field, "start": start, "end": start + len(surface), "text": surface})
        rows.append({"label": surfaces[0], "type": kind, "role": role, "confidence": 0.75, "mentions": mentions})
    return {"record": paper.id, "concepts": rows, "relations": [list(triple) for triple in relations]}


@pytest.fixture(scope="session")
def predict() -> Predict:
    """The function that builds a prediction record from surfaces."""
    return _predict


@pytest.fixture(scope="session")
def gold() -> ConceptGold:
    """Eight concepts of two papers, seven of them core."""
    return GOLD


@pytest.fixture(scope="session")
def records() -> list[dict[str, Any]]:
    """Right, wrong type, split in two, other ends, missed and false: one of each, with two relations."""
    return [
        _predict(
            TEXTS[0],
            ("Model", "introduces", "PouchNet"),
            ("Method", "uses", "PN"),
            ("Method", "compares", "WallabyLM"),
            ("Dataset", "uses", "the QuokkaBench dataset"),
            relations=[(0, "outperforms", 2), (0, "extends", 3)],
        ),
        _predict(TEXTS[1], ("Task", "addresses", "burrow search"), ("Method", "introduces", "adapt")),
    ]


@pytest.fixture
def write_lines(tmp_path: Path) -> WriteLines:
    """The function that writes JSON values, or lines as they are, to a file."""

    def write(name: str, *rows: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write
