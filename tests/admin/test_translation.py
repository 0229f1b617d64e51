"""What the desk says in the states that a small calm world does not have: nothing there, trouble, refusals."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.core.reading.errors import FeedElsewhere, NotAPage
from reviews.jobs.bibliography import do_reading_references
from reviews.jobs.feed import keep as keep_listing
from reviews.jobs.notice import NOBODY_KNOWS, NOT_WANTED
from reviews.jobs.reading import keep as keep_reading
from reviews.jobs.recheck import owe_recheck
from reviews.jobs.retraction import do_retractions
from reviews.jobs.rule import install_rule
from reviews.models import Bibliography, Job, Notice, Recheck, RetractionFile, Round, Suppression, User
from tests.doors import DOORS
from tests.factories import (
    CLAIMS,
    NOON,
    ArticleFactory,
    AssignmentFactory,
    ClaimFactory,
    ExportFactory,
    FeedEntryFactory,
    FeedFactory,
    IntakeFactory,
    NoticeFactory,
    RevisionFactory,
    RoundFactory,
    ScaleFactory,
    SourceFactory,
    UserFactory,
)
from tests.pseudo import LEFT_TO_RIGHT, spoken
from tests.unmarked import found_by_makemessages, sentences_of_others, stored_words, unmarked, words_of
from tests.world import without_parameters

TYPED = "Zwölf Boxkämpfer"
"""What an editor types in these tests."""
ADDRESS = "a@b.org"

Pages = Iterator[tuple[str, str]]


class Desk:
    """An editor's browser, which knows what was typed into it."""

    def __init__(self, editor: User) -> None:
        self.editor, self.client = editor, Client()
        self.client.force_login(editor)
        self.typed: set[str] = set()

    def shown(self, name: str, *args: object, **said: object) -> str:
        self.typed.update(words_of(list(said.values())))
        return self._page(self.client.get(reverse(f"admin:{name}", args=args), said))

    def sent(self, name: str, *args: object, **said: object) -> str:
        """Return what a form is answered, where it leads on included."""
        self.typed.update(words_of([value for value in said.values() if value != ""]))
        return self._page(self.client.post(reverse(f"admin:{name}", args=args), said, follow=True))

    def _page(self, response: HttpResponse) -> str:
        is_page = response.get("Content-Type", "").startswith("text/html")
        return response.content.decode() if is_page else ""


def nothing_there(desk: Desk) -> Pages:
    """Every page that needs no row, of a desk that has none; and what it says where nothing is found."""
    for name in DOORS:
        if name.startswith("admin:") and name != "admin:logout" and without_parameters(name):
            yield name, desk.shown(name.removeprefix("admin:"))
    for room in ("article", "claim", "source", "round", "notice", "user", "intake", "suppression"):
        yield f"{room} not found", desk.shown(f"reviews_{room}_changelist", q=TYPED)
    yield "search", desk.shown("search", q=TYPED)


def texts_and_feeds_in_trouble(desk: Desk) -> Pages:
    failed, cancelled = (IntakeFactory(article__added_by=desk.editor) for _ in range(2))
    keep_reading(NotAPage(), intake=failed, at=NOON)
    desk.sent("intake-cancel", cancelled.pk)
    again = RevisionFactory(article__added_by=desk.editor)
    late = IntakeFactory(article=again.article, received_at=NOON + timedelta(hours=1))
    yield "on its way", desk.shown("reviews_article_change", again.article.pk)
    keep_reading(NotAPage(), intake=late, at=NOON)
    for intake in (failed, cancelled):
        yield f"intake {intake.pk}", desk.shown("reviews_intake_change", intake.pk)
        yield f"article {intake.pk}", desk.shown("reviews_article_change", intake.article.pk)
    yield "imports", desk.shown("reviews_intake_changelist")
    yield "text again", desk.shown("reviews_article_change", again.article.pk)
    feed = FeedFactory(added_by=desk.editor)
    FeedEntryFactory(feed=feed)
    keep_listing((FeedElsewhere(address="https://herbs.example/real.xml"), {}), feed=feed, at=NOON)
    yield "feed that failed", desk.shown("reviews_feed_change", feed.pk)
    yield "feed paused", desk.sent("feed-pause", feed.pk)
    yield "feeds", desk.shown("reviews_feed_changelist")
    for form in ({"address": "ftp://x"}, {"text": " "}, {"file": SimpleUploadedFile("a.exe", b"MZ")}):
        yield f"article {form}", desk.sent("reviews_article_add", **form)
    yield "feed refused", desk.sent("reviews_feed_add", address="nowhere", every_hours="5")


