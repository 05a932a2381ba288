"""Which spans cannot name a concept, by their letters alone."""

import re

__all__ = ["is_plausible_name"]

# What experiments run on: a maker and a model number or product line, "NVIDIA T4", or any such number and "GPU".
_DEVICE = re.compile(
    r"(?:nvidia|amd)\s(?:(?:geforce|tesla|quadro|rtx|gtx|instinct|jetson|titan)(?:\s[\w-]{1,12}){0,3}"
    r"|[a-z]{1,2}\d{1,4}[a-z]{0,3})(?:\s(?:tensor core\s)?gpus?)?"
    r"|(?:[a-z]{1,2}\d{2,4}|[rg]tx \d{4}\w{0,3})\sgpus?",
    re.IGNORECASE,
)


def is_plausible_name(name: str) -> bool:
    """Whether a span may name a concept: it has no half pair of brackets, and is no piece of hardware.

    Examples:
        >>> is_plausible_name("mixture-of-experts (MoE) layer"), is_plausible_name("OPX)-DPO")
        (True, False)
        >>> is_plausible_name("NVIDIA Titan Xp"), is_plausible_name("NVIDIA NeMo")
        (False, True)
    """
    return _has_whole_brackets(name) and _DEVICE.fullmatch(name) is None


def _has_whole_brackets(name: str) -> bool:
    depth = 0
    for letter in name:
        depth += (letter in "([{") - (letter in ")]}")
        if depth < 0:
            return False
    return depth == 0
