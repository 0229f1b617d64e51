"""Figures that others published or computed, out of the files of shared/truth, beside what Assay computes."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviews.core.judging.agreement import (
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_from_counts,
    gwet,
    krippendorff_alpha,
    raw_agreement,
)
from reviews.core.judging.definitions import shipped_instruments
from reviews.core.judging.report import ReviewInput, compile_panel
from tests.core.judging.panels import claim, panel

Value = float | int | str | None


@dataclass(frozen=True)
class Figure:
    """One number of a file: as expected, to so many ``decimals``, and as computed."""

    statistic: str
    expected: Value
    computed: Value
    decimals: int = 0

    @property
    def difference(self) -> float | None:
        if isinstance(self.expected, str | None) or isinstance(self.computed, str | None):
            return None
        return abs(self.computed - self.expected)

    @property
    def holds(self) -> bool:
        """Whether it is the same number, as far as it was given; an answer in words has to be the same words."""
        difference = self.difference
        return self.expected == self.computed if difference is None else difference < 0.51 * 10**-self.decimals


def figures(file: Path) -> list[Figure]:
    """Return every figure of a file that Assay has a statistic for."""
    return list(READERS[file.name](json.loads(file.read_text(encoding="utf-8"))))


def turned(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def spelt_out(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """Two raters' ratings, from how often each pair of categories came."""
    return turned([(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)])


def _both(statistic: str, expected: dict[str, Any], computed: float | None) -> Iterator[Figure]:
    """As printed, to the decimals printed; and as others computed it, to the decimals given."""
    yield Figure(f"{statistic}, published", expected["published"], computed, expected["decimals_published"])
    yield Figure(f"{statistic}, recomputed", expected["recomputed"], computed, _decimals(expected["recomputed"]))


def _decimals(number: float) -> int:
    return len(str(number).partition(".")[2])


def _alphas(given: dict[str, Any]) -> Iterator[Figure]:
    for statistic, expected in given["expected"].items():
        metric = statistic.removeprefix("alpha_")
        yield from _both(f"alpha, {metric}", expected, krippendorff_alpha(given["ratings"], metric=metric).value)


def _alpha_at_the_edge(given: dict[str, Any]) -> Iterator[Figure]:
    lone, *undefined = given["cases"]
    nominal = krippendorff_alpha(lone["ratings"], metric="nominal")
    ordinal = krippendorff_alpha(lone["ratings"], metric="ordinal")
    yield Figure("one disagreement: alpha, nominal", lone["expected"]["alpha_nominal"], nominal.value, 12)
    yield Figure("one disagreement: alpha, ordinal", lone["expected"]["alpha_ordinal"], ordinal.value, 12)
    yield Figure("one disagreement: observed", lone["expected"]["observed_agreement_pairable"], nominal.observed, 6)
    for case in undefined:
        alpha = krippendorff_alpha(case["ratings"], metric="nominal")
        yield Figure("alpha where there is none", case["expected"]["alpha"], alpha.value)
        yield Figure("the reason", case["expected"]["reason"], alpha.undefined)


def _fleiss_1971(given: dict[str, Any]) -> Iterator[Figure]:
    spelt = [[code for code, count in enumerate(unit) for _ in range(count)] for unit in given["ratings"]]
    expected = given["expected"]
    kappas = {"counts": fleiss_kappa_from_counts(given["ratings"]), "ratings": fleiss_kappa(turned(spelt))}
    for name, kappa in kappas.items():
        yield from _both(f"Fleiss' kappa of the {name}", expected["fleiss_kappa"], kappa.value)
        yield from _both(f"observed, of the {name}", expected["mean_observed_agreement"], kappa.observed)
        yield Figure(f"by chance, of the {name}", expected["chance_agreement"]["exact"], kappa.expected, 6)
    yield from _both("raw agreement", expected["mean_observed_agreement"], raw_agreement(turned(spelt)).value)


def _gwet_four_raters(given: dict[str, Any]) -> Iterator[Figure]:
    raters, expected = turned(given["ratings"]), given["expected"]
    nominal = krippendorff_alpha(raters, metric="nominal").value
    yield from _both("raw agreement", expected["percent_agreement"], raw_agreement(raters).value)
    yield from _both("AC1", expected["gwet_ac1"], gwet(raters).value)
    yield from _both("Fleiss' kappa", expected["fleiss_kappa_generalised"], fleiss_kappa(raters).value)
    yield from _both("alpha, nominal", expected["krippendorff_alpha_nominal"], nominal)
    for weights, weighted in expected["weighted"].items():
        yield from _both(f"AC2, {weights}", weighted["gwet_ac2"], gwet(raters, weights=weights).value)
        kappa = fleiss_kappa(raters, weights=weights).value
        yield from _both(f"Fleiss' kappa, {weights}", weighted["fleiss_kappa"], kappa)
    interval = krippendorff_alpha(raters, metric="interval").value
    yield from _both("alpha, interval", expected["weighted"]["quadratic"]["krippendorff_alpha"], interval)


def _paradox(given: dict[str, Any]) -> Iterator[Figure]:
    first, second = spelt_out(given["ratings"])
    expected = given["expected"]
    yield Figure("raw agreement", expected["percent_agreement"], raw_agreement([first, second]).value, 6)
    yield from _both("Cohen's kappa", expected["cohen_kappa"], cohen_kappa(first, second).value)
    yield from _both("AC1", expected["gwet_ac1"], gwet([first, second]).value)


def _stars(given: dict[str, Any]) -> Iterator[Figure]:
    [form] = [form for form in shipped_instruments() if form.slug == "healthnewsreview"]
    for case in given["cases"]:
        codes = ["satisfactory"] * case["S"] + ["not_satisfactory"] * case["N"] + ["not_applicable"] * case["NA"]
        answers = dict(zip((item.key for item in form.items), codes, strict=True))
        review = ReviewInput(answers={form.key: answers})
        [part] = compile_panel(panel(review, claims=[claim(1)], instruments=[form])).body["instruments"]
        said = f"stars: {case['S']} satisfactory, {case['N']} not, {case['NA']} not applicable"
        yield Figure(said, case["stars"], part["score"]["stars"])


READERS: dict[str, Callable[[dict[str, Any]], Iterator[Figure]]] = {
    "01_krippendorff_canonical_4x12.json": _alphas,
    "04_krippendorff_wikipedia_3x15.json": _alphas,
    "05_edge_single_disagreement_and_no_variation.json": _alpha_at_the_edge,
    "07_fleiss_1971_psychiatric_30x6.json": _fleiss_1971,
    "09_gwet_raw4raters_12x4.json": _gwet_four_raters,
    "11_kappa_paradox_2x2.json": _paradox,
    "21_healthnewsreview_stars.json": _stars,
}
