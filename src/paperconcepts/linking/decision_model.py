"""Decisions of a person about concepts, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Action", "Decision", "Decisions", "Problem"]

Problem = tuple[int | None, str]  # the line, and what is wrong there and what to do


class Action(StrEnum):
    """What a decision does."""

    SPLIT = "split"
    MERGE = "merge"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Names of concepts are ids, labels or aliases, as the file has them.

    Two decisions are equal if they decide the same, whatever their comments and places.

    Attributes:
        action: what is done.
        concept: the concept that it is done to.
        target: the concept merged into or split off to, the new label, or the new type.
        form: the surface form that a split or a reject is about; "" = all of the concept.
        paper: the only paper in which the decision holds; "" = in all.
        new: whether a split makes a concept of the label ``target``, instead of taking the one of this name.
        comment: why.
        line: 1-based number of its line in the file, 0 if it comes from none.

    Examples:
        >>> Decision(Action.RETYPE, "wombatnet", "Model") == Decision(Action.RETYPE, "wombatnet", "Model", line=4)
        True
    """

    action: Action
    concept: str
    target: str = ""
    form: str = ""
    paper: str = ""
    new: bool = False
    comment: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a file, in the order of its lines (which makes no difference). False if there are none.

    ``problems`` has the lines that are no decision; who applies the decisions tells them with what else is wrong.
    """

    items: tuple[Decision, ...] = ()
    file: str = "decisions"
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
