"""What an editor and a reviewer are told of what the panel found."""

import pytest

from reviews.emails import write
from reviews.emails.summary import compared, labels_of
from reviews.jobs.relevance import still_true
from reviews.jobs.report import compile_report
from reviews.jobs.summary import PATIENCE
from reviews.models import Adjudication, Notice, Verdict
from tests.factories import NOON, TODAY, EditorFactory

pytestmark = pytest.mark.django_db


def claims_of(text):
    """Return what a mail's text says below the wording of each claim."""
    claims = text.partition("Claim by claim")[2].partition("Open the report")[0]
    return [" ".join(part.split("\n   ", 1)[1].split()) for part in claims.strip().split("\n\n")]


def veiled(report, *, editor=None):
    return Verdict.objects.veiled_from(editor or EditorFactory()).claims_of(report.round)


def mark(report, number, *, editor):
    return Adjudication.objects.create(
        claim=report.round.claims.get(number=number),
        editor=editor,
        own_level=report.round.scale.levels.get(name="misleading"),
        own_rationale="as I read it",
        marked_at=NOON,
    )


def decide(adjudication, level):
    adjudication.level = adjudication.claim.round.scale.levels.get(name=level)
    adjudication.reasoning, adjudication.decided_at = "canary reasoning", NOON
    adjudication.save()


def test_of_a_held_claim_an_editor_is_told_that_it_is_held_and_nothing_else(notice, report, editor):
    mail = write(notice("editor_summary", report=report, recipient=editor))

    assert claims_of(mail.text) == [
        "Held for an editor.",
        "Held for an editor.",
        "Inaccurate. 3 of 3 reviewers: inaccurate No study that addresses the claim was put to it.",
    ]
    assert "2 claims are held for an editor" in mail.text
    for telling in ("misleading", "mostly", "disputed", "split", "2 of 3"):
        assert telling not in f"{mail.subject} {mail.text} {mail.html.partition('</style>')[2]}".lower()


def test_an_editor_who_marked_a_held_claim_is_told_how_the_panel_voted_on_it(notice, report, editor):
    mark(report, 2, editor=editor)

    mail = write(notice("editor_summary", report=report, recipient=editor))

    held, seen, _ = claims_of(mail.text)
    assert held == "Held for an editor."
    assert seen.startswith("Disputed. 2 of 3 reviewers: misleading; 1: mostly accurate No study that ")
    assert "Held: " in seen


def test_an_editor_who_renounced_is_told_too_and_another_editor_is_not(report, editor):
    Adjudication.objects.create(claim=report.round.claims.get(number=1), editor=editor, renounced_at=NOON)

    assert veiled(report, editor=editor) == {2}
    assert veiled(report) == {1, 2}


def test_a_decided_claim_is_told_to_every_editor(report, editor):
    decide(mark(report, 1, editor=editor), "inaccurate")

    second = compile_report(report.round, at=NOON)

    assert veiled(second) == {2}


def test_a_mail_that_is_late_tells_nothing_of_a_claim_that_is_held_by_now(report, round, peers):
    for peer in peers:
        peer.assignment.set_aside_at, peer.assignment.set_aside_reason = NOON, "a friend of the author"
        peer.assignment.save()

    compile_report(round, at=NOON)

    assert not report.verdicts.get(claim__number=3).held
    assert veiled(report) == {1, 2, 3}


def test_a_mail_tells_nothing_of_what_an_earlier_version_said_of_a_claim_that_is_held_by_now(notice, report, editor):
    report.round.revision.regions.create(kind="body", start=0, end=len(report.round.revision.text))
    decide(mark(report, 1, editor=editor), "inaccurate")
    decide(mark(report, 2, editor=editor), "misleading")
    other = EditorFactory()
    first = compile_report(report.round, at=NOON)
    open_to_all = write(notice("editor_summary", report=first, recipient=other)).text
    for assignment in report.round.assignments.all()[:2]:
        assignment.set_aside_at, assignment.set_aside_reason = NOON, "a friend of the author"
        assignment.save()
    second = compile_report(report.round, at=NOON)

    late, newest = (write(notice("editor_summary", report=one, recipient=other)) for one in (first, second))

    assert veiled(second, editor=other) == {3}
    assert any(change["aspect"] == "overall finding" for change in second.changes)
    assert ("Finding: " in open_to_all, "2 × Inaccurate" in open_to_all) == (True, True)
    assert "1 × Inaccurate" in late.text
    assert "1 × Held for an editor" in late.text
    for text in (late.text, late.html, newest.text, newest.html):
        assert "finding" not in text.lower()


