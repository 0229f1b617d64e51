"""Where a panel disagrees, as an editor may see it."""

import pytest
from django.urls import reverse

from reviews.jobs.report import compile_report
from reviews.models import Adjudication, Round
from reviews.services.adjudication import renounce
from tests.factories import NOON, AppraisalFactory, AssignmentFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db


def door(round):
    return reverse("admin:round-disagreement", args=[round.pk])


def compiled(editor, *marks, stances=(), **fields):
    """A closed and compiled round: for each reviewer the levels of the claims, and a stance on a source of claim 1."""
    round = RoundFactory(editors=[editor], claims=len(marks[0]), **fields)
    citation = RoundCitationFactory(claim=round.claims.first())
    for number, levels in enumerate(marks):
        review = ReviewFactory(round=round, marks=levels)
        if stances:
            AppraisalFactory(review=review, citation=citation, stance=stances[number])
        type(review).objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def unveil(round, editor):
    """Let the editor renounce ruling on whatever is held."""
    for verdict in round.reports.get().verdicts.held().select_related("claim"):
        renounce(verdict.claim, editor=editor, at=NOON)


def shown(page):
    return [one.claim["number"] for one in page.context["shown"]]


def veiled(page):
    return [claim["number"] for claim in page.context["veiled"]]


def test_the_most_divided_come_first_with_a_dot_for_each_reviewer(desk, editor):
    round = compiled(
        editor,
        ["accurate", "misleading", "accurate"],
        ["accurate", "misleading", "mostly_accurate"],
        ["accurate", "inaccurate", "mostly_accurate"],
        ["accurate", "misleading", None],
    )

    unveil(round, editor)

    page = desk.get(door(round))
    told = page.content.decode()

    assert (shown(page)[-1], sorted(shown(page)), veiled(page)) == (1, [1, 2, 3], [])
    assert [one.depth[0] for one in page.context["shown"]][-1] == "of one mind"
    assert [one.variation for one in page.context["shown"]] == sorted(
        (one.variation for one in page.context["shown"]), reverse=True
    )
    assert "3 of 4 reviewers: misleading; 1: inaccurate" in told
    assert "could not assess it" in told


def test_of_a_held_claim_nothing_is_told_until_the_editor_marked_or_renounced(desk, editor, disputed):
    before = {name: desk.get(door(disputed), {"show": name}) for name in ("", "harm_line", "stance", "high_harm")}
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    after = desk.get(door(disputed))

    assert {name: (shown(page), veiled(page)) for name, page in before.items()} == {
        "": ([2], [1]),
        "harm_line": ([], [1]),
        "stance": ([], [1]),
        "high_harm": ([], []),
    }
    assert not any("naccurate" in page.content.decode() for page in before.values())
    assert [count for *_, count in before[""].context["filters"]] == [0, 0, 0]
    assert (shown(after), veiled(after)) == ([1, 2], [])
    assert "1 of 2 reviewers" in after.content.decode()
    assert Adjudication.objects.count() == 1


def test_the_page_is_the_same_however_the_panel_is_divided_on_what_is_veiled(desk, editor):
    pages = []
    for apart in (["accurate", "inaccurate"], ["mostly_accurate", "misleading"]):
        round = compiled(editor, [apart[0], "misleading"], [apart[1], "misleading"])
        told = desk.get(door(round)).content.decode()
        pages.append(told.split("<main")[1].replace(f"/round/{round.pk}/", "/round/0/").split("reports/")[0])

    assert pages[0] == pages[1]


def test_claims_can_be_filtered(desk, editor):
    round = compiled(
        editor,
        ["accurate", "mostly_accurate"],
        ["accurate", "misleading"],
        ["accurate", "mostly_accurate"],
        stances=["supports", "contradicts", "supports"],
    )
    unveil(round, editor)

    found = {name: shown(desk.get(door(round), {"show": name})) for name in ("harm_line", "stance", "nonsense")}
    page = desk.get(door(round)).content.decode()

    assert (found["harm_line"], found["stance"], sorted(found["nonsense"])) == ([2], [1], [1, 2])
    assert "2 read it as supporting the claim, 1 as contradicting it." in page


def test_there_is_no_such_page_before_the_report_or_for_who_reviews_the_round(desk, editor, disputed):
    uncompiled = RoundFactory(editors=[editor])
    AssignmentFactory(round=disputed, reviewer=editor)

    assert [desk.get(door(round)).status_code for round in (uncompiled, disputed)] == [404, 404]


def test_many_claims_cost_as_many_queries_as_few(desk, editor, django_assert_max_num_queries):
    few, many = compiled(editor, ["accurate"], ["accurate"]), compiled(editor, ["accurate"] * 3, ["accurate"] * 3)
    with django_assert_max_num_queries(20) as with_few:
        desk.get(door(few))

    with django_assert_max_num_queries(len(with_few)):
        desk.get(door(many))
