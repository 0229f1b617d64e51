"""Mutants that change nothing that anybody could notice, with the reason: one line each in equivalent.txt."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.mutation.mutants import Mutant

EQUIVALENTS = Path(__file__).with_name("equivalent.txt")
BECAUSE = " :: "


def read_equivalents() -> dict[str, str]:
    """Return the reason by the mutant's name."""
    lines = EQUIVALENTS.read_text(encoding="utf-8").splitlines()
    rows = [line.rpartition(BECAUSE) for line in lines if line.strip() and not line.startswith("#")]
    return {name: reason for name, _, reason in rows}


def gone(equivalents: Mapping[str, str], mutants: Iterable[Mutant]) -> list[str]:
    """Return the names that no mutant has any more: the code has changed, and what was said needs another look."""
    return sorted(equivalents.keys() - {mutant.name for mutant in mutants})
