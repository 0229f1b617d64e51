"""The room that every page of a review is shown in: the article on one side, a pane of work on the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from reviews.errors import ChangedElsewhere, Refusal
from reviews.forms.draft import DraftForm, Words, beside
from reviews.gateways.request import is_fragment
from reviews.models import Review, User
from reviews.services.outline import Outline, outline_of
from reviews.services.progress import SheetWork
from reviews.views.text import shelves_of

Row = TypeVar("Row")


SHOWN = (
    *("key", "began_at", "submitted_at", "sent_back_note", "omissions_version", "omissions_considered"),
    *(f"assignment__{name}" for name in ("reviewer", "due_on", "withdrawn_at", "declined_at", "released_at")),
    *(f"assignment__round__{name}" for name in ("revision", "scale", "rationale", "closed_at")),
    *(f"assignment__round__revision__article__{name}" for name in ("title", "publisher", "author", "url")),
    "assignment__round__revision__article__published_on",
)
"""What the pages of a review show or go by: the rows of its round, text and article are wide."""


class ReviewerRequest(HttpRequest):
    """A request of somebody who is signed in: no other comes this far."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Part:
    """A form of a page after it was, or was not, saved.

    ``refusal`` is why not. ``saved`` is what another tab saved in the meantime, where that is why. ``row`` is what is
    saved now, where anything is, and ``saved_version`` its version, where the form was saved just now.
    """

    form: DraftForm
    state: Literal["shown", "saved", "invalid", "refused", "changed"] = "shown"
    refusal: str = ""
    saved: DraftForm | None = None
    row: Any = None
    saved_version: int = 0

    @property
    def prefix(self) -> str:
        """What the names of the form's fields begin with."""
        return str(self.form.prefix)

    @property
    def version(self) -> str:
        """The version that the screen is made from after this; as it was sent, where that was not saved."""
        version = self.saved_version if self.state == "saved" else self.form["version"].value()
        return "" if version is None else str(version)

    @property
    def is_safe(self) -> bool:
        return self.state in {"shown", "saved"}

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Label, own words and saved words, where two tabs have said different things."""
        return beside(self.form, self.saved) if self.saved else []

    @property
    def typed(self) -> list[Words]:
        """What was filled in and could not be saved."""
        return [words for words in self.form.in_words() if words.words]


def held_review(request: ReviewerRequest, key: UUID, *, for_writing: bool = False) -> Review:
    """Return the person's own review, open or not; anybody else's is not there.

    Of its round and article only ``SHOWN`` is read. ``for_writing`` locks the review until the end of the transaction,
    so that its parts change one after the other.
    """
    reviews = Review.objects.held_by(request.user).only(*SHOWN)
    if for_writing:
        reviews = reviews.select_for_update(of=("self",))
    return get_object_or_404(reviews, key=key)


def was_sent(request: ReviewerRequest, *, prefix: str) -> bool:
    """Whether the page that was sent had a form on it: one that came since then must not be emptied by it."""
    return f"{prefix}-version" in request.POST


def save_draft(form: DraftForm, *, row: Row, record: Callable[..., Row], shown: Callable[[Row], DraftForm]) -> Part:
    """Save a form by a service that takes ``version`` and what was said; ``shown`` makes a form of a saved row.

    ``row`` is what is saved now, and the form's initial values say the same: where nothing differs from them there is
    nothing to write, and no question of versions.
    """
    if not form.is_valid():
        return Part(form, state="invalid", refusal=_("Not saved yet: something here needs another look."))
    if not form.differs():
        return Part(form, state="saved", row=row, saved_version=form.initial["version"])
    try:
        row = record(version=form.base_version, **form.said())
    except ChangedElsewhere as changed:
        return Part(form, state="changed", refusal=str(changed), saved=shown(changed.current), row=changed.current)
    except Refusal as refusal:
        return Part(form, state="refused", refusal=str(refusal), row=row)
    return Part(form, state="saved", row=row, saved_version=form.version_of(row))


def render_pane(
    request: ReviewerRequest,
    review: Review,
    *,
    pane: str,
    title: str,
    parts: Sequence[Part] = (),
    current: int | None = None,
    outline: Outline | None = None,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Render ``reviews/_<pane>.html``: alone for a script, inside the workspace otherwise.

    ``outline`` is the review's, where it was read already. ``parts`` are the forms of the pane; where one could not be
    saved the answer is 422, and still the whole pane.
    """
    outline = outline or outline_of(review)
    address = reverse("reviews:review", args=[review.key])
    page = {
        "review": review,
        "address": address,
        "csrf_token": get_token(request),  # once: each form would have one of its own drawn by lot
        "article": review.round.revision.article,
        "outline": outline,
        "rooms": _rooms(outline, claim=current or 1),
        "room": f"claims/{current}/" if current else request.path.removeprefix(address),
        "pane": f"reviews/_{pane}.html",
        "title": title,
        "current": current,
        "saving": saving_of(parts),
        "trouble": next((part.form.prefix for part in parts if not part.is_safe), None),
        "now": timezone.now(),
        "today": timezone.localdate(),
        **context,
    }
    name = "reviews/_pane.html"
    if not is_fragment(request):
        page |= {"shelves": shelves_of(outline)}
        name = "reviews/workspace.html"
    safe = all(part.is_safe for part in parts)
    response = render(request, name, page, status=200 if safe else 422)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _rooms(outline: Outline, *, claim: int) -> list[tuple[str, str]]:
    """Return where the rooms of a review are, from its own address on, and what they are called."""
    return [
        ("", _("Overview")),
        *([(f"claims/{claim}/", _("Claims"))] if outline.places else []),
        *((f"instruments/{sheet.slug}/", sheet.title) for sheet in outline.sheets),
        ("omissions/", _("Left out")),
        ("messages/", _("Messages")),
    ]


def render_saved(
    request: ReviewerRequest, review: Review, *, pane: str, parts: Sequence[Part], context: Mapping[str, Any]
) -> HttpResponse:
    """Render ``reviews/_<pane>_saved.html``, for a script that saved: what changed on the page, and no form again.

    Where a part could not be saved the answer is 422, and says why.
    """
    page = {
        "review": review,
        "parts": parts,
        "saving": saving_of(parts),
        "trouble": next((part.form.prefix for part in parts if not part.is_safe), None),
        "now": timezone.now(),
        **context,
    }
    safe = all(part.is_safe for part in parts)
    return render(request, f"reviews/_{pane}_saved.html", page, status=200 if safe else 422)


def saving_of(parts: Sequence[Part]) -> str:
    """Return the state of a page's forms as one word: ``shown``, ``saved``, ``conflict``, or ``failed``."""
    states = {part.state for part in parts}
    if "changed" in states:
        return "conflict"
    if states & {"invalid", "refused"}:
        return "failed"
    return "saved" if "saved" in states else "shown"


def sheet_work_of(sheets: Sequence[SheetWork], slug: str) -> SheetWork:
    """Return one instrument of a review; one that the round does not ask is not there."""
    for work in sheets:
        if work.instrument.slug == slug:
            return work
    raise Http404
