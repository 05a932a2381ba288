"""Write a student as the product reads it: whole numbers of at most 127, their scales, and a digest."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpora import ROLES, Example, tags_of
from numpy.typing import NDArray
from student import Student
from torch import Tensor, nn

__all__ = ["input_steps", "npz_of", "whole_and_scale", "write_tagger"]


def input_steps(model: Student, examples: Sequence[Example]) -> list[float]:
    """The step of the inputs of each layer (mix, convolutions, out): the largest of ``examples`` becomes 127."""
    largest: dict[int, float] = {}
    layers: list[nn.Module] = [model.mix, *model.convolutions, model.out]

    def watch(number: int) -> Any:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            values = inputs[0].detach().abs().flatten()
            largest[number] = max(largest.get(number, 0.0), float(values.max()))

        return note

    handles = [layer.register_forward_pre_hook(watch(number)) for number, layer in enumerate(layers)]
    model.eval()
    with torch.no_grad():
        for example in examples:
            model([example])
    for handle in handles:
        handle.remove()
    return [largest[number] / 127 for number in range(len(layers))]


def whole_and_scale(values: NDArray[np.float32], axis: int | None) -> tuple[NDArray[np.int8], Any]:
    """``values`` in whole numbers of at most 127, and what one of them means: for all, or along ``axis``."""
    scale = np.abs(values).max(axis=axis, keepdims=axis is not None) / 127
    scale = np.maximum(scale, 1e-12)
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8), scale


def write_tagger(model: Student, steps: Sequence[float], path: Path, version: str, card: Mapping[str, Any]) -> None:
    """Write ``path`` (``.npz``) and the ``.json`` that describes it; the same model gives the same bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "tags": _text(tags_of(model.head)),
        "roles": _text([role or "none" for role in ROLES] if model.head == "own" else []),
        "pieces": _text(list(model.pieces)),
        "gaps": np.array(model.settings.gaps, dtype=np.int64),
        "steps": np.array(steps, dtype=np.float32),
        "flags": model.flags.weight.detach().numpy().astype(np.float32),
    }
    scales = []
    for number, table in enumerate(model.tables.values()):
        arrays[f"table_{number}"], scale = whole_and_scale(table.weight.detach().numpy(), None)
        scales.append(float(scale))
    arrays["table_scales"] = np.array(scales, dtype=np.float32)
    layers: list[tuple[str, str, str, NDArray[np.float32], NDArray[np.float32]]] = [
        ("mix", "mix_scale", "mix_bias", model.mix.weight.detach().numpy().T, model.mix.bias.detach().numpy()),
        ("out", "out_scale", "out_bias", model.out.weight.detach().numpy().T, model.out.bias.detach().numpy()),
    ]
    for number, layer in enumerate(model.convolutions):
        # (out, in, 3) -> (3 * in, out): the window is the word before, the word, the word after.
        matrix = layer.weight.detach().numpy().transpose(2, 1, 0).reshape(-1, layer.out_channels)
        layers.append(
            (
                f"convolution_{number}",
                f"convolution_scale_{number}",
                f"convolution_bias_{number}",
                matrix,
                layer.bias.detach().numpy(),
            )
        )
    for name, scale_name, bias_name, matrix, bias in layers:
        position = 0 if name == "mix" else len(steps) - 1 if name == "out" else 1 + int(name.rpartition("_")[2])
        whole, scale = whole_and_scale(matrix, 0)
        arrays[name] = whole
        arrays[scale_name] = (scale[0] * steps[position]).astype(np.float32)
        arrays[bias_name] = bias.astype(np.float32)
    data = npz_of(arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    full = {"version": version, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), **card}
    path.with_suffix(".json").write_text(json.dumps(full, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)


def npz_of(arrays: Mapping[str, Any]) -> bytes:
    """The bytes of an ``.npz`` file; equal arrays give equal bytes."""
    stream = io.BytesIO()
    # savez stamps its members with a fixed time, so that equal arrays are equal bytes.
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()
