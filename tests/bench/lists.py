"""The lists of the desk with 50,000 articles, and its search, beside a bare page of the desk: ratios within one run.

    ASSAY_BENCH=1 ./assay test tests/bench/lists.py -s

The rows are those of ``desk.py``, and a source to every tenth claim.
"""

import os

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from reviews.models import Article
from tests.bench.desk import ARTICLES, fill, median, seconds
from tests.factories import EditorFactory, ScaleFactory

MOST = 25.0
"""Times a bare page: on the machines that we have some 150 ms, which nobody waits for."""
ROUNDS = 7

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.bench.desk"),
    pytest.mark.skipif("ASSAY_BENCH" not in os.environ, reason="a benchmark: ASSAY_BENCH=1 runs it"),
]

SOURCES = """
SET session_replication_role = replica;
INSERT INTO reviews_source (title, kind, authors, editors, container, year, volume, issue, pages, publisher, doi, pmid,
                            pmcid, nct, isbn, url, design, text, retraction, retraction_note, publication_types,
                            keywords)
SELECT 'Moonflower and sleep, trial ' || n, '', 'Selene, Luna', '', 'Journal of Herbs', 2019, '', '', '', '',
       '10.5555/' || n, '', '', '', '', '', 'randomised_trial', 'Sleep onset was shortened.', 'none', '', '{}', '{}'
FROM generate_series(1, 25000) n;
INSERT INTO reviews_citation (claim_id, source_id, origin)
SELECT c.id, s.first + c.id % 25000, 'editor' FROM reviews_claim c, (SELECT min(id) AS first FROM reviews_source) s
WHERE c.id % 10 = 0;
SET session_replication_role = origin;
ANALYZE;
"""

PAGES = {
    "articles": ("admin:reviews_article_changelist", ""),
    "articles, by stage": ("admin:reviews_article_changelist", "stage=published&o=5"),
    "articles, mine": ("admin:reviews_article_changelist", "mine=yes"),
    "articles, middle page": ("admin:reviews_article_changelist", "p=500"),
    "articles, last page": ("admin:reviews_article_changelist", "p=1000"),
    "articles, with words": ("admin:reviews_article_changelist", "q=moonflower+4711"),
    "articles, a common word": ("admin:reviews_article_changelist", "q=moonflower"),
    "articles, word and stage": ("admin:reviews_article_changelist", "q=moonflower&stage=curating"),
    "claims": ("admin:reviews_claim_changelist", ""),
    "claims, a common word": ("admin:reviews_claim_changelist", "q=nights"),
    "claims, suggested": ("admin:reviews_claim_changelist", "state__exact=suggested"),
    "claims, without a source": ("admin:reviews_claim_changelist", "cited=no"),
    "sources": ("admin:reviews_source_changelist", ""),
    "sources, of no claim": ("admin:reviews_source_changelist", "used=no"),
    "rounds": ("admin:reviews_round_changelist", ""),
    "rounds, open": ("admin:reviews_round_changelist", "state=open&o=3"),
    "rounds, a common word": ("admin:reviews_round_changelist", "q=moonflower"),
    "rounds, open, a common word": ("admin:reviews_round_changelist", "q=moonflower&state=open"),
    "the board": ("admin:index", ""),
    "search, a rare word": ("admin:search", "q=4711"),
    "search, misspelt": ("admin:search", "q=monflowr+4711"),
    "search, a common word": ("admin:search", "q=moonflower"),
    "search, a phrase": ("admin:search", "q=%22restless+nights%22"),
    "search, without a word": ("admin:search", "q=moonflower+-4711"),
    "search, nothing": ("admin:search", "q=zzzzzz"),
}

OWN = {
    "own articles": ("admin:reviews_article_changelist", ""),
    "own articles, a common word": ("admin:reviews_article_changelist", "q=moonflower"),
    "own rounds, a common word": ("admin:reviews_round_changelist", "q=moonflower"),
    "own search, a common word": ("admin:search", "q=moonflower"),
}
"""By an editor who has forty articles, the oldest of all."""

ENDED = {
    "search, a phrase of common words that no text has": ("admin:search", "q=%22nights+moonflower+restless%22"),
    "articles, the same phrase": ("admin:reviews_article_changelist", "q=%22nights+moonflower+restless%22"),
}
MOST_ENDED = 250.0
"""What the database is stopped at: to look through every text takes ten times as long."""


def owner() -> Client:
    """Return the browser of an editor of the forty oldest articles."""
    person = EditorFactory(role="own")
    oldest = list(Article.objects.order_by("added_at").values_list("pk", flat=True)[:40])
    Article.objects.filter(pk__in=oldest).update(editor=person)
    client = Client()
    client.force_login(person)
    return client


def ratios_of(pages: dict[str, tuple[str, str]], *, client: Client, bare: float) -> dict[str, float]:
    """Return how many times as long as a bare page each takes, the first call of it aside."""
    ratios = {}
    for name, (door, query) in pages.items():
        address = f"{reverse(door)}?{query}"
        assert client.get(address).status_code == 200, address
        ratios[name] = median([seconds(lambda where=address: client.get(where)) for _ in range(ROUNDS)]) / bare
    return ratios


def test_lists_and_search_stay_near_a_bare_page(capsys):
    editor = EditorFactory()
    fill(editor.pk, ScaleFactory().pk)
    with connection.cursor() as cursor:
        cursor.execute(SOURCES)
    client = Client()
    client.force_login(editor)
    assert client.get(reverse("bare")).status_code == 200
    bare = median([seconds(lambda: client.get(reverse("bare"))) for _ in range(15)])
    ratios = ratios_of(PAGES, client=client, bare=bare) | ratios_of(OWN, client=owner(), bare=bare)
    ended = ratios_of(ENDED, client=client, bare=bare)

    with capsys.disabled():
        print(f"\n{ARTICLES:,} articles; a bare page takes {bare * 1000:.1f} ms; times as long take:")
        for name, ratio in (ratios | ended).items():
            print(f"  {name:<52}{ratio:>7.1f}")
    assert {name: ratio for name, ratio in ended.items() if ratio > MOST_ENDED} == {}
    assert {name: ratio for name, ratio in ratios.items() if ratio > MOST} == {}
