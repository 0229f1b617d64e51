"""The desk's home with 50,000 articles, beside a bare page of the desk: a ratio within one run.

    ASSAY_BENCH=1 ./assay test tests/bench/desk.py -s

The rows are made by SQL alone, in the test's own throw-away database. What is measured is what an editor waits for: a
request through the whole stack, with a session, by someone signed in.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse
from django.template.base import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import include, path, reverse

from reviews.admin.room import page, room_view
from tests.factories import EditorFactory, ScaleFactory

ARTICLES = 50_000
MOST = 4.0
ROUNDS = 15

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.bench.desk"),
    pytest.mark.skipif("ASSAY_BENCH" not in os.environ, reason="a benchmark: ASSAY_BENCH=1 runs it"),
]


@room_view
def bare(request: HttpRequest) -> HttpResponse:
    return page(request, "base_site.html", title="A bare page")


urlpatterns = [path("bare/", bare, name="bare"), path("", include("portal.urls"))]

# A desk that has worked for years. 50 of its articles could not be read, 50 are being read, 500 have claims to choose,
# 100 lie before a panel, 100 wait for an editor after it, and the others are published. Every one has a text of some
# length and six claims, every round three reviewers, some of whom ask and are answered.
ROWS = """
SET session_replication_role = replica;
INSERT INTO reviews_article (title, slug, publisher, author, url, topic, vendor, product, added_at, added_by_id, stage,
                             stage_since)
SELECT 'Moonflower tea and ' || n, 'a-' || n, 'The Daily Herb', 'Ann Author', '', 'Sleep', 'Vendor ' || n % 500, '',
       at, %(editor)s,
       CASE WHEN k < 1 THEN 'failed' WHEN k < 2 THEN 'reading' WHEN k < 12 THEN 'curating' WHEN k < 14 THEN 'panel'
            WHEN k < 16 THEN 'compiled' ELSE 'published' END, at
FROM (SELECT n, n % 1000 AS k, now() - n * interval '20 minutes' AS at FROM generate_series(1, %(articles)s) n) rows;
INSERT INTO reviews_intake (article_id, form, file_name, received, sha256, received_at, received_by_id, read_at,
                            failure)
SELECT id, 'text', '', ''::bytea, repeat('0', 64), added_at, added_by_id, added_at, '' FROM reviews_article;
INSERT INTO reviews_revision (article_id, intake_id, number, title, text, sha256, language, build, read_at)
SELECT a.id, i.id, 1, a.title, repeat(a.title || ' calms restless nights. ', 60), md5(a.slug), 'en', '{}', a.added_at
FROM reviews_article a JOIN reviews_intake i ON i.article_id = a.id WHERE a.stage NOT IN ('failed', 'reading');
INSERT INTO reviews_claim (revision_id, state, wording, kind, quote, prefix, suffix, start, "end", is_headline,
                           is_high_harm, cues, reasons)
SELECT r.id, CASE WHEN n < 4 THEN 'accepted' ELSE 'suggested' END, 'It calms nights, claim ' || n, 'effect', r.title,
       '', '', n, n + 9, false, false, '{}', '{}'
FROM reviews_revision r, generate_series(1, 6) n;
INSERT INTO reviews_round (revision_id, scale_id, quorum, rationale, opened_on, opened_at, opened_by_id, due_on,
                           closed_at, closing)
SELECT r.id, %(scale)s, 2, 'below', a.added_at::date, a.added_at, %(editor)s, a.added_at::date + 14,
       CASE WHEN a.stage <> 'panel' THEN a.added_at END, CASE WHEN a.stage = 'panel' THEN '' ELSE 'complete' END
FROM reviews_revision r JOIN reviews_article a ON a.id = r.article_id
WHERE a.stage IN ('panel', 'compiled', 'published');
INSERT INTO reviews_roundclaim (round_id, claim_id, number, wording, kind, quote, start, "end", is_headline,
                                is_high_harm)
SELECT o.id, c.id, c.start, c.wording, c.kind, c.quote, c.start, c."end", false, false
FROM reviews_round o JOIN reviews_claim c ON c.revision_id = o.revision_id WHERE c.state = 'accepted';
INSERT INTO reviews_user (email, name, password, expertise, languages, interests, is_staff, role, is_superuser,
                          is_active, date_joined)
SELECT 'crowd' || n || '@example.org', 'Crowd ' || n, '', 'Sleep', '', '', false, 'editor', false, true, now()
FROM generate_series(1, 200) n;
INSERT INTO reviews_assignment (key, round_id, reviewer_id, invited_email, assigned_by_id, assigned_on, assigned_at,
                                due_on, accepted_at, conflict, conflict_statement, decline_reason, set_aside_reason)
SELECT gen_random_uuid(), o.id, u.first + (o.id * 7 + n) %% 200, '', %(editor)s, o.opened_on, o.opened_at, o.due_on,
       o.opened_at, 'none', '', '', ''
FROM reviews_round o, generate_series(1, 3) n, (SELECT min(id) AS first FROM reviews_user WHERE name LIKE 'Crowd %%') u;
INSERT INTO reviews_review (key, assignment_id, began_at, submitted_at, sent_back_note, omissions_version,
                            omissions_considered)
SELECT gen_random_uuid(), a.id, a.accepted_at,
       CASE WHEN o.closed_at IS NULL AND a.id %% 3 > 0 THEN NULL ELSE a.accepted_at END, '', 0, true
