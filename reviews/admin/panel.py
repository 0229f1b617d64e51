"""Panels for many rounds at once: chosen together, seen before anything happens, asked with one word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin.chooser import Chooser, Row, choosers_for
from reviews.admin.room import editor, number_in, page, room_view, rounds_before
from reviews.errors import PreviewOvertaken, Refusal
from reviews.forms.panel import PanelForm, SizeForm
from reviews.models import Round, User
from reviews.services.asking import Foreseen, Wish, ask_together, foresee, seen_of

MOST_ROUNDS = 40
OTHERS_SHOWN = 8
SALT = "requests that an editor has seen"
LONGEST_LOOK = 24 * 60 * 60
"""Seconds after which a preview is too old to be confirmed."""

TOO_OLD = _("This preview is too old, or not yours: look at it once more.")


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("panels/", panels, name="rounds-panels"),
        path("ask/", ask, name="rounds-ask"),
    ]


class Back(NamedTuple):
    """The door that a preview came from, and what has to be sent there to change the choice."""

    door: str
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """One round on the page where panels are chosen: its form, and the people with whether each is ticked."""

    round: Round
    chooser: Chooser
    form: PanelForm
    rows: Sequence[tuple[Row, bool]]


@room_view
def panels(request: HttpRequest) -> HttpResponse:
    """Choose the panels of several rounds, with a proposal for all of them together; then show what that comes to."""
    rounds = chosen_rounds(request)
    if not rounds:
        messages.info(request, gettext("Choose open rounds of which you may see the work."))
        return redirect("admin:reviews_round_changelist")
    size = SizeForm(request.POST or request.GET)
    today = timezone.localdate()
    is_choosing = request.method == "POST" and "propose" not in request.POST
    choosers = choosers_for(rounds, request=request, size=size.said(), today=today)
    choices = [
        _choice(request, round, chooser=chooser, is_choosing=is_choosing)
        for round, chooser in zip(rounds, choosers, strict=True)
    ]
    nobody = False
    are_valid = all(choice.form.is_valid() for choice in choices) if is_choosing else False
    if are_valid and "back" not in request.POST:
        wishes = [wish for choice in choices for wish in _wishes(choice)]
        if wishes:
            return preview(request, wishes, back=_way_back(choices))
        nobody = True
    return page(
        request,
        "reviews/panel/panels.html",
        title=gettext("Panels for several rounds"),
        choices=choices,
        size=size,
        nobody=nobody,
    )


@room_view
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Do what a preview has shown: ask everybody, or say what is different now and ask nobody."""
    by, now = editor(request), timezone.now()
    try:
        kept = signing.loads(request.POST.get("seen", ""), salt=SALT, max_age=LONGEST_LOOK)
        wishes = _kept_wishes(request, kept)
    except (signing.BadSignature, LookupError):
        messages.error(request, TOO_OLD)
        return redirect("admin:reviews_round_changelist")
    try:
        asked = ask_together(wishes, seen=kept["told"], by=by, today=timezone.localdate(now), at=now)
    except PreviewOvertaken as overtaken:
        return preview(request, wishes, back=Back(*kept["back"]), differences=overtaken.differences, refusal=overtaken)
    except Refusal as refusal:
        return preview(request, wishes, back=Back(*kept["back"]), refusal=refusal)
    rounds = len({request.round_id for request in asked})
    requests = ngettext("%(count)s request", "%(count)s requests", len(asked)) % {"count": len(asked)}
    of_rounds = ngettext(
        "%(requests)s for %(count)s round: the invitations are on their way.",
        "%(requests)s for %(count)s rounds: the invitations are on their way.",
        rounds,
    )
    messages.success(request, of_rounds % {"requests": requests, "count": rounds})
    return redirect("admin:reviews_round_changelist")


