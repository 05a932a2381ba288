"""Write a built folder in every format and view: ``export_all.py DIR OUT VENV``; called by ``check-viewers``."""

import site
import sys
from pathlib import Path

# The extras are in the throwaway environment.
site.addsitedir(str(next(Path(sys.argv[3]).glob("lib/python3*/site-packages"))))

from paperconcepts.export.graph_reading import read_graph
from paperconcepts.export.selection import Selection
from paperconcepts.export.targets import TARGETS, export_view
from paperconcepts.export.views import VIEWS

graph, out = read_graph(sys.argv[1]), Path(sys.argv[2])
most = max(graph.concepts(), key=lambda node: (node.support, node.concept.id)).concept.id
for view, looked_at in VIEWS.items():
    for name, target in TARGETS.items():
        if target.drawing or looked_at.is_part:
            place = out / view / (f"graph{target.suffix}" if target.suffix else name)
            selection = Selection(near=most) if view == "ego" else None
            export_view(graph, place, name, view=view, selection=selection)