def test_a_later_version_says_what_changed_but_nothing_of_a_hidden_claim(notice, report, editor, peers):
    decide(mark(report, 1, editor=editor), "inaccurate")
    gone = peers[0].assignment
    gone.set_aside_at, gone.set_aside_reason = NOON, "a friend of the author"
    gone.save()
    second = compile_report(report.round, at=NOON)
    other = EditorFactory()

    mail = write(notice("editor_summary", report=second, recipient=other))

    changed = mail.text.partition("What changed")[2].partition("Claim by claim")[0]
    assert "claim 1: disputed -> inaccurate (decided by an editor)" in changed
    assert veiled(second, editor=other) == {2}
    assert any(change["subject"] == "claim 2" for change in second.changes)
    assert "claim 2" not in changed


def test_a_reviewer_is_told_how_their_marks_compare(report, review):
    told = list(compared(report, review=review))

    assert [(claim.verdict, claim.own, claim.agrees, claim.words) for claim in told] == [
        ("Disputed", "Accurate", None, "There is no verdict to compare with."),
        ("Disputed", "Misleading", None, "There is no verdict to compare with."),
        ("Inaccurate", "Inaccurate", True, "As you marked it."),
    ]


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("misleading", "You were 2 levels milder."),
        ("mostly_accurate", "You were 1 level milder."),
        ("accurate", "As you marked it."),
        ("unsupported", "You saw it otherwise."),
    ],
)
def test_a_difference_is_told_in_levels_on_the_axis(level, words, report, review, editor):
    decide(mark(report, 1, editor=editor), level)

    second = compile_report(report.round, at=NOON)

    assert next(iter(compared(second, review=review))).words == words


def test_a_reviewer_whose_marks_were_set_aside_is_told_so(notice, report, review):
    review.assignment.set_aside_at, review.assignment.set_aside_reason = NOON, "a friend of the author"
    review.assignment.save()

    mail = write(notice("reviewer_summary", report=report))

    assert "Your marks were set aside by an editor" in mail.text
    assert "friend of the author" not in mail.text


def test_an_editor_is_told_what_comes_next_and_how_far_the_panel_agrees_when_nothing_is_hidden(notice, report, editor):
    before = write(notice("editor_summary", report=report, recipient=editor)).text
    for number, level in ((1, "inaccurate"), (2, "misleading")):
        decide(mark(report, number, editor=editor), level)
    second = compile_report(report.round, at=NOON)

    open_to_all = write(notice("editor_summary", report=second, recipient=editor)).text

    assert "Mark the held claims without looking further, then decide them." in before
    assert "How far the panel agrees" not in before
    assert "Nothing holds it back: look at the preview, and publish it." in open_to_all
    assert "How far the panel agrees: " in open_to_all


def test_the_verdicts_at_a_glance_name_only_what_there_is_and_of_held_claims_no_level(report):
    assert [(label.title, label.count, label.percent) for label in labels_of(report, hidden=[])] == [
        ("Inaccurate", 1, 50),
        ("Held for an editor", 2, 100),
    ]


def test_editors_are_reminded_of_held_claims_after_some_days_and_only_while_they_wait(report, editor):
    (reminder,) = Notice.objects.filter(kind="disputed")
    waits = still_true(reminder, today=TODAY)
    for number, level in ((1, "inaccurate"), (2, "misleading")):
        decide(mark(report, number, editor=editor), level)

    assert reminder.due_at == NOON + PATIENCE
    assert write(reminder).subject.startswith("2 claims wait for a ruling: ")
    assert (waits, still_true(reminder, today=TODAY)) == (True, False)
