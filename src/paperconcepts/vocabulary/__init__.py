"""The curated concept catalogue and the normalisation of surface forms."""

from paperconcepts.vocabulary.catalogue import CatalogueEntry, Vocabulary, load_catalogue, read_catalogue
from paperconcepts.vocabulary.location import ontology_path
from paperconcepts.vocabulary.normalisation import flat_spaces, normalise_form, singular, slug
from paperconcepts.vocabulary.spelling import loose_key, spelt_alike

__all__ = [
    "CatalogueEntry",
    "Vocabulary",
    "flat_spaces",
    "load_catalogue",
    "loose_key",
    "normalise_form",
    "ontology_path",
    "read_catalogue",
    "singular",
    "slug",
    "spelt_alike",
]
