"""Mutants that no test has to notice, with the reason, one line each.

Those in equivalent.txt change nothing that anybody could notice, and are not run. Those in survivors.txt do change
something, and are run: the reason says why there is no test.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.mutation.mutants import Mutant

EQUIVALENTS, SURVIVORS = (Path(__file__).with_name(name) for name in ("equivalent.txt", "survivors.txt"))
BECAUSE = " :: "


def read_reasons(path: Path) -> dict[str, str]:
    """Return the reason by the mutant's name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.rpartition(BECAUSE) for line in lines if line.strip() and not line.startswith("#")]
    return {name: reason for name, _, reason in rows}


def gone(known: Mapping[str, str], mutants: Iterable[Mutant]) -> list[str]:
    """Return the names that no mutant has any more: the code has changed, and what was said needs another look."""
    return sorted(known.keys() - {mutant.name for mutant in mutants})
