"""Numbers on the command line: those that are none (nan) or have no end (inf) are refused, not passed on."""

import math
from typing import Any

import click

__all__ = ["FiniteRange"]


class FiniteRange(click.FloatRange):
    """A number between two others, as click has it; ``nan``, which no comparison keeps out, and ``inf`` are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is not finite, then what is out of range."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number that can be compared.", param, ctx)
        return number
