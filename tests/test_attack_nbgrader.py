"""The same attacks through nbgrader's own commands, and on its pages in a real browser."""

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Browser

from autograder.build import build
from autograder.course import Course
from tests.attack_course import ATTACKS, BASELINE, HIDDEN, RIGHT, WRONG, cell, make_course
from tests.nbgrader_course import answered, hand_in, nbgrader

REPOSITORY = Path(__file__).parents[1]
TOGETHER = 12  # attacks in one notebook, each in a cell of its own
ALERT = "<script>alert('attacker')</script><img src=x onerror=alert('attacker')>"
BREAK = "\"'></a></div></pre></textarea></script>" + ALERT
HOSTILE = "eve\"><img src=x onerror=alert('attacker')>"
START_SECONDS = 60
LISTS = (
    "manage_submissions/mini",
    "manage_students",
    "manage_students/scripted",
    "manage_students/scripted/mini",
    "gradebook",
    "gradebook/mini",
    "gradebook/mini/mini",
)


@dataclass(frozen=True)
class Graded:
    """A class that nbgrader has graded."""

    root: Path
    canary: str
    log: str

    def scores(self) -> dict[str, float]:
        """Return each student's points, from the gradebook."""
        with self.gradebook() as gradebook:
            return {s.student.id: s.score for s in gradebook.assignment_submissions("mini")}

    def gradebook(self) -> Any:
        """Open the gradebook."""
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def pages(self) -> list[Path]:
        """Return the feedback pages."""
        return sorted((self.root / "feedback").glob("*/mini/mini.html"))


def code(source: str, **more: Any) -> dict[str, Any]:
    """Return a code cell of the student's own."""
    blank = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return {**blank, "source": source, **more}