def lists_in_trouble(desk: Desk) -> Pages:
    for text in ("<html></html>", "{", "@article{a,", f"10.5555/listed\n@article{{b,\n title={{{TYPED}}}\n"):
        yield f"pasted {text[:9]}", desk.sent("sources-import", text=text)
    files = [SimpleUploadedFile("a.ris", b"TY  - JOUR\nER  - \n"), SimpleUploadedFile("b.xml", b"<x>")]
    yield "lists being read", desk.sent("sources-import", file=files)
    for job in Job.objects.filter(kind="read_references"):
        do_reading_references(job.pk, at=NOON)
    yield "lists", desk.shown("sources-import")
    for read in Bibliography.objects.all():
        yield f"list {read.pk}", desk.shown("bibliography", read.pk)
        yield f"list {read.pk} cancelled", desk.sent("bibliography-cancel", read.pk)
        yield f"list {read.pk} put away", desk.sent("bibliography-put-away", read.pk)
    head = "RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
    for rows in (f"Record ID,{head}1,,,,0,Rumour,\n2,,,,0,Retraction,\n", "a,b\n"):
        yield "retractions", desk.sent("retractions", file=SimpleUploadedFile("watch.csv", rows.encode()))
    for file in RetractionFile.objects.all():
        do_retractions(file.jobs.get().pk, clock=lambda: NOON)
        yield f"retractions {file.pk}", desk.shown("retraction-file", file.pk)
    proposed = SourceFactory(title="A randomised trial of tea in adults", design="", text="Registered: NCT00000001.")
    mice = SourceFactory(title="Tea in mice", design="", retraction="retracted", retraction_note=TYPED, doi="10.5555/r")
    desk.sent("source-look-up", mice.pk)
    Job.objects.filter(source=mice).update(state="failed", finished_at=NOON, error=TYPED)
    for source in (proposed, mice):
        yield f"source {source.title}", desk.shown("reviews_source_change", source.pk)
    yield "source refused", desk.sent("reviews_source_add", doi="rumour", pmid="x", isbn="1", title="")


def mails_and_files_in_trouble(desk: Desk) -> Pages:
    Suppression.objects.create(address="gone@example.org", reason="bounced", since=NOON)
    held = NoticeFactory(recipient=desk.editor, held_at=NOON, held_by=desk.editor)
    words = {Notice.State.UNCERTAIN: NOBODY_KNOWS, Notice.State.DROPPED: NOT_WANTED}
    for state in (Notice.State.UNCERTAIN, Notice.State.DROPPED, Notice.State.FAILED):
        notice = NoticeFactory(recipient=desk.editor, state=state, error=words.get(state, TYPED), body_sha256="0" * 64)
        yield f"mail {state}", desk.shown("reviews_notice_change", notice.pk)
    yield "mail held", desk.shown("reviews_notice_change", held.pk)
    yield "mails", desk.shown("reviews_notice_changelist")
    round = RoundFactory(opened_by=desk.editor)
    ExportFactory(round=round, asked_by=desk.editor)
    unwritten = ExportFactory(
        round=round, asked_by=desk.editor, made_at=None, rounds_written=0, size=None, sha256="", expires_at=None
    )
    Job.objects.create(kind="write_export", export=unwritten, state="failed", owed_at=NOON, due_at=NOON)
    yield "exports", desk.shown("exports")
    yield "export refused", desk.sent("exports", content="marks", form="csv", since="2026-03-02", until="2026-03-01")
    yield "none of it", desk.sent("exports", content="marks", form="csv", since="2090-01-01")


def panels_to_choose(desk: Desk) -> Pages:
    today = timezone.localdate()
    rounds = [
        RoundFactory(opened_by=desk.editor, opened_on=today, due_on=today + timedelta(days=9), quorum=3)
        for _ in range(2)
    ]
    UserFactory(expertise="Sleep medicine", languages="French", most_claims=1)
    UserFactory(interests="The Daily Herb", expertise="Cardiology")
    AssignmentFactory(round=rounds[0], declined_at=NOON, decline_reason=TYPED)
    chosen = {"rounds": [round.pk for round in rounds]}
    yield "one panel", desk.shown("round-assign", rounds[0].pk, size="1")
    yield "panels", desk.shown("rounds-panels", **chosen)
    ticked = {
        f"{round.pk}-{name}": value
        for round in rounds
        for name, value in {"people": [UserFactory().pk], "due_on": str(round.due_on)}.items()
    }
    yield "panels seen", desk.sent("rounds-panels", **chosen, **ticked)
    yield "panels refused", desk.sent("rounds-panels", **chosen, **dict.fromkeys(ticked, "x"))
    lines = (
        "reviewer",
        "round,reviewer,due\n7,a@b.org,03/12/2026\n,a@b.org,\n=1,a@b.org\n7,x,\n1,2,3,4",
        f"round,reviewer\n{rounds[0].pk},a@b.org\n{rounds[0].pk},a@b.org",
        f"round,reviewer\n{rounds[0].pk},a@b.org",
    )
    for table in lines:
        yield f"table {table[:20]}", desk.sent("assignments-sheet", text=table)


