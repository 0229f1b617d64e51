"""One search over the whole desk: by words, by spelling, by identifier; only of what may be seen."""

import pytest
from django.db import connection
from django.db.models import BooleanField, Func, Value
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.admin.finding import BEGIN, END, marked
from reviews.models import Article, Source
from reviews.models.words import saying
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    ReviewFactory,
    RevisionFactory,
    RoundCitationFactory,
    RoundFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:search")


def found(desk, words):
    """Return what is found: by kind, what each row is called."""
    page = desk.get(PAGE, {"q": words})
    return {one.kind.name: [str(hit.headline) for hit in one.hits] for one in page.context["findings"]}


@pytest.fixture
def articles(db):
    return [
        ArticleFactory(title="Moonflower tea calms nights", publisher="The Daily Herb", topic="Sleep"),
        ArticleFactory(title="Garlic lowers blood pressure", publisher="The Weekly Root", topic="Heart"),
        ArticleFactory(title="Pressure cookers and garlic", publisher="Kitchen News", topic="Food"),
    ]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("garlic", {"Garlic lowers blood pressure", "Pressure cookers and garlic"}),
        ("calming", {"Moonflower tea calms nights"}),
        ('"blood pressure"', {"Garlic lowers blood pressure"}),
        ('"pressure blood"', set()),
        ("garlic -cookers", {"Garlic lowers blood pressure"}),
        ("moonflower OR cookers", {"Moonflower tea calms nights", "Pressure cookers and garlic"}),
        ("weekly root", {"Garlic lowers blood pressure"}),
        ("monflower", {"Moonflower tea calms nights"}),
        ("garlick presure", {"Garlic lowers blood pressure", "Pressure cookers and garlic"}),
        ("zzzz", set()),
        ("-cookers", set()),
        ("the", set()),
        ("'; DROP TABLE reviews_article; --", set()),
        ("a\x00b & | ! <-> :* (", set()),
    ],
)
def test_an_article_is_found_by_its_words_and_by_words_spelt_nearly_so(desk, articles, words, titles):
    hits = {title.replace("<mark>", "").replace("</mark>", "") for title in found(desk, words).get("article", [])}

    assert hits == titles


def test_what_the_title_says_comes_before_what_the_text_says(desk):
    RevisionFactory(article=ArticleFactory(title="About teas"), text="They say garlic helps.")
    ArticleFactory(title="Garlic")

    assert found(desk, "garlic")["article"] == ["<mark>Garlic</mark>", "About teas"]


def test_the_text_of_an_article_is_shown_around_the_words(desk):
    RevisionFactory(article=ArticleFactory(title="About teas"), text="<b>They</b> say <i>garlic</i> & salt help.")

    page = desk.get(PAGE, {"q": "garlic"}).content.decode()

    assert "<mark>garlic</mark>" in page
    assert "<i>" not in page
    assert "&lt;i&gt;<mark>garlic</mark>&lt;/i&gt; &amp; salt" in page


def test_claims_and_sources_are_found_with_what_stands_beside_them(desk):
    claim = ClaimFactory(wording="Lunarin blocks a receptor.")
    SourceFactory(title="Receptor trials", authors="Selene, Luna", text="Lunarin was given.")

    page = desk.get(PAGE, {"q": "lunarin"})

    kinds = {one.kind.name: one.hits for one in page.context["findings"]}
    assert [hit.beside for hit in kinds["claim"]] == [f"accepted · {claim.revision.article}"]
    assert "<mark>Lunarin</mark> was given" in kinds["source"][0].excerpt


@pytest.mark.parametrize("words", ["10.5555/moon.find", "https://doi.org/10.5555/MOON.find", "doi:10.5555/moon.find"])
def test_an_identifier_finds_its_source(desk, words):
    SourceFactory(title="A trial", doi="10.5555/moon.find")

    assert found(desk, words)["source"] == ["A trial"]


def test_an_editor_of_own_articles_finds_no_other(desk, editor):
    editor.role = "own"
    editor.save()
    ClaimFactory(revision__article=ArticleFactory(title="Garlic of another desk"), wording="Garlic heals.")
    ArticleFactory(title="My garlic", added_by=editor)

    hits = found(desk, "garlic")

    assert hits == {"article": ["My <mark>garlic</mark>"]}
    assert found(desk, "garlik") == {"article": ["My garlic"]}


def test_who_reviews_a_round_does_not_find_what_its_others_brought(desk, editor):
    round = RoundFactory()
    ReviewFactory(round=round, assignment__reviewer=editor)
    brought = SourceFactory(title="Canary trial")
    RoundCitationFactory(
        claim=round.claims.first(), source=brought, origin="reviewer", added_in=ReviewFactory(round=round)
    )

    before = [found(desk, words) for words in ("canary", "canarry", brought.doi)]
    CitationFactory(source=brought)

    assert before == [{}, {}, {}]
    assert found(desk, "canary") == {"source": ["<mark>Canary</mark> trial"]}


def test_a_list_is_searched_in_the_same_way(desk, articles):
    ClaimFactory(wording="Garlic heals.", revision__article=articles[1])

    for name, words, count in (("article", "garlick", 2), ("claim", "garlic", 1), ("round", "garlic", 0)):
        page = desk.get(reverse(f"admin:reviews_{name}_changelist"), {"q": words})
        assert page.context["cl"].result_count == count, name


