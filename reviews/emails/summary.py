"""Mails about what a panel found: the report for an editor, and for a reviewer how their marks compare."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from reviews.emails import links
from reviews.emails.letter import Letter, compose
from reviews.emails.round import round_of
from reviews.models import Mark, Notice, Report, Review, SecondMark, User, Verdict, standing_marks

Ruling = Mapping[str, Any]
"""What a report says of one claim: an item of ``claims`` in its body."""


OPEN_TITLES = {"disputed": _("Held for an editor"), "left_open": _("Left open"), "pending": _("No verdict yet")}


class NoReport(ValueError):
    """This mail is about a report, and its row names none; or it goes to nobody with an account."""


@dataclass(frozen=True)
class Comparison:
    """One claim: the panel's ruling beside one reviewer's own mark. ``agrees`` is unset where there is nothing to
    compare.
    """

    number: int
    wording: str
    verdict: str
    status: str
    panel: str
    own: str
    agrees: bool | None
    words: str


@dataclass(frozen=True)
class Label:
    """How many claims have one verdict, ``open`` where that is none; ``percent`` is the length of its bar, 100 for the
    commonest.
    """

    name: str
    title: StrOrPromise
    count: int
    percent: int


def editor_summary(notice: Notice) -> Letter:
    """Send an editor the report; of a claim that is held from this editor only that it is held."""
    report, editor = _report_and_reader(notice)
    round = round_of(notice)
    hidden = Verdict.objects.veiled_from(editor).claims_of(round)
    finding = report.finding_told(veiled=hidden)
    return compose(
        notice,
        report=report,
        round=round,
        article=round.revision.article,
        finding=finding["words"] if finding else "",
        reviews=report.body["reviewers"],
        claims=[shown_to_editor(ruling, hidden=hidden) for ruling in report.body["claims"]],
        hidden=len(hidden),
        changes=report.changes_told(veiled=hidden),
        labels=list(labels_of(report, hidden=hidden)),
        agreement="" if hidden else report.body["agreement"]["levels"]["words"],
        held=Verdict.objects.held().filter(report=report).count(),
        link=links.to_report(report),
    )


def shown_to_editor(ruling: Ruling, *, hidden: Collection[int]) -> Ruling:
    """Return what a mail may say of a claim: its number and wording, and of a hidden one nothing else."""
    known = {"number": ruling["number"], "wording": ruling["wording"]}
    if ruling["number"] in hidden:
        return {**known, "hidden": True}
    verdict = ruling["verdict"]
    return {
        **known,
        "hidden": False,
        "status": verdict["status"],
        "level": verdict["level"],
        "title": verdict["title"],
        "line": verdict["line"],
        "panel": ruling["panel"]["words"],
        "evidence": ruling["evidence"]["words"],
        "reasons": [reason["words"] for reason in ruling["held"] if verdict["status"] == "disputed"],
    }


def labels_of(report: Report, *, hidden: Collection[int]) -> Iterable[Label]:
    """Yield how many claims have which verdict, as far as there are any; of held and hidden ones only that they are."""
    body = report.body
    counts = Counter(
        "disputed" if ruling["number"] in hidden else ruling["verdict"]["level"] or ruling["verdict"]["status"]
        for ruling in body["claims"]
    )
    scale = {level["name"]: level["title"] for level in body["scale"]}
    titles: dict[str, StrOrPromise] = {**scale, **OPEN_TITLES}
    most = max(counts.values(), default=0)
    for name, title in titles.items():
        if counts[name]:
            percent = round(100 * counts[name] / most)
            yield Label(name=name if name in scale else "open", title=title, count=counts[name], percent=percent)


def reviewer_summary(notice: Notice) -> Letter:
    """Tell a reviewer how the panel ruled, without anybody's name, and how their own marks compare."""
    report, reviewer = _report_and_reader(notice)
    round = round_of(notice)
    review = Review.objects.revealed_to(reviewer).get(assignment__round=round)
    claims = list(compared(report, review=review))
    return compose(
        notice,
        report=report,
        round=round,
        article=round.revision.article,
        finding=report.body["article"]["finding"]["words"],
        claims=claims,
        agreeing=sum(claim.agrees is True for claim in claims),
        comparable=sum(claim.agrees is not None for claim in claims),
        is_set_aside=review.assignment.set_aside_at is not None,
        link=links.to_outcome(review),
    )


def compared(report: Report, *, review: Review) -> Iterable[Comparison]:
    """Yield one comparison for each claim, in order of number."""
    marks = standing_marks(review)
    for ruling in report.body["claims"]:
        verdict = ruling["verdict"]
        mark = marks.get(ruling["number"])
        agrees, words = _compare(mark, verdict=verdict, scale=report.body["scale"])
        yield Comparison(
            number=ruling["number"],
            wording=ruling["wording"],
            verdict=verdict["title"],
            status=verdict["level"] or verdict["status"],
            panel=ruling["panel"]["words"],
            own=mark.level.title if mark and mark.level else gettext("Could not assess"),
            agrees=agrees,
            words=words,
        )


def _compare(mark: Mark | SecondMark | None, *, verdict: Ruling, scale: Iterable[Ruling]) -> tuple[bool | None, str]:
    if mark is None or mark.level is None:
        return None, gettext("You did not assess it.")
    if verdict["level"] is None:
        return None, gettext("There is no verdict to compare with.")
    if mark.level.name == verdict["level"]:
        return True, gettext("As you marked it.")
    return False, _distance(mark.level.name, verdict["level"], scale=scale)


def _distance(own_level: str, final_level: str, *, scale: Iterable[Ruling]) -> str:
    positions = {level["name"]: level["position"] for level in scale}
    own, final = positions[own_level], positions[final_level]
    if own is None or final is None:
        return gettext("You saw it otherwise.")
    apart = abs(own - final)
    if own > final:
        words = ngettext("You were %(count)s level stricter.", "You were %(count)s levels stricter.", apart)
    else:
        words = ngettext("You were %(count)s level milder.", "You were %(count)s levels milder.", apart)
    return words % {"count": apart}


def _report_and_reader(notice: Notice) -> tuple[Report, User]:
    if notice.report is None or notice.recipient is None:
        raise NoReport(f"{notice.kind} {notice.pk}")
    return notice.report, notice.recipient
