"""What an editor sees of a report, and what is done with it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.admin import room
from reviews.errors import ReportIsStale
from reviews.jobs.report import compile_report
from reviews.models import Adjudication, Article, Publication, Recheck, Round, Verdict
from reviews.services.adjudication import decide, mark_blind
from reviews.services.assignment import set_aside_marks
from reviews.services.publication import publish_report
from reviews.services.second_look import ask_second_look, mark_again
from tests.factories import (
    NOON,
    AssignmentFactory,
    EditorFactory,
    NoticeFactory,
    ReportFactory,
    ReviewFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "Canary-rationale"
WITHHELD = "The overall finding and how far the panel agrees are shown once"


def rule_on(desk, round, number=1, **form):
    return desk.post(reverse("admin:claim-adjudicate", args=[round.pk, number]), form)


def report_page(desk, round):
    return desk.get(reverse("admin:report", args=[round.reports.first().pk])).content.decode()


def test_of_a_held_claim_an_editor_learns_only_that_it_is_held(desk, disputed):
    NoticeFactory(round=disputed, kind="editor_summary", text="2 votes, Canary-mail", body_sha256="0")
    notice = disputed.notices.get(text__contains="Canary-mail")
    urls = [
        reverse("admin:index"),
        reverse("admin:claims-held"),
        reverse("admin:reviews_round_change", args=[disputed.pk]),
        reverse("admin:reviews_article_change", args=[disputed.revision.article_id]),
        reverse("admin:claim-adjudicate", args=[disputed.pk, 1]),
        reverse("admin:claim-renounce", args=[disputed.pk, 1]),
        reverse("admin:report-publish", args=[disputed.reports.get().pk]),
        reverse("admin:reviews_notice_change", args=[notice.pk]),
    ]

    for url in urls:
        page = desk.get(url).content.decode()
        assert "Canary" not in page, url
        assert "reviewers:" not in page, url
    page = report_page(desk, disputed)
    first, second = page.split('id="claim-1"')[1].split('id="claim-2"')
    assert "held for an editor" in first
    assert "Canary" not in first
    assert "reviewer" not in first
    assert CANARY in second
    assert "pairs of reviewers" not in page
    assert desk.get(reverse("admin:report-preview", args=[disputed.reports.get().pk])).status_code == 404


def test_who_marked_blind_sees_all_and_decides(desk, editor, disputed):
    misleading = disputed.scale.levels.get(name="misleading")

    rule_on(desk, disputed, level=misleading.pk, rationale="My own reading.")
    page = desk.get(reverse("admin:claim-adjudicate", args=[disputed.pk, 1])).content.decode()
    rule_on(desk, disputed, level="misleading", reasoning="The trial is small.", disagreement="error", note="Vague.")

    own = Adjudication.objects.get()
    assert f"{CANARY}-0" in page
    assert "Panel Member" not in page
    assert "Panel Member" not in report_page(desk, disputed)
    assert (own.editor, own.own_level, own.level, own.reasoning, own.disagreement, own.note) == (
        editor,
        misleading,
        misleading,
        "The trial is small.",
        "error",
        "Vague.",
    )


def test_who_renounced_sees_all_and_decides_nothing(desk, disputed):
    desk.post(reverse("admin:claim-renounce", args=[disputed.pk, 1]))

    page = desk.get(reverse("admin:claim-adjudicate", args=[disputed.pk, 1]))
    rule_on(desk, disputed, level="misleading", reasoning="All the same.")

    assert CANARY in page.content.decode()
    assert page.context["form"] is None
    assert Adjudication.objects.get().decided_at is None
    assert "pairs of reviewers" in report_page(desk, disputed)


def test_an_unfinished_blind_mark_shows_nothing_and_loses_nothing(desk, disputed):
    page = rule_on(desk, disputed, rationale="What I typed").content.decode()

    assert "What I typed" in page
    assert "Canary" not in page
    assert not Adjudication.objects.exists()


def test_a_claim_that_is_not_held_has_no_ruling_page(desk, disputed):
    assert desk.get(reverse("admin:claim-adjudicate", args=[disputed.pk, 2])).status_code == 404
    assert desk.get(reverse("admin:claim-adjudicate", args=[disputed.pk, 9])).status_code == 404


def test_a_decided_claim_is_veiled_from_no_editor(disputed):
    claim = disputed.claims.get(number=1)
    other = mark_blind(claim, editor=EditorFactory(), level=disputed.scale.levels.first(), rationale="So.", at=NOON)
    veiled = Verdict.objects.veiled_from(EditorFactory())
    before = veiled.claims_of(disputed)

    decide(other, level=None, reasoning="Nobody can tell.", disagreement="error", at=NOON)
    compile_report(disputed, at=NOON)

    assert (before, veiled.claims_of(disputed)) == ({1}, set())


def decided(disputed, level="misleading"):
    """The report after the held claim was decided by another editor."""
    claim = disputed.claims.get(number=1)
    level = disputed.scale.levels.get(name=level)
    own = mark_blind(claim, editor=EditorFactory(), level=level, rationale="So.", at=NOON)
    decide(own, level=level, reasoning="The trial is small.", disagreement="error", at=NOON)
    disputed.jobs.all().delete()
    return compile_report(disputed, at=NOON)


def test_a_new_version_says_what_changed(desk, disputed):
    report = decided(disputed)

    page = desk.get(reverse("admin:report", args=[report.pk])).content.decode()
    old = desk.get(reverse("admin:report", args=[report.previous.pk])).content.decode()

    assert "Claim 1: disputed -&gt; misleading" in page
    assert "A newer version stands." in old


def test_while_a_claim_is_held_no_version_tells_what_was_found_of_it_before(desk, disputed):
    disputed.revision.regions.create(kind="body", start=0, end=len(disputed.revision.text))
    report = decided(disputed, level="accurate")
    set_aside_marks(disputed.assignments.first(), reason="A friend of the author.", at=NOON)
    disputed.jobs.all().delete()
    newer = compile_report(disputed, at=NOON)
    pages = [reverse("admin:report", args=[version.pk]) for version in (report, newer)]

    before = [desk.get(page).content.decode() for page in pages]
    desk.post(reverse("admin:claim-renounce", args=[disputed.pk, 2]))
    after = [desk.get(page).content.decode() for page in pages]

    assert [change["words"] for change in newer.changes if change["aspect"] == "overall finding"] != []
    assert not any("verall finding" in page.replace(WITHHELD, "") for page in before)
    assert not any(report.body["article"]["finding"]["words"] in page for page in before)
    assert [report.body["article"]["finding"]["words"] in page for page in after] == [True, True]
    assert "Article: overall finding: " in after[1]


def test_a_report_is_previewed_published_corrected_and_withdrawn(desk, editor, disputed):
    report = decided(disputed)
    publish = reverse("admin:report-publish", args=[report.pk])

    preview = desk.get(reverse("admin:report-preview", args=[report.pk]))
    asked = desk.get(publish)
    desk.post(publish, {"summary": "Mind the claims."})
    publication = Publication.objects.get()
    again = desk.post(publish, {"summary": "Twice.", "correction": "Nothing."})
    desk.post(reverse("admin:publication-withdraw", args=[publication.pk]), {"note": ""})
    kept = Publication.objects.get().withdrawn_at
    desk.post(reverse("admin:publication-withdraw", args=[publication.pk]), {"note": "Its source was retracted."})

    assert (preview.status_code, asked.status_code, again.status_code) == (200, 200, 200)
    assert (publication.summary, publication.published_by) == ("Mind the claims.", editor)
    assert "was published before" in again.content.decode()
    assert kept is None
    assert Publication.objects.get().withdrawal == "Its source was retracted."


@pytest.mark.parametrize("kept", ["reviewer", "interested"])
def test_who_is_kept_from_a_round_withdraws_nothing_of_what_came_of_it(desk, client, disputed, kept):
    Article.objects.update(vendor="Moonflower Ltd")
    publication = publish_report(decided(disputed), summary="", correction="", by=EditorFactory(), at=NOON)
    peer = EditorFactory(interests="Moonflower" if kept == "interested" else "")
    if kept == "reviewer":
        AssignmentFactory(round=disputed, reviewer=peer, accepted=True)
    client.force_login(peer)
    article = reverse("admin:reviews_article_change", args=[publication.article_id])
    withdraw = reverse("admin:publication-withdraw", args=[publication.pk])
    doors = [
        withdraw,
        *(reverse(f"admin:report-{name}", args=[publication.report_id]) for name in ("publish", "preview")),
    ]

    offered = [withdraw in browser.get(article).content.decode() for browser in (desk, client)]
    answers = [client.post(door, {"note": "Mine.", "summary": ""}).status_code for door in doors]

    assert (offered, answers) == ([True, False], [404, 404, 404])
    assert Publication.objects.get().withdrawn_at is None


def test_a_report_with_a_held_claim_is_not_published(desk, disputed):
    url = reverse("admin:report-publish", args=[disputed.reports.get().pk])

    assert "decide each of them" in desk.get(url).content.decode()
    assert "decide each of them" in desk.post(url, {"summary": ""}).content.decode()
    assert not Publication.objects.exists()


def test_an_uncertain_mail_is_sent_again_only_on_purpose(desk):
    notice = NoticeFactory(state="uncertain", body_sha256="0", text="You are invited.")
    url = reverse("admin:notice-again", args=[notice.pk])

    shown = desk.get(reverse("admin:reviews_notice_change", args=[notice.pk])).content.decode()
    desk.get(url)
    notice.refresh_from_db()
    state = notice.state
    desk.post(url)

    notice.refresh_from_db()
    assert "nobody knows whether it arrived" in shown
    assert "You are invited." in shown
    assert (state, notice.state) == ("uncertain", "owed")


def test_the_desk_sees_what_is_stale_and_what_to_do_about_it(desk, disputed):
    report = decided(disputed)
    publish_report(report, summary="", correction="", by=EditorFactory(), at=NOON)
    url = reverse("admin:reports-stale")
    quiet = desk.get(url).content.decode()

    set_aside_marks(disputed.assignments.first(), reason="A friend of the author.", at=NOON)
    waiting, home = desk.get(url).content.decode(), desk.get(reverse("admin:index")).content.decode()
    disputed.jobs.all().delete()
    newer = compile_report(disputed, at=NOON)
    overtaken = desk.get(url).content.decode()
    pages = [desk.get(reverse("admin:report", args=[pk])).content.decode() for pk in (report.pk, newer.pk)]

    assert "No report is stale" in quiet
    assert "report is being checked again" in home
    assert "It is compiled again by itself" in waiting
    assert "publish it as a correction" in overtaken
    assert ["Being checked again" in page for page in pages] == [True, False]


def test_a_stale_report_is_not_published(disputed):
    report = decided(disputed)
    set_aside_marks(disputed.assignments.first(), reason="A friend of the author.", at=NOON)
    disputed.jobs.all().delete()

    with pytest.raises(ReportIsStale):
        publish_report(report, summary="", correction="", by=EditorFactory(), at=NOON)


def test_who_reviews_a_round_is_not_told_that_its_report_is_stale(client, disputed):
    set_aside_marks(disputed.assignments.first(), reason="A friend of the author.", at=NOON)
    peer = EditorFactory()
    AssignmentFactory(round=disputed, reviewer=peer)
    client.force_login(peer)

    assert "No report is stale" in client.get(reverse("admin:reports-stale")).content.decode()


def test_the_list_of_stale_reports_takes_as_many_queries_for_three_as_for_one(desk):
    def stale_report():
        round = RoundFactory(closed_at=NOON, closing="editor")
        Recheck.objects.create(report=ReportFactory(round=round), cause="decision", since=NOON)

    counts = []
    for more in (1, 2):
        for _ in range(more):
            stale_report()
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("admin:reports-stale"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_panel_is_asked_to_look_again_before_or_after_the_blind_mark(desk, disputed):
    number = {"pk": disputed.pk, "number": 1}
    urls = [reverse(f"admin:claim-{name}", kwargs=number) for name in ("adjudicate", "look-again", "end-look")]

    offered, asking = desk.get(urls[0]).content.decode(), desk.get(urls[1]).content.decode()
    desk.post(urls[1])
    waiting = desk.get(urls[0]).content.decode()
    ending = desk.get(urls[2]).content.decode()
    rule_on(desk, disputed, level=disputed.scale.levels.get(name="misleading").pk, rationale="My own reading.")
    marked = desk.get(urls[0])
    desk.post(urls[2])
    ended = desk.get(urls[0])

    assert "Ask for a second look" in offered
    assert "2 reviewers" in asking
    assert "0 of 2 have answered" in waiting
    assert "0 of 2 have answered" in ending
    assert "Canary" not in offered + asking + waiting + ending
    assert marked.context["form"] is None
    assert ended.context["form"] is not None
    assert [desk.get(url).status_code for url in urls[1:]] == [404, 404]


def test_second_marks_stand_beside_the_first_when_the_look_has_ended(desk, disputed):
    claim = disputed.claims.get(number=1)
    look = ask_second_look(claim, by=EditorFactory(), at=NOON)
    first, second = [assignment.review for assignment in disputed.assignments.order_by("pk")]
    desk.post(reverse("admin:claim-renounce", args=[disputed.pk, 1]))
    url = reverse("admin:claim-adjudicate", args=[disputed.pk, 1])
    said = {"could_not_assess": "no_access", "confidence": "", "rationale": "Second-thoughts", "at": NOON}

    mark_again(look, review=first, level=None, **said)
    during = desk.get(url).content.decode()
    mark_again(look, review=second, level=None, **said)
    after = desk.get(url).content.decode()

    assert "Second-thoughts" not in during
    assert after.count("Second-thoughts") == 2
    assert after.count("At the second look:") == 2
    assert f"{CANARY}-0" in after


def test_held_claims_stand_the_most_divided_first_and_nothing_says_how(desk, editor):
    panels = [
        ["mostly_accurate", "accurate", "accurate"],
        ["misleading", "inaccurate", "misleading"],
        ["misleading", "inaccurate", "misleading"],
    ]
    round = RoundFactory(editors=[editor], claims=3)
    for levels in panels:
        ReviewFactory(round=round, marks=levels, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)

    page = desk.get(reverse("admin:claims-held"))

    shown = [verdict.claim.number for verdict in page.context["verdicts"]]
    assert shown == [2, 3, 1]
    assert "reviewers:" not in page.content.decode()


def test_a_long_list_comes_in_pages(desk, editor, monkeypatch):
    monkeypatch.setattr(room, "A_PAGE", 2)
    round = RoundFactory(editors=[editor], claims=3)
    for level in ("accurate", "inaccurate"):
        ReviewFactory(round=round, marks=[level] * 3, submitted=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    address = reverse("admin:claims-held")

    pages = [desk.get(address, {"page": number}).context["verdicts"] for number in ("1", "2", "99", "none")]

    assert [len(page) for page in pages] == [2, 1, 1, 2]
    assert 'rel="next"' in desk.get(address).content.decode()
