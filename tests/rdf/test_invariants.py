"""Each invariant fires on its own damage to a small export, and nothing else does."""

import random
import re
import time
from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest

from paperconcepts.rdf.invariants import Invariant, breaches, load_invariants
from paperconcepts.rdf.namespaces import PREFIXES
from paperconcepts.rdf.rdf_files import load_data, load_ontology

VALID = Path(__file__).with_name("valid_export.ttl")
D = "https://example.org/"
ALL = {**PREFIXES, "dcat": "http://www.w3.org/ns/dcat#", "void": "http://rdfs.org/ns/void#", "d": D}
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ALL.items())


def read_damage() -> dict[str, tuple[str, str]]:
    """For each invariant: an update that breaks it, and the node that must be found."""
    text = Path(__file__).with_name("invariant_damage.ru").read_text(encoding="utf-8")
    blocks = re.findall(r"^## (\S+) (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: (update, node) for name, node, update in blocks}


DAMAGE = read_damage()


def damaged(update: str, *, counted: bool = False) -> pyoxigraph.Store:
    """The small export after an update; the number of its triples is forgotten unless it is to be checked."""
    store = load_data(VALID)
    store.update(HEAD + update)
    if not counted:
        store.update(HEAD + "DELETE { d:dataset void:triples ?n } WHERE { d:dataset void:triples ?n }")
    load_ontology(store)
    return store


def test_the_small_export_breaks_nothing() -> None:
    """No invariant fires on what is right, so that what fires below comes from the damage."""
    store = damaged("INSERT DATA {}", counted=True)
    assert {rule.name: breaches(store, rule) for rule in load_invariants() if breaches(store, rule)} == {}


def test_there_is_damage_for_each_invariant() -> None:
    """No invariant is left untested, and none is missing."""
    assert {rule.name for rule in load_invariants()} == set(DAMAGE)


@pytest.mark.parametrize("rule", load_invariants(), ids=lambda rule: rule.name)
def test_each_invariant_fires_alone(rule: Invariant) -> None:
    """The damage for a rule is found by that rule at the right node, and by no other rule."""
    update, node = DAMAGE[rule.name]
    store = damaged(update, counted=rule.name == "triple-count")
    found = {other.name: breaches(store, other) for other in load_invariants()}
    assert [name for name, rows in found.items() if rows] == [rule.name], found
    nodes = [row[0] for row in found[rule.name]]
    assert f"<{D}{node}>" in nodes or nodes[0].startswith(node)


@pytest.mark.parametrize("rule", load_invariants(), ids=lambda rule: rule.name)
def test_an_empty_graph_breaks_nothing(rule: Invariant) -> None:
    """Rules speak of what is there; aggregates over nothing give no row."""
    store = pyoxigraph.Store()
    load_ontology(store)
    assert breaches(store, rule) == []


def replicate(store: pyoxigraph.Store, copies: int) -> pyoxigraph.Store:
    """Many papers about the same few concepts: what makes a careless join quadratic."""
    shared = {
        D + name
        for name in (
            "spoon",
            "ladle",
            "bowl",
            "tasting",
            "slurp",
            "tool",
            "scheme",
            "run",
            "agent",
            "source",
            "papers",
            "uses",
            "dataset",
        )
    }
    larger = pyoxigraph.Store()

    def renamed(term: pyoxigraph.NamedNode, number: int) -> pyoxigraph.NamedNode:
        own = term.value.startswith(D) and term.value not in shared
        return pyoxigraph.NamedNode(f"{term.value}-{number}") if own else term

    for number in range(copies):
        for quad in store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()):
            assert isinstance(quad.subject, pyoxigraph.NamedNode)
            target = renamed(quad.object, number) if isinstance(quad.object, pyoxigraph.NamedNode) else quad.object
            larger.add(pyoxigraph.Quad(renamed(quad.subject, number), quad.predicate, target))
    load_ontology(larger)
    return larger


def test_invariants_take_linear_time() -> None:
    """Four times the papers about the same concepts take far less than sixteen times as long."""
    store = load_data(VALID)
    times = []
    for copies in (150, 600):
        larger = replicate(store, copies)
        start = time.process_time()
        for rule in load_invariants():
            breaches(larger, rule)
        times.append(time.process_time() - start)
    assert times[1] < 9 * times[0], times


def test_a_long_chain_of_broader_concepts_is_quick() -> None:
    """A thousand concepts below each other are checked for cycles in seconds; the one cycle is found."""
    broader = pyoxigraph.NamedNode(PREFIXES["skos"] + "broader")
    names = [pyoxigraph.NamedNode(f"{D}c{number}") for number in range(1000)]
    pairs = list(pairwise(names))
    random.Random(7).shuffle(pairs)  # noqa: S311 - any order will do
    store = pyoxigraph.Store()
    store.extend([pyoxigraph.Quad(low, broader, high) for low, high in pairs])
    rule = next(rule for rule in load_invariants() if rule.name == "broader-cycle")
    start = time.process_time()
    assert breaches(store, rule) == []
    assert time.process_time() - start < 10
    store.add(pyoxigraph.Quad(names[3], broader, names[2]))
    assert breaches(store, rule) == [(f"<{D}c2>", ""), (f"<{D}c3>", "")]
