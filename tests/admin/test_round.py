"""Rounds at the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Assignment, Round
from tests.factories import (
    NOON,
    AssignmentFactory,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    ReviewFactory,
    RoundFactory,
    ScaleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "Canary-rationale"


def soon(days=14):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def open_round(**fields):
    """A round that is due after the real today, which is the desk's."""
    return RoundFactory(due_on=timezone.localdate() + timedelta(days=30), **fields)


def form_of(editor, **changes):
    return {"due_on": soon(), "quorum": 2, "rationale": "below", "editors": [editor.pk], **changes}


def test_a_round_is_opened_after_seeing_what_it_freezes(desk, editor):
    ScaleFactory()
    claim = CitationFactory(source__title="The source").claim
    url = reverse("admin:round-open", args=[claim.revision_id])

    shown = desk.post(url, form_of(editor))
    not_yet = Round.objects.count()
    desk.post(url, form_of(editor, confirmed="1"))

    assert claim.wording in shown.content.decode()
    assert not_yet == 0
    round = Round.objects.get()
    assert (round.opened_by, list(round.editors.all()), round.claims.count()) == (editor, [editor], 1)


def test_one_can_go_back_from_the_confirmation_with_everything_kept(desk, editor):
    claim = ClaimFactory()

    page = desk.post(reverse("admin:round-open", args=[claim.revision_id]), form_of(editor, quorum=5, back="1"))

    assert page.context["form"]["quorum"].value() == "5"
    assert 'name="confirmed"' not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "The due date is in the past."),
        ({"due_on": "whenever"}, "Enter a valid date."),
        ({"due_on": "9999-12-31"}, "is the year right?"),
        ({"quorum": "1"}, "A panel needs a quorum of at least two."),
        ({"quorum": "32768"}, "No panel has more than 100 reviewers."),
        ({"quorum": "9" * 30}, "No panel has more than 100 reviewers."),
        ({"editors": []}, "This field is required."),
        ({"rationale": "sometimes"}, "not one of the available choices"),
        ({"instruments": ["999999"]}, "not one of the available choices"),
    ],
)
def test_a_round_that_cannot_be_opened_says_why(desk, editor, changes, sentence):
    ScaleFactory()
    claim = ClaimFactory()

    page = desk.post(reverse("admin:round-open", args=[claim.revision_id]), form_of(editor, confirmed="1", **changes))

    assert sentence in page.content.decode()
    assert not Round.objects.exists()


def test_a_desk_that_was_never_set_up_says_so_when_a_round_is_opened(desk, editor):
    claim = ClaimFactory()

    page = desk.post(reverse("admin:round-open", args=[claim.revision_id]), form_of(editor, confirmed="1"))

    assert "install it with the command set_up" in page.content.decode()
    assert not Round.objects.exists()


def test_an_address_is_taken_without_the_marks_that_nobody_sees(desk):
    round = open_round()

    desk.post(
        reverse("admin:round-assign", args=[round.pk]),
        {"addresses": "\u200bada@example.org\u202e\nADA@example.org", "due_on": soon()},
    )

    assert [request.invited_email for request in Assignment.objects.all()] == ["ADA@example.org"]


def test_a_reviewer_is_no_editor_of_a_round(desk, editor):
    claim, reviewer = ClaimFactory(), UserFactory()

    page = desk.post(
        reverse("admin:round-open", args=[claim.revision_id]), form_of(editor, editors=[reviewer.pk], confirmed="1")
    )

    assert "not one of the available choices" in page.content.decode()


def test_without_accepted_claims_the_page_leads_back_to_them(desk):
    claim = ClaimFactory(state="suggested")

    page = desk.get(reverse("admin:round-open", args=[claim.revision_id])).content.decode()

    assert "No claim is accepted yet" in page


def test_a_text_that_is_before_a_panel_opens_no_second_round(desk, editor):
    round = open_round()

    page = desk.post(reverse("admin:round-open", args=[round.revision_id]), form_of(editor, confirmed="1"))

    assert "its round is still open" in page.content.decode()


def test_the_page_of_an_open_round_shows_who_is_done_and_never_what_was_marked(desk):
    round = open_round()
    ReviewFactory(
        assignment__round=round,
        assignment__reviewer__name="Ada Nox",
        marks=["inaccurate"],
        marks__rationale=CANARY,
    )

    page = desk.get(reverse("admin:reviews_round_change", args=[round.pk]))

    assert [row.cells for row in page.context["rows"]] == [(True, False)]
    assert "Ada Nox" in page.content.decode()
    assert CANARY not in page.content.decode()
    assert "naccurate" not in page.content.decode()