def preview(
    request: HttpRequest,
    wishes: Sequence[Wish],
    *,
    back: Back,
    skipped: int = 0,
    differences: Sequence[str] = (),
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show who gets what and which mails go out. Nothing has happened yet."""
    by, now = editor(request), timezone.now()
    foreseen = foresee(wishes, by=by, today=timezone.localdate(now), at=now)
    kept = {"by": by.pk, "wishes": [_kept(wish) for wish in wishes], "told": seen_of(foreseen), "back": back}
    return page(
        request,
        "reviews/panel/preview.html",
        title=gettext("Before anybody is asked"),
        people=_by_person(foreseen),
        refused=[one for one in foreseen if one.refusal],
        against=[one for one in foreseen if one.against],
        rounds=len({one.wish.round.pk for one in foreseen}),
        requests=len(foreseen),
        mails=sorted(Counter(one.mail for one in foreseen if not one.refusal).items()),
        skipped=skipped,
        differences=differences,
        refusal=refusal,
        seen=signing.dumps(kept, salt=SALT, compress=True),
        back=back,
    )


def chosen_rounds(request: HttpRequest) -> list[Round]:
    """Return the open rounds that were chosen, those that are due first, at most 40."""
    named = request.POST.getlist("rounds") or request.GET.getlist("rounds")
    rounds = rounds_before(request).open().filter(pk__in=[number_in(pk) for pk in named])
    return list(
        rounds.select_related("revision__article").defer("revision__text").order_by("due_on", "pk")[:MOST_ROUNDS]
    )


def _choice(request: HttpRequest, round: Round, *, chooser: Chooser, is_choosing: bool) -> Choice:
    askable = [row for row in chooser.rows if row.can_be_asked]
    form = PanelForm(
        request.POST if is_choosing else None,
        prefix=str(round.pk),
        today=timezone.localdate(),
        people=[row.person for row in askable],
        initial={"due_on": round.due_on},
    )
    named = {number_in(pk) for pk in request.POST.getlist(form.add_prefix("people"))} if is_choosing else None
    ticked = [row for row in askable if (row.standing.is_proposed if named is None else row.person.pk in named)]
    others = [row for row in askable if row not in ticked][:OTHERS_SHOWN]
    return Choice(round, chooser, form, [*((row, True) for row in ticked), *((row, False) for row in others)])


def _wishes(choice: Choice) -> list[Wish]:
    people = {row.person.pk: row.person for row in choice.chooser.rows}
    chosen = choice.form.cleaned_data
    return [Wish(choice.round, people[pk], "", chosen["due_on"]) for pk in chosen["people"]]


def _way_back(choices: Sequence[Choice]) -> Back:
    said = [
        [("rounds", str(choice.round.pk)), (choice.form.add_prefix("due_on"), str(choice.form.cleaned_data["due_on"]))]
        + [(choice.form.add_prefix("people"), str(pk)) for pk in choice.form.cleaned_data["people"]]
        for choice in choices
    ]
    return Back("admin:rounds-panels", [pair for pairs in said for pair in pairs])


def _kept(wish: Wish) -> tuple[int, int | None, str, str]:
    return wish.round.pk, wish.reviewer.pk if wish.reviewer else None, wish.address, wish.due_on.isoformat()


def _kept_wishes(request: HttpRequest, kept: Mapping[str, Any]) -> list[Wish]:
    """Return the wishes of a preview. Raises LookupError where it is another's, or a round is not on the desk now."""
    if kept["by"] != editor(request).pk:
        raise LookupError
    rounds = rounds_before(request).select_related("revision__article").defer("revision__text")
    found = {round.pk: round for round in rounds.filter(pk__in={wish[0] for wish in kept["wishes"]})}
    people = {
        person.pk: person for person in User.objects.filter(pk__in={wish[1] for wish in kept["wishes"] if wish[1]})
    }
    return [
        Wish(found[round], people[person] if person else None, address, date.fromisoformat(due_on))
        for round, person, address, due_on in kept["wishes"]
    ]


def _by_person(foreseen: Sequence[Foreseen]) -> list[tuple[str, list[Foreseen]]]:
    """Return what each person gets, in the order of their names."""
    people: dict[str, list[Foreseen]] = {}
    for one in foreseen:
        people.setdefault(one.wish.key.split(" ", 1)[1], []).append(one)
    return sorted(((some[0].wish.who, some) for some in people.values()), key=lambda pair: pair[0].lower())
