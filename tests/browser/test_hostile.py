"""Script and markup that people hid in articles, records, remarks and names: it is shown, and it is never carried out.

Every payload of ``tests.hostile.payloads`` stands in the fields below, on the pages that show them, in a real browser:
no dialog, no report of the content security policy, no element or attribute that is not ours.
"""

import html
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from reviews.core.reading.decoding import clean_text
from reviews.core.reading.plain import tidy
from reviews.emails import write
from reviews.jobs.instrument import install_instruments
from reviews.jobs.reading import read_intake
from reviews.jobs.report import compile_report
from reviews.models import Claim, Instrument, Publication, Review, Round, User
from reviews.services.bibliography import receive_bibliography
from tests.factories import (
    NOON,
    AppraisalFactory,
    ClaimFactory,
    EditorFactory,
    FeedEntryFactory,
    FeedFactory,
    IntakeFactory,
    MarkFactory,
    NoticeFactory,
    ReviewFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
    UserFactory,
)
from tests.hostile.payloads import CONTEXTS, PAYLOADS

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN = tuple(dict.fromkeys(tidy(clean_text(payload)) for payload in PAYLOADS))
WATCH = """window.seen = [];
document.addEventListener("securitypolicyviolation", (report) => {
  window.seen.push(`policy: ${report.violatedDirective} ${report.blockedURI} ${report.sample}`);
});"""
FOREIGN = (Path(__file__).parents[1] / "hostile" / "foreign.js").read_text().strip().removesuffix(";")


@dataclass
class Harm:
    """What a browser noticed: by page, and how many pages were looked at."""

    page: Page
    noticed: list[str] = field(default_factory=list)
    looked_at: int = 0

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.noticed.append(f"{self.page.url}: {error}"))

    def _dialog(self, dialog) -> None:
        self.noticed.append(f"{self.page.url}: a dialog, {dialog.message}")
        dialog.dismiss()

    def look(self, *addresses: str) -> str:
        """Open pages, note what is wrong with each, and return the text of the last."""
        for address in addresses:
            answer = self.page.goto(address, wait_until="load")
            assert answer.status == 200, f"{address} answers {answer.status}"
            self.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
            self.page.wait_for_timeout(30)
            self.noticed += [f"{address}: {what}" for what in self.page.evaluate(FOREIGN)]
            self.looked_at += 1
        return self.page.evaluate("document.documentElement.textContent")


@pytest.fixture
def harm(page) -> Harm:
    return Harm(page)


def missing(text: str) -> list[str]:
    """Return the payloads that a page does not show as they were written."""
    plain = " ".join(text.split())
    return [payload for payload in SHOWN if payload not in plain]


def sentence(payload: str) -> str:
    return f"Studies have shown that {payload} shortens a cold by 40 mg."


@pytest.fixture
def editor(transactional_db) -> User:
    install_instruments()
    return EditorFactory(name=SHOWN[0], is_superuser=True)


@pytest.fixture
def article(editor):
    """An article of all payloads, read as plain text, with its title and all that is known of it one."""
    text = "\n\n".join(["A heading of no account", *map(sentence, SHOWN)])
    intake = IntakeFactory(
        received=text.encode(),
        file_name="<img src=x onerror=alert(1)>.txt",
        headers={"server": "<script>alert(1)</script>"},
        article__title=SHOWN[1],
        article__added_by=editor,
        **{f"article__{name}": SHOWN[2] for name in ("publisher", "author", "topic", "vendor", "product")},
    )
    return read_intake(intake, at=NOON).article


@pytest.fixture
def published(article, editor):
    """A closed and published round: every payload is a claim, a reason, a quote, a record and a remark."""
    revision = article.revisions.get()
    Claim.objects.filter(revision=revision).delete()
    claims = [ClaimFactory(revision=revision, quote=payload, wording=payload, state="suggested") for payload in SHOWN]
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(state="accepted")
    instrument = Instrument.objects.get(slug="jama")
    item = instrument.form.items[0]
    instrument.definition = instrument.definition.replace(json.dumps(item.wording), json.dumps(SHOWN[3]))
    instrument.save()
    round = RoundFactory(revision=revision, opened_by=editor, editors=[EditorFactory()], claims=0)
    round.instruments.add(instrument)
    for level in ("misleading", "inaccurate"):
        review = ReviewFactory(round=round, assignment__reviewer__name=SHOWN[4])
        fill(review, level=level)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="complete")
    report = compile_report(Round.objects.get(pk=round.pk), at=NOON)
    return Publication.objects.create(
        article=article, report=report, summary="\n".join(SHOWN), published_at=NOON, published_by=editor
    )


def fill(review: Review, *, level: str) -> None:
    for claim, payload in zip(review.round.claims.order_by("number"), SHOWN, strict=True):
        MarkFactory(review=review, claim=claim, level=level, rationale=payload)
        citation = claim.citations.first() or RoundCitationFactory(
            claim=claim,
            source=SourceFactory(title=payload, authors=payload, container=payload, text=payload, url=payload),
        )
        AppraisalFactory(review=review, citation=citation, quote=payload, locator=payload[:60])
    for number, kind in enumerate(("harms", "dose", "cost")):
        review.omissions.create(kind=kind, note="\n".join(SHOWN[number::3])[:1000])
    for start in range(0, len(SHOWN), 60):
        review.messages.create(
            author=review.assignment.reviewer, text="\n".join(SHOWN[start : start + 60]), sent_at=NOON
        )
    Review.objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)


