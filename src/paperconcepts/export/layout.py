"""Where the nodes of a drawing stand: a force layout that is fast, bounded and the same on every machine.

Edges pull, all nodes push each other apart, and gravity keeps parts without a connection near. The push of all
nodes on all nodes is not summed pair by pair: the nodes are laid on a grid as masses, and one convolution of that
grid (by FFT) gives the field of force everywhere. So a step costs a few milliseconds, for a hundred nodes as for ten
thousand.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["arrange", "spread"]

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]

_STEPS = 160
_GRAVITY = 0.12
_PULL = 0.4
_SPREAD = 30.0  # drawing units per square root of a node: room for a label here and there
_QUANTUM = 2.0**20


def arrange(
    ids: Sequence[str], sources: Sequence[int], targets: Sequence[int], sizes: Sequence[float]
) -> list[tuple[float, float]]:
    """Return a position (x to the right, y up) for each node, centred on the origin.

    The result depends on nothing but the arguments. All numbers are finite. The time grows about linearly with
    nodes and edges.

    Args:
        ids: the name of each node; a node starts at a place that its name decides.
        sources: for each edge, the index of its first node.
        targets: for each edge, the index of its second node.
        sizes: the diameter of each node in drawing units; nodes are moved apart until few overlap.

    Examples:
        >>> arrange(["only"], [], [], [4.0])
        [(0.0, 0.0)]
        >>> first, second = arrange(["a", "b"], [0], [1], [4.0, 4.0])
        >>> first != second
        True
    """
    count = len(ids)
    if count < 2:
        return [(0.0, 0.0)] * count
    ends = np.array([sources, targets], dtype=np.int64).reshape(2, -1)
    ends = ends[:, ends[0] != ends[1]]
    places = _settle(_start(ids, ends), ends)
    places = _separate(places * (_SPREAD * np.sqrt(count) / _extent(places)), np.asarray(sizes, dtype=np.float64))
    places -= places.mean(axis=0)
    return [(round(float(x), 2) + 0.0, round(float(y), 2) + 0.0) for x, y in places]


def spread(
    places: Sequence[tuple[float, float]], sizes: Sequence[float], *, fixed: Sequence[int] = ()
) -> list[tuple[float, float]]:
    """Move nodes apart that cover each other, and those of ``fixed`` not at all.

    Args:
        places: where the nodes stand.
        sizes: the diameter of each.
        fixed: the indices of the nodes that stay.

    Examples:
        >>> spread([(0.0, 0.0), (0.0, 0.0)], [4.0, 4.0], fixed=[0])[0]
        (0.0, 0.0)
        >>> spread([], [])
        []
    """
    if not places:
        return []
    movable = np.ones(len(places))
    movable[np.asarray(fixed, dtype=np.int64)] = 0.0
    moved = _separate(np.asarray(places, dtype=np.float64), np.asarray(sizes, dtype=np.float64), movable=movable)
    return [(round(float(x), 2) + 0.0, round(float(y), 2) + 0.0) for x, y in moved]


def _start(ids: Sequence[str], ends: _Ints) -> _Floats:
    """Places in a disc from a hash of each name, then smoothed so that neighbours begin near each other."""
    digests = b"".join(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest() for name in ids)
    places = np.frombuffer(digests, dtype="<u4").reshape(-1, 2) / 2.0**31 - 1.0
    own = places.copy()
    degree = np.maximum(np.bincount(ends.ravel(), minlength=len(ids)), 1)[:, None]
    for _ in range(30):
        # Averaging over neighbours, kept from collapsing: a rough picture of the slowest modes of the graph.
        places = 0.5 * places + 0.5 * _sum_of_neighbours(places, ends) / degree
        places -= places.mean(axis=0)
        places /= np.sqrt((places**2).mean(axis=0)) + 1e-12
        places = _quantise(places)
    return _quantise((places + 0.2 * own) * np.sqrt(len(ids)))


def _settle(places: _Floats, ends: _Ints) -> _Floats:
    count = len(places)
    mass: _Floats = np.bincount(ends.ravel(), minlength=count).astype(np.float64) + 1.0
    cells = 128 if count > 600 else 64
    kernel = _kernel(cells)
    warmth = 0.3 * _extent(places)
    for step in range(_STEPS):
        force = _repulsion(places, mass, kernel, cells)
        force += _PULL * (_sum_of_neighbours(places, ends) - (mass - 1.0)[:, None] * places) / mass[:, None]
        force -= _GRAVITY * places
        length = np.sqrt((force**2).sum(axis=1)) + 1e-12
        limit = warmth * (1.0 - step / _STEPS) ** 1.5
        # Rounded after each step: otherwise the last bit of one processor's FFT would, in the end, decide the picture.
        places = _quantise(places + force * np.minimum(0.5, limit / length)[:, None])
    centred: _Floats = places - places.mean(axis=0)
    return centred


def _sum_of_neighbours(places: _Floats, ends: _Ints) -> _Floats:
    count = len(places)
    first, second = ends
    total = np.empty_like(places)
    for axis in (0, 1):
        column = places[:, axis]
        total[:, axis] = np.bincount(first, column[second], count) + np.bincount(second, column[first], count)
    return total


def _kernel(cells: int) -> NDArray[np.complex128]:
    """The transform of the force of a unit mass, distance / distance², x as real and y as imaginary part."""
    steps = np.fft.fftfreq(2 * cells, 1.0 / (2 * cells))
    across, up = steps[None, :], steps[:, None]
    return np.fft.fft2((across + 1j * up) / (across**2 + up**2 + 0.5))


def _repulsion(places: _Floats, mass: _Floats, kernel: NDArray[np.complex128], cells: int) -> _Floats:
    low = places.min(axis=0)
    width = max(float((places.max(axis=0) - low).max()), 1e-9) / (cells - 1.001)
    scaled = (places - low) / width
    corner = scaled.astype(np.int64)
    part = scaled - corner
    side = 2 * cells  # twice as wide as needed, so that the convolution does not wrap around
    corners = [
        ((corner[:, 1] + dy) * side + corner[:, 0] + dx, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    grid = np.zeros(side * side)
    for index, share in corners:
        grid += np.bincount(index, share * mass, side * side)
    field = np.fft.ifft2(np.fft.fft2(grid.reshape(side, side)) * kernel).ravel() / width
    pushed = np.zeros(len(places), dtype=np.complex128)
    for index, share in corners:
        pushed += share * field[index]
    return np.column_stack((pushed.real, pushed.imag))


def _separate(
    places: _Floats, sizes: _Floats, *, movable: _Floats | None = None, rounds: int = 40, neighbours: int = 8
) -> _Floats:
    """Move nodes apart that cover each other.

    Each round looks at a few next nodes in stripes of the plane, lying and standing in turn: not every pair is seen,
    but the time is bounded however many nodes crowd in one place.
    """
    stripe = max(2.0 * float(np.median(sizes)), 1e-9)
    for turn in range(rounds):
        axis = turn % 2
        rows = np.floor(places[:, 1 - axis] / stripe + (turn % 3) / 3.0)
        order = np.lexsort((places[:, axis], rows))
        moves = np.zeros_like(places)
        for ahead in range(1, min(neighbours, len(order) - 1) + 1):
            one, other = order[:-ahead], order[ahead:]
            gap = places[other] - places[one]
            length = np.sqrt((gap**2).sum(axis=1))
            lacking = np.maximum(0.6 * (sizes[one] + sizes[other]) + 2.0 - length, 0.0)
            same = length < 1e-6
            gap[same] = (0.6, 0.8)
            push = gap * (0.25 * lacking / np.where(same, 1.0, length))[:, None]
            moves[one] -= push
            moves[other] += push
        places = _quantise(places + (moves if movable is None else moves * movable[:, None]))
    return places


def _extent(places: _Floats) -> float:
    """The typical distance from the centre; never zero."""
    return max(float(np.sqrt(((places - places.mean(axis=0)) ** 2).sum(axis=1).mean())), 1e-9)


def _quantise(places: _Floats) -> _Floats:
    return np.asarray(np.rint(places * _QUANTUM) / _QUANTUM, dtype=np.float64)
