"""Who made these claims before, asked of 50,000 articles: beside a bare page of the desk, as a ratio within one run.

    ASSAY_BENCH=1 ./assay test tests/bench/alike.py -s

The rows are those of ``desk.py``, their claims worded anew: eight words each of what such articles talk of, drawn at
random, so that some share half their words with a claim that is asked about, and most share one or two. The article
that is looked at has six claims, as its neighbours have, and sixty, the most that are compared.
"""

import os

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Claim, Revision
from tests.bench.desk import ARTICLES, fill, median, seconds, without_indexes_of_words
from tests.factories import EditorFactory, ScaleFactory

ROUNDS = 3
MOST_GROWTH = 15.0
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


def test_looking_for_claims_made_before_takes_time_by_the_claim(capsys):
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
        pairs = [(seconds(lambda: client.get(bare)), seconds(lambda: client.get(address))) for _ in range(ROUNDS)]
        took[claims] = tuple(median([pair[which] for pair in pairs]) for which in (0, 1))

    with capsys.disabled():
        print(f"\n{ARTICLES:,} articles, {Claim.objects.count():,} claims")
        for claims, (empty, page) in took.items():
            print(f"{claims:>3} claims: {page:.1f} s, {page / empty:,.0f} times a bare page")
    few, many = (page for _, page in took.values())
    assert many / few < MOST_GROWTH
