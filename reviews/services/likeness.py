"""Claims that other articles made before: found, told with their verdicts, and linked where an editor says so."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from reviews.core.phrases import Phrase
from reviews.core.reading.likeness import SAME, SPUN_ARTICLE, Judgement, Texts, judged
from reviews.errors import ClaimsOfOneArticle, LikenessWasSaid
from reviews.models import Article, Claim, Level, Likeness, Publication, Revision, Round, User, Verdict

LEAST_TRIGRAMS = 0.35
"""The trigram similarity from which PostgreSQL proposes a claim for a closer look.

Of the labelled pairs none that is worth a look has less than 0.38; each tenth below costs more than twice the time.
"""
MOST_COMPARED, MOST_PROPOSED, MOST_CANDIDATES, MOST_ARTICLES = 60, 3, 20, 20
CANDIDATES = """
    SELECT mine.id, theirs.id
    FROM (
        SELECT id, wording FROM reviews_claim
        WHERE revision_id = %(revision)s AND state IN ('accepted', 'suggested')
        ORDER BY state, rank NULLS FIRST, id LIMIT %(compared)s
    ) mine
    CROSS JOIN LATERAL (
        SELECT c.id FROM reviews_claim c JOIN reviews_revision r ON r.id = c.revision_id
        WHERE c.state = 'accepted' AND r.article_id <> %(article)s AND c.wording %% mine.wording
        ORDER BY similarity(c.wording, mine.wording) DESC, c.id LIMIT %(candidates)s
    ) theirs
"""


@dataclass(frozen=True)
class Earlier:
    """What a panel found of a claim, as far as the editor may know: its label, when, and where it stands."""

    level: Level | None
    at: datetime
    publication: Publication | None
    report: int | None


@dataclass(frozen=True)
class Proposed:
    """A claim of another article that may be this one."""

    claim: Claim
    judgement: Judgement
    likeness: float
    why: tuple[Phrase, ...]
    earlier: Earlier | None = None

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


@dataclass(frozen=True)
class ArticleAlike:
    """An article whose text is so like another's that one may be the other one spun."""

    article: Article
    likeness: float
    is_same_text: bool

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


@dataclass(frozen=True)
class Alike:
    """What an article has in common with others on an editor's desk."""

    articles: list[ArticleAlike] = field(default_factory=list)
    claims: list[tuple[Claim, list[Proposed]]] = field(default_factory=list)


def alike_before(revision: Revision, *, by: User) -> Alike:
    """Return the articles and claims on an editor's desk that are like this text and its claims, the most alike first.

    Verdicts are told where they are published, or where the editor may see the round and the ruling. What somebody has
    said already of a pair is left out. A fixed number of queries, however many claims there are.
    """
    pairs = _candidates(revision)
    theirs = {
        claim.pk: claim
        for claim in Claim.objects.filter(
            pk__in={other for _, others in pairs for other in others},
            revision__article__in=Article.objects.before(by),
        ).select_related("revision__article")
    }
    mine = Claim.objects.in_bulk([claim for claim, _ in pairs])
    said = {(one.claim_id, one.other_id) for one in Likeness.objects.standing().of(list(mine.values()))}
    found = [
        (mine[key], _proposed(mine[key], [theirs[other] for other in others if other in theirs], said=said))
        for key, others in pairs
    ]
    verdicts = verdicts_before((one.claim.pk for _, proposals in found for one in proposals), by=by)
    return Alike(
        articles=_articles_alike(revision, claims=theirs.values(), by=by),
        claims=[
            (claim, [_with_verdict(one, verdicts.get(one.claim.pk)) for one in proposals])
            for claim, proposals in found
            if proposals
        ],
    )


def verdicts_before(claims: Iterable[int], *, by: User) -> dict[int, Earlier]:
    """Return for claims, by their keys, the newest verdict that this editor may know of.

    Of a round that is kept from the editor only what readers see; of a held claim nothing before its ruling.
    """
    found: dict[int, Earlier] = {}
    rulings = (
        Verdict.objects.filter(claim__claim__in=set(claims))
        .select_related("claim", "report__round__scale", "report__publication__article")
        .prefetch_related("report__round__scale__levels")
        .order_by("report__compiled_at")
    )
    own = set(Round.objects.before(by).filter(reports__verdicts__in=rulings).values_list("pk", flat=True))
    veiled = set(rulings.veiled_from(by).values_list("pk", flat=True)) | set(
        rulings.undecided().values_list("pk", flat=True)
    )
    newest = set(rulings.filter(report__next=None).values_list("pk", flat=True))
    for ruling in rulings:
        publication = getattr(ruling.report, "publication", None)
        is_public = publication is not None and publication.withdrawn_at is None
        is_seen = ruling.report.round_id in own and ruling.pk in newest and ruling.pk not in veiled
        if is_public or is_seen:
            found[ruling.claim.claim_id] = Earlier(
                level=_level_of(ruling),
                at=publication.published_at if is_public and publication else ruling.report.compiled_at,
                publication=publication if is_public else None,
                report=ruling.report_id if is_seen else None,
            )
    return found


