"""An editor gives several rounds their panels, and looks after who is late: by the pages alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from reviews.jobs.instrument import install_instruments
from reviews.jobs.report import compile_report
from reviews.models import Assignment, Notice, Round
from tests.factories import (
    ArticleFactory,
    AssignmentFactory,
    EditorFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
    UserFactory,
)


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_on(title, **fields):
    revision = RevisionFactory(article=ArticleFactory(title=title))
    return RoundFactory(revision=revision, opened_on=day(-60), due_on=day(30), **fields)


@pytest.fixture
def desk(transactional_db, page: Page, sign_in) -> Page:
    install_instruments()
    for name in ("Ada Story", "Ben Story", "Cleo Story"):
        UserFactory(name=name, expertise="Sleep")
    UserFactory(name="Tied Story", interests="The Daily Herb")
    sign_in(page, EditorFactory(name="Edna Story"))
    return page


def test_several_rounds_get_their_panels_with_one_confirmation(desk, is_accessible):
    tea, lenses = round_on("Tea"), round_on("Lenses")
    desk.goto("/desk/reviews/round/")
    for box in desk.get_by_role("checkbox").all():
        box.check()
    desk.get_by_label("With those that are ticked").select_option(label="Propose panels for these rounds")
    is_accessible(desk)
    desk.get_by_role("button", name="Go on").click()
    is_accessible(desk)
    desk.get_by_role("button", name="See who gets what").click()
    expect(desk.get_by_text("Nothing has happened yet.")).to_be_visible()
    is_accessible(desk)
    asked = Assignment.objects.count()
    desk.get_by_role("button", name=re.compile("^Ask these")).click()
    expect(desk.get_by_text("4 requests for 2 rounds")).to_be_visible()

    assert asked == 0
    assert {round.assignments.count() for round in (tea, lenses)} == {2}
    assert "Tied Story" not in {request.reviewer.name for request in Assignment.objects.all()}


def test_people_are_looked_for_without_losing_who_is_ticked(desk, is_accessible):
    round = round_on("Tea", quorum=2)
    desk.goto(f"/desk/reviews/round/{round.pk}/assign/?size=0")
    desk.get_by_label("Ask Cleo Story").check()
    desk.get_by_label("Find people by name, address or field").fill("tied")
    desk.get_by_label("Find people by name, address or field").press("Enter")
    expect(desk.get_by_label("Ask Cleo Story")).to_be_checked()
    desk.get_by_label("Ask Tied Story").check()
    is_accessible(desk)
    desk.get_by_role("button", name="Ask them", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("is the publisher")
    is_accessible(desk)
    nobody = Assignment.objects.count()
    desk.get_by_role("button", name="Ask them all the same").click()
    expect(desk.get_by_text("2 people are asked.")).to_be_visible()

    assert nobody == 0
    assert sorted(request.reviewer.name for request in Assignment.objects.all()) == ["Cleo Story", "Tied Story"]


def test_bad_lines_of_a_table_are_named(desk, is_accessible):
    round = round_on("Tea")
    desk.goto("/desk/reviews/round/sheet/")
    desk.get_by_label("Paste a table").fill(f"round,reviewer\n{round.pk},nobody\n")
    desk.get_by_role("button", name="See who gets what").click()
    expect(desk.get_by_role("alert")).to_contain_text("Line 2: “nobody” is not an e-mail address.")
    is_accessible(desk)
    desk.get_by_label("Paste a table").fill(f"round,reviewer\n{round.pk},new@example.net\n")
    desk.get_by_role("button", name="See who gets what").click()
    desk.get_by_role("button", name="Ask this person").click()
    expect(desk.get_by_text("1 request for 1 round")).to_be_visible()

    assert Assignment.objects.get().invited_email == "new@example.net"


def test_late_reviewers_are_reminded_and_replaced(desk, is_accessible):
    round = round_on("Tea")
    late = AssignmentFactory(
        round=round, reviewer__name="Lena Late", accepted=True, assigned_on=day(-20), due_on=day(-2)
    )
    ReviewFactory(round=round, assignment=late)
    desk.goto("/desk/reviews/round/late/")
    is_accessible(desk)
    desk.get_by_label("Choose Lena Late").check()
    desk.get_by_role("button", name="Remind now…").click()
    is_accessible(desk)
    desk.get_by_role("button", name="Remind this person").click()
    expect(desk.get_by_text("1 person is reminded.")).to_be_visible()
    for name in ("Another day…", "Release the slots…"):
        desk.goto("/desk/reviews/round/late/")
        desk.get_by_label("Choose Lena Late").check()
        desk.get_by_role("button", name=name).click()
        is_accessible(desk)
    desk.goto(f"/desk/reviews/round/{round.pk}/change/")
    desk.get_by_role("link", name=re.compile("^Replace.*Lena Late")).click()
    is_accessible(desk)
    desk.get_by_label(re.compile("^Ben Story")).check()
    desk.get_by_label("A note to whoever leaves").fill("Thank you.")
    desk.get_by_role("button", name="Replace").click()
    expect(desk.get_by_text("Ben Story is asked in the place of Lena Late.")).to_be_visible()

    assert [(one.reviewer.name, one.is_live) for one in round.assignments.order_by("pk")] == [
        ("Lena Late", False),
        ("Ben Story", True),
    ]
    assert Notice.objects.filter(key__contains=":now:").count() == 1


def test_where_the_panel_disagrees(desk, is_accessible):
    round = round_on("Tea", editors=[])
    for levels in (["accurate", "misleading"], ["inaccurate", "misleading"]):
        ReviewFactory(round=round, marks=levels, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now(), closing="editor")
    compile_report(round, at=timezone.now())
    desk.goto(f"/desk/reviews/round/{round.pk}/change/")
    desk.get_by_role("link", name="Where the panel disagrees").click()
    expect(desk.get_by_text("Held, and not shown to you yet")).to_be_visible()
    expect(desk.get_by_text("2 of 2 reviewers: misleading")).to_be_visible()
    expect(desk.get_by_text("naccurate")).to_have_count(0)
    is_accessible(desk)
