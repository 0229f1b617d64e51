"""The list of mails, and what an editor does to one."""

import pytest
from django.urls import reverse

from reviews.services.adjudication import renounce
from tests.factories import NOON, AssignmentFactory, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    request = AssignmentFactory()
    return NoticeFactory(assignment=request, round=request.round, recipient=request.reviewer)


def door(name, notice):
    return reverse(f"admin:{name}", args=[notice.pk])


def test_what_has_to_be_looked_at_comes_first(desk):
    states = ["owed", "failed", "dropped", "uncertain"]
    for state in states:
        NoticeFactory(state=state, body_sha256="0")

    shown = desk.get(reverse("admin:reviews_notice_changelist")).context["cl"].result_list

    assert [notice.state for notice in shown] == ["uncertain", "failed", "dropped", "owed"]


def test_the_list_can_be_narrowed_to_what_is_held(desk, editor):
    NoticeFactory()
    held = NoticeFactory(held_at=NOON, held_by=editor)

    shown = desk.get(reverse("admin:reviews_notice_changelist"), {"held": "yes"}).context["cl"].result_list

    assert list(shown) == [held]


def test_an_owed_mail_is_shown_as_it_would_go(desk, invitation):
    page = desk.get(door("reviews_notice_change", invitation))

    assert "What it would say now" in page.content.decode()
    assert page.context["text"].startswith("Article:  Moonflower tea")


def test_an_owed_mail_that_cannot_be_written_says_so(desk):
    page = desk.get(door("reviews_notice_change", NoticeFactory())).content.decode()

    assert "It cannot be written now" in page


def test_a_mail_is_held_and_released(desk, editor, invitation):
    states = []
    for name in ("notice-hold", "notice-release"):
        desk.post(door(name, invitation))
        invitation.refresh_from_db()
        states.append(invitation.held_by)

    assert states == [editor, None]


def test_a_mail_is_worded_otherwise_starting_from_what_it_would_say(desk, editor, invitation):
    form = desk.get(door("notice-reword", invitation)).context["form"]

    answer = desk.post(door("notice-reword", invitation), {"subject": form.initial["subject"], "text": "In my words."})

    invitation.refresh_from_db()
    assert form.initial["text"].startswith("Article:  Moonflower tea")
    assert (answer.status_code, invitation.text, invitation.edited_by) == (302, "In my words.\n", editor)
    assert "In my words." in desk.get(door("reviews_notice_history", invitation)).content.decode()


def test_what_was_typed_is_not_lost_where_something_is_missing(desk, invitation):
    page = desk.post(door("notice-reword", invitation), {"subject": "", "text": "In my words."})

    assert page.context["form"]["text"].value() == "In my words."
    assert page.context["form"].errors == {"subject": ["This field is required."]}


def test_what_an_editor_made_of_the_subject_is_hidden_with_the_words(desk, editor, disputed):
    notice = NoticeFactory(round=disputed, kind="reviewer_summary", subject="Canary-subject", text="Canary-words")

    before = desk.get(door("reviews_notice_change", notice)).content.decode()
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)
    disputed.notices.filter(pk=notice.pk).update(state="dropped")  # an owed one is shown as it would be written
    after = desk.get(door("reviews_notice_change", notice)).content.decode()

    assert "Canary" not in before
    assert ("Canary-subject" in after, "Canary-words" in after) == (True, True)


def test_what_an_editor_made_of_the_subject_cannot_be_probed_by_a_search(desk, editor, disputed):
    notice = NoticeFactory(round=disputed, kind="reviewer_summary", subject="Canary-subject", address="who@x.example")

    def finds(words):
        page = desk.get(reverse("admin:reviews_notice_changelist"), {"q": words}).content.decode()
        return door("reviews_notice_change", notice) in page

    before = [finds("Canary-subject"), finds("who@x.example")]
    renounce(disputed.claims.get(number=1), editor=editor, at=NOON)

    assert (before, finds("Canary-subject")) == ([False, True], True)


def test_the_words_of_a_mail_on_held_claims_are_hidden_in_its_history_too(desk, disputed):
    notice = disputed.notices.filter(kind="editor_summary").get()
    NoticeFactory(round=disputed, kind="editor_summary", report=disputed.reports.get(), recipient=notice.recipient)

    answers = [desk.get(door(name, notice)).status_code for name in ("reviews_notice_history", "notice-reword")]

    assert answers == [404, 404]
