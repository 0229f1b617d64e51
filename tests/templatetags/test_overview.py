"""The lists of the overview."""

from dataclasses import dataclass

import pytest
from lxml import html

from reviews.services.progress import Gap
from reviews.templatetags.overview import claim_list, gap_list

BASE = "/reviews/6c1f4a52-3c3f-4a7e-9d1f-0d3c1f5b8a11/"
HOSTILE = "<script>alert('&')</script>"


@dataclass
class Level:
    name: str = "accurate"
    title: str = "Accurate"
    colour: str = "green"
    icon: str = "check"


@dataclass
class Claim:
    number: int
    wording: str = "Tea helps."


@dataclass
class Mark:
    level: Level | None = None
    could_not_assess: str = ""


@dataclass
class Work:
    claim: Claim
    mark: Mark | None = None
    state: str = "new"


def lines(*works: Work) -> list[tuple[str, str]]:
    page = html.fragment_fromstring(claim_list(works, address=BASE), create_parent="div")
    return [(link.get("href"), " ".join(link.text_content().split())) for link in page.iterfind(".//li/a")]


def test_each_claim_has_a_line_with_its_level_and_its_state():
    works = [
        Work(Claim(1), Mark(Level()), "done"),
        Work(Claim(2), Mark(could_not_assess="no_access"), "begun"),
        Work(Claim(3)),
    ]

    assert lines(*works) == [
        (f"{BASE}claims/1/", "1 Tea helps.Accuratedone"),
        (f"{BASE}claims/2/", "2 Tea helps.could not assessbegun"),
        (f"{BASE}claims/3/", "3 Tea helps.to do"),
    ]


@pytest.mark.parametrize("icon", ["check", "an-icon-that-we-do-not-have"])
def test_every_sign_that_is_referred_to_is_drawn_once(icon):
    works = [Work(Claim(number), Mark(Level(icon=icon)), "done") for number in (1, 2)]

    page = html.fragment_fromstring(claim_list(works, address=BASE), create_parent="div")

    drawn = page.xpath("./span[@hidden]//@id")
    assert sorted(drawn) == sorted(set(drawn))
    assert set(page.xpath(".//use/@href")) <= {f"#{sign}" for sign in drawn}


def test_a_long_wording_is_cut_and_nothing_typed_becomes_markup():
    ((_, said),) = lines(Work(Claim(1, HOSTILE + "x" * 200), Mark(Level(title=HOSTILE, name=HOSTILE))))

    assert "<script" not in claim_list([Work(Claim(1, HOSTILE), Mark(Level(title=HOSTILE)))], address=BASE)
    assert said.startswith(f"1 {HOSTILE}x")
    assert "…" in said


def test_a_gap_leads_to_the_very_field():
    gaps = [
        Gap("Claim 1: choose.", room="claim", place="1", field="mark-ruling"),
        Gap(HOSTILE, room="instrument", place="discern", field="sheet-answer-aims"),
        Gap("Left out.", room="omissions", place="", field="omissions-considered"),
    ]

    page = html.fromstring(gap_list(gaps, address=BASE))

    assert [(link.get("href"), link.text) for link in page.iterfind("li/a")] == [
        (f"{BASE}claims/1/#at-mark-ruling", "Claim 1: choose."),
        (f"{BASE}instruments/discern/#at-sheet-answer-aims", HOSTILE),
        (f"{BASE}omissions/#at-omissions-considered", "Left out."),
    ]
