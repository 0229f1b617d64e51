"""The demo: invented people and four invented articles, one for each stage of the desk."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from reviews.core.reading.anchors import locate
from reviews.jobs.article import add_article
from reviews.jobs.reading import do_reading
from reviews.jobs.report import do_compiling
from reviews.models import Claim, Instrument, Job, Report, Review, Revision, Round, RoundCitation, Source, User
from reviews.services.answer import record_answers, record_omissions
from reviews.services.assignment import assign_reviewer
from reviews.services.claim import accept_claim, add_claim, reword_claim
from reviews.services.invitation import accept_invitation
from reviews.services.mark import record_appraisal, record_mark
from reviews.services.publication import publish_report
from reviews.services.review import submit_review
from reviews.services.round import open_round
from reviews.services.source import cite_source, save_source

SCENES = resources.files("reviews.management") / "demo"
ARTICLES = ("moonflower", "copperleaf", "lenses", "breathing")
PASSWORD = "assay-demo"  # noqa: S105 - it is printed for whoever tries the demo


class Command(BaseCommand):
    help = "Load the demo, once, and print who can sign in."

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.LOCAL:
            raise CommandError("The demo's passwords are public: it is loaded on a local portal only.")
        call_command("set_up", verbosity=0)
        load_demo(at=timezone.now())
        people = _read("people")
        self.stdout.write(f"editor    {people['editor']['email']}  {PASSWORD}   (the desk: /desk/)")
        for reviewer in people["reviewers"].values():
            self.stdout.write(f"reviewer  {reviewer['email']}  {PASSWORD}")


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Write the demo through the same services and jobs that people use; a loaded one stays as it is."""
    people = _read("people")
    if User.objects.filter(email=people["editor"]["email"]).exists():
        return
    editor = _person({**people["editor"], "is_staff": True})
    reviewers = {key: _person(person) for key, person in people["reviewers"].items()}
    for name in ARTICLES:
        Scene(script=_read(name), editor=editor, reviewers=reviewers, at=at).play()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((SCENES / f"{name}.toml").read_text(encoding="utf-8"))


def _person(person: dict[str, Any]) -> User:
    user = User.objects.create_user(password=PASSWORD, **person)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@dataclass
