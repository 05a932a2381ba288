"""Find decisions that cannot both hold."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from paperconcepts.linking.decision_model import Action, Decision, Problem
from paperconcepts.linking.decision_syntax import plain_form

__all__ = ["find_conflicts"]

Key = Callable[[str], str]
_ONCE = {Action.MERGE: "merged into", Action.RETYPE: "retyped to", Action.RENAME: "renamed to"}


def find_conflicts(decisions: Iterable[Decision], key: Key, paper: Key = str) -> list[Problem]:
    """Return the contradictions among decisions, in order of their lines.

    ``key`` says which names mean one concept: before a corpus is known the name itself, afterwards its id. ``paper``
    says the same of the names of papers.

    Examples:
        >>> pair = [Decision(Action.MERGE, "a", "b", line=1), Decision(Action.MERGE, "b", "a", line=2)]
        >>> find_conflicts(pair, str)
        [(2, "merges go round in a circle: 'a' (line 1), 'b' (line 2); take one of them away")]
    """
    found = list(decisions)
    problems = [
        *_told_twice(found, key),
        *_gone_and_used(found, key),
        *_forms_told_twice(found, key, paper),
        *_forms_in_chains(found, key, paper),
        *_circles(found, key),
    ]
    return sorted(problems, key=lambda problem: (problem[0] or 0, problem[1]))


def _told_twice(decisions: list[Decision], key: Key) -> Iterator[Problem]:
    first: dict[tuple[Action, str], Decision] = {}
    for item in decisions:
        if item.action not in _ONCE:
            continue
        earlier = first.setdefault((item.action, key(item.concept)), item)
        if _goal(earlier, key) != _goal(item, key):
            yield (
                item.line,
                (
                    f"{item.concept!r} is {_ONCE[item.action]} {item.target!r} here and {_ONCE[item.action]} "
                    f"{earlier.target!r} in line {earlier.line}; keep one of them"
                ),
            )


def _goal(item: Decision, key: Key) -> str:
    return key(item.target) if item.action is Action.MERGE else item.target


def _gone_and_used(decisions: list[Decision], key: Key) -> Iterator[Problem]:
    """Concepts that one decision takes away and another one still needs."""
    rejected: dict[str, Decision] = {}
    merged: dict[str, Decision] = {}
    for item in decisions:
        if item.action is Action.REJECT and not item.form and not item.paper:
            rejected.setdefault(key(item.concept), item)
        elif item.action is Action.MERGE:
            merged.setdefault(key(item.concept), item)
    for item in decisions:
        named = [item.concept] if item.action in _ONCE else []
        named += [item.target] if item.action in (Action.MERGE, Action.SPLIT) else []
        for name in named:
            gone = rejected.get(key(name))
            if gone is not None:
                yield item.line, f"{name!r} is rejected in line {gone.line}; keep one of the two decisions"
        away = merged.get(key(item.concept))
        if item.action is Action.RENAME and away is not None:
            yield (
                item.line,
                (
                    f"{item.concept!r} is merged into {away.target!r} in line {away.line} and has no label then; "
                    f"rename {away.target!r}, or keep one of the two decisions"
                ),
            )


def _forms_told_twice(decisions: list[Decision], key: Key, paper: Key) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], Decision] = {}
    for item in decisions:
        if not item.form:
            continue
        earlier = first.setdefault((key(item.concept), plain_form(item.form), paper(item.paper)), item)
        if _destination(earlier, key) != _destination(item, key):
            yield (
                item.line,
                (
                    f"the form {item.form!r} of {item.concept!r} is {_fate(item)} here and {_fate(earlier)} in line "
                    f"{earlier.line}; keep one of them, or say in which paper each holds"
                ),
            )


def _forms_in_chains(decisions: list[Decision], key: Key, paper: Key) -> Iterator[Problem]:
    """Forms that one decision brings to a concept and another one takes from there: which came first, no line says."""
    brought: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for item in decisions:
        if item.action is Action.SPLIT and key(item.target) != key(item.concept):
            brought[key(item.target), plain_form(item.form)].append(item)
    for item in decisions:
        for earlier in brought.get((key(item.concept), plain_form(item.form)), ()) if item.form else ():
            if "" in (item.paper, earlier.paper) or paper(item.paper) == paper(earlier.paper):
                yield (
                    item.line,
                    (
                        f"the form {item.form!r} comes to {item.concept!r} by line {earlier.line} and is {_fate(item)} "
                        f"here; say in one line where it is to go"
                    ),
                )


def _destination(item: Decision, key: Key) -> tuple[Action, bool, str]:
    return item.action, item.new, key(item.target) if item.target and not item.new else item.target


def _fate(item: Decision) -> str:
    return "rejected" if item.action is Action.REJECT else f"split off to {item.target!r}"


def _circles(decisions: list[Decision], key: Key) -> Iterator[Problem]:
    merges: dict[str, Decision] = {}
    for item in decisions:
        if item.action is Action.MERGE:
            merges.setdefault(key(item.concept), item)
    circles: dict[frozenset[str], list[Decision]] = defaultdict(list)
    done: set[str] = set()
    for start in merges:
        path: dict[str, None] = {}
        current = start
        while current in merges and current not in path and current not in done:
            path[current] = None
            current = key(merges[current].target)
        done.update(path)
        if current in path:
            names = list(path)
            ring = names[names.index(current) :]
            circles[frozenset(ring)] = sorted((merges[name] for name in ring), key=lambda d: d.line)
    for ring_of in circles.values():
        if len(ring_of) == 1:
            yield ring_of[0].line, f"{ring_of[0].concept!r} is merged into itself; take this line away"
            continue
        steps = ", ".join(f"{item.concept!r} (line {item.line})" for item in ring_of)
        yield ring_of[-1].line, f"merges go round in a circle: {steps}; take one of them away"
