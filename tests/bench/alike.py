"""Who made these claims before, asked of 50,000 articles: beside a bare page of the desk, as a ratio within one run.

    ASSAY_BENCH=1 ./assay test tests/bench/alike.py -s

The rows are those of ``desk.py``, their claims worded anew: eight words each of what such articles talk of, drawn at
random, so that some share half their words with a claim that is asked about, and most share one or two. The article
that is looked at has six claims, as its neighbours have, and sixty. A page takes a look at some claims and ends with
the address of the next: what an editor waits for is one look, however many there are to take.
"""

import html
import os
import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Claim, Revision
from tests.bench.desk import ARTICLES, fill, median, seconds, without_indexes_of_words
from tests.factories import EditorFactory, ScaleFactory

ROUNDS = 3
MOST_GROWTH = 2.0
NEXT_LOOK = re.compile(r'hx-get="([^"]+\?after=[^"]+)"')
WORDS = (
    "tea herbs capsules drops lenses vitamins magnesium zinc iron fish oil garlic ginger turmeric honey vinegar "
    "coffee chocolate salt sugar fibre protein fasting breathing walking yoga massage light sleep naps baths "
    "music prayer lower raise halve double prevent reverse cure ease calm restore protect harm damage weaken "
    "strengthen slow speed blood pressure heart liver kidney brain memory mood anxiety migraine pain joints bones "
    "skin hair nails eyes vision gut bowel stomach weight appetite hunger thirst energy fatigue immunity "
    "infection colds flu fever cough asthma allergies cancer diabetes stroke dementia depression pregnancy "
    "menopause puberty ageing children women men adults older healthy ill daily nightly weekly within days weeks "
    "months trials doctors studies mice cells people patients "
)
REWORDED = """
SET session_replication_role = replica;
SELECT setseed(0.4);
UPDATE reviews_claim SET wording = initcap(w[1]) || ' ' || array_to_string(w[2:8], ' ') || '.'
FROM (
    SELECT id, ARRAY(SELECT (%(words)s::text[])[1 + floor(random() * %(count)s)] FROM generate_series(1, 8) n
                     WHERE c.id > 0) AS w
    FROM reviews_claim c
) drawn WHERE drawn.id = reviews_claim.id;
SET session_replication_role = origin;
"""

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.bench.desk"),
    pytest.mark.skipif("ASSAY_BENCH" not in os.environ, reason="a benchmark: ASSAY_BENCH=1 runs it"),
]


def reword() -> None:
    with without_indexes_of_words("reviews_claim") as cursor:
        cursor.execute(REWORDED, {"words": WORDS.split(), "count": len(WORDS.split())})


def lend_claims(to: Revision, *, count: int) -> None:
    """Let a text have so many claims, those of its neighbours said once more in other words."""
    others = Claim.objects.exclude(revision=to).order_by("pk")[: count - to.claims.count()]
    Claim.objects.bulk_create(
        Claim(revision=to, wording=f"{one.wording[:-1]} at once.", quote=to.text[n : n + 9], start=n, end=n + 9)
        for n, one in enumerate(others, 100)
    )


def looks(client: Client, address: str | None) -> list[float]:
    """Return the seconds of every look that it takes to compare all claims of a text."""
    took: list[float] = []
    while address:
        began = time.perf_counter()
        page = client.get(address)
        took.append(time.perf_counter() - began)
        found = NEXT_LOOK.search(page.content.decode())
        address = html.unescape(found[1]) if found else None
    return took


def test_a_look_for_claims_made_before_takes_no_longer_for_sixty_claims_than_for_six(capsys):
    editor = EditorFactory()
    fill(editor.pk, ScaleFactory().pk)
    reword()
    client = Client()
    client.force_login(editor)
    bare = reverse("bare")
    revision = Revision.objects.filter(article__stage="curating").latest("pk")
    address = reverse("admin:article-alike", args=[revision.article_id])

    took = {}
    for claims in (revision.claims.count(), 60):
        lend_claims(revision, count=claims)
        assert client.get(address).status_code == 200
        rounds = [(seconds(lambda: client.get(bare)), looks(client, address)) for _ in range(ROUNDS)]
        empty = median([page for page, _ in rounds])
        took[claims] = sorted(rounds, key=lambda one: sum(one[1]))[ROUNDS // 2][1]
        with capsys.disabled():
            print(
                f"\n{ARTICLES:,} articles, {Claim.objects.count():,} claims, {claims} of them looked for:"
                f" {len(took[claims])} looks, the longest {max(took[claims]):.1f} s or {max(took[claims]) / empty:,.0f}"
                f" times a bare page, all of them {sum(took[claims]):.1f} s"
            )

    few, many = (max(each) for each in took.values())
    assert many / few < MOST_GROWTH
