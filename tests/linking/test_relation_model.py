"""Relations that the trained model chooses: typed, one a pair, each with sentences that name both ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction import extract
from paperconcepts.extraction.pipeline import extract_paper
from paperconcepts.linking import link
from paperconcepts.linking.linker import concepts_with_roles, link_paper
from paperconcepts.linking.relation_model import load_relation_model
from paperconcepts.linking.relations import find_relations
from paperconcepts.model import LinkedPaper, Paper, Predicate, allows
from paperconcepts.vocabulary import load_catalogue

TITLE = "QuollNet: A Graph Neural Network for Link Prediction"
ABSTRACT = (
    "Link prediction is hard. We propose QuollNet, a graph neural network that extends GraphSAGE. QuollNet uses "
    "dropout and is trained with contrastive learning. Experiments on WN18RR and FB15k-237 show that QuollNet "
    "outperforms TransE and ComplEx in mean reciprocal rank."
)


def _linked(title: str = TITLE, abstract: str = ABSTRACT) -> LinkedPaper:
    return next(link(extract([Paper(id="test:1", title=title, abstract=abstract)])))


def _triples(linked: LinkedPaper) -> set[tuple[str, str, str]]:
    return {(item.subject, str(item.predicate), item.object) for item in linked.relations}


def test_plain_statements_are_found() -> None:
    """What an abstract says in plain words becomes a relation of the right kind and direction."""
    found = _triples(_linked())
    assert ("quollnet", "used_for", "link-prediction") in found
    assert {("quollnet", "evaluated_on", "wn18rr"), ("quollnet", "evaluated_on", "fb15k-237")} <= found
    assert ("quollnet", "outperforms", "transe") in found


def check_model_relations(linked: LinkedPaper) -> None:
    """Typed as the ontology says, at most one a pair, sorted, with evidence whose text is the source's."""
    types = {item.concept.id: item.concept.type for item in linked.concepts}
    mentions = {item.concept_id: {(m.field, m.start, m.end) for m in item.mentions} for item in linked.assertions}
    keys = [(item.subject, item.predicate, item.object) for item in linked.relations]
    assert keys == sorted(keys)
    pairs = [frozenset((item.subject, item.object)) for item in linked.relations]
    assert len(pairs) == len(set(pairs))
    for relation in linked.relations:
        assert allows(relation.predicate, types[relation.subject], types[relation.object])
        assert relation.predicate is not Predicate.COMPARED_WITH or relation.subject < relation.object
        assert relation.evidence
        assert relation.confidence == max(item.confidence for item in relation.evidence)
        for item in relation.evidence:
            text = linked.paper.text(item.field)
            assert 0 <= item.start < item.end <= len(text)
            assert item.cue == (text[item.cue_start : item.cue_end] if item.cue_start >= 0 else "")
            named = {span for span in item.spans if item.start <= span[0] < span[1] <= item.end}
            assert named == set(item.spans) != set()
            ends = mentions[relation.subject] | mentions[relation.object]
            assert {(item.field, *span) for span in item.spans} <= ends


def test_contract() -> None:
    """The relations of an ordinary abstract keep to their contract."""
    linked = _linked()
    assert linked.relations
    check_model_relations(linked)


_PIECES = (
    "We propose HopNet|, a novel model |LoRA| outperforms |GPT-4|. | on GSM8K |(|)| and |text classification|"
    " compared with | is a | such as | extends | trained on | for |BERT|é|It uses |ImageNet|. Results on "
).split("|")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_contract_for_any_text(abstract: str) -> None:
    """Whatever is extracted, the model's relations keep to their contract, and linking twice gives the same."""
    annotated = extract_paper(Paper(id="test:1", title="HopNet", abstract=abstract))
    linked = link_paper(annotated, vocabulary=load_catalogue())
    check_model_relations(linked)
    assert link_paper(annotated, vocabulary=load_catalogue()) == linked


def test_a_rule_that_agrees_gives_its_cue() -> None:
    """Where a rule has read the same relation, its sentence and cue are the evidence."""
    rules = {e.rule for item in _linked().relations for e in item.evidence}
    assert any(rule.startswith("relation:") for rule in rules)


def test_without_a_tagger_rules_decide() -> None:
    """The profile without tagger has no shares of roles: relations are those of the rules alone."""
    paper = Paper(id="test:1", title=TITLE, abstract=ABSTRACT)
    linked = next(link(extract([paper], profile="fast")))
    assert linked.relations
    assert {e.rule.split(":")[0] for item in linked.relations for e in item.evidence} == {"relation"}


def test_pairs_have_features_of_both_directions() -> None:
    """What stands between two concepts is told apart by the direction in which it is read."""
    annotated = extract_paper(Paper(id="test:1", title=TITLE, abstract=ABSTRACT))
    found = concepts_with_roles(annotated, load_catalogue())
    stated = find_relations(found.concepts, found.assertions, found.index)
    rows = {(a, b): row for a, b, row in found.pairs(stated, load_catalogue()).features()}
    forward, backward = rows["quollnet", "transe"], rows["transe", "quollnet"]
    assert "> gap outperf" in forward
    assert "< gap outperf" in backward
    assert "> gap outperf" not in backward
    model = load_relation_model()
    assert model.linear.probabilities(forward) != model.linear.probabilities(backward)


def test_pairs_are_read_by_both() -> None:
    """Where one direction at least looks like a relation the mean of both readers counts; other pairs are left out."""
    annotated = extract_paper(Paper(id="test:1", title=TITLE, abstract=ABSTRACT))
    found = concepts_with_roles(annotated, load_catalogue())
    stated = find_relations(found.concepts, found.assertions, found.index)
    rows = list(found.pairs(stated, load_catalogue()).features())
    model = load_relation_model()
    alone = model.linear.probabilities_of([row for _, _, row in rows])
    trees = model.trees.probabilities_of([row for _, _, row in rows])
    read = {(a, b): list(shares) for a, b, shares in model.read(rows)}
    for (a, b, _), one, other in zip(rows, alone, trees, strict=True):
        ways = [p for (c, d, _), p in zip(rows, alone, strict=True) if {c, d} == {a, b}]
        odds = max(max(p[:-1]) / p[-1] for p in ways)
        if (a, b) in read:
            assert odds > 0.025
            assert read[a, b] == pytest.approx([0.35 * x + 0.65 * y for x, y in zip(one, other, strict=True)])
        else:
            assert odds < 0.036
    assert 0 < len(read) < len(rows)
    assert list(model.read([])) == []
