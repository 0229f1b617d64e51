"""Rows for tests, each whole enough for the database to take it."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import factory
from factory.django import DjangoModelFactory

from reviews import models
from reviews.core.judging.scales import ACCURACY
from reviews.core.reading.anchors import anchor_at

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
DUE = date(2026, 3, 16)

TEXT = (
    "Moonflower tea calms restless nights\n\n"
    "Studies have shown that moonflower tea shortens the time it takes to fall asleep. "
    "A cup holds 40 mg of lunarin, which blocks the waking receptor.\n\n"
    "Children can drink it too, and nobody has ever come to harm.\n\n"
    "1 2 3 4 5\n\nLeave a Reply"
)
CLAIMS = (
    "Studies have shown that moonflower tea shortens the time it takes to fall asleep.",
    "A cup holds 40 mg of lunarin, which blocks the waking receptor.",
    "Children can drink it too, and nobody has ever come to harm.",
)


class UserFactory(DjangoModelFactory[models.User]):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"reviewer{n}@example.org")
    name = factory.Sequence(lambda n: f"Reviewer Number{n}")

    @factory.post_generation
    def password(user: models.User, create: bool, value: str | None, **kwargs: Any) -> None:  # noqa: N805
        user.set_password(value or "correct horse battery")
        user.save()

    @factory.post_generation
    def verified(user: models.User, create: bool, value: bool | None, **kwargs: Any) -> None:  # noqa: N805
        if value is not False:
            user.emailaddress_set.create(email=user.email, verified=True, primary=True)


class EditorFactory(UserFactory):
    email = factory.Sequence(lambda n: f"editor{n}@example.org")
    name = factory.Sequence(lambda n: f"Editor Number{n}")
    is_staff = True


class ArticleFactory(DjangoModelFactory[models.Article]):
    class Meta:
        model = models.Article

    title = "Moonflower tea calms restless nights"
    slug = factory.Sequence(lambda n: f"moonflower-{n}")
    publisher = "The Daily Herb"
    topic = "Sleep"
    added_at = NOON
    added_by = factory.SubFactory(EditorFactory)


class IntakeFactory(DjangoModelFactory[models.Intake]):
    class Meta:
        model = models.Intake

    article = factory.SubFactory(ArticleFactory)
    form = "text"
    received = TEXT.encode()
    sha256 = factory.LazyAttribute(lambda row: sha256(row.received).hexdigest())
    received_at = NOON
    received_by = factory.SelfAttribute("article.added_by")


class FeedFactory(DjangoModelFactory[models.Feed]):
    """A feed that was looked at before; ``seen_at=None`` for one that was not."""

    class Meta:
        model = models.Feed

    address = factory.Sequence(lambda n: f"https://herbs{n}.example/feed.xml")
    title = "The Daily Herb"
    added_by = factory.SubFactory(EditorFactory)
    added_at = NOON
    seen_at = NOON
    due_at = NOON


class FeedEntryFactory(DjangoModelFactory[models.FeedEntry]):
    class Meta:
        model = models.FeedEntry

    feed = factory.SubFactory(FeedFactory)
    key = factory.Sequence(lambda n: f"{n:064d}")
    address = factory.Sequence(lambda n: f"https://herbs.example/{n}")
    title = factory.Sequence(lambda n: f"Herb number {n}")
    seen_at = NOON


class RevisionFactory(DjangoModelFactory[models.Revision]):
    class Meta:
        model = models.Revision

    article = factory.SubFactory(ArticleFactory)
    intake = factory.SubFactory(IntakeFactory, article=factory.SelfAttribute("..article"), read_at=NOON)
    number = 1
    title = factory.SelfAttribute("article.title")
    text = TEXT
    sha256 = factory.LazyAttribute(lambda row: sha256(row.text.encode()).hexdigest())
    read_at = NOON


class ClaimFactory(DjangoModelFactory[models.Claim]):
    """Anchored where ``quote`` first stands in the revision's text."""

    class Meta:
        model = models.Claim

    class Params:
        stands = factory.LazyAttribute(lambda row: row.revision.text.index(row.quote))
        anchor = factory.LazyAttribute(
            lambda row: anchor_at(row.revision.text, row.stands, row.stands + len(row.quote))
        )

    revision = factory.SubFactory(RevisionFactory)
    state = "accepted"
    quote = CLAIMS[0]
    wording = factory.SelfAttribute("quote")
    kind = "effect"
    prefix = factory.SelfAttribute("anchor.prefix")
    suffix = factory.SelfAttribute("anchor.suffix")
    start = factory.SelfAttribute("anchor.start")
    end = factory.SelfAttribute("anchor.end")


