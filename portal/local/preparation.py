"""Make the database and the static files ready, all in one start of Django: each start costs a second.

Run as ``python -m portal.local.preparation``; prints the demo logins.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def prepare() -> None:
    """Set the database up, load the demo, print its logins, and collect the static files if they have changed."""
    django.setup()
    call_command("load_demo")
    collect_static_files(Path(settings.STATIC_ROOT))


def collect_static_files(target: Path) -> None:
    """Collect static files into ``target`` unless it holds these very files already."""
    note = target.with_name(f"{target.name}.sha256")
    fingerprint = fingerprint_of_static_files()
    if note.exists() and note.read_text() == fingerprint:
        return
    note.unlink(missing_ok=True)
    call_command("collectstatic", "--clear", interactive=False, verbosity=0)
    note.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    """Return a SHA-256 over the names and contents of every static file of the project and of its packages."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for name, path in sorted(_static_files()):
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _static_files() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


if __name__ == "__main__":
    prepare()
