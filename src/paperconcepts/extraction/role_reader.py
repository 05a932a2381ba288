"""Read what a paper does with its concepts, knowing the whole text: a branch of the tagger's network.

What a paper does with a concept is seldom said beside its name alone: the title tells a survey from a proposal. The
branch takes the tagger's states half-way, adds to each word what the means over the title and over all words say, and
reads the roles with convolutions of its own. In whole numbers, like the tagger itself.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from paperconcepts.extraction.sealed_arrays import Arrays, layer_of, read_sealed, unsealed
from paperconcepts.extraction.whole_numbers import Floats, Layer, convolve, shares, whole

__all__ = ["ReaderWeights", "RoleReader", "load_reader_weights"]

_NAME = "role_reader"


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """A trained role reader.

    Attributes:
        after: how many of the tagger's convolutions the states that it reads have gone through.
        tagger: the SHA-256 of the weights of the tagger that it was trained for.
        word_step: the step in which the states are counted before their means are taken.
    """

    version: str
    tagger: str
    after: int
    word_step: np.float32
    context: Layer
    gaps: tuple[int, ...]
    convolutions: tuple[Layer, ...]
    out: Layer


@cache
def load_reader_weights() -> ReaderWeights:
    """Return the role reader that ships with paperconcepts; read once a process.

    Raises:
        ModelError: a file is missing or damaged, or is not the one that was recorded.
    """
    return unsealed(*read_sealed(_NAME), _NAME, _weights)


def _weights(version: str, arrays: Arrays) -> ReaderWeights:
    word_step, context_step, *steps, out_step = arrays["steps"]
    return ReaderWeights(
        version=version,
        tagger=arrays["tagger"].tobytes().decode("ascii"),
        after=int(arrays["after"]),
        word_step=word_step,
        context=layer_of(arrays, "context", context_step),
        gaps=tuple(int(gap) for gap in arrays["gaps"]),
        convolutions=tuple(layer_of(arrays, "convolution", step, number) for number, step in enumerate(steps)),
        out=layer_of(arrays, "out", out_step),
    )


class RoleReader:
    """Gives each word a probability for each role, the first for belonging to no concept."""

    def __init__(self, weights: ReaderWeights | None = None) -> None:
        self._weights = weights if weights is not None else load_reader_weights()

    @property
    def after(self) -> int:
        """How many of the tagger's convolutions the states that it reads have gone through."""
        return self._weights.after

    def read(self, states: Floats, title_words: int) -> NDArray[np.float64]:
        """The roles of words with these states, the first ``title_words`` of which are the title."""
        weights = self._weights
        counted = whole(states, weights.word_step)
        # Sums of whole numbers below 2**24: exact in any order.
        means = [part.sum(axis=0) / np.float32(max(1, len(part))) for part in (counted[:title_words], counted)]
        hidden = states + weights.context.scores(np.concatenate(means) * weights.word_step)
        for layer, gap in zip(weights.convolutions, weights.gaps, strict=True):
            convolve(hidden, layer, gap)
        return shares(weights.out.scores(hidden))
