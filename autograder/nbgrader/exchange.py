"""Release feedback when some of the work did not come through nbgrader's exchange."""

from glob import glob
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback

NEEDED = ("timestamp.txt", "submission_secret.txt")
"""What the exchange puts beside a submission; a release without the first ends the command."""

_copy_files = ExchangeReleaseFeedback.copy_files


def release_what_was_exchanged() -> None:
    """Make ``nbgrader release_feedback`` pass over students who handed in some other way."""
    ExchangeReleaseFeedback.copy_files = _copy_exchanged


def _copy_exchanged(release: Any) -> None:
    folders = [Path(folder) for folder in sorted(glob(release.src_path))]  # noqa: PTH207
    others = [f.parent.name for f in folders if not all((f / name).is_file() for name in NEEDED)]
    if others:
        release.log.warning(
            "Not released, because it was not handed in through the exchange, is the feedback "
            "for: %s.",
            ", ".join(others),
        )
        excluded = filter(None, [release.coursedir.student_id_exclude, *others])
        release.coursedir.student_id_exclude = ",".join(excluded)
    _copy_files(release)
