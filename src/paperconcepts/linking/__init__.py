"""Mentions -> concepts, roles and relations, each with its evidence."""

from paperconcepts.linking.decisions import Decisions, DecisionsReport, apply_decisions, read_decisions
from paperconcepts.linking.induction import resolve_aliases
from paperconcepts.linking.linker import link, link_paper

__all__ = [
    "Decisions",
    "DecisionsReport",
    "apply_decisions",
    "link",
    "link_paper",
    "read_decisions",
    "resolve_aliases",
]
