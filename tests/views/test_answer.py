"""The pages about the whole article."""

import pytest
from django.urls import reverse

from reviews.jobs.instrument import install_instruments
from reviews.models import Answer, Instrument, Omission, Review
from tests.core.judging.forms import FORM
from tests.factories import ReviewFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    install_instruments()
    review = ReviewFactory()
    review.round.instruments.set(Instrument.objects.filter(slug="discern"))
    return review


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def sheet(review: Review, slug: str = "discern") -> str:
    return reverse("reviews:instrument", args=[review.key, slug])


def test_answers_are_saved_and_shown_again(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "4"})

    assert [(answer.item, answer.value) for answer in Answer.objects.all()] == [("aims_clear", "4")]
    assert "1 of 16 questions answered" in client.get(sheet(review)).content.decode()


@pytest.mark.parametrize("forged", ["6", "0", "four", "\x00", "9" * 5_000])
def test_an_answer_that_is_not_offered_is_refused(client, review, forged):
    answer = client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": forged})

    assert answer.status_code == 422
    assert not Answer.objects.exists()


def test_an_item_that_is_not_asked_is_not_saved(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-invented": "4"})

    assert not Answer.objects.exists()


def test_an_instrument_that_the_round_does_not_ask_is_not_there(client, review):
    assert client.get(sheet(review, "healthnewsreview")).status_code == 404


def test_two_tabs_see_both_answers(client, review):
    client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "4"})

    answer = client.post(sheet(review), {"sheet-version": "0", "sheet-answer-aims_clear": "2"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("2 · Hardly</td>" in page, "4 · Mostly</td>" in page) == (True, True)
    assert Answer.objects.get().value == "4"


FOUND = {
    "disclosures": {"count": 0, "places": []},
    "sellers": {"count": 1, "places": [{"before": "sold by ", "words": "<b>Lunar", "after": " Foods", "why": ""}]},
    "products": {"count": 0, "places": []},
    "links": {"count": 9, "places": [{"before": "", "words": "lunar.example", "after": "", "why": "aff in it"}]},
    "coupons": {"count": 0, "places": []},
}


def asked(client_of, *, found) -> str:
    """Open the JAMA benchmarks in a round that kept this of what was found; return the page."""
    install_instruments()
    review = ReviewFactory(round=RoundFactory(found=found))
    review.round.instruments.set(Instrument.objects.filter(slug="jama"))
    return client_of(review.assignment.reviewer).get(sheet(review, "jama")).content.decode()


def test_beside_a_question_about_interests_stands_what_the_machine_found_and_nothing_is_answered(client_of):
    page = asked(client_of, found=FOUND)

    assert page.count("What the machine found in the text") == 1
    summary = " ".join(page.partition("What the machine found in the text")[2].partition("</summary>")[0].split())
    assert summary == (
        ": disclosures of an interest none · sellers 1 · products by trade name none"
        " · links that pay somebody or sell 9 · coupon words none"
    )
    assert "…sold by <mark>&lt;b&gt;Lunar</mark> Foods…" in page
    assert "checked" not in page.partition("sheet-answer-disclosure")[2].partition("</fieldset>")[0]


def test_a_round_that_opened_before_it_was_kept_says_nothing_of_it(client_of):
    assert "What the machine found" not in asked(client_of, found=None)


def test_a_note_alone_says_that_something_is_left_out(client, review):
    page = reverse("reviews:omissions", args=[review.key])

    client.post(page, {"omissions-version": "0", "omissions-note_cost": "40 a month", "omissions-considered": "on"})

    assert [(one.kind, one.note) for one in Omission.objects.all()] == [("cost", "40 a month")]
    review.refresh_from_db()
    assert review.omissions_considered


def test_an_omission_that_is_not_on_the_list_is_refused(client, review):
    page = reverse("reviews:omissions", args=[review.key])

    answer = client.post(page, {"omissions-version": "0", "omissions-kinds": ["harms", "invented"]})

    assert answer.status_code == 422
    assert not Omission.objects.exists()


@pytest.fixture
def claim_page(review) -> str:
    form = Instrument.objects.create(slug="form", version=2, title="A form", about="claim", definition=FORM)
    review.round.instruments.add(form)
    return reverse("reviews:claim", args=[review.key, 1])


def form_of(**answers) -> dict[str, object]:
    said = {f"form-form-{name.replace('__', '-')}": value for name, value in answers.items()}
    return {"mark-version": "0", "form-form-version": "0", **said}


def test_every_kind_of_item_is_saved_and_shown_again(client, claim_page):
    said = form_of(
        answer__sourced="yes",
        answer__how_well="0",
        answer__why="So.",
        answer__settings=["clinic", "home"],
        answer__dose="125.50",
        answer__seen_on="2026-03-31",
        answer__read="attested",
    )

    refused = client.post(claim_page, said)
    saved = client.post(claim_page, {**said, "form-form-answer-dose": "125.5"})

    assert "Give it with at most 1 decimal." in refused.content.decode()
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert {answer.item: answer.value for answer in Answer.objects.all()} == {
        "sourced": "yes",
        "how_well": "0",
        "why": "So.",
        "settings": "home,clinic",
        "dose": "125.5",
        "seen_on": "2026-03-31",
        "read": "attested",
    }
    [sheet] = client.get(claim_page).context["sheets"]
    assert sheet.part.form.initial == {
        "version": 1,
        "edition": 2,
        "answer-sourced": "yes",
        "answer-how_well": "0",
        "answer-why": "So.",
        "answer-settings": ["home", "clinic"],
        "answer-dose": "125.5",
        "answer-seen_on": "2026-03-31",
        "answer-read": True,
    }


def shown(page) -> list[str]:
    [sheet] = page.context["sheets"]
    questions = [question for _, section in sheet.part.form.sections() for question in section]
    return [question.field.name.removeprefix("answer-") for question in questions if question.is_asked]


def test_a_question_that_hangs_on_another_comes_up_when_that_is_answered_and_keeps_its_answer(client, claim_page):
    before = shown(client.get(claim_page))
    client.post(claim_page, form_of(answer__sourced="yes", answer__how_well="3"))
    asked = shown(client.get(claim_page))
    client.post(claim_page, {**form_of(answer__sourced="no", answer__how_well="3"), "form-form-version": "1"})

    assert before == ["sourced", "settings", "read"]
    assert asked == ["sourced", "how_well", "settings", "read"]
    assert shown(client.get(claim_page)) == before
    assert Answer.objects.get(item="how_well").value == "3"


def test_not_applicable_is_an_answer_apart_from_the_number(client, claim_page):
    refused = client.post(claim_page, form_of(answer__dose="12", exempt__dose="on"))
    client.post(claim_page, form_of(exempt__dose="on"))

    assert "Give an answer, or say that it is not applicable; not both." in refused.content.decode()
    assert Answer.objects.get(item="dose").value == "not_applicable"


def test_a_carried_answer_says_where_it_came_from(client, review):
    review.round.instruments.add(Instrument.objects.get(slug="healthnewsreview"))

    client.post(sheet(review, "healthnewsreview"), {"sheet-version": "0", "sheet-answer-harms": "satisfactory"})

    page = client.get(sheet(review)).content.decode()
    assert "Carried over from HealthNewsReview criteria, question 3: the same fact." in page


def test_a_handed_in_form_about_a_claim_is_shown_in_words(client, review, claim_page):
    client.post(claim_page, form_of(answer__sourced="yes"))
    review.omissions_considered, review.submitted_at = True, review.began_at
    review.save()

    assert "1. Sourced?" in client.get(claim_page).content.decode()
