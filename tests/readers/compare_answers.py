"""Compare Comunica, rdflib, Oxigraph and Python on every competency question, over the bundled corpus.

``compare_answers.py FOLDER``: FOLDER holds answer_questions.js and node_modules. Each question is asked with its
defaults and with those values of the tests that it has a parameter for. Ends with 1 if rows differ.
"""

import dataclasses
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from paperconcepts import example_graph, write_ntriples
from paperconcepts.query.questions import QUESTIONS, ask, typed_rows
from paperconcepts.rdf import DEFAULT_BASE, QueryResult, RdfTerm, graph_to_rdf
from paperconcepts.rdf.evaluator import evaluate, load_store
from paperconcepts.rdf.namespaces import prefixes_for
from paperconcepts.rdf.parameters import bind_parameters

OTHER_VALUES = {"name": "large language models", "identifier": "ARXIV:2106.09685", "kind": "Metric", "below": 0.5}


def settings(name: str) -> list[dict[str, Any]]:
    """The defaults, and other values."""
    known = [item.name for item in QUESTIONS[name].file.parameters]
    other = {key: value for key, value in OTHER_VALUES.items() if key in known}
    return [{}, other] if other else [{}]


def by_comunica(folder: str, data: Path, queries: dict[str, str]) -> dict[str, list[list[str | None]]]:
    """The rows of all queries."""
    asked = data.with_name("queries.json")
    asked.write_text(json.dumps(queries), encoding="utf-8")
    command = ["node", "answer_questions.js", str(data), str(asked)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Comunica: {done.stderr.strip()}")
    answers: dict[str, list[list[str | None]]] = json.loads(done.stdout)
    return answers


def main(folder: str) -> int:
    """Ask all, print what differs, and how much was compared."""
    graph = example_graph()
    cases = [(name, given) for name in sorted(QUESTIONS) for given in settings(name)]
    queries = {}
    for number, (name, given) in enumerate(cases):
        bound = {key: f"pc:{value}" if key == "kind" else value for key, value in given.items()}
        queries[str(number)] = bind_parameters(QUESTIONS[name].file.sparql, bound)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "graph.nt"
        write_ntriples(graph, data)
        answers = {"Comunica": by_comunica(folder, data, queries)}
        store, theirs = load_store(".nt", path=str(data)), graph_to_rdf(graph)
    found = {
        key: evaluate(store, text, prefixes=prefixes_for(DEFAULT_BASE), limit=None) for key, text in queries.items()
    }
    answers["Oxigraph"] = {
        key: [[cell and cell[1] for cell in row] for row in one["rows"]] for key, one in found.items()
    }
    answers["rdflib"] = {
        key: [[None if cell is None else str(cell) for cell in row] for row in theirs.query(text)]  # type: ignore[union-attr]
        for key, text in queries.items()
    }
    failed = total = 0
    for number, (name, given) in enumerate(cases):
        wanted = ask(graph, name, **given)
        total += len(wanted)
        row_type = QUESTIONS[name].row_type
        names = tuple(field.name for field in dataclasses.fields(row_type))
        for engine, rows in answers.items():
            terms = (tuple(None if cell is None else RdfTerm("", cell) for cell in row) for row in rows[str(number)])
            given_rows: list[Any] = typed_rows(QueryResult(names, tuple(terms)), row_type)
            # Comunica orders texts by the rules of a language, not by code points as SPARQL says.
            if (given_rows != wanted) if engine != "Comunica" else (Counter(given_rows) != Counter(wanted)):
                failed += 1
                print(f"{engine} answers {name} {given} otherwise than Python")
    engines = ", ".join(answers)
    asked = f"{len(QUESTIONS)} questions, asked {len(cases)} times, {total} rows"
    print(f"{asked}: {engines} and Python compared, {failed} differ")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
