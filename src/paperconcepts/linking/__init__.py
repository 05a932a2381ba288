"""Mentions -> concepts, roles and relations, each with its evidence."""

from paperconcepts.linking.induction import resolve_aliases
from paperconcepts.linking.linker import link, link_paper

__all__ = ["link", "link_paper", "resolve_aliases"]
