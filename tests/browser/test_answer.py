"""Forms with questions that hang on each other, where a browser can break them."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.jobs.instrument import install_instruments
from reviews.models import Answer, Instrument, Review
from reviews.services.answer import record_answers
from reviews.services.asked_form import move_round
from tests.core.judging.forms import FORM
from tests.factories import (
    AppraisalFactory,
    EditorFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundClaimFactory,
    RoundFactory,
)
from tests.forms_in_versions import two_versions

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"^Saved \d")


@pytest.fixture
def review(transactional_db) -> Review:
    install_instruments()
    Instrument.objects.create(slug="form", version=2, title="A form", about="claim", definition=FORM)
    review = ReviewFactory()
    review.round.instruments.set(Instrument.objects.filter(slug__in=["quest", "jama", "form"]))
    return review


@pytest.fixture
def desk(page, review, sign_in):
    """The reviewer's own browser, signed in."""
    sign_in(page, review.assignment.reviewer)
    return page


def test_a_question_comes_and_goes_with_the_answer_that_it_hangs_on(desk, review, is_accessible):
    desk.goto(f"/reviews/{review.key}/instruments/quest/")
    study = desk.get_by_role("group", name=re.compile("Type of study"))
    expect(study).to_be_hidden()
    desk.get_by_role("radio", name="At least one study that can be identified").check()
    expect(study).to_be_visible()
    desk.get_by_role("radio", name="Observational studies only").check()
    expect(desk.locator("#saving")).to_have_text(SAVED)
    is_accessible(desk)
    desk.get_by_role("radio", name="No sources").check()

    expect(study).to_be_hidden()
    expect(desk.locator("#saving")).to_have_text(SAVED)
    desk.get_by_role("link", name="JAMA benchmarks").click()
    expect(desk.get_by_text("Carried over from QUEST, question 2")).to_be_visible()
    answers = {answer.item: answer.value for answer in Answer.objects.filter(sheet__instrument__slug="quest")}
    assert answers == {"attribution": "none", "type_of_study": "observational"}


def test_a_form_about_a_claim_is_filled_in_beside_its_mark(desk, review, is_accessible):
    desk.goto(f"/reviews/{review.key}/claims/1/")
    desk.get_by_role("radio", name="Yes", exact=True).check()
    desk.get_by_role("checkbox", name="At home").check()
    desk.get_by_role("textbox", name="5. How much?").fill("120.5")
    desk.get_by_label("6. When was it looked up?").fill("2026-03-31")
    desk.get_by_role("checkbox", name="7. I have read the source itself.").check()
    expect(desk.locator("#saving")).to_have_text(SAVED)
    is_accessible(desk)

    assert {answer.item: answer.value for answer in Answer.objects.all()} == {
        "sourced": "yes",
        "settings": "home",
        "dose": "120.5",
        "seen_on": "2026-03-31",
        "read": "attested",
    }


def test_an_unnamed_source_is_looked_for_and_the_certainty_worked_out(page, sign_in, transactional_db, is_accessible):
    review = ReviewFactory(round=RoundFactory(claims=0))
    claim = RoundClaimFactory(round=review.round, asks_for_source=True)
    cited = RoundCitationFactory(claim=claim)
    AppraisalFactory(review=review, citation=cited, design="controlled_cohort")
    sign_in(page, review.assignment.reviewer)
    page.goto(f"/reviews/{review.key}/claims/1/")
    page.get_by_role("radio", name="Not identifiable").check()
    page.get_by_text("Work it out by the reasons of GRADE").click()
    expect(page.get_by_text("By the designs you gave: Observational studies: starts low.")).to_be_visible()
    page.get_by_label("It rests on").select_option("observational")
    page.get_by_label("Large effect").select_option("1")
    page.get_by_label("Imprecision").select_option("2")

    expect(page.locator("#certainty-remark")).to_have_text(re.compile("The reasons come to: Very low. That stands"))
    page.get_by_role("radio", name="Moderate").check()
    expect(page.locator("#certainty-remark")).to_have_text(re.compile("You say moderate: say why in your reasons."))
    is_accessible(page)


def test_without_scripts_a_question_comes_up_with_the_next_save(new_context, review, sign_in):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, review.assignment.reviewer)
    page.goto(f"/reviews/{review.key}/instruments/quest/")
    expect(page.get_by_text("Some questions come up only after others are answered")).to_be_visible()
    page.get_by_role("radio", name="Studies that can be identified behind most claims").check()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("group", name=re.compile("Type of study"))).to_be_visible()


def test_a_form_that_the_desk_moved_is_told_of_on_each_of_its_pages(desk, review, is_accessible):
    about_article, about_claims = two_versions("article", "checks"), two_versions("claim", "each")
    review.round.instruments.add(about_article[0], about_claims[0])
    first = review.round.claims.get(number=1)
    answers = {"why": "So.", "gone": "Nothing else.", "told": "yes"}
    record_answers(review, instrument=about_article[0], version=0, answers=answers)
    record_answers(review, instrument=about_claims[0], version=0, answers=answers, claim=first)
    for _, newer in (about_article, about_claims):
        move_round(review.round, to=newer, by=EditorFactory(), at=timezone.now())

    for address in (f"/reviews/{review.key}/instruments/checks/", f"/reviews/{review.key}/claims/1/"):
        desk.goto(address)
        expect(desk.get_by_text("the desk moved Checks to version 2")).to_be_visible()
        is_accessible(desk)
        desk.get_by_role("link", name="All that you had answered before").click()
        expect(desk.get_by_text("Nothing else.")).to_be_visible()
        is_accessible(desk)