class Scene:
    """One article of the demo, played from its script as far as the script goes."""

    script: dict[str, Any]
    editor: User
    reviewers: dict[str, User]
    at: datetime

    def play(self) -> None:
        plan = self.script.get("round", {})
        opened_at = self.at - timedelta(days=plan.get("opened_days_ago", 0))
        revision = self._revision(at=opened_at)
        if not plan:
            return
        claims = [self._claim(claim, revision=revision) for claim in self.script["claims"]]
        self._sources(claims, at=opened_at)
        round = self._round(revision, at=opened_at)
        for part in self.script["reviews"]:
            self._review(part, round=round, at=opened_at + timedelta(days=3))
        for job in Job.objects.filter(round=round):
            do_compiling(job.pk, at=opened_at + timedelta(days=4))
        if plan := self.script.get("publication"):
            report = Report.objects.filter(round=round).latest()
            publish_report(
                report, summary=plan["summary"], correction="", by=self.editor, at=opened_at + timedelta(days=5)
            )

    def _revision(self, *, at: datetime) -> Revision:
        named = ("title", "publisher", "author", "url", "topic", "vendor", "published_on")
        details = {name: self.script[name] for name in named if name in self.script}
        article = add_article(
            received=self.script["received"].strip().encode(),
            form="text",
            file_name="",
            by=self.editor,
            at=at,
            title=details.pop("title", ""),
            **details,
        )
        for job in Job.objects.filter(intake__article=article):
            do_reading(job.pk, at=at)
        return article.revisions.get()

    def _claim(self, script: dict[str, Any], *, revision: Revision) -> Claim:
        place = locate(script["quote"], revision.text)
        if place is None:
            raise CommandError(f"The demo's claim does not stand in its article: {script['quote']}")
        details = {name: script[name] for name in ("kind", "is_headline", "is_high_harm") if name in script}
        claim = revision.claims.filter(start=place[0], end=place[1]).first()
        if claim is None:
            return add_claim(
                revision, start=place[0], end=place[1], wording=script["wording"], by=self.editor, **details
            )
        accept_claim(claim)
        reword_claim(
            claim,
            wording=script["wording"],
            kind=script["kind"],
            is_headline=script.get("is_headline", False),
            is_high_harm=script.get("is_high_harm", False),
        )
        return claim

    def _sources(self, claims: list[Claim], *, at: datetime) -> None:
        for script in self.script["sources"]:
            fields = {key: value for key, value in script.items() if key not in ("name", "claims", "origin")}
            source = save_source(Source(**{**fields, "text": fields["text"].strip()}), by=self.editor, at=at)
            for number in script["claims"]:
                cite_source(claims[number - 1], source=source, origin=script["origin"])

    def _round(self, revision: Revision, *, at: datetime) -> Round:
        plan = self.script["round"]
        round = open_round(
            revision,
            quorum=plan["quorum"],
            due_on=(at + timedelta(days=plan["days_to_answer"])).date(),
            instruments=Instrument.objects.current().filter(slug__in=plan["instruments"]),
            editors=[self.editor],
            rationale=Round.Rationale.BELOW,
            by=self.editor,
            today=at.date(),
            at=at,
        )
        for part in self.script["reviews"]:
            self._assign(round, reviewer=self.reviewers[part["reviewer"]], at=at)
        for address in plan.get("invited", ()):
            self._assign(round, address=address, at=at)
        return round

    def _assign(self, round: Round, *, at: datetime, **whom: Any) -> None:
        assign_reviewer(round, due_on=round.due_on, by=self.editor, today=at.date(), at=at, **whom)

    def _review(self, script: dict[str, Any], *, round: Round, at: datetime) -> None:
        if script.get("invited"):
            return
        assignment = round.assignments.get(reviewer=self.reviewers[script["reviewer"]])
        statement = script.get("conflict", "")
        review = accept_invitation(assignment, conflict="declared" if statement else "none", statement=statement, at=at)
        self._marks(script, review=review, at=at)
        if not script.get("drafted"):
            self._answers(script, review=review)
            submit_review(review, at=at + timedelta(hours=2))

    def _marks(self, script: dict[str, Any], *, review: Review, at: datetime) -> None:
        round = review.round
        levels = {level.name: level for level in round.scale.levels.all()}
        blank = {"could_not_assess": "", "flaws": [], "confidence": "", "certainty": "", "rationale": ""}
        for claim, mark in zip(round.claims.all(), script["marks"], strict=False):
            said = {**blank, **mark, "level": levels.get(mark.get("level", ""))}
            if claim.asks_for_source and said["level"]:
                said.setdefault("attribution", "not_identifiable")
            record_mark(review, claim=claim, version=0, at=at, **said)
        unread = {"quote": "", "locator": "", "risk_of_bias": "", "directness": "", "indirect_in": []}
        for appraisal in script["appraisals"]:
            said = {**unread, **appraisal}
            citation = self._citation(said.pop("claim"), name=said.pop("source"), round=round)
            record_appraisal(review, citation=citation, version=0, at=at, **said)

    def _citation(self, number: int, *, name: str, round: Round) -> RoundCitation:
        doi = next(source["doi"] for source in self.script["sources"] if source["name"] == name)
        return RoundCitation.objects.get(claim__round=round, claim__number=number, source__doi=doi)

    def _answers(self, script: dict[str, Any], *, review: Review) -> None:
        for instrument in review.round.instruments.all():
            items = [item.key for item in instrument.form.items]
            given = [str(answer) for answer in script[instrument.slug]]
            sheet = review.sheets.filter(instrument=instrument).first()  # one may be there, by what was carried over
            answers = {item: answer for item, answer in zip(items, given, strict=True) if answer}
            record_answers(review, instrument=instrument, version=sheet.version if sheet else 0, answers=answers)
        record_omissions(review, version=0, omissions=script["omissions"], considered=True)
