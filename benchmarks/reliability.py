"""Whether confidences of mentions can be believed: of those given 0.9, about 90 % should be right. With the plot."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

from paperconcepts.evaluation import Calibration, CalibrationBin, ConceptGold, parse_prediction
from paperconcepts.evaluation.predictions import place_mentions
from paperconcepts.evaluation.spans import find_surfaces, trim_span

__all__ = ["judge_confidences", "plot_reliability", "share_right_near", "wilson_interval"]

Judged = tuple[float, bool]
_LEFT, _TOP, _SIDE = 66, 20, 300
_WIDTH, _HEIGHT = _LEFT + _SIDE + 18, _TOP + _SIDE + 74
# Of the palette of Okabe and Ito; the grey of the letters stands out from white and from black alike.
_STYLE = (
    "text{font:11px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#6e7781}"
    ".axis{stroke:#808890;fill:none}.grid{stroke:#808890;stroke-opacity:.25}"
    ".ideal{stroke:#808890;stroke-dasharray:4 4}.bar{fill:#0072b2;fill-opacity:.18}"
    ".mark{fill:#0072b2}.range{stroke:#0072b2;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){text{fill:#c8ced4}.bar{fill:#56b4e9;fill-opacity:.25}"
    ".mark{fill:#56b4e9}.range{stroke:#56b4e9}}"
)


def judge_confidences(gold: ConceptGold, records: Iterable[Mapping[str, Any]]) -> list[Judged]:
    """Each predicted mention's confidence, and whether it is a gold span up to an article and a closing head noun.

    Spans of borderline concepts are right, too, as they are in the evaluation of concepts. Sorted.
    """
    papers = {item.paper.id: item for item in gold.papers}
    judged = []
    for record in records:
        prediction = parse_prediction(record)
        item = papers[prediction.record]
        text = item.paper.text
        spans = set().union(*find_surfaces([concept.surfaces for concept in item.concepts], text))
        right = spans | {trim_span(text, span) for span in spans}
        for concept, row in zip(prediction.concepts, record["concepts"], strict=True):
            for mention, values in zip(concept.mentions, row["mentions"], strict=True):
                (span,) = place_mentions(concept.model_copy(update={"mentions": (mention,)}), item.paper)
                judged.append((float(values["confidence"]), span in right or trim_span(text, span) in right))
    return sorted(judged)


def share_right_near(judged: Iterable[Judged], confidence: float, *, reach: float = 0.05) -> tuple[int, int]:
    """How many mentions of about this confidence are right, and how many there are.

    Examples:
        >>> share_right_near([(0.84, False), (0.86, True), (0.9, False), (0.96, True)], 0.9)
        (1, 2)
    """
    near = [right for value, right in judged if abs(value - confidence) <= reach + 1e-9]
    return sum(near), len(near)


def wilson_interval(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927), which stays within 0 and 1 and is honest for few cases.

    Examples:
        >>> [round(bound, 3) for bound in wilson_interval(9, 10)]
        [0.596, 0.982]
    """
    z = 1.96
    share = right / count
    centre = share + z * z / (2 * count)
    margin = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (centre - margin) / whole), min(1.0, (centre + margin) / whole)


def plot_reliability(table: Calibration, *, title: str) -> str:
    """The reliability plot as SVG: for each bin of confidence the share that is right, with its interval and count.

    It has no background and two sets of colours, for light and dark pages; equal tables give equal bytes.
    """
    filled = [item for item in table.bins if item.count]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        ' role="img" aria-labelledby="title desc">',
        f'<title id="title">{_escape(title)}</title>',
        f'<desc id="desc">{_escape(_describe(filled, table.expected_error))}</desc>',
        f"<style>{_STYLE}</style>",
        *_axes(),
        *(line for item in filled for line in _draw_bin(item)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _describe(filled: Sequence[CalibrationBin], error: float | None) -> str:
    shares = [
        f"{item.low:.1f} to {item.high:.1f}: {item.share_right:.0%} of {item.count:,} right, mean confidence "
        f"{item.mean_confidence:.2f}"
        for item in filled
    ]
    return "; ".join(shares) + ("" if error is None else f". Expected calibration error {error:.3f}.")


def _x(value: float) -> float:
    return round(_LEFT + _SIDE * value, 1)


def _y(value: float) -> float:
    return round(_TOP + _SIDE * (1 - value), 1)


def _axes() -> list[str]:
    lines = [f'<path class="axis" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>']
    for tick in range(0, 11, 2):
        value = tick / 10
        lines += [
            f'<path class="grid" d="M{_x(0)} {_y(value)}H{_x(1)}"/>',
            f'<text x="{_x(0) - 8}" y="{_y(value) + 4}" text-anchor="end">{value:.0%}</text>',
            f'<text x="{_x(value)}" y="{_y(0) + 16}" text-anchor="middle">{value:.1f}</text>',
        ]
    turned = f'text-anchor="middle" transform="rotate(-90 14 {_y(0.5)})"'
    return [
        *lines,
        f'<path class="ideal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
        f'<text x="{_x(0.5)}" y="{_HEIGHT - 8}" text-anchor="middle">confidence of a mention</text>',
        f'<text x="14" y="{_y(0.5)}" {turned}>share that is right</text>',
        f'<text x="{_x(0) - 8}" y="{_y(0) + 34}" text-anchor="end">mentions</text>',
    ]


def _draw_bin(item: CalibrationBin) -> list[str]:
    low, high = wilson_interval(item.right, item.count)
    x, y = _x(item.mean_confidence), _y(item.share_right)
    left, width = _x(item.low) + 1, round(_SIDE * (item.high - item.low) - 2, 1)
    return [
        f'<rect class="bar" x="{left}" y="{y}" width="{width}" height="{round(_y(0) - y, 1)}"/>',
        f'<path class="range" d="M{x} {_y(low)}V{_y(high)}"/>',
        f'<circle class="mark" cx="{x}" cy="{y}" r="4"/>',
        f'<text x="{_x((item.low + item.high) / 2)}" y="{_y(0) + 34}" text-anchor="middle">{item.count:,}</text>',
    ]
