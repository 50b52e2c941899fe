"""The author's files, as the grader loads them."""

import subprocess
import sys
from pathlib import Path

import pytest

LOAD = """
import sys
from pathlib import Path
from autograder.reference import load_reference
plt = load_reference(Path(sys.argv[1])).plt
print("matplotlib" in sys.modules, plt.Figure.__name__, "matplotlib.pyplot" in sys.modules)
import matplotlib.pyplot
print(type(matplotlib).__name__, matplotlib.pyplot.Figure is plt.Figure)
"""


@pytest.mark.parametrize(
    ("use", "loaded"),
    [("", False), ("colour = plt.cm.viridis(0)", True), ("import matplotlib.cm", True)],
)
def test_what_draws_is_imported_when_it_is_used(tmp_path: Path, use: str, loaded: bool) -> None:
    """A reference that imports Matplotlib for its figures loads without, until it is used."""
    script = tmp_path / "mini.py"
    script.write_text(f"# %%\nimport matplotlib.pyplot as plt\n{use}\n")
    ended = subprocess.run(
        [sys.executable, "-c", LOAD, script], check=True, capture_output=True, text=True
    )

    assert ended.stdout.splitlines() == [f"{loaded} Figure True", "module True"]


def test_reading_leaves_out_what_servers_need() -> None:
    """Jupytext is imported without its part for servers, which can be imported afterwards."""
    code = (
        "import sys; from autograder.intake import quick_import\n"
        "with quick_import(): import jupytext\n"
        "print('jupyter_server' in sys.modules)\n"
        "import jupytext.sync_contentsmanager\n"
    )
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)

    assert ended.stdout == "False\n"
