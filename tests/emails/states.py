"""Every mail in each of its states: what is said to whom, and the other thing that is said where a fact is another."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string

from reviews.emails import write
from reviews.emails.letter import Letter
from reviews.models import MailChoice, Mark, Notice, Report, Review, RoundClaim, SecondLook, User, Verdict
from tests.factories import (
    NOON,
    TODAY,
    AssignmentFactory,
    ExportFactory,
    NoticeFactory,
    ReviewFactory,
    RoundFactory,
    SourceFactory,
)

ACCOUNT = {
    "email": "ada@example.org",
    "from_email": "ada@example.org",
    "to_email": "nox@example.org",
    "deleted_email": "ada@example.org",
    "password_reset_url": "https://example.org/reset/",
    "activate_url": "https://example.org/confirm/",
    "current_site": {"domain": "example.org"},
    "timestamp": NOON,
    "ip": "192.0.2.1",
    "user_agent": "Netscape",
}


class Desk:
    """One closed round of three claims with its report, and whoever is mailed about it."""

    def __init__(self, review: Review, *, report: Report, editor: User, say: Callable[..., object]) -> None:
        self.review, self.report, self.editor, self.say = review, report, editor, say
        self.request, self.round = review.assignment, review.round
        self.article = self.round.revision.article
        self.publication = self.article.publications.create(report=report, published_at=NOON, published_by=editor)
        self.sources = [
            SourceFactory(title="Tea <or> not", retraction=how, retraction_note=note)
            for how, note in (("retracted", "Retraction Watch"), ("concern", ""))
        ]
        review.sent_back_note = "See claim <2> & 3."

    def states(self) -> Iterator[tuple[str, Letter]]:
        for part in (self._of_requests, self._of_reviews, self._of_rounds, self._of_files, self._of_many):
            yield from part()

    def mail(self, kind: str, **fields: object) -> Letter:
        return write(self.owed(kind, **fields))

    def owed(self, kind: str, **fields: object) -> Notice:
        known = {
            "assignment": self.request,
            "round": self.round,
            "report": self.report,
            "recipient": self.request.reviewer,
        }
        return NoticeFactory(kind=kind, **{**known, **fields})

    def _of_requests(self) -> Iterator[tuple[str, Letter]]:
        guest = {"recipient": None, "address": "guest@example.org"}
        self.request.due_on = TODAY + timedelta(days=9)
        yield "invited", self.mail("invited")
        yield "invited guest", self.mail("invited", **guest)
        yield "accepted", self.mail("accepted")
        self.request.withdrawn_note = "Thank you <all> the same."
        for kind in ("due_moved", "due_soon", "overdue", "ended"):
            yield f"{kind} begun", self.mail(kind)
        began, self.request.accepted_at = self.request.accepted_at, None
        self.request.withdrawn_at, self.request.withdrawn_note = NOON, ""
        for kind in ("due_moved", "due_soon", "overdue", "ended"):
            yield f"{kind} invited", self.mail(kind, **guest)
        self.request.accepted_at, self.request.withdrawn_at = began, None

    def _of_reviews(self) -> Iterator[tuple[str, Letter]]:
        claims = list(self.round.claims.all())
        yield "sent back", self.mail("sent_back")
        SecondLook.objects.create(claim=claims[0], asked_by=self.editor, asked_at=NOON)
        yield "second look", self.mail("second_look")
        message = self.say("Per cup <or> per day?", by=self.editor)
        for name in ("whole", "claim"):
            yield f"question {name}", self.mail("question", recipient=self.editor)
            yield f"reply {name}", self.mail("reply")
            message.claim = claims[1]
            message.save()
        yield "reviewer summary", self.mail("reviewer_summary")
        self.report.number, self.request.set_aside_at, self.request.set_aside_reason = 2, NOON, "Not theirs."
        self.request.save()
        self._marked(claims[2], level=None, could_not_assess="outside_field")
        yield "reviewer summary again", self.mail("reviewer_summary")
        self._marked(claims[2], level=self.round.scale.levels.get(name="unsupported"), could_not_assess="")
        yield "reviewer summary off the axis", self.mail("reviewer_summary")
        self.report.number = 1

    def _marked(self, claim: RoundClaim, **said: object) -> None:
        mine = Review.objects.filter(pk=self.review.pk)
        mine.update(submitted_at=None)
        Mark.objects.filter(review=self.review, claim=claim).update(**said)
        mine.update(submitted_at=NOON)

    def _of_rounds(self) -> Iterator[tuple[str, Letter]]:
        of_editor = {"recipient": self.editor}
        yield "round complete", self.mail("round_complete", **of_editor)
        yield "editor summary held", self.mail("editor_summary", **of_editor)
        yield "disputed", self.mail("disputed", **of_editor)
        for verdict in Verdict.objects.held().filter(report=self.report).order_by("claim__number"):
            self.report.number = 2
            self.round.claims.get(pk=verdict.claim_id).adjudications.create(
                editor=self.editor,
                own_level=self.round.scale.levels.first(),
                own_rationale="as I read it",
                marked_at=NOON,
            )
            self.report.changes = [
                {"subject": "claim 3", "aspect": "verdict", "words": "Claim 3 has another verdict now."}
            ]
            yield f"editor summary {verdict.claim.number} marked", self.mail("editor_summary", **of_editor)
        yield "published", self.mail("published")
        self.publication.correction = "A <dose> was wrong."
        self.publication.save()
        yield "published corrected", self.mail("published")
        for source in self.sources:
            yield f"source {source.retraction}", self.mail("retracted_source", source=source, **of_editor)

    def _of_files(self) -> Iterator[tuple[str, Letter]]:
        for number, (since, until) in enumerate([(None, None), (TODAY, None), (None, TODAY), (TODAY, TODAY)]):
            export = ExportFactory(asked_by=self.editor, rounds=number + 1, since=since, until=until)
            yield f"export {number}", self.mail("export_ready", recipient=self.editor, round=None, export=export)
        export = ExportFactory(asked_by=self.editor, round=self.round, content="sources", form="xlsx")
        yield "export of a round", self.mail("export_ready", recipient=self.editor, export=export)

    def _of_many(self) -> Iterator[tuple[str, Letter]]:
        for kinds in (["accepted"], ["accepted", "due_soon", "reviewer_summary"]):
            digest = self.owed("digest", round=None)
            for kind in kinds:
                self.owed(kind, state="gathered", digest=digest)
            yield f"digest of {len(kinds)}", self.mail_of(digest)
        yield "desk with work", self.mail("desk_summary", recipient=self.editor, round=None)
        other = RoundFactory(editors=[self.editor], revision__article__added_by=self.editor)
        for accepted in (True, False):
            AssignmentFactory(round=other, due_on=TODAY, accepted=accepted)
        ReviewFactory(round=other, submitted=True)
        self.owed(
            "invited", round=other, state="uncertain", subject="Hello", text="Hello", html="Hello", body_sha256="0" * 64
        )
        at = NOON + timedelta(days=2)
        MailChoice.objects.create(person=self.editor, kind="desk_summary", pace="daily")
        yield "desk of a day", self.mail("desk_summary", recipient=self.editor, round=None, owed_at=at)
        edited = self.owed(
            "invited",
            subject="Our own words",
            text="See <this>.\n\nhttps://example.org",
            edited_at=NOON,
            edited_by=self.editor,
        )
        yield "reworded", self.mail_of(edited)

    @staticmethod
    def mail_of(notice: Notice) -> Letter:
        return write(notice)


def of_accounts(person: User | None) -> Iterator[tuple[str, str]]:
    """Yield the mails that allauth sends with our templates, each as its subject and text."""
    folder = settings.TEMPLATES[0]["DIRS"][0]
    for path in sorted(folder.glob("*/email/*_message.txt")):
        name = str(path.relative_to(folder))
        if not path.stem.startswith("base_"):
            subject = render_to_string(name.replace("_message", "_subject"), ACCOUNT) if _has_subject(path) else ""
            yield path.stem, f"{subject}\n{render_to_string(name, {**ACCOUNT, 'user': person})}"


def _has_subject(path: object) -> bool:
    return path.with_name(path.name.replace("_message", "_subject")).exists()
