"""Pictures of what :mod:`paperconcepts.query` answers, drawn by Matplotlib; written as SVG, PNG or PDF.

Each function returns a :class:`matplotlib.figure.Figure`, which a notebook shows; :func:`save_figure` writes it.
"""

from paperconcepts.plots.co_occurrence import plot_co_occurrence
from paperconcepts.plots.emergence import plot_emergence
from paperconcepts.plots.figures import save_figure
from paperconcepts.plots.lineage import plot_lineage
from paperconcepts.plots.timelines import plot_timeline

__all__ = ["plot_co_occurrence", "plot_emergence", "plot_lineage", "plot_timeline", "save_figure"]
