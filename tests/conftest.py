"""For all tests of the kit."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Imported here so that pytester's in-process runs find them loaded and need not import them again.
import jupytext  # noqa: F401
import matplotlib.pyplot  # noqa: F401
import nbformat  # noqa: F401
import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadGroupScheduling

TOGETHER = (
    "test_nbgrader_flow.py",
    "test_beside.py",
    "test_nbgrader_unstoppable.py",
    "test_attack_batches.py",
    "test_attack_nbgrader.py",
    "test_first_hour.py",
    "test_innocent.py",
)
"""Files whose tests share what takes long to set up: each is run by one process."""


LONG = (
    *TOGETHER[1:],
    "test_fuzz.py",
    "test_machine.py",
    "test_mutation.py",
    "test_repeatable.py",
    "test_together.py",
    "test_torture.py",
)
"""Files whose tests take minutes: ``make test-long`` runs them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long; begin with what takes longest, so that no process waits for it."""
    for item in items:
        if item.path.name in LONG:
            item.add_marker(pytest.mark.long)
    items.sort(key=lambda item: item.path.name not in LONGEST)


LONGEST = ("test_readme.py", "test_innocent.py", "test_beside.py")


class _Scheduling(LoadGroupScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.endswith(TOGETHER) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadGroupScheduling | None:
    """Keep files together by name: with pytest 9.2, the marks of pytest-xdist have no effect."""
    return _Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("There is no Chromium on this machine: pages are not opened in a browser.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def dialogs(browser: Browser) -> Callable[[Path], list[str]]:
    """Give a function that opens a page in Chromium and tells what its scripts said."""

    def opened(path: Path) -> list[str]:
        said: list[str] = []
        page = browser.new_page()
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.route("http*://**", lambda route: route.abort())
        page.goto(path.as_uri(), wait_until="load")
        said.append(page.inner_text("body"))
        page.close()
        return said

    return opened


@pytest.fixture(scope="module")
def loaded(browser: Browser) -> Callable[[Path], list[int]]:
    """Give a function that opens a page in Chromium and tells how wide its images are; 0: none."""

    def widths(path: Path) -> list[int]:
        page = browser.new_page()
        page.goto(path.as_uri(), wait_until="load")
        found: list[int] = page.eval_on_selector_all("img", "all => all.map(i => i.naturalWidth)")
        page.close()
        return found

    return widths
