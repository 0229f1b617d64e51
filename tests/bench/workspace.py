"""What a reviewer waits for: opening the workspace (a claim, the overview), saving a mark, listing the queue.

./assay test tests/bench/workspace.py -q -s

An article of 200 claims and 60 sources before a panel, with 10, 100 and 1,000 marks in it: 10 and 100 of the reviewer's
own; 1,000 are the own 200 and those of four others. Each page is asked for through the whole stack of middleware by a
reviewer who is signed in, in turn with a bare view (``tests/bench/bare.py``) that makes the same statements and answers
with the values they bring: no page, no forms, no rules. A save sends all that stands in the form, as a browser does.
BEGIN, COMMIT and savepoints are not counted as statements. It prints, and fails only where a page is not answered:
machines differ.
"""

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from lxml import html

from portal.garbage import settle
from reviews.jobs.instrument import install_instruments
from reviews.models import Appraisal, Claim, Instrument, Mark, Review, RoundCitation, RoundClaim
from tests.factories import NOON, ReviewFactory, RevisionFactory, RoundFactory, ScaleFactory, SourceFactory

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMS, SOURCES, RUNS, PEERS = 200, 60, 60, 4
MARKS = (10, 100, 1_000)
SENTENCE = "Drinking cup {} of moonflower tea an hour before bed was said to shorten the way to sleep by minutes."
CUES = (("vague_attribution", "was said"), ("number", "an hour"))

Ask = Callable[[], HttpResponse]


