"""Releases of what a paper introduces: "PebbleLM-3B" of a PebbleLM that is new is new, too."""

import re
from collections.abc import Mapping

from paperconcepts.linking.variants import is_adjective
from paperconcepts.model import Concept, Role

__all__ = ["families_of_releases"]

# A coined name of one word has a capital, and three characters at least.
_COINED = re.compile(r"(?=.*[A-Z])[^\W_][\w.+*@-]{2,39}")
_RELEASE = re.compile(r"[-_–][\w.+-]{1,16}|\d[\d.]{0,4}[A-Za-z]?|[+*]{1,2}")


def families_of_releases(concepts: Mapping[str, Concept], roles: Mapping[str, Role]) -> dict[str, str]:
    """{key of a new name that another role was read for: key of the introduced new name that it is a release of}.

    A release has the whole name and a piece more: a hyphen and what follows it, a number, a plus. In all annotated
    papers such names are introduced, too (8 of 8; 41 of 41 in the labels that the role model learned from).

    Examples:
        >>> from paperconcepts.model import ConceptType
        >>> roles = {"PebbleLM": Role.INTRODUCES, "PebbleLM-3B": Role.USES, "GPT-4": Role.USES}
        >>> concepts = {name: Concept(id=name.lower(), label=name, type=ConceptType.MODEL) for name in roles}
        >>> families_of_releases(concepts, roles)
        {'PebbleLM-3B': 'PebbleLM'}
    """
    coined = {key: c.label for key, c in concepts.items() if not c.catalogued and _COINED.fullmatch(c.label)}
    introduced = {label: key for key, label in coined.items() if roles.get(key) is Role.INTRODUCES}
    found: dict[str, str] = {}
    for key, label in coined.items():
        if key in roles and roles[key] is not Role.INTRODUCES and not is_adjective(label):
            families = [name for name in introduced if label.startswith(name) and _RELEASE.fullmatch(label, len(name))]
            if families:
                found[key] = introduced[max(families, key=len)]
    return found
