"""A student's first hour in JupyterLab, in a browser: a wrong answer, its check, mended."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.samples import COURSE

WRONG = "def sigmoid(z):\n    return 1 / 1 + np.exp(-np.asarray(z, dtype=float))"
RIGHT = """def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.exp(-np.logaddexp(0, -z))"""
HINT = "Hint: Parentheses: 1 / 1 + exp(-z) is 1 + exp(-z)."
PATIENCE = 90_000  # ms: two cores, and other tests beside
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve a handout as it was downloaded; give its address, and the folder."""
    home = tmp_path_factory.mktemp("home")
    folder = shutil.copytree(COURSE.assignments / "activations", home / "activations")
    settings = ["--no-browser", "--port=0", "--IdentityProvider.token=", "--allow-root"]
    command = [sys.executable, "-m", "jupyterlab", *settings]
    own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    with (home / "log").open("w") as log:
        served = subprocess.Popen(
            command, cwd=folder, env=os.environ | own, stdout=log, stderr=log, text=True
        )
        try:
            yield _address(home / "log"), folder
        finally:
            served.terminate()
            served.wait(30)


def _address(log: Path) -> str:
    for _ in range(600):
        found = re.search(r"http://localhost:\d+/lab", log.read_text())
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def page(browser: Browser, lab: tuple[str, Path]) -> Iterator[Page]:
    """Open the notebook, its kernel idle."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{lab[0]}/tree/activations.ipynb")
        expect(opened.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        yield opened


def cell(page: Page, text: str) -> Locator:
    """Return the code cell that holds a text."""
    return page.locator(".jp-CodeCell").filter(has=page.locator(".cm-content", has_text=text))


def go_to(page: Page, heading: str) -> None:
    """Scroll by way of the table of contents."""
    page.locator(".jp-TableOfContents").get_by_text(heading, exact=True).first.click()


def run(page: Page, text: str, source: str = "") -> Locator:
    """Run a cell as a student does, with another source where one is given."""
    chosen = cell(page, text)
    chosen.locator(".cm-content").click()
    if source:
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    return chosen.locator(".jp-OutputArea-output")


def test_a_wrong_answer_is_explained_and_mended(page: Page) -> None:
    """A check says what is wrong and draws it; mended, it passes; Run all arrives at the points."""
    page.keyboard.press("ControlOrMeta+Shift+K")
    go_to(page, "Before you start")
    run(page, "import numpy as np")
    go_to(page, "Sigmoid")
    run(page, "def sigmoid(z):", WRONG)
    outputs = run(page, 'check("sigmoid")')
    expect(outputs.filter(has_text=HINT)).to_be_visible()
    expect(outputs.filter(has_text="sigmoid is wrong at z[0] = -2")).to_be_visible()
    expect(outputs.locator("img")).to_be_visible()

    run(page, "def sigmoid(z):", RIGHT)
    outputs = run(page, 'check("sigmoid")')
    expect(outputs.filter(has_text="✓ sigmoid has the right values")).to_be_visible()
    expect(outputs.locator("img")).to_have_count(0)

    page.get_by_text("Kernel", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells…").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    go_to(page, "Where you stand")
    summary = cell(page, "check()").locator(".jp-OutputArea-output")
    expect(summary.filter(has_text=re.compile(r"\bsigmoid +2 of 2\n"))).to_be_visible()
    expect(summary.filter(has_text="Hidden tests decide the remaining points")).to_be_visible()
    expect(
        summary.filter(has_text=re.compile(r"step, [\s\S]* are not written yet"))
    ).to_be_visible()


def test_nbgraders_validate_says_what_fails(page: Page) -> None:
    """The button of nbgrader's own names the checks that fail."""
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("not written yet")