@dataclass
class Timing:
    """Milliseconds of each run, by the wall and by this process's CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.wall)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.wall, n=20)[-1]

    def run(self, ask: Callable[[], HttpResponse]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask()
        self.wall.append((time.perf_counter() - wall) * 1_000)
        self.cpu.append((time.process_time() - cpu) * 1_000)
        assert answer.status_code == 200, answer.status_code
        self.size = len(answer.content)

    def count(self, ask: Callable[[], HttpResponse]) -> None:
        with CaptureQueriesContext(connection) as captured:
            ask()
        ends = re.compile(r"(?:^|; ?)(?:BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)")  # the trail's context may go before
        self.statements = sum(not ends.search(query["sql"]) for query in captured)


@pytest.fixture(autouse=True)
def as_in_production() -> Iterator[None]:
    """Render as outside of tests, where templates are copied for whoever asks, and collect garbage as a web process.

    Both hold for the bare view as well.
    """
    thresholds = gc.get_threshold()
    teardown_test_environment()
    settle()
    yield
    setup_test_environment()
    gc.unfreeze()
    gc.set_threshold(*thresholds)


@pytest.fixture
def review(transactional_db) -> Review:
    install_instruments()
    text = "\n\n".join(SENTENCE.format(number) for number in range(CLAIMS))
    revision = RevisionFactory(text=text)
    round = RoundFactory(revision=revision, scale=ScaleFactory(), claims=0)
    round.instruments.set(Instrument.objects.current().filter(about="article"))
    sources = SourceFactory.create_batch(SOURCES)
    for number in range(CLAIMS):
        quote = SENTENCE.format(number)
        start = text.index(quote)
        claim = Claim.objects.create(
            revision=revision,
            state="accepted",
            wording=quote,
            quote=quote,
            kind="effect",
            start=start,
            end=start + len(quote),
        )
        standing = RoundClaim.objects.create(
            round=round,
            claim=claim,
            number=number + 1,
            wording=quote,
            kind="effect",
            quote=quote,
            start=start,
            end=start + len(quote),
            is_headline=False,
            is_high_harm=False,
        )
        for kind, words in CUES:
            place = start + quote.index(words)
            revision.cues.create(kind=kind, start=place, end=place + len(words), reason=f"“{words}” of cup {number}.")
        source = sources[number % SOURCES]
        RoundCitation.objects.create(claim=standing, source=source, record=source.record.as_csl(), origin="editor")
    return ReviewFactory(round=round)


def mark(review: Review, number: int) -> None:
    """Mark the first claims of a review that are not marked yet, until there are as many marks as that."""
    level = review.round.scale.levels.get(name="misleading")
    marked = review.marks.count()
    claims = list(review.round.claims.order_by("number")[marked:number])
    Mark.objects.bulk_create(
        Mark(review=review, claim=claim, level=level, rationale="As the sources say.", version=1, saved_at=NOON)
        for claim in claims
    )
    Appraisal.objects.bulk_create(
        Appraisal(review=review, citation=citation, stance="mixed", version=1, saved_at=NOON)
        for citation in RoundCitation.objects.filter(claim__in=claims)
    )


def stages(review: Review) -> Iterator[int]:
    """Yield each number of marks when the panel has made that many."""
    for marks in MARKS:
        mark(review, min(marks, CLAIMS))
        if marks > CLAIMS:
            for _ in range(PEERS):
                mark(ReviewFactory(round=review.round), CLAIMS)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield marks


def form_on(page: bytes) -> dict[str, list[str]]:
    """Return what a browser would send of the form that is saved as it is typed, with every value of a name."""
    (form,) = html.fromstring(page).xpath("//form[@data-autosave]")
    sent: dict[str, list[str]] = {}
    for control in form.xpath(".//input[not(@type='radio' or @type='checkbox') or @checked] | .//textarea | .//select"):
        match control.tag:
            case "select":
                (value,) = control.xpath("./option[@selected]/@value") or control.xpath("./option[1]/@value")
            case "textarea":
                value = (control.text or "").removeprefix("\n")
            case _:
                value = control.get("value", "")
        sent.setdefault(control.get("name"), []).append(value)
    return sent


def journeys(client: Client, review: Review) -> dict[str, tuple[Ask, Ask]]:
    """Return, for each thing that a reviewer waits for, the page and its bare counterpart."""
    claim = f"/reviews/{review.key}/claims/5/"
    script = {"HTTP_HX_REQUEST": "true"}
    said = form_on(client.get(claim).content)
    version = count(int(said["mark-version"][0]))

    def save(address: str, **headers: str) -> HttpResponse:
        saved = next(version)
        typed = {"mark-version": str(saved), "mark-rationale": f"Version {saved} of my reasons."}
        return client.post(address, {**said, **typed}, **headers)

    return {
        "open a claim": (lambda: client.get(claim), lambda: client.get(f"/bare/open/{review.key}/5/")),
        "open the overview": (
            lambda: client.get(f"/reviews/{review.key}/"),
            lambda: client.get(f"/bare/overview/{review.key}/"),
        ),
        "save a mark": (lambda: save(claim, **script), lambda: save(f"/bare/save/{review.key}/5/")),
        "list the queue": (lambda: client.get("/reviews/"), lambda: client.get("/bare/queue/")),
    }


@override_settings(ROOT_URLCONF="tests.bench.bare")
def test_what_a_reviewer_waits_for(review):
    client = Client()
    client.force_login(review.assignment.reviewer, backend=settings.AUTHENTICATION_BACKENDS[0])
    line = "{:<20} {:>6} {:>8} {:>8} {:>8} {:>9} {:>9} {:>7} {:>6} {:>7} {:>8}"
    heads = ("", "marks", "p50 ms", "p95 ms", "CPU ms", "bare p50", "bare CPU", "times", "SQL", "bare", "bytes")
    print("\n" + line.format(*heads))
    medians: dict[str, list[float]] = {}
    for marks in stages(review):
        for name, (ours, bare) in journeys(client, review).items():
            mine, plain = Timing(), Timing()
            mine.count(ours)
            plain.count(bare)
            for _ in range(RUNS):
                mine.run(ours)
                plain.run(bare)
            medians.setdefault(name, []).append(mine.p50)
            print(
                line.format(
                    name,
                    marks,
                    f"{mine.p50:.1f}",
                    f"{mine.p95:.1f}",
                    f"{statistics.median(mine.cpu):.1f}",
                    f"{plain.p50:.1f}",
                    f"{statistics.median(plain.cpu):.1f}",
                    f"{mine.p50 / plain.p50:.2f}",
                    mine.statements,
                    plain.statements,
                    mine.size,
                )
            )
    for name, found in medians.items():
        print(f"{name}: {found[-1] / found[0]:.2f} times as long at {MARKS[-1]} marks as at {MARKS[0]}")
