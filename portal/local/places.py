"""Where the local stack keeps things: inside the checkout, in a folder that git ignores. ASSAY_STATE names another."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from portal.local.errors import FolderOfAnotherUser

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("ASSAY_STATE", ROOT / ".local")).resolve()

# sun_path holds 104 bytes on macOS and 108 on Linux, its closing zero included.
LONGEST_SOCKET = 100
SHORT = Path("/tmp")  # noqa: S108 - who owns the folder made there is checked below
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


def open_state(state: Path = STATE) -> Path:
    """Make the state folder; others may pass through it (the database of root runs as nobody), not look inside."""
    state.mkdir(parents=True, exist_ok=True)
    if not os.access(state, os.W_OK | os.X_OK):
        raise FolderOfAnotherUser(state)
    if state.stat().st_uid == os.geteuid():
        state.chmod(0o711)
    return state


def shorthand(path: Path) -> str:
    """Return twelve characters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def socket_folder(preferred: Path, *, name: str, owner: int) -> Path:
    """Return a private folder for the socket ``name``: the preferred one, or a short one where that cannot serve.

    A socket's path is limited in length, and the servers' own settings split it at blanks and commas. ``owner`` is the
    user id that will serve there.
    """
    folder = preferred
    if len(os.fsencode(preferred / name)) > LONGEST_SOCKET or not PLAIN_PATH.fullmatch(str(preferred)):
        temporary = Path(tempfile.gettempdir())
        # macOS gives every user a temporary folder with a path of fifty characters.
        folder = (SHORT if len(str(temporary)) > 50 else temporary) / f"assay-{shorthand(preferred)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    # In a shared temporary folder somebody else may have taken this name first.
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), owner}:
        raise FolderOfAnotherUser(folder)
    if folder.stat().st_uid != owner:
        os.chown(folder, owner, -1)
    folder.chmod(0o700)
    return folder
