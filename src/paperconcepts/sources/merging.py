"""Bring the records of one paper together."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from paperconcepts.model import Paper
from paperconcepts.sources.identifiers import choose_id, digest_id, normalise_text
from paperconcepts.sources.report import Conflict, ReadReport

__all__ = ["merge_papers"]

_SHORTEST_ABSTRACT = 200
_LONGEST_SHOWN = 200
_COMPARED = ("title", "abstract", "issued", "venue", "organisation", "author_count")
_SINGLE = (*_COMPARED, "comment", "comment_count")
# These catalogues give one paper several ids (preprint and print, or by mistake), so two ids are not two papers.
_LOOSE_SCHEMES = frozenset(("openalex", "s2", "sha"))


def merge_papers(papers: Iterable[Paper], *, report: ReadReport | None = None) -> list[Paper]:
    """Return distinct papers, sorted by id; the result does not depend on the order of ``papers``.

    Two records are of one paper if they share an identifier, else if they have the same normalised title (and, where
    both have abstracts, alike ones) or the same normalised abstract of 200 characters or more; records that bear
    different identifiers of one scheme (two arXiv ids) are two papers whatever their texts. Records are ordered by how
    much they say, then by file name and number: each field has the first value that is there, sources, links,
    identifiers and unknown fields are united, and the author list is the longest. Where the records differ in title,
    abstract, date, venue, organisation or author count, ``report.conflicts`` says so. A paper whose records give an
    arXiv id takes it as its id.

    Examples:
        >>> first = Paper(id="sha:0", title="LoRA", abstract="We adapt.")
        >>> second = Paper(id="arxiv:2106.09685", title="LoRA.", issued="2021", identifiers=("arxiv:2106.09685",))
        >>> [paper] = merge_papers([first, second])
        >>> paper.id, paper.abstract, paper.issued
        ('arxiv:2106.09685', 'We adapt.', '2021')
    """
    ordered = sorted(papers, key=_order)
    report = ReadReport() if report is None else report
    conflicts: list[Conflict] = []
    merged = [_merge(group, conflicts) for group in _group(ordered)]
    merged.sort(key=lambda paper: paper.id)
    report.conflicts += sorted(conflicts)
    report.papers += len(merged)
    report.merged += len(ordered) - len(merged)
    return merged


def _order(paper: Paper) -> tuple[int, str, int, str]:
    """Richer records first; among equals the place where they were read, then everything else."""
    fields = paper.model_dump(mode="json", exclude={"sources", "identifiers", "id", "extra"})
    richness = sum(value not in ("", None, [], {}) for value in fields.values())
    place = min(((source.file, source.number) for source in paper.sources), default=("", 0))
    return -richness, *place, json.dumps(paper.model_dump(mode="json"), sort_keys=True, default=repr)


def _names(paper: Paper) -> set[str]:
    return {*paper.identifiers, paper.id}


def _group(ordered: Sequence[Paper]) -> list[list[Paper]]:
    groups = _Groups(ordered)
    groups.join_by_name()
    groups.join_by_text(lambda paper: normalise_text(paper.title), agreeing=True)
    groups.join_by_text(_abstract_key)
    return groups.collect()


def _abstract_key(paper: Paper) -> str:
    abstract = normalise_text(paper.abstract)
    return abstract if len(abstract) >= _SHORTEST_ABSTRACT else ""


class _Groups:
    """Disjoint sets of papers, each with the schemes of the identifiers that its members bear."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers
        self.parents = list(range(len(papers)))
        self.schemes = [
            frozenset(name.partition(":")[0] for name in _names(paper)) - _LOOSE_SCHEMES for paper in papers
        ]
        # The member whose abstract stands for its set.
        self.speakers = list(range(len(papers)))

    def find(self, index: int) -> int:
        while self.parents[index] != index:
            self.parents[index] = self.parents[self.parents[index]]
            index = self.parents[index]
        return index

    def join(self, first: int, second: int) -> int:
        low, high = sorted((self.find(first), self.find(second)))
        self.parents[high] = low
        self.schemes[low] |= self.schemes[high]
        if not self.papers[self.speakers[low]].abstract:
            self.speakers[low] = self.speakers[high]
        return low

    def join_by_name(self) -> None:
        holders: dict[str, int] = {}
        for index, paper in enumerate(self.papers):
            for name in sorted(_names(paper)):
                holders[name] = self.join(holders.get(name, index), index)

    def _agree(self, first: int, second: int) -> bool:
        """Whether two sets can be of one paper by their abstracts: half of the shorter one's words are the other's."""
        one, other = self._words(first), self._words(second)
        return not one or not other or 2 * len(one & other) >= min(len(one), len(other))

    def _words(self, index: int) -> frozenset[str]:
        return frozenset(normalise_text(self.papers[self.speakers[self.find(index)]].abstract).split())

    def join_by_text(self, key: Callable[[Paper], str], *, agreeing: bool = False) -> None:
        """Join papers of the same text where no two identifiers of one scheme come together.

        With ``agreeing`` their abstracts must be alike too, where both have one: many papers are called "Editorial".

        Papers that share an identifier are together already, so sets that have a scheme in common are different papers.
        Of several sets with the same schemes the first takes all that fits; so the cost is linear.
        """
        holders: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
        for index, paper in enumerate(self.papers):
            text = key(paper)
            if not text:
                continue
            roots = holders[text]
            own = self.find(index)
            partner = next(
                (
                    schemes
                    for schemes, root in roots.items()
                    if self.find(root) == own
                    or (not schemes & self.schemes[own] and (not agreeing or self._agree(root, own)))
                ),
                None,
            )
            if partner is not None:
                own = self.join(roots.pop(partner), own)
            roots.setdefault(self.schemes[own], own)

    def collect(self) -> list[list[Paper]]:
        members: dict[int, list[Paper]] = defaultdict(list)
        for index, paper in enumerate(self.papers):
            members[self.find(index)].append(paper)
        return list(members.values())


