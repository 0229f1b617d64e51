"""A real Chromium on the portal's pages.

``./assay test`` says where Chromium is (ASSAY_CHROMIUM) or why there is none (ASSAY_NO_BROWSER); without one these
tests are skipped with that reason, and under CI=true they fail. ASSAY_SCREENSHOTS names a folder to keep pictures in.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from reviews.jobs import nudge
from reviews.models import User
from tests.browser.gate import Gate
from tests.crash.stage import Queue, Worker, reachable, settled, sweep_until
from tests.mailserver import MailServer

PATIENCE = 30_000
"""Milliseconds: other tests run beside these, on as many cores as there are."""
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3. axe looks at no words inside a picture."""
FAINTEST_WORDS = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isOpaque = (colour) => (numbers(colour)[3] ?? 1) === 1;
  const behind = (element) => {
    const colour = element ? getComputedStyle(element).backgroundColor : "rgb(255, 255, 255)";
    return isOpaque(colour) ? colour : behind(element.parentElement);
  };
  const contrasts = [...document.querySelectorAll("svg.picture text")].map((words) => {
    const pair = [getComputedStyle(words).fill, behind(words.closest("svg"))].map(light);
    const [dark, bright] = pair.sort((one, other) => one - other);
    return (bright + 0.05) / (dark + 0.05);
  });
  return Math.min(21, ...contrasts);
}"""

TOO_WIDE = """async () => {
  const painted = () => new Promise((done) => requestAnimationFrame(done));
  await painted();
  await painted();
  const root = document.documentElement;
  if (root.scrollWidth <= window.innerWidth + 1) return null;
  const isWide = (element) => element.getBoundingClientRect().right > window.innerWidth + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(isWide);
  return {
    page: root.scrollWidth,
    window: window.innerWidth,
    wide: wide.map((element) => element.outerHTML.slice(0, 200)),
  };
}"""
"""What makes a page scroll sideways, once it is painted: null where nothing does."""


@dataclass
class Desk:
    """The machine behind the pages: a queue with a worker on it, and where its mails go."""

    queue: Queue
    mails: MailServer

    def is_done(self) -> None:
        """Wait until nothing is owed any more, being the beat meanwhile."""
        sweep_until(settled, queue=self.queue)

    def mails_to(self, address: str) -> list[str]:
        """Return the subjects of what a person was sent, in order."""
        return [str(mail["Subject"]) for mail in self.mails.accepted if address in str(mail["To"])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = os.environ.get("ASSAY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path:
        return path
    reason = os.environ.get("ASSAY_NO_BROWSER") or "no Chromium on this machine"
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must run the browser journeys, but: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium_path, args=quiet + as_root)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def gate(live_server) -> Gate:
    server = live_server.thread.httpd
    server.set_app(Gate(server.get_app()))
    return server.get_app()


@pytest.fixture
def new_context(
    chromium: Browser, live_server, gate: Gate, transactional_db
) -> Iterator[Callable[..., BrowserContext]]:
    """Return what opens another person's (or another device's) browser; a page's complaints fail the test."""
    contexts, complaints = [], []

    def open_context(**options) -> BrowserContext:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda line: (
                complaints.append(f"{line.page.url}: {line.text} {line.location}") if _complains(line) else None
            ),
        )
        contexts.append(context)
        return context

    gate.open()
    yield open_context
    for context in contexts:
        context.close()
    gate.shut()
    assert complaints == []


def _complains(line) -> bool:
    expected = ("Failed to load resource", "net::ERR_")  # what a journey provokes itself: 404, offline
    return line.type == "error" and not any(words in line.text for words in expected)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, User], None]:
    """Return what signs a person in without going through the form."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return signed_in


@pytest.fixture
def is_accessible() -> Callable[[Page], None]:
    """Return what has axe look at a page, at both widths and in both schemes."""
    axe = Axe()

    def accessible(page: Page) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                _keep_picture(page, name=f"{width}-{scheme}")
                found = axe.run(
                    page, options={"preload": False}
                )  # else it writes stylesheets, which our policy forbids
                assert found.violations_count == 0, f"{page.url} at {width}px, {scheme}:\n{found.generate_report()}"
                assert not (wide := page.evaluate(TOO_WIDE)), f"{page.url} scrolls sideways at {width}px: {wide}"
                assert page.evaluate(FAINTEST_WORDS) >= LEAST_CONTRAST, f"{page.url} at {width}px, {scheme}: a picture"

    return accessible


def _keep_picture(page: Page, *, name: str) -> None:
    if folder := os.environ.get("ASSAY_SCREENSHOTS"):
        address = page.url.split("/", 3)[3].strip("/").replace("/", "_").split("?")[0] or "home"
        picture = Path(folder) / f"{address[:80]}-{name}.png"
        page.screenshot(path=picture, full_page=True, caret="initial")  # hiding the caret takes an inline style


@pytest.fixture
def worker(transactional_db, tmp_path, monkeypatch) -> Iterator[Desk]:
    """A real Celery worker on this test's database, with a mail server of its own."""
    url = os.environ.get("CELERY_BROKER_URL", "memory://")
    if url.startswith("memory") or not reachable(url):
        reason = "no broker: ./assay test brings one"
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must run the story with a real worker, but: {reason}")
        pytest.skip(reason)
    queue = Queue(url)
    monkeypatch.setattr(nudge, "current_app", queue.app)
    with MailServer() as mails:
        running = Worker(queue, mail_port=mails.port, folder=tmp_path, pool="prefork").wait_until_ready()
        yield Desk(queue=queue, mails=mails)
        running.kill()
    queue.remove()
