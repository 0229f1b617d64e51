import os
from pathlib import Path

import pytest

from portal.local import browser

CHROMIUM = "#!/bin/sh\necho Chromium 1.0\n"


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are those put into the folder returned, and a Playwright that fails."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv("ASSAY_CHROMIUM", raising=False)
    monkeypatch.setattr(browser.sys, "executable", "/nonexistent/python")
    monkeypatch.setattr(browser, "MAC", tmp_path / "no-mac")
    return programs


def put(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(script)
    (folder / name).chmod(0o755)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["-x", "-q"], True),
        (["tests"], True),
        (["tests/browser"], True),
        (["-k", "journey"], True),
        (["tests/local/test_browser.py"], False),
        (["tests/core", "-q"], False),
        (["tests/local/test_browser.py::test_name"], False),
        (["tests/core", "tests/browser/test_story.py"], True),
    ],
)
def test_only_runs_that_open_a_browser_ask_for_one(arguments, expected, tmp_path, monkeypatch):
    for name in ("tests/browser/test_story.py", "tests/local/test_browser.py", "tests/core/test_core.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.setattr(browser, "ROOT", tmp_path)
    monkeypatch.setattr(browser, "JOURNEYS", tmp_path / "tests" / "browser")

    assert browser.opens_browser(arguments) == expected


def test_the_machines_own_browser_is_used(bare_machine, tmp_path):
    put(bare_machine, "chromium", CHROMIUM)

    environment = browser.browser_environment([], state=tmp_path)

    assert environment == {"ASSAY_CHROMIUM": str(bare_machine / "chromium")}


def test_a_browser_that_does_not_start_is_none(bare_machine, tmp_path):
    put(bare_machine, "chromium-browser", "#!/bin/sh\necho install the snap >&2; exit 1\n")

    assert browser.find_browser(tmp_path) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs with apt-get")
def test_root_installs_one_with_apt_get(bare_machine, tmp_path):
    made = bare_machine / "chromium"
    install = f'[ "$2" = update ] || {{ printf "{CHROMIUM!s}" > {made}; /bin/chmod 755 {made}; }}\n'
    put(bare_machine, "apt-get", "#!/bin/sh\n" + install.replace("\n", "\\n", 2))

    environment = browser.browser_environment([], state=tmp_path)

    assert environment == {"ASSAY_CHROMIUM": str(made)}


def test_where_none_can_be_installed_the_reasons_are_given(bare_machine, tmp_path):
    environment = browser.browser_environment([], state=tmp_path)

    assert list(environment) == ["ASSAY_NO_BROWSER"]
    assert "apt-get" in environment["ASSAY_NO_BROWSER"]
    assert "Playwright could not download it" in environment["ASSAY_NO_BROWSER"]