def _merge(group: list[Paper], conflicts: list[Conflict]) -> Paper:
    if len(group) == 1:
        # What a merged paper is made of has no text of its own, so none has.
        return group[0].model_copy(update={"raw": None}) if group[0].raw else group[0]
    values: dict[str, Any] = {field: _first(group, field) for field in _SINGLE}
    names = set().union(*map(_names, group))
    known = {name for name in names if not name.startswith("sha:")}
    paper = Paper(
        id=choose_id(known) or digest_id(values["title"] or "", values["abstract"] or ""),
        **{field: value for field, value in values.items() if value is not None},
        authors=max((paper.authors for paper in group), key=len),
        urls=_unite(group, "urls"),
        code_urls=_unite(group, "code_urls"),
        identifiers=tuple(sorted(set().union(*(paper.identifiers for paper in group)))),
        sources=tuple(
            sorted({source for paper in group for source in paper.sources}, key=lambda s: (s.file, s.number, s.record))
        ),
        extra={key: value for paper in reversed(group) for key, value in paper.extra.items()},
    )
    conflicts += _find_conflicts(paper, group)
    return paper


def _first(group: list[Paper], field: str) -> Any:
    return next((value for paper in group if (value := getattr(paper, field)) not in ("", None)), None)


def _unite(group: list[Paper], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for paper in group for value in getattr(paper, field)))


def _find_conflicts(merged: Paper, group: list[Paper]) -> list[Conflict]:
    found: dict[tuple[str, str], Conflict] = {}
    for field in _COMPARED:
        kept = getattr(merged, field)
        for paper in group:
            other = getattr(paper, field)
            if other in ("", None) or _agree(field, kept, other):
                continue
            found.setdefault((field, str(other)), Conflict(merged.id, field, _shorten(kept), _shorten(other)))
    return list(found.values())


def _agree(field: str, kept: Any, other: Any) -> bool:
    if field == "issued":
        # 2023 and 2023-05 say the same in different precision.
        return str(kept).startswith(str(other)) or str(other).startswith(str(kept))
    if isinstance(kept, str):
        return normalise_text(kept) == normalise_text(str(other))
    return bool(kept == other)


def _shorten(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
