"""Questions to a graph: cards and explanations, co-occurrence, trends, lineage, communities, similarity, gaps.

Every function takes a :class:`~paperconcepts.graph.ResearchGraph` and returns frozen dataclasses in an order that
depends on nothing but the graph; :func:`to_dicts`, :func:`to_frame` and :func:`format_table` take any list of them on.
"""

from paperconcepts.query.alias_chain import AliasChain, AliasStep, alias_chain, alias_chains, chains_of_paper
from paperconcepts.query.aliases import AliasRow, ConceptAliases, aliases_of
from paperconcepts.query.cards import ConceptCard, PaperCard, card, concept_card, paper_card
from paperconcepts.query.co_occurrence import (
    ConceptPair,
    RelatedConcept,
    co_occurrence_graph,
    co_occurrences,
    related_concepts,
)
from paperconcepts.query.communities import Communities, Community, find_communities
from paperconcepts.query.comparison import ComparedPaper, compare_papers
from paperconcepts.query.doubts import DoubtfulCase
from paperconcepts.query.emergence import Trend, Trends, concept_trends, growth
from paperconcepts.query.explain import EdgeExplanation, Explanation, explain, explain_edge, explain_relations
from paperconcepts.query.explain_nodes import (
    ConceptExplanation,
    PaperExplanation,
    TypeVote,
    explain_concept,
    explain_paper,
)
from paperconcepts.query.frames import to_dicts, to_frame
from paperconcepts.query.gaps import Gap, find_gaps
from paperconcepts.query.lineage import LineageRow, trace_lineage
from paperconcepts.query.quotation import Quotation, quote, split_marked
from paperconcepts.query.readings import Reading, read_name, remarks_on_names
from paperconcepts.query.result_rows import ResultRow, result_rows
from paperconcepts.query.review import Answers, doubtful_cases
from paperconcepts.query.similarity import (
    SimilarConcept,
    SimilarPaper,
    similar,
    similar_concepts,
    similar_papers,
)
from paperconcepts.query.tables import format_table
from paperconcepts.query.timelines import ConceptTimeline, PeriodRow, concept_timeline
from paperconcepts.query.why import WhyAnswer, why_edge, why_node

__all__ = [
    "AliasChain",
    "AliasRow",
    "AliasStep",
    "Answers",
    "Communities",
    "Community",
    "ComparedPaper",
    "ConceptAliases",
    "ConceptCard",
    "ConceptExplanation",
    "ConceptPair",
    "ConceptTimeline",
    "DoubtfulCase",
    "EdgeExplanation",
    "Explanation",
    "Gap",
    "LineageRow",
    "PaperCard",
    "PaperExplanation",
    "PeriodRow",
    "Quotation",
    "Reading",
    "RelatedConcept",
    "ResultRow",
    "SimilarConcept",
    "SimilarPaper",
    "Trend",
    "Trends",
    "TypeVote",
    "WhyAnswer",
    "alias_chain",
    "alias_chains",
    "aliases_of",
    "card",
    "chains_of_paper",
    "co_occurrence_graph",
    "co_occurrences",
    "compare_papers",
    "concept_card",
    "concept_timeline",
    "concept_trends",
    "doubtful_cases",
    "explain",
    "explain_concept",
    "explain_edge",
    "explain_paper",
    "explain_relations",
    "find_communities",
    "find_gaps",
    "format_table",
    "growth",
    "paper_card",
    "quote",
    "read_name",
    "related_concepts",
    "remarks_on_names",
    "result_rows",
    "similar",
    "similar_concepts",
    "similar_papers",
    "split_marked",
    "to_dicts",
    "to_frame",
    "trace_lineage",
    "why_edge",
    "why_node",
]
