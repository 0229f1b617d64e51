"""Who may come in, what a list costs, and what its history tells."""

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import Assignment, Round
from reviews.services.claim import reword_claim
from tests.factories import (
    NOON,
    AssignmentFactory,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    NoticeFactory,
    ReviewFactory,
    RevisionFactory,
    RoundFactory,
    ScaleFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["article", "claim", "source", "round", "user", "notice", "instrument", "scale"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_for_editors_only(desk, name):
    url = reverse(f"admin:reviews_{name}_changelist")
    reviewer = Client()
    reviewer.force_login(UserFactory())

    statuses = [client.get(url).status_code for client in (desk, Client(), reviewer)]

    assert statuses[0] == 200
    assert 200 not in statuses[1:]


def one_of_each(editor):
    claim = CitationFactory().claim
    round = RoundFactory(revision=claim.revision, claims=0, editors=[editor])
    AssignmentFactory(round=round)
    NoticeFactory(round=round)
    SourceFactory()


@pytest.mark.parametrize("name", [*LISTS, "index"])
def test_a_list_costs_the_same_with_one_row_and_with_three(desk, editor, django_assert_num_queries, name):
    url = reverse("admin:index" if name == "index" else f"admin:reviews_{name}_changelist")
    one_of_each(editor)
    desk.get(url)
    with CaptureQueriesContext(connection) as with_one:
        desk.get(url)
    for _ in range(2):
        one_of_each(editor)

    with django_assert_num_queries(len(with_one)):
        assert desk.get(url).status_code == 200


def test_nothing_is_deleted_at_the_desk(desk):
    claim = ClaimFactory()

    answer = desk.post(reverse("admin:reviews_claim_delete", args=[claim.pk]), {"post": "yes"})

    assert answer.status_code == 403
    claim.refresh_from_db()


def test_the_history_of_a_claim_is_the_databases_own_trail(desk, editor):
    claim = ClaimFactory(wording="As it was")
    form = {"wording": "As it is now", "kind": "risk", "is_high_harm": "on"}

    desk.post(reverse("admin:reviews_claim_change", args=[claim.pk]), form)
    page = desk.get(reverse("admin:reviews_claim_history", args=[claim.pk])).content.decode()

    assert "As it was</del>" in page
    assert "As it is now</ins>" in page
    assert "Edna Editor</strong> changed" in page
    assert not LogEntry.objects.exists()


def test_the_history_of_a_round_tells_of_its_requests_and_never_of_marks(desk, disputed):
    page = desk.get(reverse("admin:reviews_round_history", args=[disputed.pk])).content.decode()

    assert "Panel Member0" in page
    assert "Canary" not in page


def test_a_change_by_the_machine_is_not_laid_at_anybodys_door(desk):
    claim = ClaimFactory(wording="As it was")
    reword_claim(claim, wording="By a job", kind="other", is_headline=False, is_high_harm=False)

    page = desk.get(reverse("admin:reviews_claim_history", args=[claim.pk])).content.decode()

    assert "the machine</strong> changed" in page


def test_the_empty_desk_says_what_to_do_first(desk):
    page = desk.get(reverse("admin:index")).content.decode()

    assert "The desk is empty" in page
    assert reverse("admin:reviews_article_add") in page


def test_the_desk_counts_what_waits_and_leads_to_it(desk, editor, disputed):
    RevisionFactory()
    NoticeFactory(state="uncertain", body_sha256="0")
    review = ReviewFactory()
    review.messages.create(author=review.assignment.reviewer, text="Which dose?", sent_at=NOON)

    with time_machine.travel(NOON, tick=False):
        page = desk.get(reverse("admin:index"))
    needs = {need.words: need.count for need in page.context["needs"]}

    assert needs == {
        "mail may or may not have arrived": 1,
        "reviewer waits for an answer": 1,
        "claim is held for an editor": 1,
        "article has claims to choose": 1,
        "round asks too few people for its quorum": 1,
    }
    assert all(desk.get(need.url).status_code == 200 for need in page.context["needs"])


class TestAnEditorWhoReviews:
    """Such an editor, superuser or not, learns nothing of that round at the desk."""

    @pytest.fixture(params=[False, True], ids=["editor", "superuser"])
    def own(self, editor, disputed, request):
        type(editor).objects.filter(pk=editor.pk).update(is_superuser=request.param)
        AssignmentFactory(round=disputed, reviewer=editor)
        return disputed

    def test_finds_no_page_of_it(self, desk, own):
        report, assignment = own.reports.get(), own.assignments.filter(review__isnull=False).first()
        pages = [
            *((f"admin:{name}", [own.pk]) for name in ("round-extend", "round-end", "round-assign", "round-compile")),
            ("admin:reviews_round_change", [own.pk]),
            ("admin:reviews_round_history", [own.pk]),
            ("admin:claim-adjudicate", [own.pk, 1]),
            ("admin:claim-renounce", [own.pk, 1]),
            ("admin:report", [report.pk]),
            ("admin:report-preview", [report.pk]),
            ("admin:report-publish", [report.pk]),
            *(
                (f"admin:assignment-{what}", [assignment.pk])
                for what in ("extend", "withdraw", "set-aside", "count-again", "send-back")
            ),
            ("admin:review-reply", [assignment.review.pk]),
        ]

        for name, args in pages:
            for answer in (desk.get(reverse(name, args=args)), desk.post(reverse(name, args=args))):
                assert answer.status_code in {404, 302, 405}, name
                assert answer.status_code != 302 or "history" in name, name
        own.refresh_from_db()
        assert not Assignment.objects.exclude(withdrawn_at=None, set_aside_at=None).exists()

    def test_meets_it_in_no_list(self, desk, own):
        NoticeFactory(round=own, subject="Canary-mail")
        urls = [reverse(f"admin:reviews_{name}_changelist") for name in LISTS]
        urls += [reverse(f"admin:{name}") for name in ("index", "claims-held", "reports-publishable", "questions")]

        for url in urls:
            page = desk.get(url).content.decode()
            assert "Canary" not in page, url
            assert reverse("admin:reviews_round_change", args=[own.pk]) not in page, url
        assert desk.get(reverse("admin:index")).context["needs"] == []

    def test_cannot_tell_from_anybodys_load_who_the_others_are(self, desk, own):
        Round.objects.filter(pk=own.pk).update(closed_at=None, closing="")
        people = desk.get(reverse("admin:reviews_user_changelist")).context["cl"].queryset

        assert {(person.load, person.handed_in) for person in people} == {(0, 0)}

    def test_does_not_see_what_others_brought_to_it(self, desk, own):
        theirs = own.assignments.exclude(reviewer__is_staff=True).first()
        source = SourceFactory(title="Canary-source", added_by=theirs.reviewer)
        own.claims.first().citations.create(source=source, record={}, origin="reviewer", added_in=theirs.review)

        answers = [
            desk.get(reverse("admin:reviews_source_changelist")),
            desk.get(reverse("admin:citation-add", args=[own.revision_id]), {"q": source.doi}),
        ]
        known = desk.post(
            reverse("admin:reviews_source_add"), {"title": "Mine", "doi": source.doi, "retraction": "none"}
        )

        assert all("Canary" not in answer.content.decode() for answer in answers)
        assert desk.get(reverse("admin:reviews_source_change", args=[source.pk])).status_code == 200
        assert known.status_code == 302

    def test_still_works_on_the_article(self, desk, own):
        page = desk.get(reverse("admin:reviews_article_change", args=[own.revision.article_id])).content.decode()

        assert "you review it yourself" in page


def test_another_editor_sees_what_reviewers_brought(desk, disputed):
    review = disputed.assignments.first().review
    source = SourceFactory(title="Brought by a reviewer", added_by=review.assignment.reviewer)
    disputed.claims.first().citations.create(source=source, record={}, origin="reviewer", added_in=review)

    assert "Brought by a reviewer" in desk.get(reverse("admin:reviews_source_changelist")).content.decode()


def test_a_scale_and_its_levels_are_shown(desk):
    page = desk.get(reverse("admin:reviews_scale_change", args=[ScaleFactory().pk])).content.decode()

    assert "Mostly accurate" in page


def test_only_a_superuser_makes_editors(desk):
    form = {"email": "new@example.org", "name": "New", "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    desk.post(reverse("admin:reviews_user_add"), form)

    person = type(EditorFactory()).objects.get(email="new@example.org")
    assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)


def test_an_editor_does_not_change_another_editors_entry(desk):
    other = EditorFactory(name="Other")

    answer = desk.post(
        reverse("admin:reviews_user_change", args=[other.pk]), {"email": other.email, "name": "Mine", "is_active": "on"}
    )

    other.refresh_from_db()
    assert (answer.status_code, other.name) == (403, "Other")
