"""Every file of ../shared/truth: published figures beside those that Assay computes.

.venv/bin/python -m tests.bench.truth

Ends with status 1 where a figure is another, and with 2 where the folder does not lie beside the checkout. What a file
holds and Assay has not (Conger's and Brennan and Prediger's kappa, Gwet's linearised errors) has no row.
"""

import sys
from pathlib import Path

from tests.core.judging.truth import READERS, Figure, Value, figures

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "truth"


def told(value: Value, decimals: int) -> str:
    return f"{value:.{decimals}f}" if isinstance(value, float) else str(value)


def row(figure: Figure) -> str:
    difference = "" if figure.difference is None else f"{figure.difference:.1e}"
    expected, computed = told(figure.expected, figure.decimals), told(figure.computed, max(6, figure.decimals))
    verdict = "" if figure.holds else "  ANOTHER"
    return f"  {figure.statistic:<52}{expected:>22}{computed:>22}{difference:>10}{verdict}"


def main() -> int:
    if not FOLDER.is_dir():
        print("There is no folder shared/truth beside this checkout: nothing to compare with.")
        return 2
    wrong = 0
    for file in sorted(FOLDER.glob("*.json")):
        print(f"\n{file.name}\n  {'statistic':<52}{'expected':>22}{'computed':>22}{'apart':>10}")
        if file.name not in READERS:
            print("  nobody has said how to read this file")
            wrong += 1
            continue
        found = figures(file)
        wrong += sum(not figure.holds for figure in found)
        print(*map(row, found), sep="\n")
    print(f"\n{'Every figure is as it was given.' if not wrong else f'{wrong} are not as they were given.'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
