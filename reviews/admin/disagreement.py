"""Where a panel disagrees, claim by claim: never of a held claim that this editor has not marked or renounced."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from reviews.admin.report import told
from reviews.admin.room import editor, page, room_view, round_before
from reviews.core.judging.agreement import ordinal_variation
from reviews.models import Verdict

FILTERS = {
    "harm_line": _("across the harm line"),
    "stance": _("sources read in opposite ways"),
    "high_harm": _("high harm"),
}
DEPTHS = ((0.0, _("of one mind"), "green"), (1 / 3, _("somewhat divided"), "blue"), (2 / 3, _("divided"), "amber"))
DEEPEST = (_("deeply divided"), "red")


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/disagreement/", disagreement, name="round-disagreement"),
    ]


@dataclass(frozen=True)
class Divided:
    """One claim as far as the panel is divided on it. ``variation`` is 0 where all say the same, 1 where half of them
    are at either end; ``sure`` is how many are sure; ``opposed`` are the sources that some read as supporting and
    others as contradicting the claim, with how many of each.
    """

    claim: dict[str, Any]
    variation: float
    sure: int
    crosses_harm_line: bool
    opposed: tuple[tuple[Any, int, int], ...]

    @property
    def depth(self) -> tuple[StrPromise, str]:
        """How deep the division is, in words and in a colour."""
        return next(((words, colour) for most, words, colour in DEPTHS if self.variation <= most), DEEPEST)

    def is_in(self, chosen: str) -> bool:
        """Whether a filter shows this claim."""
        shown: dict[str, bool] = {
            "harm_line": self.crosses_harm_line,
            "stance": bool(self.opposed),
            "high_harm": self.claim["is_high_harm"],
        }
        return shown.get(chosen, True)


@room_view
def disagreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The claims of a compiled round, the most divided first; those that are veiled stand apart, in their own order."""
    round = round_before(request, pk)
    report = round.reports.order_by("-number").first()
    if report is None:
        raise Http404
    veiled = Verdict.objects.veiled_from(editor(request)).claims_of(round)
    levels = {level.name: level for level in round.scale.levels.all()}
    claims = [told(claim, levels=levels, veiled=veiled) for claim in report.body["claims"]]
    seen = list(_most_divided_first(claims, scale=report.body["scale"]))
    chosen = request.GET.get("show", "")
    return page(
        request,
        "reviews/report/disagreement.html",
        title=gettext("Where the panel disagrees"),
        round=round,
        report=report,
        shown=[one for one in seen if one.is_in(chosen)],
        veiled=[one for one in claims if one.get("veiled") and (chosen != "high_harm" or one["is_high_harm"])],
        filters=[(name, words, sum(one.is_in(name) for one in seen)) for name, words in FILTERS.items()],
        chosen=chosen if chosen in FILTERS else "",
        total=len(seen),
    )


def _most_divided_first(claims: Iterable[dict[str, Any]], *, scale: list[dict[str, Any]]) -> list[Divided]:
    divided = [_divided(claim, scale=scale) for claim in claims if not claim.get("veiled")]
    return sorted(divided, key=lambda one: (-one.variation, -one.sure, one.claim["number"]))


def _divided(claim: dict[str, Any], *, scale: list[dict[str, Any]]) -> Divided:
    counts = claim["panel"]["counts"]
    on_axis = [level for level in scale if level["position"] is not None and counts.get(level["name"])]
    return Divided(
        claim,
        variation=ordinal_variation([counts.get(level["name"], 0) for level in scale]) or 0.0,
        sure=claim["confidence"].get("high", 0),
        crosses_harm_line=len({level["beyond_harm_line"] for level in on_axis}) == 2,
        opposed=tuple(_opposed(claim)),
    )


def _opposed(claim: dict[str, Any]) -> Iterable[tuple[Any, int, int]]:
    for source in claim["sources"]:
        counts = source["stance"]["counts"] if source["stance"] else {}
        if counts.get("supports") and counts.get("contradicts"):
            yield source["reference"], counts["supports"], counts["contradicts"]
