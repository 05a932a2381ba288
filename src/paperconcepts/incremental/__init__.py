"""A library kept up to date: `paperconcepts.library` stores; here extraction and the graph are added."""

from paperconcepts.incremental.building import KeptBuild, build_library
from paperconcepts.incremental.documents import (
    add_documents,
    keep_decisions,
    remove_from_library,
    status_of_library,
    update_library,
)

__all__ = [
    "KeptBuild",
    "add_documents",
    "build_library",
    "keep_decisions",
    "remove_from_library",
    "status_of_library",
    "update_library",
]
