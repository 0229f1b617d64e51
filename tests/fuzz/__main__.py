"""Fuzz every parser, guided by coverage: only named refusals may come out.

    .venv/bin/python -m tests.fuzz [--minutes 3] [--target NAME] [--seed N]

The time is shared out evenly. What is found is printed with the input, and the exit status is 1. Another seed tries
other inputs.
"""

import argparse
import logging
import sys
import warnings
from pathlib import Path

from tests.fuzz.loop import Campaign, fuzz
from tests.fuzz.targets import TARGETS

CORE = str(Path(__file__).resolve().parents[2] / "reviews" / "core")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz every parser, guided by coverage.")
    parser.add_argument("--minutes", type=float, default=3.0, help="for all targets together")
    parser.add_argument("--target", choices=[target.name for target in TARGETS], help="this one only")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    targets = [target for target in TARGETS if options.target in {None, target.name}]
    seconds = options.minutes * 60 / len(targets)
    return max([tell(fuzz(target, seconds=seconds, watched=CORE, seed=options.seed)) for target in targets])


def tell(campaign: Campaign) -> int:
    """Print what a run has come to; return 1 where something was found."""
    found = campaign.findings.values()
    print(
        f"{campaign.target.name:<18} {campaign.tried:>7} inputs, {len(campaign.reached):>5} steps reached, "
        f"{len(campaign.kept):>4} kept, {len(found)} found",
        flush=True,
    )
    for finding in found:
        print(f"    {finding.error}\n    {finding.where}\n    {finding.received!r}", flush=True)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
