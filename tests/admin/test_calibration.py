"""How reviewers' marks compare: who sees what, and what is counted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.admin.calibration import minutes_of
from reviews.jobs.report import compile_report
from reviews.models import Calibration, Mark, Review, Round, SecondLook, SecondMark, Verdict
from reviews.services.adjudication import renounce
from reviews.services.calibration import Known, set_known_answers
from tests.factories import (
    NOON,
    AppraisalFactory,
    ClaimFactory,
    EditorFactory,
    MarkFactory,
    ReviewFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundClaimFactory,
    RoundFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    """Three reviewers; Ann is the strict one."""
    return [UserFactory(name=name) for name in ("Ann", "Ben", "Cleo")]


def close(round):
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now(), closing="editor")
    compile_report(Round.objects.get(pk=round.pk), at=timezone.now())
    return Round.objects.get(pk=round.pk)


def closed_round(panel, *lines, topic="Sleep"):
    """A round in which each of the panel gives one line of levels; it closed today, and nothing in it is held."""
    round = RoundFactory(claims=len(lines[0]), revision__article__topic=topic)
    for person, levels in zip(panel, lines, strict=True):
        ReviewFactory(round=round, assignment__reviewer=person, marks=list(levels), submitted=True)
    return close(round)


def text_of(client, name, *arguments, **query):
    answer = client.get(reverse(f"admin:{name}", args=arguments), query)
    return " ".join(answer.content.decode().split())


def test_each_reviewer_is_compared_with_the_others_over_all_rounds(desk, panel):
    closed_round(panel, ["inaccurate"], ["misleading"], ["misleading"])
    closed_round(panel, ["misleading", "misleading"], *[["misleading", "misleading"]] * 2, topic="Pain")

    everybody = text_of(desk, "user-calibration")
    ann = text_of(desk, "user-calibration-of", panel[0].pk)

    assert "2 rounds, closed from" in everybody
    assert all(person.name in everybody for person in panel)
    assert "2 of 3" in everybody
    assert "0.3 levels stricter" in everybody
    assert "Only 3 claims could be compared: that says little of anybody." in ann
    assert "<dt>Misleading</dt><dd>2 of 3</dd>" in ann
    assert "<dt>Pain</dt><dd>2 of 2</dd>" in ann
    assert "<dt>Sleep</dt><dd>0 of 1</dd>" in ann


def test_minutes_and_quotes_come_from_what_was_saved(desk, panel):
    round = RoundFactory(claims=3)
    citation = RoundCitationFactory(claim=round.claims.first())
    review = ReviewFactory(round=round, assignment__reviewer=panel[0])
    for minutes, claim in zip((5, 12, 300), round.claims.all(), strict=True):
        MarkFactory(review=review, claim=claim, level="misleading", saved_at=NOON + timedelta(minutes=minutes))
    AppraisalFactory(review=review, citation=citation, quote_found=False, stance="contradicts")
    review.submitted_at, review.omissions_considered = NOON + timedelta(days=2), True
    review.save()
    for person in panel[1:]:
        ReviewFactory(round=round, assignment__reviewer=person, marks=["misleading"] * 3, submitted=True)
    close(round)

    ann = text_of(desk, "user-calibration-of", panel[0].pk)

    assert "<dt>Minutes a claim</dt><dd>6" in ann
    assert "<dt>Days to hand in</dt><dd>2.0" in ann
    assert "<dt>Quotes not found</dt><dd>1 of 1" in ann


def test_pauses_are_no_work_and_the_order_of_saving_is_that_of_the_clock():
    saved = [NOON + timedelta(minutes=minutes) for minutes in (90, 4, 10)]

    assert minutes_of(NOON, saved) == (4, 6)


def test_marks_from_before_a_second_look_are_compared(desk, panel):
    round = closed_round(panel, ["inaccurate"], ["misleading"], ["misleading"])
    look = SecondLook.objects.create(claim=round.claims.get(), asked_by=EditorFactory(), asked_at=NOON)
    second = round.scale.levels.get(name="misleading")
    review = round.assignments.get(reviewer=panel[0]).review
    SecondMark.objects.create(look=look, review=review, level=second, confidence="high", marked_at=NOON)
    SecondLook.objects.update(ended_at=NOON)
    compile_report(round, at=timezone.now())

    assert "<dt>With the panel</dt><dd>0 of 1</dd>" in text_of(desk, "user-calibration-of", panel[0].pk)


def test_what_was_set_aside_is_open_or_not_handed_in_does_not_count(desk, panel):
    round = closed_round(panel, *[["misleading"]] * 3)
    round.assignments.filter(reviewer=panel[0]).update(set_aside_at=NOON, set_aside_reason="A friend.")
    unfinished = RoundFactory(claims=1)
    for person in panel:
        ReviewFactory(round=unfinished, assignment__reviewer=person, marks=["misleading"], submitted=True)

    everybody = text_of(desk, "user-calibration")

    assert panel[0].name not in everybody
    assert "1 round, closed from" in everybody


def test_a_round_with_a_veiled_claim_is_left_out_and_only_counted(desk, editor, disputed):
    Round.objects.filter(pk=disputed.pk).update(closed_at=timezone.now())
    reviewer = disputed.assignments.first().reviewer
    before = [text_of(desk, "user-calibration"), text_of(desk, "user-calibration-of", reviewer.pk)]
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    after = text_of(desk, "user-calibration")

    assert all("1 round is left out" in words for words in before)
    assert "Panel Member" not in before[0]
    assert "Nothing to compare" in before[1]
    assert "Panel Member0" in after


def test_an_editor_learns_nothing_of_rounds_that_others_must_judge(panel):
    round = closed_round(panel, *[["misleading"]] * 3)
    reviewing = panel[0]
    reviewing.is_staff = True
    reviewing.save()
    interested = EditorFactory(interests=round.revision.article.publisher)
    for person in (reviewing, interested, EditorFactory(role="own")):
        client = Client()
        client.force_login(person)

        shown = [text_of(client, "user-calibration"), text_of(client, "user-calibration-of", panel[1].pk)]

        assert "No round to compare" in shown[0]
        assert "Nothing to compare" in shown[1]
        assert not any("left out" in words for words in shown)


def test_reviewers_never_see_it(panel):
    client = Client()
    client.force_login(panel[0])

    for name, arguments in (("user-calibration", []), ("user-calibration-of", [panel[0].pk])):
        assert client.get(reverse(f"admin:{name}", args=arguments)).status_code == 302


def test_of_little_the_model_says_nothing(desk, panel):
    closed_round(panel, *[["misleading"]] * 3)

    shown = text_of(desk, "user-calibration")

    assert "Nothing can be said yet. The model needs at least fifty claims with three marks or more." in shown


def test_the_model_flags_a_claim_whose_label_it_holds_for_improbable(desk):
    """Three reviewers who are right of every claim are outvoted once, by four who always answer the same."""
    truth = ["misleading", "inaccurate"] * 30
    words = [f"Herb {number:02} helps." for number in range(len(truth))]
    revision = RevisionFactory(text=" ".join(words))
    round = RoundFactory(revision=revision, claims=0)
    for number, quote in enumerate(words, start=1):
        RoundClaimFactory(round=round, claim=ClaimFactory(revision=revision, quote=quote), number=number)
    for levels in [truth] * 3 + [[None] * 20 + ["misleading"] * 40] * 4:
        ReviewFactory(round=round, marks=levels, submitted=True)
    close(round)

    shown = text_of(desk, "user-calibration")

    assert "claim 60" in shown
    assert "The panel: Misleading. The model: Inaccurate, with" in shown


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rounds(desk, panel, rounds, django_assert_num_queries):
    for _ in range(rounds):
        closed_round(panel, *[["misleading", "misleading"]] * 3)

    with django_assert_num_queries(11):
        desk.get(reverse("admin:user-calibration"))

    assert Mark.objects.count() == 6 * rounds


def test_a_period_the_wrong_way_round_is_said(desk):
    shown = text_of(desk, "user-calibration", since="2026-02-02", until="2026-01-01")

    assert "This day is before the first." in shown


ANSWER = {"claim-1-level": "misleading", "claim-1-reason": "Canary-reason", "claim-1-source": "Canary-source"}


def test_an_editor_makes_a_round_a_calibration_and_takes_it_back(desk):
    round = RoundFactory(claims=2)
    address = reverse("admin:round-known-answers", args=[round.pk])

    none = desk.post(address, {})
    half = desk.post(address, {**ANSWER, "claim-1-source": "", "claim-2-reason": "Only why"})
    kept = desk.post(address, ANSWER, follow=True)
    again = desk.get(address).content.decode()
    undone = desk.post(address, {"undo": ""}, follow=True)

    assert "Say of one claim at least what is right." in none.content.decode()
    assert "Needed where an answer is known" in half.content.decode()
    assert "Choose what is right, or leave all of it empty." in half.content.decode()
    assert "Canary-reason" in half.content.decode()
    assert "never published" in kept.content.decode()
    assert "Canary-source" in again
    assert "This is a round like any other again." in undone.content.decode()
    assert not Calibration.objects.exists()


def test_known_answers_say_how_often_somebody_is_right_and_in_which_direction(desk, panel):
    round = RoundFactory(claims=3)
    set_known(round, "misleading", "misleading", "misleading")
    for person, levels in zip(
        panel, (["misleading", "inaccurate", "accurate"], *[["misleading"] * 3] * 2), strict=True
    ):
        ReviewFactory(round=round, assignment__reviewer=person, marks=levels, submitted=True)
    close(round)
    renounce_all(round, by=desk)

    everybody = text_of(desk, "user-calibration")
    ann = text_of(desk, "user-calibration-of", panel[0].pk)

    assert 'data-label="Known answers">1 of 3<' in everybody
    assert "Right: 1 of 3" in ann
    assert "Not right: 1 one level off, 1 by more; 1 stricter and 1 milder than what is right" in ann


def test_a_calibration_is_neither_offered_to_be_published_nor_published(desk, panel):
    round = RoundFactory(claims=1)
    set_known(round, "misleading")
    for person in panel:
        ReviewFactory(round=round, assignment__reviewer=person, marks=["misleading"], submitted=True)
    report = close(round).reports.get()

    listed = text_of(desk, "reports-publishable")
    shown = text_of(desk, "report", report.pk)
    asked = text_of(desk, "report-publish", report.pk)
    answers = text_of(desk, "round-known-answers", round.pk)

    assert str(round.revision.article) not in listed
    assert reverse("admin:report-publish", args=[report.pk]) not in shown
    assert "This round is a calibration: its report is never published." in asked
    assert "Canary-reason" in answers
    assert "<form" not in answers[answers.index("<main") : answers.index("</main")]


def test_reviewers_learn_of_known_answers_at_the_reveal_only():
    round = RoundFactory(claims=1)
    review = ReviewFactory(round=round, marks=["misleading"])
    peer = ReviewFactory(round=round, marks=["misleading"], submitted=True)
    plain = pages_of(review)
    Review.objects.update(submitted_at=None)
    set_known(round, "misleading")
    during = pages_of(review)
    Review.objects.filter(pk=peer.pk).update(submitted_at=NOON, omissions_considered=True)
    submitted = Review.objects.filter(pk=review.pk)
    submitted.update(submitted_at=NOON, omissions_considered=True)
    close(round)
    client = Client()
    client.force_login(review.assignment.reviewer)

    outcome = client.get(reverse("reviews:outcome", args=[review.key])).content.decode()

    assert "Canary" not in plain + during
    assert "alibration" not in during
    assert "Canary-reason" in outcome
    assert "Canary-source" in outcome


def set_known(round, *levels):
    known = {
        claim: Known(round.scale.levels.get(name=level), "Canary-reason", "Canary-source")
        for claim, level in zip(round.claims.all(), levels, strict=True)
    }
    set_known_answers(round, known, by=round.opened_by, at=NOON)


def renounce_all(round, *, by):
    for verdict in Verdict.objects.filter(report__round=round).held():
        by.post(reverse("admin:claim-renounce", args=[round.pk, verdict.claim.number]))


def pages_of(review):
    """What the reviewer's own pages say."""
    client = Client()
    client.force_login(review.assignment.reviewer)
    doors = [reverse("reviews:queue"), reverse("reviews:review", args=[review.key])]
    return "".join(client.get(door).content.decode() for door in doors)