def test_the_browser_notices_what_is_carried_out(harm):
    """Without this, a test that notices nothing would say nothing."""
    harm.page.set_content("<img src=x onerror=alert(1)><a href='javascript:1'>x</a><script>owned = 1</script>")
    harm.page.wait_for_timeout(200)
    found = harm.page.evaluate(FOREIGN)

    assert [line.rpartition(" ")[2] for line in harm.noticed] == ["1"]
    assert {"owned", "img onerror=alert(1)", "a href=javascript:1"} <= set(found)


def test_nothing_is_carried_out_at_the_desk(harm, article, editor, sign_in):
    began = time.monotonic()
    for context, text in CONTEXTS.items():  # the same once more as pages: as markup, and as the text of one
        for received in (text, html.escape(text)):
            page = f"<html><head><title>{received[:80]}</title><meta name=author content={received[:60]!r}></head>"
            page += f"<body><article><h1>{context}</h1><p>{received.replace(chr(10), '</p><p>')}</p></article></body>"
            read_intake(IntakeFactory(received=page.encode(), form="html", article__title=""), at=NOON)
    feed = FeedFactory(title=SHOWN[5], failures=2, failed_at=NOON, failure=SHOWN[6], seen_at=NOON)
    for payload in SHOWN:
        FeedEntryFactory(feed=feed, title=payload[:300])
        UserFactory(name=payload[:150], verified=False)
    listed = "".join(
        f"TY  - JOUR\nTI  - {payload}\nAU  - {payload}\nN1  - {payload}\nXX  - {payload}\nER  - \n" for payload in SHOWN
    )
    bibliography = receive_bibliography(listed.encode(), file_name=SHOWN[7], by=editor, at=NOON)
    sign_in(harm.page, editor)

    pages = [f"/desk/reviews/article/{row.pk}/change/" for row in type(article).objects.exclude(pk=article.pk)]
    harm.look("/desk/", "/desk/reviews/article/", "/desk/reviews/claim/", *pages)
    harm.look("/desk/reviews/user/", "/desk/reviews/user/?p=2", "/desk/reviews/user/?p=4", "/desk/reviews/feed/")
    harm.look(
        f"/desk/reviews/intake/{article.intakes.get().pk}/change/", f"/desk/reviews/article/{article.pk}/history/"
    )
    shown = [
        harm.look(f"/desk/reviews/article/{article.pk}/change/"),
        harm.look(f"/desk/reviews/feed/{feed.pk}/change/"),
        harm.look(f"/desk/reviews/source/import/{bibliography.pk}/"),
    ]

    assert harm.noticed == []
    assert [missing(text) for text in shown[:1]] == [[]]
    assert time.monotonic() - began < 120


def test_nothing_is_carried_out_on_a_verdict_or_in_a_review(harm, published, editor, sign_in):
    review = Review.objects.first()
    round = published.report.round
    sources = [citation.source_id for citation in round.claims.first().citations.all()]
    verdict = harm.look("/", f"/verdicts/{published.article.slug}/method/", f"/verdicts/{published.article.slug}/")
    sign_in(harm.page, review.assignment.reviewer)
    own = f"/reviews/{review.key}/"
    harm.look("/reviews/", own, f"{own}claims/1/", f"{own}claims/150/", f"{own}claims/250/", f"{own}omissions/")
    harm.look(f"{own}messages/", f"{own}claims/2/history/", f"{own}instruments/jama/", f"{own}outcome/")
    sign_in(harm.page, editor)
    harm.look(reverse("admin:report", args=[published.report.pk]), f"/desk/reviews/round/{round.pk}/change/")
    harm.look("/desk/reviews/source/", "/desk/reviews/source/export/", "/desk/reviews/source/alike/")
    harm.look(*[f"/desk/reviews/source/{pk}/change/" for pk in sources])
    harm.noticed += in_mails(harm.page, review=review, publication=published)

    assert harm.noticed == []
    assert missing(verdict) == []


def in_mails(page: Page, *, review: Review, publication: Publication) -> list[str]:
    """Return what is wrong with the mails about a review: a page without any policy shows them."""
    about = {"recipient": review.assignment.reviewer, "assignment": review.assignment, "round": review.round}
    noticed = []
    page.goto("about:blank")
    for kind in ("invited", "accepted", "due_soon", "overdue", "sent_back", "reply", "round_complete", "published"):
        page.set_content(write(NoticeFactory(kind=kind, report=publication.report, **about)).html)
        # A mail has its style within it.
        found = [what for what in page.evaluate(FOREIGN) if "style" not in what and not what.startswith("<meta")]
        noticed += [f"{kind}: {what}" for what in found]
    return noticed
