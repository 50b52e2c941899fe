"""The pictures that belong to results, kept beside the ledger: results.jsonl has no place for them.

There is a file for each result that has any, named for the fingerprint it was made from.
"""

import base64
import json
from collections.abc import Collection, Sequence
from pathlib import Path

from autograder.classroom.files import replace_file
from autograder.result import Drawing

DRAWINGS = ".drawings"


def keep(folder: Path, fingerprint: str, drawings: Sequence[Drawing]) -> None:
    """Put these in the place of what there was for the fingerprint."""
    path = _path(folder, fingerprint)
    if not drawings:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    entries = [vars(d) | {"png": base64.b64encode(d.png).decode("ascii")} for d in drawings]
    replace_file(path, json.dumps(entries))


def kept(folder: Path, fingerprint: str) -> tuple[Drawing, ...]:
    """Return the pictures of a fingerprint; none when the file is gone or broken."""
    try:
        entries = json.loads(_path(folder, fingerprint).read_bytes())
        return tuple(Drawing(**e | {"png": base64.b64decode(e["png"])}) for e in entries)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def keep_only(folder: Path, fingerprints: Collection[str]) -> None:
    """Remove the pictures of results that are no more."""
    wanted = {_path(folder, fingerprint) for fingerprint in fingerprints}
    for path in (folder / DRAWINGS).glob("*"):
        if path not in wanted:
            path.unlink(missing_ok=True)


def _path(folder: Path, fingerprint: str) -> Path:
    return folder / DRAWINGS / f"{fingerprint}.json"
