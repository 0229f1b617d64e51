"""A small world with everybody in it: for walking every door, and for looking for leaks."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from reviews.emails.stop import stop_key
from reviews.jobs.instrument import install_instruments
from reviews.jobs.merging import merge_sources
from reviews.jobs.report import compile_report
from reviews.jobs.rule import install_rule
from reviews.models import (
    Article,
    Export,
    Instrument,
    Notice,
    Publication,
    Review,
    Round,
    RoundCitation,
    SavedView,
    Scale,
    Suppression,
    User,
)
from reviews.services.bibliography import receive_bibliography
from reviews.services.retraction import bring_in_retractions
from reviews.services.rule import draft_rule, try_rule
from tests.factories import (
    NOON,
    AppraisalFactory,
    ArticleFactory,
    AssignmentFactory,
    CitationFactory,
    ClaimFactory,
    EditorFactory,
    ExportFactory,
    FeedFactory,
    LikenessFactory,
    MarkFactory,
    NoticeFactory,
    OrphanFactory,
    ProposalFactory,
    ReviewFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
    UserFactory,
)

OF_A_ROUND = ("admin:claim-adjudicate", "admin:claim-look-again", "admin:claim-renounce")
"""Doors of a claim whose address names its round."""
CAST = ("anonymous", "stranger", "declined", "assigned", "blind_editor", "editor", "superuser")


@dataclass
class World:
    """One open round with a reviewer at work, and a closed one that is published."""

    editor: User = field(default_factory=lambda: EditorFactory(email="editor@example.org", name="Edna Desk"))

    def __post_init__(self) -> None:
        install_instruments()
        install_rule(at=NOON)
        self.people: dict[str, User | None] = {
            "anonymous": None,
            "stranger": UserFactory(email="stranger@example.org"),
            "declined": UserFactory(email="declined@example.org"),
            "assigned": UserFactory(email="assigned@example.org"),
            "blind_editor": EditorFactory(email="blind@example.org"),
            "editor": self.editor,
            "superuser": EditorFactory(email="root@example.org", is_superuser=True),
        }
        self.peer = UserFactory(email="peer@example.org", name="Somebody Else")
        self.open = self._open_round()
        own = self._asked("assigned", accepted=True)
        self.review = ReviewFactory(round=self.open, assignment=own, marks=["accurate"])
        self.own_source = RoundCitationFactory(claim=self.open.claims.first(), origin="reviewer", added_in=self.review)
        self._asked("declined", declined_at=NOON, decline_reason="No time.")
        self._asked("blind_editor", accepted=True)
        self.closed, self.publication = self._published_round()
        self.proposal = ProposalFactory(review=self.review)
        self.orphan = OrphanFactory()
        self.likeness = LikenessFactory(claim=self.claim)
        self.suppression = Suppression.objects.create(address="gone@example.org", reason="bounced", since=NOON)
        self.bibliography = receive_bibliography(b"10.5555/listed", file_name="", by=self.editor, at=NOON)
        self.retraction = bring_in_retractions(b"", file_name="watch.csv", by=self.editor, at=NOON)
        self.feed = FeedFactory(added_by=self.editor)
        self.merge = merge_sources(SourceFactory(), absorbed=SourceFactory(), by=self.editor, at=NOON)
        self.rule = draft_rule({"quorum_floor": 3}, name="Strict", reason="Two are few.", by=self.editor, at=NOON)
        self.trial = try_rule(self.rule, by=self.editor, at=NOON)
        self.export: Export = ExportFactory(round=self.closed, asked_by=self.editor, held=b"a file")
        self.saved_view = SavedView.objects.create(
            owner=self.editor, room="article", name="Before a panel", query="stage=panel", saved_at=NOON
        )
        self.notice: Notice = NoticeFactory(recipient=self.editor, round=self.open)

    def client(self, who: str) -> Client:
        client = Client()
        if person := self.people[who]:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def _article(self) -> Article:
        return ArticleFactory(added_by=self.editor)

    def _open_round(self) -> Round:
        revision = RevisionFactory(article=self._article())
        claim = ClaimFactory(revision=revision)
        citation = CitationFactory(claim=claim)
        round = RoundFactory(revision=revision, opened_by=self.editor, claims=2)
        RoundCitationFactory(claim=round.claims.first(), source=citation.source)
        round.instruments.set(Instrument.objects.current().filter(about="article"))
        self.claim, self.citation = claim, citation
        return round

    def _asked(self, who: str, **how: object) -> object:
        return AssignmentFactory(round=self.open, reviewer=self.people[who], **how)

    def _published_round(self) -> tuple[Round, Publication]:
        round = RoundFactory(revision=RevisionFactory(article=self._article()), opened_by=self.editor, claims=2)
        for _ in range(2):
            ReviewFactory(round=round, marks=["misleading", "misleading"], submitted=True)
        Round.objects.filter(pk=round.pk).update(closed_at=NOON + timedelta(days=2), closing="complete")
        report = compile_report(Round.objects.get(pk=round.pk), at=NOON + timedelta(days=2))
        publication = Publication.objects.create(
            article=round.revision.article, report=report, published_at=NOON, published_by=self.editor
        )
        return round, publication

    def peers_at_work(self) -> tuple[str, ...]:
        """Let others do everything that a reviewer can do to the open round; return the words planted in it."""
        peer = self.peer
        review = ReviewFactory(
            round=self.open, assignment=AssignmentFactory(round=self.open, reviewer=peer, accepted=True)
        )
        for claim in self.open.claims.all():
            MarkFactory(
                review=review, claim=claim, level="inaccurate", rationale="canary-rationale", flaws=["not_checkable"]
            )
        for citation in RoundCitation.objects.filter(claim__round=self.open, added_in=None):
            AppraisalFactory(review=review, citation=citation, quote="canary-quote", locator="canary-locator")
        added = RoundCitationFactory(
            claim=self.open.claims.first(),
            origin="reviewer",
            added_in=review,
            source__title="Canarysource",
            record={"title": "Canarysource"},
        )
        AppraisalFactory(review=review, citation=added)
        sheet = review.sheets.create(instrument=self.open.instruments.first(), version=1)
        sheet.answers.create(item=sheet.instrument.form.items[0].key, value="canary-answer")
        review.omissions.create(kind="harms", note="canary-omission")
        ProposalFactory(review=review, quote="nobody has ever come to harm", reason="canary-proposal")
        review.messages.create(author=peer, text="canary-question", sent_at=NOON)
        review.messages.create(author=self.editor, text="canary-reply", sent_at=NOON)
        AssignmentFactory(round=self.open, reviewer=None, invited_email="canary-invited@example.org")
        Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
        return ("canary", "Canary")

    def _key_of(self, name: str) -> object:
        keys = {
            "admin:export-file": self.export.key,
            "admin:export-remove": self.export.key,
            "reviews:invitation": self.review.assignment.key,
            "reviews:mail-stop": stop_key(self.review.assignment.reviewer, kind="overdue"),
        }
        return keys.get(name, self.review.key)

    def arguments(self, name: str) -> dict[str, object]:
        """Return the arguments of a door, by its name."""
        revision, claim = self.open.revision, self.open.claims.first()
        scale, instrument = Scale.objects.first(), self.open.instruments.first()
        report = self.publication.report
        rows = {
            "article": revision.article,
            "claim": self.claim,
            "instrument": instrument,
            "intake": revision.intake,
            "saved": self.saved_view,
            "scale": scale,
            "notice": self.notice,
            "round": self.open,
            "source": self.citation.source,
            "suppression": self.suppression,
            "user": self.people["stranger"],
            "assignment": self.review.assignment,
            "report": report,
            "publication": self.publication,
            "citation": self.citation,
            "bibliography": self.bibliography,
            "merge": self.merge,
            "feed": self.feed,
            "retraction": self.retraction,
            "review": self.review,
            "proposal": self.proposal,
            "rule": self.rule,
            "ruleversion": self.rule,
            "trial": self.trial,
            "reanchoring": self.orphan,
            "likeness": self.likeness,
        }
        kind = name.rsplit(":", maxsplit=1)[-1].removeprefix("reviews_").split("_")[0].split("-")[0]
        kind = "round" if name in OF_A_ROUND else kind
        return {
            "pk": getattr(rows.get(kind), "pk", self.open.pk),
            "object_id": getattr(rows.get(kind), "pk", 0),
            "revision_pk": revision.pk,
            "number": claim.number,
            "move": "accept",
            "where": "down",
            "slug": instrument.slug if name.startswith("reviews:instrument") else self.publication.article.slug,
            "key": self._key_of(name),
            "form_pk": instrument.pk,
            "provider": "mailgun",
            "citation_key": self.own_source.key,
            "app_label": "reviews",
            "url": "nothing-here/",
            "content_type_id": ContentType.objects.get_for_model(Article).pk,
            "uidb36": "1",
        }


class Undone(Exception):
    """What a request changed is rolled back."""


def answer_of(client: Client, method: str, address: str, said: dict[str, str] | None = None) -> HttpResponse:
    """Return what a door answers; nothing that the request changed stays, the session of the client included."""
    try:
        with transaction.atomic():
            response = getattr(copy(client), method)(address, said or {})
            raise Undone
    except Undone:
        return response


def in_short(response: HttpResponse) -> str:
    """Return the status, or "login" where one is led to the door, or "→" where one is led elsewhere."""
    if response.status_code == 302:
        return "login" if "login/" in response["Location"] else "→"
    return str(response.status_code)


def doors() -> Iterator[str]:
    """Return the name of every address of the project, ``namespace:name``; each must have one."""
    yield from _names(get_resolver(), namespace="")


def _names(resolver: URLResolver, *, namespace: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{part.namespace}:" if part.namespace else ""
            yield from _names(part, namespace=namespace + inner)
        elif part.name:
            yield f"{namespace}{part.name}"
        else:
            yield f"{namespace}{part.pattern}"


def address_of(name: str, world: World) -> str:
    """Return where a door stands in this world."""
    if name == "admin:(?P<url>.*)$":
        return reverse("admin:index") + "nothing-here/"
    if name.endswith(":<path:object_id>/"):
        return reverse("admin:index") + "reviews/round/1/"
    wanted = _parameters(name)
    known = world.arguments(name)
    if name.startswith(("account_", "mfa_")):
        known["key"] = "x-y"
    return reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})


def without_parameters(name: str) -> bool:
    """Whether a door stands at one address only."""
    return ">" not in name and "?P<" not in name and not _parameters(name)


def _parameters(name: str) -> set[str]:
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for space in namespaces:
        _, resolver = resolver.namespace_dict[space]
    (possibility, *_), *_ = [entry[0] for entry in resolver.reverse_dict.getlist(last)]
    return set(possibility[1])
