"""Claims that other articles made before: found, told with their verdicts, and linked where an editor says so."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.contrib.postgres.search import TrigramSimilarity
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet

from reviews.core.phrases import Phrase
from reviews.core.reading.likeness import SAME, SPUN_ARTICLE, Judgement, Texts, judged
from reviews.errors import ClaimsOfOneArticle, LikenessWasSaid
from reviews.models import Article, Claim, Level, Likeness, Publication, Revision, Round, User, Verdict

LEAST_TRIGRAMS = 0.35
"""The trigram similarity from which PostgreSQL proposes a claim for a closer look.

Of the labelled pairs none that is worth a look has less than 0.38; each tenth below costs more than twice the time.
"""
AT_ONCE = 0.5
"""Seconds after which a look stops, behind the claim that it is at: the others are another look."""
MOST_PROPOSED, MOST_CANDIDATES, MOST_ARTICLES = 3, 20, 20


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
    """What an article has in common with others on an editor's desk, as far as one look went over its claims.

    ``first`` and ``last`` count the claims that were looked at, from 1; both are 0 where there is none. ``told`` are
    the articles that this look or one before it has proposed, by their keys.
    """

    articles: list[ArticleAlike]
    claims: list[tuple[Claim, list[Proposed]]]
    first: int
    last: int
    total: int
    rest_after: int | None
    told: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.total

    @property
    def looked_at(self) -> int:
        return self.last - self.first + 1 if self.last else 0

    @property
    def has_enough_articles(self) -> bool:
        return len(self.told) >= MOST_ARTICLES


def alike_before(revision: Revision, *, by: User, after: int = 0, told: Collection[int] = ()) -> Alike:
    """Return the articles and claims on an editor's desk that are like this text and its claims, the most alike first.

    A look takes as many claims as half a second lets it, and one at least, from behind the one with the key ``after``,
    or from the first where no claim of the text has that key any more. Verdicts are told where they are published, or
    where the editor may see the round and the ruling. What somebody has said already of a pair is left out, and so are
    the articles that a look before has ``told``. One query for each claim, and a fixed number besides.
    """
    mine = list(_compared(revision))
    first = next((place for place, claim in enumerate(mine, start=1) if claim.pk == after), 0)
    pairs = _candidates(mine[first:], revision=revision, by=by)
    last = first + len(pairs)
    said = {(one.claim_id, one.other_id) for one in Likeness.objects.standing().of([claim for claim, _ in pairs])}
    found = [(claim, _proposed(claim, others, said=said)) for claim, others in pairs]
    verdicts = verdicts_before((one.claim.pk for _, proposals in found for one in proposals), by=by)
    theirs = {other.pk: other for _, others in pairs for other in others}
    articles = _articles_alike(revision, claims=theirs.values(), by=by, told=told)
    return Alike(
        articles=articles,
        claims=[
            (claim, [_with_verdict(one, verdicts.get(one.claim.pk)) for one in proposals])
            for claim, proposals in found
            if proposals
        ],
        first=first + 1 if pairs else 0,
        last=last if pairs else 0,
        total=len(mine),
        rest_after=mine[last - 1].pk if last < len(mine) else None,
        told=(*told, *(one.article.pk for one in articles)),
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


def _compared(revision: Revision) -> QuerySet[Claim]:
    """Return the claims of a text that are compared: those on its list first, then the suggestions by their rank."""
    wanted = Claim.objects.filter(revision=revision, state__in=("accepted", "suggested"))
    return wanted.order_by("state", F("rank").asc(nulls_first=True), "pk")


def _candidates(claims: Iterable[Claim], *, revision: Revision, by: User) -> list[tuple[Claim, list[Claim]]]:
    """Return for each claim, until the time is over, those of other articles that share the most trigrams with it."""
    others = (
        Claim.objects.filter(state="accepted", revision__article__in=Article.objects.before(by))
        .exclude(revision__article=revision.article_id)
        .select_related("revision__article")
        .defer("revision__text", "revision__build")
    )
    found: list[tuple[Claim, list[Claim]]] = []
    began = monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_TRIGRAMS)])
        for claim in claims:
            near = others.filter(wording__trigram_similar=claim.wording)
            ranked = near.order_by(TrigramSimilarity("wording", claim.wording).desc(), "pk")
            found.append((claim, list(ranked[:MOST_CANDIDATES])))
            if monotonic() - began > AT_ONCE:
                break
    return found


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


def _articles_alike(
    revision: Revision, *, claims: Iterable[Claim], by: User, told: Collection[int]
) -> list[ArticleAlike]:
    """Return the articles whose texts are alike, of those that share the most claims, and of those with this very text;
    no more than lets all looks together tell MOST_ARTICLES.
    """
    left = MOST_ARTICLES - len(told)
    if left <= 0:
        return []
    near: dict[int, int] = defaultdict(int)
    for claim in claims:
        near[claim.revision.article_id] += 1
    likely = sorted(near.keys() - set(told), key=lambda article: (-near[article], article))[:MOST_ARTICLES]
    others: QuerySet[Revision] = (
        Revision.objects.newest()
        .filter(article__in=Article.objects.before(by))
        .exclude(article__in=[revision.article_id, *told])
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
    return sorted(found, key=lambda one: -one.likeness)[:left]
