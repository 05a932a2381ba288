"""Gold annotations as data: what a careful reader found in a title and abstract."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from paperconcepts.model import ConceptType, Predicate, Role

__all__ = ["ConceptGold", "GoldConcept", "GoldDocument", "GoldPaper", "GoldSpan", "MentionGold", "PaperText"]


@dataclass(frozen=True, slots=True)
class PaperText:
    r"""The text that was annotated, exactly as it stands in its file.

    A title of None means that the text is one piece without a title; an empty title is a title.

    Examples:
        >>> paper = PaperText(id="p1", title="LoRA", abstract="We adapt.")
        >>> paper.text, paper.offset("abstract")
        ('LoRA\nWe adapt.', 5)
        >>> PaperText(id="p2", title=None, abstract="We adapt.").text
        'We adapt.'
    """

    id: str
    title: str | None
    abstract: str

    @property
    def text(self) -> str:
        """Title and abstract with a line feed between them."""
        return self.abstract if self.title is None else f"{self.title}\n{self.abstract}"

    def offset(self, field: str) -> int:
        """Where ``field`` ("title" or "abstract") begins in ``text``."""
        return 0 if field == "title" or self.title is None else len(self.title) + 1

    def field(self, name: str) -> str:
        """The text of a field."""
        return (self.title or "") if name == "title" else self.abstract


class GoldConcept(BaseModel):
    """A concept of a paper, with every string by which title and abstract call it."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1)
    type: ConceptType
    role: Role
    core: StrictBool
    surfaces: tuple[Annotated[str, Field(min_length=1)], ...]


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """A paper with its concepts, and relations between them by position."""

    paper: PaperText
    concepts: tuple[GoldConcept, ...]
    relations: tuple[tuple[int, Predicate, int], ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class GoldSpan:
    """An annotated mention: ``text[start:end]`` is of this type."""

    start: int
    end: int
    type: ConceptType


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its annotated mentions."""

    paper: PaperText
    spans: tuple[GoldSpan, ...]


@dataclass(frozen=True, slots=True)
class ConceptGold:
    """Gold that names concepts with roles and relations; ``remarks`` says what was left out while reading."""

    papers: tuple[GoldPaper, ...]
    remarks: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[PaperText, ...]:
        """The texts, in the order of the gold."""
        return tuple(item.paper for item in self.papers)


@dataclass(frozen=True, slots=True)
class MentionGold:
    """Gold that marks mentions with a type and no more; ``remarks`` says what was left out while reading."""

    documents: tuple[GoldDocument, ...]
    remarks: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[PaperText, ...]:
        """The texts, in the order of the gold."""
        return tuple(item.paper for item in self.documents)
