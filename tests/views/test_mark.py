"""The page of one claim."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.forms.mark import initial_of_appraisal
from reviews.models import Appraisal, Mark, Review, SourceText
from tests.factories import (
    NOON,
    AppraisalFactory,
    MarkFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)
from tests.forms_in_versions import two_versions

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def review() -> Review:
    return ReviewFactory(round=RoundFactory(claims=3))


@pytest.fixture
def client(review, client_of):
    return client_of(review.assignment.reviewer)


def address(review: Review, number: int = 1) -> str:
    return reverse("reviews:claim", args=[review.key, number])


def typed(**fields: Any) -> dict[str, Any]:
    return {"mark-version": "0", **{f"mark-{name}": value for name, value in fields.items()}}


def test_a_save_without_scripts_leads_on_to_the_next_claim(client, review):
    answer = client.post(address(review), {**typed(ruling="level:accurate"), "next": "1"})

    assert (answer.status_code, answer.url) == (302, address(review, 2))
    assert Mark.objects.get().level.name == "accurate"


def test_a_script_gets_what_changed_alone_with_the_new_version(client, review):
    answer = client.post(address(review), typed(rationale="So far"), **HTMX)

    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, "<textarea" in page) == (200, False, False)
    assert 'name="mark-version" value="1"' in page
    assert "Saved <time" in page
    assert len(page) < 2_000


def test_a_script_hears_when_the_claim_is_done(client, review):
    RoundCitationFactory(claim=review.round.claims.first())
    begun = client.post(address(review), typed(ruling="level:accurate"), **HTMX).content.decode()
    done = client.post(address(review, 2), typed(ruling="level:accurate"), **HTMX).content.decode()

    assert [('data-state="marked"' in page, "1 of 3 claims done" in page) for page in (begun, done)] == [
        (False, False),
        (True, True),
    ]


def test_a_script_is_shown_both_versions_and_nothing_else(client, review):
    MarkFactory(review=review, rationale="Saved before.", version=3)

    answer = client.post(address(review), typed(rationale="Typed here."), **HTMX)

    page = answer.content.decode()
    assert (answer.status_code, "Saved before." in page, "Typed here." in page) == (422, True, True)
    assert "<textarea" not in page


def test_a_script_that_is_not_signed_in_gets_no_page_to_swap_in(review):
    assert Client().get(address(review), **HTMX).status_code == 401
    assert Client().get(address(review)).status_code == 302


@pytest.mark.parametrize(
    "forged",
    [
        {"ruling": "level:perfect"},
        {"ruling": "accurate"},
        {"ruling": "level:\x00"},
        {"flaws": ["no_source_given", "made_up"]},
        {"confidence": "absolute"},
        {"certainty": "x" * 10_000},
        {"rationale": "y" * 5_001},
        {"version": "minus one"},
        {"version": "-1"},
        {"version": "9" * 400},
        {"instead_of": "\x00"},
    ],
)
def test_a_forged_field_is_refused_in_words_and_the_rest_is_shown_again(client, review, forged):
    answer = client.post(address(review), typed(**{"rationale": "Keep this."} | forged))

    assert answer.status_code == 422
    assert "Not saved yet" in answer.content.decode()
    assert ("Keep this." in answer.content.decode()) is ("rationale" not in forged)
    assert not Mark.objects.exists()


def test_control_characters_go_and_all_other_letters_stay(client, review):
    client.post(address(review), typed(rationale="a\x00b\x07\r\nשלום \u200f👩‍⚕️"))

    assert Mark.objects.get().rationale == "ab\nשלום \u200f👩‍⚕️"


def test_another_tab_is_shown_both_versions_and_overwrites_nothing(client, review):
    MarkFactory(review=review, rationale="Saved before.", version=3)

    answer = client.post(address(review), typed(ruling="level:inaccurate", rationale="Typed here."))

    page = answer.content.decode()
    assert (answer.status_code, "Saved before." in page, "Typed here." in page) == (422, True, True)
    assert 'name="mark-instead_of" value="3"' in page
    assert Mark.objects.get().rationale == "Saved before."


def test_whoever_saw_both_keeps_the_own_one(client, review):
    MarkFactory(review=review, rationale="Saved before.", version=3)

    answer = client.post(address(review), {**typed(rationale="Typed here."), "mark-instead_of": "3"})

    assert answer.status_code == 302
    assert Mark.objects.get().rationale == "Typed here."


def test_one_part_that_cannot_be_saved_does_not_keep_the_others_from_it(client, review):
    citation = RoundCitationFactory(claim=review.round.claims.first())

    answer = client.post(
        address(review),
        {
            **typed(ruling="level:nonsense"),
            f"source-{citation.key}-version": "0",
            f"source-{citation.key}-stance": "mixed",
        },
    )

    assert answer.status_code == 422
    assert Appraisal.objects.get().stance == "mixed"


def test_a_source_that_was_not_on_the_page_is_not_emptied_by_it(client, review):
    appraisal = AppraisalFactory(review=review, citation=RoundCitationFactory(claim=review.round.claims.first()))

    client.post(address(review), typed(rationale="From an older page."))

    appraisal.refresh_from_db()
    assert appraisal.stance == "supports"


def test_a_source_of_another_claim_or_reviewer_is_not_written_to(client, review):
    first, second, _ = review.round.claims.all()
    peer = ReviewFactory(round=review.round)
    elsewhere = RoundCitationFactory(claim=second)
    hidden = RoundCitationFactory(claim=first, origin="reviewer", added_in=peer, source=SourceFactory(title="CANARY"))

    forged = {
        f"source-{citation.key}-{name}": value
        for citation in (elsewhere, hidden)
        for name, value in {"version": "0", "stance": "supports"}.items()
    }
    client.post(address(review), {**typed(), **forged})

    assert not Appraisal.objects.exists()
    assert "CANARY" not in client.get(address(review)).content.decode()


@pytest.mark.parametrize("number", [0, 4, 99999999999999999999])
def test_a_claim_that_is_not_in_the_round_is_not_there(client, review, number):
    assert client.get(f"/reviews/{review.key}/claims/{number}/").status_code == 404


def test_a_review_of_somebody_else_is_not_there(client):
    other = ReviewFactory()

    assert client.get(address(other)).status_code == 404
    assert client.post(address(other), typed(ruling="level:accurate")).status_code == 404
    assert not Mark.objects.exists()


def test_what_was_typed_into_a_review_that_is_locked_by_now_is_shown_and_not_saved(client, review):
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)

    answer = client.post(address(review), typed(rationale="Typed too late."))

    page = answer.content.decode()
    assert (answer.status_code, "Typed too late." in page) == (422, True)
    assert "This review is handed in and locked." in page
    assert not Mark.objects.exists()


def with_marks(review: Review, number: int) -> None:
    for claim in review.round.claims.all()[:number]:
        MarkFactory(review=review, claim=claim)
        for citation in RoundCitationFactory.create_batch(number, claim=claim):
            AppraisalFactory(review=review, citation=citation)


@pytest.mark.parametrize("number", [1, 3])
def test_opening_a_claim_takes_seven_statements_however_many_marks(client, review, number, statements):
    with_marks(review, number)

    assert statements(lambda: client.get(address(review))) == 7


@pytest.mark.parametrize("number", [1, 3])
def test_forms_about_the_claim_take_one_statement_more(client, review, number, statements):
    for part in range(number):
        review.round.instruments.add(two_versions("claim", f"part-{part}")[0])

    assert statements(lambda: client.get(address(review))) == 8


@pytest.mark.parametrize("number", [1, 3])
def test_saving_a_mark_takes_nine_statements_however_many_marks_and_sources(client, review, number, statements):
    with_marks(review, number)
    unchanged = {
        f"source-{citation.key}-{name}": value
        for citation in review.round.claims.first().citations.all()
        for name, value in initial_of_appraisal(citation.appraisals.get()).items()
    }

    def save() -> None:
        answer = client.post(address(review), unchanged | typed(version="1", rationale="Other reasons."), **HTMX)
        assert answer.status_code == 200

    assert statements(save) == 9
    assert Mark.objects.get(claim__number=1).rationale == "Other reasons."


def test_a_script_that_is_turned_away_changes_nothing(client, review):
    answer = client.post(address(review), typed(ruling="level:perfect"), **HTMX)

    assert (answer.status_code, Mark.objects.exists()) == (422, False)


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("", "That stands, unless you choose another level of certainty above."),
        ("moderate", "So do you."),
        ("high", "You say high: say why in your reasons."),
    ],
)
def test_the_page_says_what_the_reasons_of_certainty_come_to(certainty, words, client_of):
    review = ReviewFactory()
    page = reverse("reviews:claim", args=[review.key, 1])
    said = {"certainty": certainty, "certainty_start": "randomised", "steps_imprecision": "1"}
    said = {f"mark-{name}": value for name, value in {**said, "version": "0"}.items()}

    answer = client_of(review.assignment.reviewer).post(page, said, headers={"HX-Request": "true"})

    assert "The reasons come to: <strong>Moderate</strong>. " + words in answer.content.decode()


def test_a_close_quote_is_shown_with_its_differences_and_how_many_more_there_are(client, review):
    citation = RoundCitationFactory(claim=review.round.claims.get(number=1))
    said = [["ten", "twelve"], ["<b>indeed</b>", ""], ["", "on average"], *[["a", "b"]] * 7]
    text = SourceText.objects.create(source=citation.source, text="T", sha256="0", origin="the desk", added_at=NOON)
    AppraisalFactory(
        review=review,
        citation=citation,
        quote_found=False,
        quote_match="close",
        quote_differences=said,
        seen_text=text,
        seen_at=NOON,
    )

    page = client.get(address(review)).content.decode()

    assert 'You quote <del dir="auto">ten</del>, the text has <ins dir="auto">twelve</ins>' in page
    assert 'The text lacks <del dir="auto">&lt;b&gt;indeed&lt;/b&gt;</del>' in page
    assert 'You leave out <ins dir="auto">on average</ins>' in page
    assert "and 2 more" in page
