"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pgtrigger
import pytest
from django.core.cache import caches

from tests.gateways.registry_server import Answers, registry_server

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
COUNTED = "counted"
"""The property of a test under which it says what it counted: how much was lost, how much came twice."""

NEVER_EMPTIED = "never_emptied"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's sync API runs a loop in the test's thread


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and gold data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ does not lie beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Let tests that commit leave empty tables behind: what the portal must never do is how they clean up."""
    with django_db_blocker.unblock():
        for model, trigger in pgtrigger.registered():
            if trigger.name == NEVER_EMPTIED:
                trigger.disable(model)


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """Forget what rate limits have counted, and what services have answered: no test feels what another one did."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [
        line for report in reports if report.when == "call" for name, line in report.user_properties if name == COUNTED
    ]
    if lines:
        terminalreporter.section("killed workers: what was lost, what came twice")
    for line in sorted(lines):
        terminalreporter.line(line)


@pytest.fixture
def answers(settings) -> Iterator[Answers]:
    """What a server on loopback says that stands for the public registries."""
    with registry_server() as (address, said):
        settings.LOOKUP_SERVICES = {name: f"{address}/{name}" for name in settings.LOOKUP_SERVICES}
        yield said
