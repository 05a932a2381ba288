"""Say once what was left out, with a count and the first names."""

from collections.abc import Sequence

__all__ = ["remark"]

_SHOWN = 3


def remark(text: str, names: Sequence[str]) -> list[str]:
    """One remark that counts and names the first of ``names``; none if there are none.

    Examples:
        >>> remark("gold records without their paper, left out", ["p1", "p2", "p3", "p4"])
        ['gold records without their paper, left out: 4 (p1, p2, p3, …)']
        >>> remark("nothing", [])
        []
    """
    if not names:
        return []
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return [f"{text}: {len(names):,} ({shown})"]