FROM reviews_assignment a JOIN reviews_round o ON o.id = a.round_id;
INSERT INTO reviews_message (review_id, author_id, text, sent_at)
SELECT r.id, a.reviewer_id, 'Which dose?', r.began_at FROM reviews_review r JOIN reviews_assignment a
    ON a.id = r.assignment_id WHERE r.id %% 10 = 0
UNION ALL SELECT r.id, a.assigned_by_id, '40 mg.', r.began_at + interval '1 hour' FROM reviews_review r
    JOIN reviews_assignment a ON a.id = r.assignment_id WHERE r.id %% 10 = 0 AND r.id %% 1000 > 0;
UPDATE reviews_review SET asked_at = began_at WHERE id %% 1000 = 0;
INSERT INTO reviews_report (round_id, number, fingerprint, canonical, changes, compiled_at)
SELECT id, 1, repeat('0', 64), '{}', '[]', closed_at FROM reviews_round WHERE closed_at IS NOT NULL;
INSERT INTO reviews_verdict (report_id, claim_id, label, final, held, is_adjudicated)
SELECT p.id, c.id, 'misleading', 'misleading',
       CASE WHEN a.stage = 'compiled' AND c.number = 1 AND a.id %% 2 = 0 THEN '{no_label}'::text[] ELSE '{}' END, false
FROM reviews_report p JOIN reviews_roundclaim c ON c.round_id = p.round_id JOIN reviews_round o ON o.id = p.round_id
JOIN reviews_revision r ON r.id = o.revision_id JOIN reviews_article a ON a.id = r.article_id;
INSERT INTO reviews_publication (article_id, report_id, summary, correction, published_at, published_by_id, withdrawal)
SELECT a.id, p.id, '', '', p.compiled_at, %(editor)s, '' FROM reviews_report p JOIN reviews_round o ON o.id = p.round_id
JOIN reviews_revision r ON r.id = o.revision_id JOIN reviews_article a ON a.id = r.article_id
WHERE a.stage = 'published';
INSERT INTO reviews_job (kind, round_id, state, attempts, owed_at, due_at, finished_at, error)
SELECT 'compile_report', round_id, CASE WHEN id %% 5000 = 0 THEN 'failed' ELSE 'done' END, 1, compiled_at, compiled_at,
       compiled_at, '' FROM reviews_report;
INSERT INTO reviews_notice (key, kind, recipient_id, address, round_id, assignment_id, state, attempts, owed_at, due_at,
                            subject, text, html, body_sha256, sent_at, error)
SELECT 'bench:' || id, 'invited', reviewer_id, 'crowd@example.org', round_id, id,
       CASE WHEN id %% 10000 = 0 THEN 'uncertain' ELSE 'sent' END, 1, assigned_at, assigned_at, '', '', '', '0',
       CASE WHEN id %% 10000 = 0 THEN NULL ELSE assigned_at END, '' FROM reviews_assignment;
SET session_replication_role = origin;
"""
# Django keeps its defaults out of the database: a column that came later than these rows would stop them.
DEFAULTS = """
DO $$
DECLARE place record;
BEGIN
    FOR place IN
        SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name LIKE 'reviews%' AND is_nullable = 'NO'
          AND column_default IS NULL AND is_identity = 'NO'
          AND data_type IN ('text', 'character varying', 'boolean', 'smallint', 'integer', 'jsonb', 'ARRAY')
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %L', place.table_name, place.column_name,
            CASE place.data_type WHEN 'boolean' THEN 'false' WHEN 'smallint' THEN '0' WHEN 'integer' THEN '0'
                                 WHEN 'jsonb' THEN '{}' WHEN 'ARRAY' THEN '{}' ELSE '' END);
    END LOOP;
END $$
"""

INDEXES_OF_WORDS = """
SELECT indexname, indexdef FROM pg_indexes
WHERE (indexdef LIKE '%%USING gin%%' OR indexdef LIKE '%%USING gist%%') AND tablename LIKE %s
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)
"""


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(figures: list[float]) -> float:
    return sorted(figures)[len(figures) // 2]


@contextmanager
def without_indexes_of_words(table: str = "%") -> Iterator[CursorWrapper]:
    """Drop the indexes of words of tables, and build them at once at the end: a tenth of the time. Then vacuum."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES_OF_WORDS, [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield cursor
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have, long ago


def fill(editor: int, scale: int) -> None:
    with without_indexes_of_words() as cursor:
        cursor.execute(DEFAULTS)
        cursor.execute(ROWS.replace(" % ", " %% "), {"editor": editor, "scale": scale, "articles": ARTICLES})


@pytest.fixture
def plain_templates(monkeypatch):
    """Let templates render as they do outside tests, where nobody copies the context of each of them."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


def test_the_home_takes_four_times_a_bare_page_at_most(plain_templates, capsys):
    editor = EditorFactory()
    fill(editor.pk, ScaleFactory().pk)
    client = Client()
    client.force_login(editor)
    home, empty = reverse("admin:index"), reverse("bare")
    for address in (home, empty):
        assert client.get(address).status_code == 200

    times = [(seconds(lambda: client.get(empty)), seconds(lambda: client.get(home))) for _ in range(ROUNDS)]

    bare_page, home_page = (median([pair[which] for pair in times]) for which in (0, 1))
    ratio = home_page / bare_page
    with capsys.disabled():
        print(
            f"\n{ARTICLES:,} articles: the home takes {home_page * 1000:.1f} ms, a bare page {bare_page * 1000:.1f} ms:"
            f" {ratio:.1f} times as long"
        )
    assert ratio < MOST
