"""Rewrite a text piece by piece and remember where each character came from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from re import Match, Pattern
from typing import NamedTuple

__all__ = ["Draft", "Edit"]


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(slots=True)
class Draft:
    r"""A text under revision.

    ``origins`` is None (do not track) or holds, for each character of ``text``, the span of the first text that it
    stands for.

    Examples:
        >>> draft = Draft.track("10\\% of it")
        >>> draft.apply([Edit(2, 4, "%")])
        >>> draft.text, draft.origins[2]
        ('10% of it', (2, 4))
    """

    text: str
    origins: list[tuple[int, int]] | None = field(default=None)

    @classmethod
    def track(cls, text: str) -> "Draft":
        """A draft of ``text`` that remembers where its characters came from."""
        return cls(text, [(index, index + 1) for index in range(len(text))])

    def substitute(self, pattern: Pattern[str], replace: Callable[[Match[str]], str]) -> int:
        """Replace every match of ``pattern`` and return how many were changed."""
        if self.origins is None:
            changes = 0

            def replace_counted(match: Match[str]) -> str:
                nonlocal changes
                replacement = replace(match)
                changes += replacement != match[0]
                return replacement

            self.text = pattern.sub(replace_counted, self.text)
            return changes
        edits = []
        for match in pattern.finditer(self.text):
            replacement = replace(match)
            if replacement != match.group():
                edits.append(Edit(match.start(), match.end(), replacement))
        self.apply(edits)
        return len(edits)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carry out ``edits``, which are sorted and do not overlap."""
        text, origins = self.text, self.origins
        pieces: list[str] = []
        moved: list[tuple[int, int]] = []
        position = 0
        for edit in edits:
            pieces += (text[position : edit.start], edit.replacement)
            if origins is not None:
                moved += origins[position : edit.start]
                if edit.replacement:
                    moved += [_cover(origins, edit)] * len(edit.replacement)
            position = edit.end
        if pieces:
            self.text = "".join(pieces) + text[position:]
            if origins is not None:
                self.origins = moved + origins[position:]


def _cover(origins: list[tuple[int, int]], edit: Edit) -> tuple[int, int]:
    if edit.start < edit.end:
        return origins[edit.start][0], origins[edit.end - 1][1]
    place = origins[edit.start][0] if edit.start < len(origins) else origins[-1][1] if origins else 0
    return place, place
