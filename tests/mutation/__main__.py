"""Mutation testing of reviews/core/judging: is there a test for everything that it does?

    .venv/bin/python -m tests.mutation                what is left of the last run, or all anew if anything changed
    .venv/bin/python -m tests.mutation --survivors    after writing tests: believe in the kills of unchanged modules
    .venv/bin/python -m tests.mutation --quick        a first look by the quick tests alone: survivors are suspects
    .venv/bin/python -m tests.mutation --only TEXT ...    mutants with one of these texts in their name
    .venv/bin/python -m tests.mutation --every 5      each fifth mutant, for an estimate

One process at a time at low priority. A whole run can be interrupted, and goes on where it was: what became of every
mutant is kept in .local/mutation.jsonl. Of a part nothing is kept. Mutants that change nothing are in equivalent.txt,
those that may stay, and why, in survivors.txt.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TextIO

from tests.mutation.equivalents import BECAUSE, EQUIVALENTS, SURVIVORS, gone, read_reasons
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.running import MUTATED, ROOT, TESTS, Fate, Laboratory, run_laboratory

KEPT = ROOT / ".local" / "mutation.jsonl"
OUTCOMES = ("killed", "timed out", "survived")


def all_mutants() -> list[Mutant]:
    folder = ROOT / MUTATED.replace(".", "/")
    found = []
    for path in sorted(folder.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found += mutants_of(module, path)
    return found


def digest(paths: Iterable[Path]) -> str:
    """Return one sum over the files."""
    held = hashlib.sha256()
    for path in sorted(paths):
        held.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return held.hexdigest()


def digest_of_all() -> str:
    folders = [ROOT / name.replace(".", "/") for name in (MUTATED, TESTS)]
    return digest(path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".toml"))


def known_fates(mutants: Sequence[Mutant], *, believe_kills: bool) -> dict[str, Fate]:
    """Return what the last run found and still holds."""
    if not KEPT.exists():
        return {}
    now = digest_of_all()
    modules = {path: digest([path]) for path in {mutant.path for mutant in mutants}}
    by_name = {mutant.name: modules[mutant.path] for mutant in mutants}
    known = {}
    for line in KEPT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        believed = believe_kills and row["outcome"] != "survived" and by_name.get(row["name"]) == row["module"]
        if row["name"] in by_name and (row["all"] == now or believed):
            known[row["name"]] = Fate(row["outcome"], row["by"])
    return known


def keep(fates: Mapping[str, Fate], mutants: Sequence[Mutant]) -> Callable[[Mutant, Fate], None]:
    """Write down what is known, for a run that goes on; return what adds a line."""
    now = digest_of_all()
    modules = {path: digest([path]) for path in {mutant.path for mutant in mutants}}

    def line(mutant: Mutant, fate: Fate) -> str:
        return f"{json.dumps({'name': mutant.name, 'all': now, 'module': modules[mutant.path], **vars(fate)})}\n"

    def add(mutant: Mutant, fate: Fate) -> None:
        with KEPT.open("a", encoding="utf-8") as file:
            file.write(line(mutant, fate))

    KEPT.parent.mkdir(exist_ok=True)
    known = [line(mutant, fates[mutant.name]) for mutant in mutants if mutant.name in fates]
    KEPT.write_text("".join(known), encoding="utf-8")
    return add


def forget(_mutant: Mutant, _fate: Fate) -> None:
    """Keep nothing: what was asked was only a part."""


def experiment(
    mutants: Sequence[Mutant],
    fates: dict[str, Fate],
    *,
    only_quick: bool,
    add: Callable[[Mutant, Fate], None],
    screen: TextIO,
) -> None:
    """Run every mutant whose fate is not known; ``fates`` is filled."""

    def run(laboratory: Laboratory) -> None:
        began = time.monotonic()
        reach = laboratory.baseline(only_quick=only_quick)
        print(f"{len(reach.seconds)} tests pass in {sum(reach.seconds.values()):.0f} s", file=screen, flush=True)
        module = ""
        for mutant in mutants:
            if mutant.module != module:
                module = mutant.module
                print(f"{time.monotonic() - began:6.0f} s  {module}", file=screen, flush=True)
            fate = fates[mutant.name] = laboratory.fate_of(mutant, reach, only_quick=only_quick)
            reach.learn(mutant, fate)
            if fate.outcome == "survived":
                print(f"          {_spoken(mutant, fate)}", file=screen, flush=True)
            if fate.outcome != "survived" or not only_quick:
                add(mutant, fate)

    run_laboratory(run)


def _spoken(mutant: Mutant, fate: Fate) -> str:
    where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
    return f"{where}  {mutant.place}  {mutant.change}  [{mutant.nth}] {fate.by}".rstrip()


def report(
    mutants: Sequence[Mutant],
    fates: Mapping[str, Fate],
    *,
    equivalents: Mapping[str, str],
    reasons: Mapping[str, str],
) -> str:
    """Return the table by module, the survivors with the reasons known, and the score."""
    run = [one for one in mutants if one.name in fates]
    survivors = [one for one in run if fates[one.name].outcome == "survived"]
    by_module = groupby(run, key=lambda one: one.module.removeprefix(f"{MUTATED}."))
    noticed = len(run) - len(survivors)
    return "\n".join(
        [
            f"{'module':<32}{'mutants':>10}" + "".join(f"{outcome:>11}" for outcome in OUTCOMES),
            *(_row(name, list(some), fates) for name, some in by_module),
            _row("all", run, fates),
            *(f"{_spoken(one, fates[one.name])}{BECAUSE}{reasons.get(one.name, '?')}" for one in survivors),
            f"{noticed} of {len(run)} are noticed: {noticed / max(len(run), 1):.2%}",
            f"{len(equivalents)} more change nothing, as {EQUIVALENTS.name} says",
        ]
    )


def _row(name: str, mutants: Sequence[Mutant], fates: Mapping[str, Fate]) -> str:
    counts = Counter(fates[one.name].outcome for one in mutants)
    return f"{name:<32}{len(mutants):>10}" + "".join(f"{counts[outcome]:>11}" for outcome in OUTCOMES)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="+", default=[""])
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args(arguments)
    everything = all_mutants()
    equivalents, reasons = read_reasons(EQUIVALENTS), read_reasons(SURVIVORS)
    if missing := gone(equivalents | reasons, everything):
        print(f"{EQUIVALENTS.name} or {SURVIVORS.name} lists what is not there any more:", *missing, sep="\n")
        return 1
    mutants = [
        one for one in everything if one.name not in equivalents and any(text in one.name for text in asked.only)
    ]
    mutants = mutants[:: asked.every]
    is_part = asked.only != [""] or asked.every > 1
    fates = {} if is_part else known_fates(mutants, believe_kills=asked.survivors)
    waiting = sorted((one for one in mutants if one.name not in fates), key=lambda one: not one.is_in_body)
    print(f"{len(everything)} mutants, {len(equivalents)} equivalent, {len(waiting)} to run", flush=True)
    screen = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    add = forget if is_part else keep(fates, mutants)
    try:
        if waiting:
            experiment(waiting, fates, only_quick=asked.quick, add=add, screen=screen)
    finally:
        print(report(mutants, fates, equivalents=equivalents, reasons=reasons), file=screen, flush=True)
    return 0


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # or the order of a set, and so a mutant's fate, would be chance
        again = [sys.executable, "-m", "tests.mutation", *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606
    os.nice(15)
    sys.exit(main(sys.argv[1:]))