@transaction.atomic
def say_likeness(claim: Claim, *, other: Claim, is_same: bool, by: User, at: datetime) -> Likeness:
    """Write down that two claims of different articles are one, or are not; no verdict goes over by it.

    Raises ClaimsOfOneArticle, LikenessWasSaid.
    """
    if claim.revision.article_id == other.revision.article_id:
        raise ClaimsOfOneArticle
    first, second = sorted((claim, other), key=lambda one: one.pk)
    try:
        with transaction.atomic():
            return Likeness.objects.create(claim=first, other=second, is_same=is_same, said_by=by, said_at=at)
    except IntegrityError as error:
        raise LikenessWasSaid from error


def take_back_likeness(likeness: Likeness, *, by: User, at: datetime) -> None:
    """Take back what was said of two claims; twice is once."""
    Likeness.objects.standing().filter(pk=likeness.pk).update(undone_by=by, undone_at=at)


def _candidates(revision: Revision) -> list[tuple[int, list[int]]]:
    """Return for each claim of a text the claims of other articles that share the most trigrams with it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_TRIGRAMS)])
        cursor.execute(
            CANDIDATES,
            {
                "revision": revision.pk,
                "article": revision.article_id,
                "compared": MOST_COMPARED,
                "candidates": MOST_CANDIDATES,
            },
        )
        found: dict[int, list[int]] = defaultdict(list)
        for claim, other in cursor.fetchall():
            found[claim].append(other)
    return list(found.items())


def _proposed(claim: Claim, others: list[Claim], *, said: set[tuple[int, int]]) -> list[Proposed]:
    """Return the closest claim of each article, the most alike first."""
    open_ = [other for other in others if (min(claim.pk, other.pk), max(claim.pk, other.pk)) not in said]
    if not open_:
        return []
    values = Texts([claim.wording, *(other.wording for other in others)]).likeness_to(claim.wording)
    likeness = dict(zip([other.pk for other in others], values[1:].tolist(), strict=True))
    best: dict[int, Proposed] = {}
    for other in sorted(open_, key=lambda other: -likeness[other.pk]):
        judgement, why = judged(claim.wording, other.wording, likeness=likeness[other.pk])
        if judgement != "different":
            best.setdefault(other.revision.article_id, Proposed(other, judgement, likeness[other.pk], why))
    return sorted(best.values(), key=lambda one: (one.judgement != SAME, -one.likeness))[:MOST_PROPOSED]


def _with_verdict(one: Proposed, earlier: Earlier | None) -> Proposed:
    return Proposed(one.claim, one.judgement, one.likeness, one.why, earlier)


def _level_of(ruling: Verdict) -> Level | None:
    return next((level for level in ruling.report.round.scale.levels.all() if level.name == ruling.final), None)


def _articles_alike(revision: Revision, *, claims: Iterable[Claim], by: User) -> list[ArticleAlike]:
    near: dict[int, int] = defaultdict(int)
    for claim in claims:
        near[claim.revision.article_id] += 1
    likely = sorted(near, key=lambda article: -near[article])[:MOST_ARTICLES]
    others: QuerySet[Revision] = (
        Revision.objects.newest()
        .filter(article__in=Article.objects.before(by))
        .exclude(article=revision.article_id)
        .select_related("article")
    )
    listed = [*others.filter(sha256=revision.sha256)[:MOST_ARTICLES], *others.filter(article__in=likely)]
    texts = {other.article_id: other for other in listed}
    values = Texts([revision.text, *(other.text for other in texts.values())]).likeness_to(revision.text)[1:].tolist()
    found = [
        ArticleAlike(other.article, likeness, other.sha256 == revision.sha256)
        for other, likeness in zip(texts.values(), values, strict=True)
        if likeness >= SPUN_ARTICLE
    ]
    return sorted(found, key=lambda one: -one.likeness)
