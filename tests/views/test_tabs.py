"""Whatever tabs of different age do to a review, nothing that was acknowledged is lost.

Up to three tabs save, meet each other's saves, choose, put earlier versions back, read an own source and remove it,
hand in and take back, all through the real pages. Every value that the server acknowledged must be found whole, in the
draft or in its history, with its time. Each example has a review of its own, so that nothing has to be cleaned up
between them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.core.judging.vocabulary import FLAWS, OMISSIONS, STANCES
from reviews.jobs.instrument import install_instruments
from reviews.models import Instrument, Review, Round
from reviews.services.history import (
    Version,
    removed_sources,
    versions_of_omissions,
    versions_of_row,
    versions_of_sheet,
)
from tests.core.judging.forms import FORM
from tests.factories import AssignmentFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)  # the trail tells saves apart by their transactions' times

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n"), max_size=30)
PAGES = (("claim", "claim"), ("quest", "jama"), ("claim", "omissions"), ("omissions", "quest"), ("jama", "claim"))
"""Two pages that an example goes to and fro between: the fewer there are, the more the tabs meet each other."""
CARRY = {"quest", "jama"}
"""Forms that answer items of each other."""
PART = re.compile(r'id="part-([^"]+)".*?(?=id="part-|\Z)', re.DOTALL)
VERSION = re.compile(r'-version" value="(\d+)"')
INSTEAD = re.compile(r'-instead_of" value="(\d+)"')


def one_of(*codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *codes])


def some_of(pairs: tuple[tuple[str, str], ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([code for code, _ in pairs[:4]]), unique=True, max_size=2)


MARK = st.fixed_dictionaries(
    {
        "ruling": one_of("level:accurate", "level:misleading", "reason:outside_my_field"),
        "rationale": TEXT,
        "flaws": some_of(FLAWS),
        "confidence": one_of("low", "high"),
        "steps_imprecision": one_of("1", "2"),
    }
)
SOURCE = st.fixed_dictionaries(
    {
        "stance": one_of(*(code for code, _ in STANCES[:2])),
        "quote": TEXT,
        "locator": TEXT,
        "directness": one_of("direct"),
    }
)
ABOUT_CLAIM = st.fixed_dictionaries(
    {
        "answer-sourced": one_of("yes", "no"),
        "answer-why": TEXT,
        "answer-settings": st.lists(st.sampled_from(["home", "clinic"]), unique=True),
    }
)
QUEST = st.fixed_dictionaries(
    {"answer-attribution": one_of("none", "vague"), "answer-authorship": one_of("no_author", "named_and_qualified")}
)
JAMA = st.fixed_dictionaries({f"answer-{item}": one_of("met", "not_met") for item in ("attribution", "authorship")})
OMITTED = st.fixed_dictionaries(
    {"kinds": some_of(OMISSIONS), "note_harms": TEXT, "note_cost": TEXT, "considered": one_of("on")}
)
TYPED = st.fixed_dictionaries(
    {"claim": st.tuples(MARK, SOURCE, ABOUT_CLAIM), "quest": QUEST, "jama": JAMA, "omissions": OMITTED}
)
MOVES = ["save"] * 7 + ["reload", "restore", "restore", "hand_in", "take_back", "remove"]
STEP = st.tuples(
    st.sampled_from(MOVES),
    st.sampled_from("abc"),
    st.sampled_from([0, 1]),
    TYPED,
    st.sampled_from(["mine", "saved", "later"]),
    st.integers(0, 5),
)


@dataclass
class Desk:
    """One review, the tabs that are open on it, and what the server has acknowledged of it."""

    review: Review
    client: Client
    tabs: dict[str, dict[str, int]] = field(default_factory=lambda: {"a": {}, "b": {}, "c": {}})
    acknowledged: dict[tuple[str, int], Any] = field(default_factory=dict)
    written: dict[tuple[str, int], tuple[datetime, datetime]] = field(default_factory=dict)
    removed: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began_at = timezone.now()
        self.citation = RoundCitationFactory._meta.model.objects.get(claim__round=self.review.round)

    def address(self, page: str) -> str:
        key = self.review.key
        if page in {"quest", "jama"}:
            return reverse("reviews:instrument", args=[key, page])
        return reverse("reviews:claim", args=[key, 1]) if page == "claim" else reverse("reviews:omissions", args=[key])

    def prefixes(self, page: str) -> list[str]:
        """Return what the fields of a page's forms begin with, form by form."""
        if page == "claim":
            return ["mark", f"source-{self.citation.key}", "form-form"]
        return ["omissions"] if page == "omissions" else ["sheet"]

    def part(self, page: str, prefix: str) -> str:
        return page if prefix == "sheet" else prefix.split("-", maxsplit=1)[0]

    def versions(self, part: str) -> list[Version]:
        """Return what the history knows of a form, newest first."""
        if part == "omissions":
            return versions_of_omissions(Review.objects.get(pk=self.review.pk))
        if part in {"mark", "source"}:
            rows = self.review.marks.all() if part == "mark" else self.review.appraisals.all()
            return [version for row in rows for version in versions_of_row(row)]
        return [one for row in self.review.sheets.filter(instrument__slug=part) for one in versions_of_sheet(row)]

    def reload(self, tab: str) -> None:
        for part in ("mark", "source", "form", "quest", "jama", "omissions"):
            self.tabs[tab][part] = next((version.number for version in self.versions(part)), 0)

    def save(self, tab: str, page: str, typed: Any, *, choice: str) -> None:
        forms = dict(zip(self.prefixes(page), typed if page == "claim" else [typed], strict=True))
        changed = self._sent(tab, page, forms, instead_of={})
        if changed and choice == "mine":
            self._sent(tab, page, {prefix: forms[prefix] for prefix in changed}, instead_of=changed)
        elif changed and choice == "saved":
            self.reload(tab)

    def _sent(self, tab: str, page: str, forms: dict[str, Any], *, instead_of: dict[str, str]) -> dict[str, str]:
        """Save as the script does; return the versions saved elsewhere, by the form that was not saved for them."""
        sent: dict[str, Any] = {f"{prefix}-instead_of": version for prefix, version in instead_of.items()}
        for prefix, fields in forms.items():
            sent[f"{prefix}-version"] = str(self.tabs[tab].get(self.part(page, prefix), 0))
            sent |= {f"{prefix}-{name}": value for name, value in fields.items() if value}
        before = timezone.now()
        answer = self.client.post(self.address(page), sent, headers={"HX-Request": "true"})
        window = (before, timezone.now())
        assert answer.status_code in {200, 422}
        changed = {}
        for part in PART.finditer(answer.content.decode()):
            prefix, said = part[1], part[0]
            if prefix not in forms:
                continue
            if 'role="alert"' not in said:
                version, chosen = int(VERSION.search(said)[1]), int(instead_of.get(prefix, 0))
                self._acknowledge(
                    tab, self.part(page, prefix), forms[prefix], version, window=window, instead_of=chosen
                )
            elif stands := INSTEAD.search(said):
                changed[prefix] = stands[1]
        return changed

    def _acknowledge(
        self, tab: str, part: str, typed: Any, version: int, *, window: tuple[datetime, datetime], instead_of: int
    ) -> None:
        base = max(self.tabs[tab].get(part, 0), instead_of)
        self.tabs[tab][part] = version
        if not version:
            return  # nothing was said, and nothing had been
        if (part, version) not in self.acknowledged and part not in CARRY:
            assert version == base + 1  # nothing was overwritten that this tab had not seen
        whole = WHOLE[part](typed)
        assert self.acknowledged.setdefault((part, version), whole) == whole
        self.written.setdefault((part, version), window)

    def restore(self, tab: str, page: str, back: int) -> None:
        place = 0
        part = self.part(page, self.prefixes(page)[place])
        versions = self.versions(part)
        if not versions:
            return
        chosen = versions[back % len(versions)]
        history = self.address(page) + "history/"
        sent = {"past": str(place), "version": str(chosen.number), "current": str(self.tabs[tab].get(part, 0))}
        before = timezone.now()
        answer = self.client.post(history, sent)
        if answer.url == history:
            return  # the tab was of an older time, or the review is locked: said on the page, nothing is written
        now = self.versions(part)[0]
        self.tabs[tab][part] = now.number
        self.acknowledged[part, now.number] = FOUND[part](chosen)
        self.written.setdefault((part, now.number), (before, timezone.now()))

    def remove(self, typed: dict[str, Any]) -> None:
        """Put an own source to the claim, say something of it, and remove it."""
        arguments = [self.review.key, 1]
        self.client.post(reverse("reviews:add-source", args=arguments), {"own-title": f"Own {len(self.removed)}"})
        own = self.review.added_citations.get()
        said = {f"source-{own.key}-{name}": value for name, value in {"version": "0", **typed}.items()}
        answer = self.client.post(self.address("claim"), said, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        self.client.post(reverse("reviews:remove-source", args=[self.review.key, own.key]))
        self.removed.append([WHOLE["source"](typed)] if any(WHOLE["source"](typed).values()) else [])

    def hand_in(self, tab: str) -> None:
        """Fill in whatever is asked for, then hand in."""
        self.reload(tab)
        whole = {"ruling": "reason:outside_my_field"}
        for page in ("quest", "jama"):
            asked = Instrument.objects.get(slug=page).form.items
            self.save(tab, page, {f"answer-{item.key}": item.options[0].code for item in asked}, choice="mine")
        self.save(tab, "claim", (whole, {"stance": "supports"}, {}), choice="mine")
        self.save(tab, "omissions", {"considered": "on"}, choice="mine")
        self.client.post(reverse("reviews:submit", args=[self.review.key]), headers={"HX-Request": "true"})
        assert Review.objects.get(pk=self.review.pk).submitted_at

    def take_back(self) -> None:
        self.client.post(reverse("reviews:take-back", args=[self.review.key]))
        assert Review.objects.get(pk=self.review.pk).submitted_at is None


def answers_of(typed: dict[str, Any]) -> dict[str, str]:
    given = {name.removeprefix("answer-"): value for name, value in typed.items()}
    plain = {
        name: ",".join(code for code in ("home", "clinic") if code in value)
        if isinstance(value, list)
        else value.strip()
        for name, value in given.items()
    }
    return {name: value for name, value in plain.items() if value}


def mark_of(typed: dict[str, Any]) -> dict[str, Any]:
    ruling, steps = typed["ruling"], typed.get("steps_imprecision")
    return {
        "level": ruling.removeprefix("level:") if ruling.startswith("level:") else "",
        "reason": ruling.removeprefix("reason:") if ruling.startswith("reason:") else "",
        "rationale": typed.get("rationale", "").strip(),
        "flaws": sorted(typed.get("flaws", [])),
        "confidence": typed.get("confidence", ""),
        "reasons": [f"imprecision_{steps}"] if steps else [],
    }


def omissions_of(typed: dict[str, Any]) -> tuple[dict[str, str], bool]:
    notes = {kind: typed.get(f"note_{kind}", "").strip() for kind in ("harms", "cost")}
    named = {kind: note for kind, note in notes.items() if note}
    return dict.fromkeys(typed.get("kinds", []), "") | named, bool(typed.get("considered"))


WHOLE: dict[str, Callable[[Any], Any]] = {
    "mark": mark_of,
    "source": lambda typed: {
        name: typed.get(name, "").strip() for name in ("stance", "quote", "locator", "directness")
    },
    **dict.fromkeys(["form", "quest", "jama"], answers_of),
    "omissions": omissions_of,
}
"""What was typed into a form, as it has to be found."""

FOUND: dict[str, Callable[[Version], Any]] = {
    "mark": lambda version: {
        "level": version.row.level.name if version.row.level else "",
        "reason": version.row.could_not_assess,
        "rationale": version.row.rationale,
        "flaws": version.row.flaws,
        "confidence": version.row.confidence,
        "reasons": version.row.certainty_reasons,
    },
    "source": lambda version: {
        name: getattr(version.row, name) for name in ("stance", "quote", "locator", "directness")
    },
    **dict.fromkeys(["form", "quest", "jama"], lambda version: dict(version.said)),
    "omissions": lambda version: (dict(version.said), version.considered),
}
"""What the history knows of a version of it."""


@pytest.fixture
def round(transactional_db) -> Round:
    install_instruments()
    Instrument.objects.create(slug="form", version=2, title="A form", about="claim", definition=FORM)
    round = RoundFactory(claims=1)
    round.instruments.set(Instrument.objects.filter(slug__in=["quest", "jama", "form"]))
    RoundCitationFactory(claim=round.claims.get())
    AssignmentFactory(round=round, accepted=True)  # somebody is always out: the round does not close
    return round


@pytest.fixture
def desks(round, client_of) -> Iterator[Callable[[], Desk]]:
    def another() -> Desk:
        review = ReviewFactory(round=round)
        return Desk(review, client_of(review.assignment.reviewer))

    return another


def played(desk: Desk, steps: list[Any], *, pages: tuple[str, str]) -> None:
    is_locked = False
    for move, tab, place, typed, choice, back in steps:
        page = pages[place]
        if move == "save":
            desk.save(tab, page, typed[page], choice=choice)
        elif move == "reload":
            desk.reload(tab)
        elif move == "restore":
            desk.restore(tab, page, back)
        elif move == "remove" and not is_locked:
            desk.remove(typed["claim"][1])
        elif move == "hand_in" and not is_locked:
            desk.hand_in(tab)
            is_locked = True
        elif move == "take_back" and is_locked:
            desk.take_back()
            is_locked = False


@settings(
    max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=2, max_size=5), pages=st.sampled_from(PAGES))
def test_whatever_tabs_do_every_acknowledged_value_is_found_whole_with_its_time(desks, steps, pages):
    desk = desks()

    played(desk, steps, pages=pages)

    parts = {part for part, _ in desk.acknowledged}
    versions = {(part, version.number): version for part in parts for version in desk.versions(part)}
    assert {key: FOUND[key[0]](versions[key]) for key in desk.acknowledged} == desk.acknowledged
    gone = removed_sources(desk.review, claim=desk.citation.claim)
    assert [[FOUND["source"](version) for version in one.versions] for one in gone] == desk.removed
    for (part, number), (before, after) in desk.written.items():
        earliest = desk.began_at if part in CARRY else before  # the same answers may have come from another form before
        assert earliest <= versions[part, number].at <= after
