"""What other articles said before: proposed with its verdict, confirmed or not by an editor, and taken back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reviews.admin.room import article_before, claims_before, done, editor, number_in, page, room_view
from reviews.gateways.request import is_fragment
from reviews.models import Article, Claim, Likeness, Revision
from reviews.services.likeness import alike_before, say_likeness, take_back_likeness, verdicts_before


@room_view
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """What an article has in common with others: a page, or a part of the article's own.

    A look that did not reach the last claim ends with the address of the next one: a link, which the page follows by
    itself where it can, and then counts on.
    """
    article = article_before(request, pk)
    revision = get_object_or_404(Revision.objects.newest(), article=article)
    after = number_in(request.GET.get("after", ""))
    told = {number_in(key) for key in request.GET.getlist("told")}
    is_part = is_fragment(request)
    look = alike_before(revision, by=editor(request), after=after, told=told)
    found = len(look.claims) + (number_in(request.GET.get("found", "")) if after and is_part else 0)
    rest = [("after", look.rest_after or 0), ("found", found), *(("told", key) for key in look.told)]
    fragment = "reviews/likeness/_next.html" if after else "reviews/likeness/_alike.html"
    return page(
        request,
        fragment if is_part else "reviews/likeness/alike.html",
        title=gettext("Seen before"),
        article=article,
        alike=look,
        found=found,
        rest=urlencode(rest) if look.rest_after else "",
        said=_said_of(request, revision),
    )


@room_view
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a claim is the same as one of another article."""
    claim = get_object_or_404(claims_before(request), pk=pk)
    other = get_object_or_404(claims_before(request), pk=number_in(request.POST.get("other", "")))
    is_same = request.POST.get("same") == "yes"
    said = (
        gettext("Linked: the two are one claim. Each keeps its own verdict.")
        if is_same
        else gettext("Not proposed again.")
    )
    by, at = editor(request), timezone.now()
    done(request, lambda: say_likeness(claim, other=other, is_same=is_same, by=by, at=at), said=said)
    return redirect(_back(claim.revision.article_id))


@room_view
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was said of two claims."""
    seen = claims_before(request).values("pk")
    rows = Likeness.objects.standing().filter(claim__in=seen, other__in=seen)
    likeness = get_object_or_404(rows.select_related("claim__revision", "other__revision"), pk=pk)
    take_back_likeness(likeness, by=editor(request), at=timezone.now())
    wanted = number_in(request.POST.get("article", ""))
    articles = {likeness.claim.revision.article_id, likeness.other.revision.article_id}
    return redirect(_back(wanted if wanted in articles else likeness.other.revision.article_id))


def _said_of(request: HttpRequest, revision: Revision) -> list[dict[str, Any]]:
    """Return what was said of the claims of a text and others on this desk: both claims, who, when, the verdict."""
    mine = revision.claims.all()
    standing: QuerySet[Likeness] = Likeness.objects.standing().of(mine)
    rows = list(
        standing.filter(
            claim__revision__article__in=Article.objects.before(editor(request)),
            other__revision__article__in=Article.objects.before(editor(request)),
        ).select_related("claim__revision__article", "other__revision__article", "said_by")
    )
    pairs = [(row, *_sides(row, revision)) for row in rows]
    verdicts = verdicts_before((other.pk for _, _, other in pairs), by=editor(request))
    return [
        {"likeness": row, "claim": claim, "other": other, "earlier": verdicts.get(other.pk)}
        for row, claim, other in pairs
    ]


def _sides(likeness: Likeness, revision: Revision) -> tuple[Claim, Claim]:
    """Return the claim of this text first, and the other one."""
    if likeness.claim.revision_id == revision.pk:
        return likeness.claim, likeness.other
    return likeness.other, likeness.claim


def _back(article: int) -> str:
    return reverse("admin:reviews_article_change", args=[article]) + "#alike"