def test_a_round_is_found_by_its_article(desk):
    round = RoundFactory(revision__article__title="Garlic lowers pressure")
    RoundFactory()

    page = desk.get(reverse("admin:reviews_round_changelist"), {"q": "garlick"})

    assert list(page.context["cl"].result_list) == [round]


def test_a_round_is_found_by_its_article_among_many_too(desk, monkeypatch):
    garlic, *_ = (RoundFactory(revision__article__title=title) for title in ("Garlic lowers it", "Tea", "Nettles"))
    ArticleFactory(title="Garlic without a round")
    monkeypatch.setattr("reviews.admin.round.LISTED", 1)

    rows = desk.get(reverse("admin:reviews_round_changelist"), {"q": "garlic"}).context["cl"].queryset

    assert list(rows) == [garlic]


def test_a_word_that_too_many_have_is_counted_so_far_and_a_list_says_where_it_ends(desk):
    Source.objects.bulk_create(Source(title=f"Garlic trial {n}") for n in range(1001))
    address = reverse("admin:reviews_source_changelist")

    (finding,) = desk.get(PAGE, {"q": "garlic"}).context["findings"]
    all_of_them, some = (desk.get(address, {"q": words}) for words in ("garlic", "garlic 7"))

    assert (finding.told, len(finding.hits)) == ("100+", 10)
    assert all_of_them.context["cl"].result_count == 1000
    assert "A search ends at the newest 1,000" in all_of_them.content.decode()
    assert "A search ends" not in some.content.decode()


def test_a_search_that_takes_too_long_looks_through_the_newest_rows_and_says_so(desk, monkeypatch):
    def slowly(rows, **asked):
        slept = Func(Value(0.2), template="(pg_sleep(%(expressions)s)::text = '')", output_field=BooleanField())
        return saying(rows, **asked).filter(slept)

    for number in range(5):
        ArticleFactory(title=f"Garlic {number}")
    monkeypatch.setattr("reviews.admin.finding.saying", slowly)
    monkeypatch.setattr("reviews.admin.finding.LOOKED_THROUGH", 1)

    hits = found(desk, "garlic")
    pages = [desk.get(address, {"q": "garlic"}) for address in (PAGE, reverse("admin:reviews_article_changelist"))]

    assert [hit.replace("<mark>", "").replace("</mark>", "") for hit in hits["article"]] == ["Garlic 4"]
    assert all("would take too long" in page.content.decode() for page in pages)
    assert [article.title for article in pages[1].context["cl"].queryset] == ["Garlic 4"]


def test_the_patience_with_a_search_holds_for_nothing_after_it(desk):
    found(desk, "garlic")

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_an_article_of_which_title_and_text_have_the_words_is_counted_once(desk):
    article = ArticleFactory(title="Garlic")
    RevisionFactory(article=article, text="Garlic helps.")
    RevisionFactory(article=article, number=2, text="Garlic helps, they say.")

    (finding,) = desk.get(PAGE, {"q": "garlic"}).context["findings"]

    assert (finding.count, len(finding.hits)) == (1, 1)


def test_a_filtered_list_is_searched_to_its_own_end(desk, editor):
    old = RoundFactory(revision__article__title="Garlic lowers pressure")
    Article.objects.bulk_create(
        Article(title="Garlic", slug=f"garlic-{n}", added_by=editor, added_at=old.opened_at) for n in range(1001)
    )

    page = desk.get(reverse("admin:reviews_round_changelist"), {"q": "garlic"})

    assert list(page.context["cl"].result_list) == [old]


def test_the_field_stands_on_every_page_and_the_page_says_what_to_do(desk):
    assert f'action="{PAGE}"' in desk.get(reverse("admin:index")).content.decode()
    assert "What do you look for?" in desk.get(PAGE).content.decode()
    assert "Nothing found" in desk.get(PAGE, {"q": "zzzz"}).content.decode()
    assert desk.get(PAGE, {"q": "x" * 5000}).status_code == 200


def test_as_much_is_asked_for_one_row_as_for_thirty(desk):
    def queries():
        with CaptureQueriesContext(connection) as ran:
            desk.get(PAGE, {"q": "garlic"})
        return len(ran)

    def fill():
        claim = ClaimFactory(revision=RevisionFactory(article=ArticleFactory(title="Garlic")), wording="Garlic heals.")
        CitationFactory(claim=claim, source__title="Garlic trial")

    fill()
    one = queries()
    for _ in range(30):
        fill()

    assert queries() == one


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"a {BEGIN}b{END} c", "a <mark>b</mark> c"),
        (f"<b>{BEGIN}x & y{END}", "&lt;b&gt;<mark>x &amp; y</mark>"),
        (f"{BEGIN}{BEGIN}b{END}", "<mark>b</mark>"),
        (f"{END}a{BEGIN}", "a"),
        (f"{BEGIN}<script>{END}", "<mark>&lt;script&gt;</mark>"),
    ],
)
def test_marks_are_ours_and_everything_else_is_text(text, html):
    assert marked(text) == html
