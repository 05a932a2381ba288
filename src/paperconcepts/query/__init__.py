"""Answers made of several questions: the cards that ``show`` prints."""

from paperconcepts.query.cards import ConceptCard, PaperCard, card, concept_card, paper_card
from paperconcepts.query.explain import Explanation, explain

__all__ = ["ConceptCard", "Explanation", "PaperCard", "card", "concept_card", "explain", "paper_card"]
