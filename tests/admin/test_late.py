"""Work that is out for too long, and reviewers who are replaced."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Assignment, MailChoice, Notice, Round
from tests.factories import AssignmentFactory, NoticeFactory, ReviewFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
LATE, REMIND, EXTEND, RELEASE = (
    reverse(f"admin:{name}") for name in ("reviews-late", "reviews-remind", "reviews-extend", "reviews-release")
)


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def round_due(offset=9, **fields):
    return RoundFactory(opened_on=day(-60), due_on=day(offset), **fields)


def asked(round, *, due=-1, **fields):
    return AssignmentFactory(round=round, assigned_on=day(-20), due_on=day(due), **{"accepted": True, **fields})


def at_work(round, **fields):
    return ReviewFactory(round=round, assignment=asked(round, **fields)).assignment


def test_late_reviewers_are_reminded_together_after_one_sees_whom_it_reaches(desk):
    round = round_due()
    plain, digest, never, told, held = [at_work(round) for _ in range(5)]
    MailChoice.objects.create(person=digest.reviewer, kind="overdue", pace="daily")
    MailChoice.objects.create(person=never.reviewer, kind="overdue", pace="never")
    now = timezone.now()
    NoticeFactory(kind="overdue", assignment=told, state="sent", sent_at=now - timedelta(hours=2), body_sha256="0")
    NoticeFactory(kind="overdue", assignment=held, held_at=now, held_by=round.opened_by)
    chosen = {"chosen": [one.pk for one in (plain, digest, never, told, held)], "origin": "late"}

    shown = desk.get(REMIND, chosen)
    not_yet = Notice.objects.filter(key__contains=":now:").count()
    done = desk.post(REMIND, {**chosen, "confirmed": "1"})
    again = desk.get(REMIND, chosen)

    said = {line.assignment: line.how or line.refusal.split(":")[0] for line in shown.context["lines"]}
    assert said == {
        plain: "at once",
        digest: "in a daily digest",
        never: "This person has switched such mails off",
        told: "This person was reminded within the last day.",
        held: "A reminder to this person waits already",
    }
    assert (not_yet, done.url) == (0, LATE)
    assert set(Notice.objects.filter(key__contains=":now:").values_list("assignment", "kind", "recipient")) == {
        (plain.pk, "overdue", plain.reviewer_id),
        (digest.pk, "overdue", digest.reviewer_id),
    }
    assert again.context["reachable"] == 0


def test_a_reminder_of_more_than_a_day_ago_stands_in_nobodys_way(desk):
    late, long_ago = at_work(round_due()), timezone.now() - timedelta(hours=25)
    NoticeFactory(kind="overdue", assignment=late, state="sent", owed_at=long_ago, sent_at=long_ago, body_sha256="0")

    desk.post(REMIND, {"chosen": [late.pk], "confirmed": "1"})

    assert Notice.objects.filter(assignment=late).count() == 2


def test_somebody_without_an_account_is_reminded_of_the_invitation(desk):
    invited = asked(round_due(), due=3, accepted=False, reviewer=None, invited_email="new@example.net")

    done = desk.post(REMIND, {"chosen": [invited.pk], "confirmed": "1"})

    notice = Notice.objects.get()
    assert (notice.kind, notice.address) == ("due_soon", "new@example.net")
    assert done.url == reverse("admin:reviews_round_change", args=[invited.round_id])


def test_several_get_another_day_or_nobody(desk):
    near, far = round_due(2), round_due(20)
    first, second, third = at_work(near), at_work(far), asked(near, due=2)
    form = {"chosen": [first.pk, second.pk], "due_on": day(7).isoformat(), "confirmed": "1", "origin": "late"}

    refused = desk.post(EXTEND, form).content.decode()
    unchanged = set(Assignment.objects.values_list("due_on", flat=True))
    desk.post(EXTEND, {**form, "with_rounds": "on"})

    assert "The round itself is due before that day" in refused
    assert f"It was {first.reviewer}" in refused
    assert unchanged == {day(-1), day(2)}
    assert set(Assignment.objects.values_list("pk", "due_on")) == {(one.pk, day(7)) for one in (first, second, third)}
    assert dict(Round.objects.values_list("pk", "due_on")) == {near.pk: day(7), far.pk: day(20)}
    assert Notice.objects.filter(kind="due_moved").count() == 3


def test_slots_are_released_after_one_reads_what_becomes_of_the_rounds(desk):
    complete, short = round_due(quorum=2), round_due(quorum=2)
    for _ in range(2):
        ReviewFactory(round=complete, assignment=asked(complete), submitted=True)
    last, other = at_work(complete), at_work(short)
    form = {"chosen": [last.pk, other.pk], "note": "Thank you all the same."}

    shown = desk.post(RELEASE, form)
    not_yet = Assignment.objects.filter(withdrawn_at__isnull=False).count()
    desk.post(RELEASE, {**form, "confirmed": "1"})

    assert dict(shown.context["rounds"]) == {
        complete: "nothing else is out: the round closes with this, and its report is compiled",
        short: "asks 0 then, too few for its quorum of 2: ask somebody else",
    }
    assert not_yet == 0
    assert set(Assignment.objects.exclude(withdrawn_at=None).values_list("pk", "withdrawn_note")) == {
        (last.pk, "Thank you all the same."),
        (other.pk, "Thank you all the same."),
    }
    assert dict(Round.objects.values_list("pk", "closing")) == {complete.pk: "complete", short.pk: ""}


@pytest.mark.parametrize("door", [REMIND, EXTEND, RELEASE])
def test_work_that_the_editor_may_not_judge_or_that_is_in_cannot_be_chosen(desk, editor, door):
    hidden, mine = round_due(), round_due()
    AssignmentFactory(round=hidden, reviewer=editor)
    peer = at_work(hidden)
    finished = ReviewFactory(round=mine, assignment=asked(mine), submitted=True).assignment

    answer = desk.post(door, {"chosen": [peer.pk, finished.pk, "x"], "confirmed": "1", "due_on": day(7).isoformat()})

    assert answer.url == LATE
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("door", "most"), [(LATE, 20), (REMIND, 25), (EXTEND, 20), (RELEASE, 20)])
def test_thirty_late_reviews_cost_as_many_queries_as_one(desk, django_assert_max_num_queries, door, most):
    late = [at_work(round_due())]
    with django_assert_max_num_queries(most) as with_one:
        desk.get(door, {"chosen": [late[0].pk]})
    late += [at_work(round_due()) for _ in range(29)]

    with django_assert_max_num_queries(len(with_one)):
        page = desk.get(door, {"chosen": [one.pk for one in late]})

    assert len(page.context.get("waiting", page.context.get("chosen"))) == 30


def replacing(assignment):
    return reverse("admin:assignment-replace", args=[assignment.pk])


def test_a_reviewer_is_replaced_in_one_step(desk, editor):
    round = round_due(quorum=2)
    ReviewFactory(round=round, assignment=asked(round), submitted=True)
    ReviewFactory(round=round, assignment=asked(round), submitted=True)
    leaving, coming = at_work(round, due=4), UserFactory(name="Coming Soon")

    shown = desk.get(replacing(leaving))
    not_yet = round.assignments.count()
    desk.post(replacing(leaving), {"reviewer": coming.pk, "due_on": day(5).isoformat(), "note": "No hard feelings."})

    assert shown.context["form"]["due_on"].value() == day(4)
    assert coming.pk in [pk for pk, _ in shown.context["form"].fields["reviewer"].choices]
    assert not_yet == 3
    leaving.refresh_from_db()
    assert (leaving.withdrawn_at is not None, leaving.withdrawn_note) == (True, "No hard feelings.")
    new = round.assignments.get(reviewer=coming)
    assert (new.due_on, new.assigned_by) == (day(5), editor)
    assert Round.objects.get(pk=round.pk).is_open
    assert sorted(Notice.objects.values_list("kind", "assignment")) == [("ended", leaving.pk), ("invited", new.pk)]


@pytest.mark.parametrize(("reason", "is_set_aside"), [("", False), ("A tie came out.", True)])
def test_marks_that_were_handed_in_count_on_unless_they_are_set_aside(desk, reason, is_set_aside):
    round = round_due()
    review = ReviewFactory(round=round, assignment=asked(round), submitted=True)

    desk.post(
        replacing(review.assignment),
        {"address": "new@example.net", "due_on": day(5).isoformat(), "set_aside": reason},
    )

    review.assignment.refresh_from_db()
    assert review.assignment.withdrawn_at is not None
    assert (review.assignment.set_aside_at is not None, review.assignment.set_aside_reason) == (is_set_aside, reason)
    assert round.assignments.filter(invited_email="new@example.net").count() == 1


def test_somebody_who_declined_is_replaced_too(desk):
    round, coming = round_due(), UserFactory()
    declined = asked(round, accepted=False, declined_at=timezone.now(), decline_reason="No time.")

    desk.post(replacing(declined), {"reviewer": coming.pk, "due_on": day(5).isoformat()})

    assert list(round.assignments.live().values_list("reviewer", flat=True)) == [coming.pk]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a person, or give an address: one of the two."),
        ({"address": "nobody"}, "Enter a valid email address"),
        ({"reviewer": "999999"}, "not one of the available choices"),
        ({"address": "new@example.net", "due_on": "2020-01-01"}, "The due date is in the past."),
        ({"address": "new@example.net", "due_on": day(30).isoformat()}, "The round itself is due before that day"),
    ],
)
def test_who_cannot_be_put_in_the_place_leaves_everything_as_it_was(desk, form, sentence):
    leaving = at_work(round_due(), due=4)

    page = desk.post(replacing(leaving), {"due_on": day(5).isoformat(), "note": "Typed.", **form})

    assert sentence in page.content.decode()
    assert page.context["form"]["note"].value() == "Typed."
    assert Assignment.objects.get().withdrawn_at is None


def test_somebody_with_a_conflict_is_put_in_the_place_only_after_one_reads_it(desk):
    leaving, tied = at_work(round_due()), UserFactory(interests="The Daily Herb")
    form = {"address": tied.email, "due_on": day(5).isoformat()}

    warned = desk.post(replacing(leaving), form)
    not_yet = Assignment.objects.count()
    desk.post(replacing(leaving), {**form, "knowing": "1"})

    assert "is the publisher" in warned.content.decode()
    assert (not_yet, Assignment.objects.count()) == (1, 2)


@pytest.mark.parametrize("over", ["round", "request"])
def test_nobody_is_replaced_where_it_is_over(desk, over):
    closed = {"closed_at": timezone.now(), "closing": "editor"} if over == "round" else {}
    leaving = asked(round_due(**closed), withdrawn_at=timezone.now() if over == "request" else None)

    answer = desk.post(replacing(leaving), {"address": "new@example.net", "due_on": day(5).isoformat()})

    assert answer.url == reverse("admin:reviews_round_change", args=[leaving.round_id])
    assert Assignment.objects.count() == 1