def test_the_page_of_a_round_costs_the_same_with_one_reviewer_and_with_three(desk, django_assert_max_num_queries):
    round = open_round()
    ReviewFactory(assignment__round=round, marks=["accurate"])
    url = reverse("admin:reviews_round_change", args=[round.pk])
    with django_assert_max_num_queries(30) as with_one:
        desk.get(url)
    for _ in range(2):
        ReviewFactory(assignment__round=round, marks=["accurate"])

    with django_assert_max_num_queries(len(with_one)):
        desk.get(url)


def assign(desk, round, **form):
    return desk.post(reverse("admin:round-assign", args=[round.pk]), {"due_on": soon(), **form})


def test_people_and_addresses_are_asked_together(desk, editor):
    round, reviewer = open_round(editors=[editor]), UserFactory()

    assign(desk, round, reviewers=[reviewer.pk], addresses="new@example.net\n NEW@example.net \n")

    assert [(a.reviewer, a.invited_email, a.assigned_by) for a in round.assignments.all()] == [
        (reviewer, "", editor),
        (None, "NEW@example.net", editor),
    ]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a person, or give an address."),
        ({"addresses": "nobody"}, "“nobody” is not an e-mail address."),
        ({"addresses": "a@example.net", "due_on": "2020-01-01"}, "The due date is in the past."),
        ({"addresses": "a@example.net", "due_on": soon(60)}, "The round itself is due before that day"),
        ({"reviewers": ["999999"]}, "not one of the available choices"),
    ],
)
def test_who_cannot_be_asked_is_told_so_and_what_was_typed_stays(desk, form, sentence):
    page = assign(desk, open_round(), **form).content.decode()

    assert sentence in page
    assert form.get("addresses", "") in page
    assert not Assignment.objects.exists()


def test_if_one_was_asked_before_nobody_is_asked(desk):
    round = open_round()
    earlier = AssignmentFactory(round=round)

    page = assign(desk, round, addresses=f"new@example.net\n{earlier.reviewer.email}").content.decode()

    assert "asked to review this round already" in page
    assert round.assignments.count() == 1


def test_an_editor_is_asked_only_after_reading_what_that_costs(desk):
    round, other = open_round(), EditorFactory(name="Other Editor")

    warned = assign(desk, round, reviewers=[other.pk])
    not_yet = round.assignments.count()
    assign(desk, round, reviewers=[other.pk], knowing="1")

    assert "cannot rule on its claims" in warned.content.decode()
    assert (not_yet, round.assignments.count()) == (0, 1)


@pytest.mark.parametrize("what", ["extend", "withdraw", "set-aside", "count-again", "send-back"])
def test_what_is_done_to_a_request_is_asked_before(desk, what):
    review = ReviewFactory(assignment__round=open_round(), submitted=True)
    before = Assignment.objects.values().get()

    answer = desk.get(reverse(f"admin:assignment-{what}", args=[review.assignment_id]))

    assert answer.status_code == 200
    assert Assignment.objects.values().get() == before


def test_a_review_is_sent_back_with_a_note(desk):
    review = ReviewFactory(assignment__round=open_round(), submitted=True)
    url = reverse("admin:assignment-send-back", args=[review.assignment_id])

    empty = desk.post(url, {"note": ""})
    desk.post(url, {"note": "Look at claim 2 again."})

    review.refresh_from_db()
    assert empty.status_code == 200
    assert (review.submitted_at, review.sent_back_note) == (None, "Look at claim 2 again.")


def test_marks_are_set_aside_and_counted_again(desk):
    review = ReviewFactory(assignment__round=open_round(), submitted=True)

    desk.post(reverse("admin:assignment-set-aside", args=[review.assignment_id]), {"reason": "A tie came out."})
    set_aside = Assignment.objects.get().set_aside_reason
    desk.post(reverse("admin:assignment-count-again", args=[review.assignment_id]))

    assert set_aside == "A tie came out."
    assert Assignment.objects.get().set_aside_at is None


def test_closing_a_round_names_first_who_is_released(desk):
    round = open_round()
    AssignmentFactory(round=round, reviewer__name="Still Atwork")
    url = reverse("admin:round-end", args=[round.pk])

    asked = desk.get(url).content.decode()
    open_yet = Round.objects.get().is_open
    desk.post(url)

    assert "Still Atwork" in asked
    assert "The quorum of 2 is not reached" in asked
    assert (open_yet, Round.objects.get().is_open) == (True, False)


def test_a_question_is_answered(desk, editor):
    review = ReviewFactory(assignment__round=open_round())
    review.messages.create(author=review.assignment.reviewer, text="Which dose?", sent_at=NOON)

    waiting = desk.get(reverse("admin:questions")).context["reviews"].count()
    desk.post(reverse("admin:review-reply", args=[review.pk]), {"text": "Ten units."})

    assert [(m.author, m.text) for m in review.messages.all()][1:] == [(editor, "Ten units.")]
    assert (waiting, desk.get(reverse("admin:questions")).context["reviews"].count()) == (1, 0)
