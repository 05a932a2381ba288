"""Matplotlib for the pictures: loaded when it is used, always the same style, always the same bytes."""

import importlib
import importlib.util
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.whole_files import replaced_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["INK", "MUTED", "RULE", "bare", "new_figure", "note", "save_figure", "short_label", "styled"]

INK, MUTED, RULE = "#1f2328", "#656d76", "#d8dee4"
_LABEL = 42
_SUFFIXES = ("svg", "png", "pdf")
_STYLE: dict[str, Any] = {
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.titlesize": 10,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",  # part of Matplotlib, so the same on every machine
    "font.size": 9,
    "savefig.dpi": 160,
    "svg.fonttype": "path",
    "svg.hashsalt": "paperconcepts",  # ids in an SVG come from its content and this word
    "text.color": INK,
    "text.parse_math": False,  # a name such as $k$-NN is no formula
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in the style of this package, whatever the user's settings are; they come back afterwards.

    Raises:
        ConfigurationError: Matplotlib is not installed.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise ConfigurationError(
            "a picture needs matplotlib, which is not installed; run pip install 'paperconcepts[plot]'"
        )
    matplotlib = importlib.import_module("matplotlib")

    with warnings.catch_warnings(), matplotlib.rc_context():
        # Names in other scripts than the font has become boxes; that is no news to who draws them.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def new_figure(width: float, height: float) -> "Figure":
    """An empty figure of so many inches, which belongs to no window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def save_figure(figure: "Figure", path: str | Path, *, title: str | None = None) -> None:
    """Write a picture; the suffix of ``path`` says as what: ``.svg``, ``.png`` or ``.pdf``.

    The same figure gives the same bytes with the same version of Matplotlib: no date is written.

    Args:
        figure: from one of the functions of :mod:`paperconcepts.plots`.
        path: the file; it is replaced whole or not at all.
        title: for the description inside the file, which screen readers read out.

    Raises:
        ConfigurationError: no picture has this suffix, or Matplotlib is not installed.
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.examples import example_graph
        >>> from paperconcepts.plots import plot_timeline
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "lora.svg"
        >>> save_figure(plot_timeline(example_graph(), ["LoRA"]), path)
        >>> "<svg" in path.read_text()
        True
    """
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in _SUFFIXES:
        known = ", ".join(f".{name}" for name in _SUFFIXES)
        raise ConfigurationError(f"{path}: the suffix says what kind of picture to write; choose one of {known}")
    metadata: dict[str, Any] = {"Title": clean_line(title)} if title else {}
    metadata |= {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(suffix, {})
    with styled(), replaced_file(path) as place:
        figure.savefig(place, format=suffix, metadata=metadata)


def short_label(label: str, limit: int = _LABEL) -> str:
    """A name in one line of at most ``limit`` characters.

    Examples:
        >>> short_label("a rather long name", 12)
        'a rather lo…'
    """
    line = clean_line(label)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def bare(axes: "Axes", *, keep: tuple[str, ...] = ("bottom",)) -> None:
    """Take away the frame and the ticks of a chart, but the named sides."""
    for name, spine in axes.spines.items():
        spine.set_visible(name in keep)
    axes.tick_params(length=0)


def note(figure: "Figure", text: str) -> None:
    """Say in the middle of an empty figure why it is empty."""
    figure.text(0.5, 0.5, text, ha="center", va="center", color=MUTED)
