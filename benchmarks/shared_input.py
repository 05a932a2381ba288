"""Where the real input and the gold lie; the checks that need them say so and stop where they are missing."""

import os
import sys
from pathlib import Path

__all__ = ["shared_folder"]


def shared_folder() -> Path:
    """The folder of real input: $PAPERCONCEPTS_SHARED, else ../shared beside the repository."""
    folder = Path(os.environ.get("PAPERCONCEPTS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "data").is_dir():
        print(f"{folder} has no data folder; set PAPERCONCEPTS_SHARED to run this check")
        sys.exit(3)
    return folder
