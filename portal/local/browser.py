"""The browser of the journeys: the machine's own Chromium, or one installed where that is possible."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from portal.local.places import ROOT
from portal.local.stack import tell

JOURNEYS = ROOT / "tests" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PATIENCE = 600  # seconds for one installer


def browser_environment(arguments: Sequence[str], *, state: Path) -> dict[str, str]:
    """Return ASSAY_CHROMIUM, the browser's path, or ASSAY_NO_BROWSER, why there is none.

    Nothing is installed for a run whose arguments name only tests that open no browser.
    """
    downloads = state / "browsers"
    if found := find_browser(downloads):
        return {"ASSAY_CHROMIUM": found}
    if not opens_browser(arguments):
        return {"ASSAY_NO_BROWSER": "no Chromium is installed, and the tests named here need none"}
    reasons = [install_by_apt(), find_browser(downloads) or install_by_playwright(downloads)]
    if found := find_browser(downloads):
        tell(f"browser: {found}")
        return {"ASSAY_CHROMIUM": found}
    return {"ASSAY_NO_BROWSER": f"no Chromium is installed; {'; '.join(reasons)}"}


def find_browser(downloads: Path) -> str | None:
    """Return the path of a Chromium that starts, or None. ASSAY_CHROMIUM goes before all others."""
    candidates = [os.environ.get("ASSAY_CHROMIUM"), *map(shutil.which, NAMES), str(MAC)]
    candidates += sorted(map(str, downloads.glob("chromium-*/chrome-*/chrome")))
    return next((path for path in candidates if path and starts(path)), None)


def starts(path: str) -> bool:
    """Whether a browser can say its version: a missing library or an empty snap wrapper shows here."""
    try:
        return not subprocess.run([path, "--version"], check=False, capture_output=True, timeout=30).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def opens_browser(arguments: Sequence[str]) -> bool:
    """Whether pytest's arguments take in the browser journeys: they name these, a folder above, or no path at all."""
    named = [(ROOT / argument.split("::")[0]).resolve() for argument in arguments if not argument.startswith("-")]
    paths = [path for path in named if path.exists()]
    return not paths or any(path.is_relative_to(JOURNEYS) or JOURNEYS.is_relative_to(path) for path in paths)


def install_by_apt() -> str:
    """Install Debian's Chromium if we may; return what came of it."""
    if os.geteuid() or not shutil.which("apt-get"):
        return "only root can install it with apt-get"
    tell("browser: none here, so installing Chromium with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if ran(["apt-get", "-q", "update"], quiet) and ran(
        ["apt-get", "-q", "install", "--yes", "--no-install-recommends", "chromium"], quiet
    ):
        return "apt-get installed one that does not start"
    return "apt-get could not install it"


def install_by_playwright(downloads: Path) -> str:
    """Let Playwright download its Chromium into the checkout; return what came of it."""
    tell("browser: none here, so downloading Playwright's Chromium into .local")
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(downloads)}
    if ran([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], environment):
        return "Playwright's download does not start on this machine"
    return "Playwright could not download it"


def ran(argv: Sequence[str], environment: dict[str, str]) -> bool:
    """Run an installer, its words on our error stream; answer whether it went well."""
    try:
        return not subprocess.run(argv, check=False, env=environment, stdout=sys.stderr, timeout=PATIENCE).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