def claims_that_are_held(desk: Desk, disputed: Round) -> Pages:
    number = (disputed.pk, 1)
    wrong = {"level": "0", "rationale": ""}
    yield "adjudicate", desk.shown("claim-adjudicate", *number)
    yield "refused", desk.sent("claim-adjudicate", *number, **wrong)
    yield "look again", desk.shown("claim-look-again", *number)
    yield "asked", desk.sent("claim-look-again", *number)
    yield "end look", desk.shown("claim-end-look", *number)
    yield "report veiled", desk.shown("report", disputed.reports.get().pk)
    level = disputed.scale.levels.get(name="misleading").pk
    yield "marked", desk.sent("claim-adjudicate", *number, level=level, rationale=TYPED)
    yield "ended", desk.sent("claim-end-look", *number)
    yield "disagreement", desk.shown("round-disagreement", disputed.pk)
    owe_recheck(disputed, cause=Recheck.Cause.SET_ASIDE, at=NOON)
    owe_recheck(disputed, cause=Recheck.Cause.RULE, at=NOON)
    yield "report", desk.shown("report", disputed.reports.get().pk)
    yield "round", desk.shown("reviews_round_change", disputed.pk)
    for name in ("claims-held", "reports-stale", "reports-uncompiled", "reviews-late", "index", "agreement"):
        yield name, desk.shown(name)
    yield "trail", desk.shown("trail", what="round", since="2026-03-02", until="x")


def claims_seen_before(desk: Desk) -> Pages:
    text = f"{CLAIMS[0].rstrip('.')} by 5 %."
    claim = ClaimFactory(revision__article__added_by=desk.editor)
    other = ClaimFactory(
        revision=RevisionFactory(text=text, article=ArticleFactory(added_by=desk.editor)), quote=text, rank=1
    )
    for one in (claim, other):
        yield f"alike {one.pk}", desk.shown("article-alike", one.revision.article_id)


TROUBLES = [
    texts_and_feeds_in_trouble,
    lists_in_trouble,
    mails_and_files_in_trouble,
    panels_to_choose,
    claims_seen_before,
]


@pytest.fixture
def desk(editor: User) -> Desk:
    User.objects.filter(pk=editor.pk).update(is_superuser=True)
    return Desk(editor)


def unmarked_in(pages: Pages, *, typed: set[str]) -> dict[str, list[str]]:
    seen = list(pages)
    own_words = stored_words() | {TYPED, ADDRESS} | typed
    found = {name: unmarked(page, own_words=own_words) for name, page in seen}
    return {name: words for name, words in found.items() if words}


def test_a_desk_without_anything_is_marked_for_translation(desk):
    ScaleFactory()
    install_rule(at=NOON)

    with spoken(LEFT_TO_RIGHT):
        assert unmarked_in(nothing_there(desk), typed=desk.typed) == {}


@pytest.mark.parametrize("pages", TROUBLES)
def test_a_desk_in_trouble_is_marked_for_translation(desk, pages):
    with spoken(LEFT_TO_RIGHT):
        assert unmarked_in(pages(desk), typed=desk.typed) == {}


def test_a_desk_with_held_claims_is_marked_for_translation(desk, disputed):
    with spoken(LEFT_TO_RIGHT):
        assert unmarked_in(claims_that_are_held(desk, disputed), typed=desk.typed) == {}


def test_whatever_a_desk_in_trouble_asks_of_a_catalogue_is_found_by_makemessages(desk, disputed, tmp_path):
    with spoken(LEFT_TO_RIGHT) as language:
        for pages in TROUBLES:
            list(pages(desk))
        list(claims_that_are_held(desk, disputed))

    assert language.asked - found_by_makemessages(tmp_path) - sentences_of_others() - {TYPED} == set()
