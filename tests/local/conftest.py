"""What the tests of the local stack share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from portal.local.processes import Ledger


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder that other users may pass through, as pytest's own may not be."""
    folder = Path(tempfile.mkdtemp(prefix="assay-state-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def halt() -> Event:
    return Event()


@pytest.fixture
def ledger(state: Path) -> Ledger:
    return Ledger(state / "running")
