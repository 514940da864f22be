"""A served console and browser pages for the tests of its pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from served_console import Console, served
from whole_program import unless_ci

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}
PATIENCE = 15_000


@pytest.fixture(scope="package")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """One console for all tests of this folder; what a test changes, it changes for people of its own."""
    with served(tmp_path_factory.mktemp("console")) as started:
        yield started


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for the tests of one file: while it is open, an event loop runs, and asynchronous tests cannot."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        unless_ci("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def browsing(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in browsers of their own; whatever a script or the policy complains of fails the test."""
    contexts, complaints = [], []

    def opened(viewport: dict[str, int] = DESK, **more: object) -> Page:
        context = chromium.new_context(viewport=viewport, locale="zh-CN", **more)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        return page

    yield opened
    for one in contexts:
        one.close()
    assert [one for one in complaints if "Failed to load resource" not in one] == []


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browsing: Callable[..., Page]) -> Page:
    """A page on a phone and at a desk."""
    return browsing(request.param)


@pytest.fixture
def phone(browsing: Callable[..., Page]) -> Page:
    """A page on a phone."""
    return browsing(PHONE)


@pytest.fixture
def desk(browsing: Callable[..., Page]) -> Page:
    """A page at a desk."""
    return browsing(DESK)