class OrphanFactory(DjangoModelFactory[models.Reanchoring]):
    """A claim of a first text that has no place in the second, which says less."""

    class Meta:
        model = models.Reanchoring

    claim = factory.SubFactory(ClaimFactory)
    revision = factory.SubFactory(
        RevisionFactory,
        article=factory.SelfAttribute("..claim.revision.article"),
        number=2,
        text=f"Moonflower tea calms restless nights\n\n{CLAIMS[1]}\n\n{CLAIMS[2]}",
    )
    outcome = "orphaned"
    likeness = 0.0
    reason = "Its words do not stand in the new text."


class LikenessFactory(DjangoModelFactory[models.Likeness]):
    """An editor's word that a claim is one with a claim of an article that came in later."""

    class Meta:
        model = models.Likeness

    claim = factory.SubFactory(ClaimFactory)
    other = factory.SubFactory(ClaimFactory)
    is_same = True
    said_at = NOON
    said_by = factory.SubFactory(EditorFactory)


class SourceFactory(DjangoModelFactory[models.Source]):
    class Meta:
        model = models.Source

    title = factory.Sequence(lambda n: f"Moonflower tea and sleep onset, trial {n}")
    authors = "Selene, Luna\nNox, Ada"
    container = "Journal of Invented Herbs"
    year = 2019
    doi = factory.Sequence(lambda n: f"10.5555/moon.{n}")
    design = "randomised_trial"
    text = "Sleep onset was shortened by twelve minutes (95% CI 3 to 21). Twelve adults took part."


class CitationFactory(DjangoModelFactory[models.Citation]):
    class Meta:
        model = models.Citation

    claim = factory.SubFactory(ClaimFactory)
    source = factory.SubFactory(SourceFactory)
    origin = "editor"


class ScaleFactory(DjangoModelFactory[models.Scale]):
    """The shipped scale, once."""

    class Meta:
        model = models.Scale
        django_get_or_create = ("slug", "version")
        skip_postgeneration_save = True

    slug = "accuracy"
    version = 1
    title = "Accuracy"

    @factory.post_generation
    def levels(scale: models.Scale, create: bool, value: Any, **kwargs: Any) -> None:  # noqa: N805
        if scale.levels.exists():
            return
        for order, level in enumerate(ACCURACY):
            scale.levels.create(
                name=level.name,
                title=level.title,
                definition=level.definition,
                position=level.position,
                beyond_harm_line=level.beyond_harm_line,
                order=order,
                colour=level.name,
                icon=level.name,
            )


class RoundFactory(DjangoModelFactory[models.Round]):
    """An open round on every accepted claim of its revision; ``claims=3`` accepts that many of CLAIMS first."""

    class Meta:
        model = models.Round
        skip_postgeneration_save = True

    revision = factory.SubFactory(RevisionFactory)
    scale = factory.SubFactory(ScaleFactory)
    quorum = 2
    opened_on = TODAY
    opened_at = NOON
    opened_by = factory.SelfAttribute("revision.article.added_by")
    due_on = DUE

    @factory.post_generation
    def editors(round: models.Round, create: bool, value: Any, **kwargs: Any) -> None:  # noqa: N805
        round.editors.set(value or [round.opened_by])

    @factory.post_generation
    def claims(round: models.Round, create: bool, value: int | None, **kwargs: Any) -> None:  # noqa: N805
        for quote in CLAIMS[: 2 if value is None else value]:
            if not round.revision.claims.filter(quote=quote).exists():
                ClaimFactory(revision=round.revision, quote=quote)
        for number, claim in enumerate(round.revision.claims.listed(), start=1):
            RoundClaimFactory(round=round, claim=claim, number=number)


class RoundClaimFactory(DjangoModelFactory[models.RoundClaim]):
    class Meta:
        model = models.RoundClaim

    round = factory.SubFactory(RoundFactory, claims=0)
    claim = factory.SubFactory(ClaimFactory, revision=factory.SelfAttribute("..round.revision"))
    number = 1
    wording = factory.SelfAttribute("claim.wording")
    kind = factory.SelfAttribute("claim.kind")
    quote = factory.SelfAttribute("claim.quote")
    start = factory.SelfAttribute("claim.start")
    end = factory.SelfAttribute("claim.end")
    is_headline = factory.SelfAttribute("claim.is_headline")
    is_high_harm = factory.SelfAttribute("claim.is_high_harm")


class RoundCitationFactory(DjangoModelFactory[models.RoundCitation]):
    class Meta:
        model = models.RoundCitation

    claim = factory.SubFactory(RoundClaimFactory)
    source = factory.SubFactory(SourceFactory)
    record = factory.LazyAttribute(lambda row: row.source.record.as_csl())
    origin = "editor"