def scripted(handout: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with markup wherever a notebook may hold text."""
    notebook = answered(handout, double=WRONG, square=RIGHT["square"], conclusion=BREAK)
    html = {"text/html": ALERT, "application/javascript": "alert('attacker')"}
    shown = {"output_type": "display_data", "data": html, "metadata": {}}
    error = {"output_type": "error", "ename": ALERT, "evalue": ALERT, "traceback": [ALERT]}
    metadata = {"tags": [BREAK, "raises-exception"], "collapsed": ALERT, "nbgrader": {"x": ALERT}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"x": ALERT}}}
    notebook["cells"] += [
        code(f"print({ALERT!r})", outputs=[shown, error], metadata=metadata, id="'><script>"),
        {"cell_type": "raw", "metadata": {"format": "text/html"}, "source": BREAK},
        {
            "cell_type": "markdown",
            "metadata": {"tags": [BREAK]},
            "source": f"{BREAK}\n![{BREAK}](attachment:a.svg) ![x](attachment:b.png) "
            "[x](javascript:alert('attacker')) <javascript:alert('attacker')> "
            "![x](x\" onerror=\"alert('attacker')) $\\href{javascript:alert('attacker')}{x}$\n"
            "$$</script><script>alert('attacker')</script>$$\n[x]: javascript:alert('attacker')\n"
            "```mermaid\ngraph TD; A[\"<img src=x onerror=alert('attacker')>\"]\n```",
            "attachments": {
                "a.svg": {"image/svg+xml": f"<svg onload=alert('attacker')>{ALERT}</svg>"},
                "b.png": {"image/png": f'">{ALERT}', "text/html": ALERT},
                BREAK: {"image/png": "AAAA"},
            },
        },
    ]
    notebook["metadata"] = {
        "kernelspec": {"name": BREAK, "language": BREAK, "display_name": BREAK},
        "language_info": {"name": BREAK, "pygments_lexer": BREAK, "codemirror_mode": BREAK},
        "title": BREAK,
        "authors": [{"name": BREAK}],
        "widgets": widgets,
    }
    return notebook


def crowded(handout: dict[str, Any], root: Path, number: int) -> dict[str, Any]:
    """Return a wrong notebook with several attacks, the first in the cell of the item."""
    group = [cell(attack, root) for attack in ATTACKS[number * TOGETHER :][:TOGETHER]]
    notebook = answered(handout, double=group[0], square=RIGHT["square"])
    notebook["cells"] += [code(source) for source in group[1:]]
    return notebook


TOGETHER_COUNT = -(-len(ATTACKS) // TOGETHER)


def archive(root: Path, handout: dict[str, Any]) -> None:
    """Put what an LMS gives where ``zip_collect`` looks, hostile names and links included."""
    folder = root / "downloaded" / "mini" / "archive"
    folder.mkdir(parents=True)
    work = json.dumps(answered(handout, **RIGHT))
    (folder / f"{HOSTILE}_mini.ipynb").write_text(work)
    link = zipfile.ZipInfo("link_mini.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "zoe_1.zip", "w") as bundle:
        for up in ("../../../", "/", "..\\"):
            bundle.writestr(f"{up}escaped_mini.ipynb", work)
        bundle.writestr("right-0_mini.ipynb", work)
        bundle.writestr(link, str(root / "secret"))
        bundle.writestr("mini.ipynb", work)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade the attacks, with right neighbours among them, and write their feedback."""
    root = make_course(tmp_path_factory.mktemp("nbgrader"))
    canary = f"canary-{secrets.token_hex(8)}"
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build(Course.find(root))
    handout = json.loads((root / "assignments" / "mini" / "mini.ipynb").read_text())
    (root / "secret").write_text(canary)
    for number in range(TOGETHER_COUNT):
        hand_in(root, f"attack-{number:03}", {"mini.ipynb": crowded(handout, root, number)})
        if number % 10 == 0:
            hand_in(root, f"right-{number}", {"mini.ipynb": answered(handout, **RIGHT)})
    honest = answered(handout, double=WRONG, square=RIGHT["square"])
    hand_in(root, "honest", {"mini.ipynb": honest})
    hand_in(root, "scripted", {"mini.ipynb": scripted(handout), "x.html": ALERT})
    (root / "submitted" / "scripted" / "mini" / "secret.html").symlink_to(root / "secret")
    archive(root, handout)
    commands = ("generate_assignment mini", "zip_collect mini", "autograde mini")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_TOKEN", canary)
        log = nbgrader(*commands, "generate_feedback mini", cwd=root)
    return Graded(root, canary, log)


def test_no_attack_gains_a_point(graded: Graded) -> None:
    """None gets more than the same wrong answer without its exploits, and all are graded."""
    scores = graded.scores()
    attacks = {student: n for student, n in scores.items() if student.startswith("attack")}

    assert scores["honest"] == scores["scripted"] == BASELINE
    assert len(attacks) == TOGETHER_COUNT
    assert {student: n for student, n in attacks.items() if n > BASELINE} == {}
    assert "GraderFault" not in graded.log
    assert len(graded.pages()) == len(scores)


def test_neighbours_keep_their_points(graded: Graded) -> None:
    """Right submissions that are graded between attacks get all points."""
    scores = {s: n for s, n in graded.scores().items() if s.startswith("right")}

    assert len(scores) > 1
    assert set(scores.values()) == {100.0}


def test_no_secret_in_what_is_written(graded: Graded) -> None:
    """Graded notebooks, pages and the log hold no secret, hidden line or escape code."""
    places = [p for step in ("autograded", "feedback") for p in (graded.root / step).rglob("*")]
    texts = {str(p): p.read_text(errors="replace") for p in places if p.is_file()}
    for place, text in (texts | {"log": graded.log}).items():
        for secret in (graded.canary, *HIDDEN):
            assert secret not in text, place


def test_names_of_files_lead_nowhere(graded: Graded) -> None:
    """What an archive holds is collected for its own student only, and inside the course only."""
    submitted = {path.name for path in (graded.root / "submitted").iterdir()}

    assert "zoe" in submitted
    assert not [name for name in submitted if re.search("escaped|link|<", name)]
    assert not list(graded.root.parent.glob("escaped*"))
    assert not Path("/escaped_mini.ipynb").exists()
    assert graded.scores()["right-0"] == 100.0


def test_no_script_runs_on_feedback_pages(
    graded: Graded, dialogs: Callable[[Path], list[str]]
) -> None:
    """No page of an attack's runs a script of its own in Chromium."""
    marked = [page for page in graded.pages() if "alert" in page.read_text()]

    assert len(marked) > 3
    for page in marked:
        (body,) = dialogs(page)
        assert "double: " in body


@pytest.fixture
def formgrader(graded: Graded, tmp_path: Path) -> Iterator[str]:
    """Run a Jupyter server in the course, and give the address of nbgrader's formgrader."""
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    folders = {
        f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("RUNTIME", "CONFIG", "DATA")
    }
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={token}"]
    options += ["--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1", "--allow-root"]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", "--no-browser", *options],
        cwd=graded.root,
        env=os.environ | folders | {"HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(f"http://127.0.0.1:{port}/api/status?token={token}", server)
        yield f"http://127.0.0.1:{port}/formgrader/{{}}?token={token}"
    finally:
        server.terminate()
        server.wait()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "The Jupyter server has ended."
        with contextlib.suppress(OSError), urlopen(address):
            return
        time.sleep(0.1)
    raise TimeoutError("The Jupyter server did not start.")


def test_no_script_runs_in_formgrader(graded: Graded, formgrader: str, browser: Browser) -> None:
    """Neither on the pages that list the class nor on those that show a notebook.

    Without a network, formgrader's own scripts do not fill the lists.
    """
    marked = [page.parts[-3] for page in graded.pages() if "alert" in page.read_text()]
    with graded.gradebook() as gradebook:
        shown = [gradebook.find_submission_notebook("mini", "mini", name).id for name in marked]
    pages = {f"submissions/{name}/": "Manual Grading" for name in shown}
    pages |= dict.fromkeys(LISTS, "mini") | {"manage_students": "Manage Students"}
    page = browser.new_page()
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: said.append(asked.url) if "attacker" in asked.url else None)
    for address, wanted in pages.items():
        page.goto(formgrader.format(address), wait_until="load")
        page.wait_for_function("text => document.body.innerText.includes(text)", arg=wanted)
        assert said == [], address
    page.close()