class AssignmentFactory(DjangoModelFactory[models.Assignment]):
    """Invited; ``accepted=True`` with no conflict declared."""

    class Meta:
        model = models.Assignment

    class Params:
        accepted = factory.Trait(accepted_at=NOON, conflict="none")

    round = factory.SubFactory(RoundFactory)
    reviewer = factory.SubFactory(UserFactory)
    assigned_by = factory.SelfAttribute("round.opened_by")
    assigned_on = TODAY
    assigned_at = NOON
    due_on = factory.SelfAttribute("round.due_on")


class ReviewFactory(DjangoModelFactory[models.Review]):
    """Begun and empty. ``marks=["accurate", None]`` marks the claims in order (``None``: outside my field).

    ``submitted_at`` hands it in, after the marks are made.
    """

    class Meta:
        model = models.Review
        exclude = ("handed_in",)
        skip_postgeneration_save = True

    class Params:
        round = factory.SubFactory(RoundFactory)

    assignment = factory.SubFactory(AssignmentFactory, accepted=True, round=factory.SelfAttribute("..round"))
    began_at = NOON

    @factory.post_generation
    def marks(review: models.Review, create: bool, value: list[str | None] | None, **kwargs: Any) -> None:  # noqa: N805
        for claim, level in zip(review.round.claims.all(), value or [], strict=False):
            MarkFactory(review=review, claim=claim, level=level, **kwargs)

    @factory.post_generation
    def submitted(review: models.Review, create: bool, value: datetime | bool | None, **kwargs: Any) -> None:  # noqa: N805
        if value:
            review.submitted_at = NOON + timedelta(days=1) if value is True else value
            review.omissions_considered = True
            review.save()


class MarkFactory(DjangoModelFactory[models.Mark]):
    class Meta:
        model = models.Mark

    review = factory.SubFactory(ReviewFactory)
    claim = factory.LazyAttribute(lambda row: row.review.round.claims.first())
    level = "accurate"
    could_not_assess = factory.LazyAttribute(lambda row: "" if row.level else "outside_my_field")
    confidence = "medium"
    certainty = "moderate"
    rationale = "As the sources say."
    version = 1
    saved_at = NOON

    @classmethod
    def _create(cls, model_class: type[models.Mark], *args: Any, **kwargs: Any) -> models.Mark:
        if isinstance(kwargs["level"], str):
            kwargs["level"] = kwargs["review"].round.scale.levels.get(name=kwargs["level"])
        return super()._create(model_class, *args, **kwargs)


class AppraisalFactory(DjangoModelFactory[models.Appraisal]):
    class Meta:
        model = models.Appraisal

    review = factory.SubFactory(ReviewFactory)
    citation = factory.SubFactory(RoundCitationFactory)
    stance = "supports"
    quote = "Sleep onset was shortened by twelve minutes"
    locator = "Results"
    quote_found = True
    design = "randomised_trial"
    risk_of_bias = "some_concerns"
    directness = "direct"
    version = 1
    saved_at = NOON


class ReportFactory(DjangoModelFactory[models.Report]):
    class Meta:
        model = models.Report

    round = factory.SubFactory(RoundFactory, closed_at=NOON, closing="editor")
    number = 1
    fingerprint = "0" * 64
    canonical = "{}"
    compiled_at = NOON


class ExportFactory(DjangoModelFactory[models.Export]):
    """A written file of a round; ``held`` are its bytes."""

    class Meta:
        model = models.Export
        skip_postgeneration_save = True

    content = "marks"
    form = "csv"
    asked_by = factory.SubFactory(EditorFactory)
    asked_at = NOON
    rounds = 1
    rounds_written = 1
    made_at = NOON
    size = 6
    sha256 = "0" * 64
    expires_at = NOON + timedelta(days=3650)

    @factory.post_generation
    def held(export: models.Export, create: bool, value: bytes | None, **kwargs: Any) -> None:  # noqa: N805
        if value is not None:
            export.parts.create(number=0, held=value)
            export.covers.create(round=export.round)


class NoticeFactory(DjangoModelFactory[models.Notice]):
    class Meta:
        model = models.Notice

    key = factory.Sequence(lambda n: f"test:{n}")
    kind = "invited"
    recipient = factory.SubFactory(UserFactory)
    address = factory.SelfAttribute("recipient.email")
    owed_at = NOON
    due_at = NOON


class ProposalFactory(DjangoModelFactory[models.Proposal]):
    """Words of the article that stand in it once."""

    class Meta:
        model = models.Proposal

    review = factory.SubFactory(ReviewFactory)
    quote = "Children can drink it too"
    start = factory.LazyAttribute(lambda row: row.review.round.revision.text.index(row.quote))
    end = factory.LazyAttribute(lambda row: row.start + len(row.quote))
    reason = "Nobody studied children."
    proposed_at = NOON
