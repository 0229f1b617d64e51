"""An article at the desk: how it comes in, and how its claims are chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.jobs.reading import read_intake
from reviews.models import Article, Claim
from tests.factories import CLAIMS, NOON, TEXT, ArticleFactory, ClaimFactory, IntakeFactory, RevisionFactory

pytestmark = pytest.mark.django_db


def page_of(article):
    return reverse("admin:reviews_article_change", args=[article.pk])


def added(desk, **form):
    return desk.post(reverse("admin:reviews_article_add"), form)


def test_a_pasted_text_becomes_an_article_that_is_being_read(desk, editor):
    answer = added(desk, text=TEXT, publisher="The Daily Herb")

    article = Article.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(article))
    assert (article.publisher, article.added_by, bytes(article.intakes.get().received)) == (
        "The Daily Herb",
        editor,
        TEXT.replace("\n", "\r\n").encode() if b"\r\n" in bytes(article.intakes.get().received) else TEXT.encode(),
    )
    assert "Reading the article" in desk.get(page_of(article)).content.decode()


@pytest.mark.parametrize(
    ("name", "form"),
    [("tea.txt", "text"), ("tea.HTML", "html"), ("tea.htm", "html"), ("tea.docx", "docx"), ("tea.PDF", "pdf")],
)
def test_an_uploaded_file_says_by_its_name_what_it_is(desk, name, form):
    added(desk, file=SimpleUploadedFile(name, TEXT.encode()))

    intake = Article.objects.get().intakes.get()
    assert (intake.form, intake.file_name) == (form, name)


BAD = {
    "nothing": ({}, "Paste the article&#x27;s text, or choose a file, or give its address."),
    "blank": ({"text": " \n\t"}, "Paste the article&#x27;s text, or choose a file, or give its address."),
    "too long": ({"text": "Sleep well. " * 180_000}, "longer than 2 MB"),
    "binary": ({"file": ("tea.txt", b"%PDF-1.7 \x00\x01")}, "This file is not text"),
    "binary by bytes": ({"file": ("tea.txt", bytes(range(32)) * 40)}, "This file is not text"),
    "empty file": ({"file": ("tea.txt", b"")}, "There is no text here"),
    "long file": ({"file": ("tea.txt", b"a " * 1_000_001)}, "longer than 2 MB"),
    "another kind": ({"file": ("tea.odt", b"PK")}, "Choose a .txt, .html, .docx or .pdf file"),
    "both": ({"text": TEXT, "file": ("tea.txt", b"Tea.")}, "keep one of them"),
    "text and address": ({"text": TEXT, "address": "https://tea.example/"}, "keep one of them"),
    "no web address": ({"address": "ftp://tea.example/"}, "Enter a valid URL."),
    "bad address": ({"text": TEXT, "url": "not an address"}, "Enter a valid URL."),
}


@pytest.mark.parametrize(("form", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_input_gets_a_sentence_and_loses_nothing_that_was_typed(desk, form, sentence):
    sent = {**form, "title": "My title", "vendor": "Lunar Ltd"}
    if "file" in form:
        sent["file"] = SimpleUploadedFile(*form["file"])

    answer = added(desk, **sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert 'value="My title"' in page
    assert 'value="Lunar Ltd"' in page
    assert form.get("text", "")[:20].strip() in page
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "received", [TEXT.encode("utf-16"), ("\ufeff" + TEXT).encode(), TEXT.encode("cp1252"), b"Tea\x00 calms."]
)
def test_odd_encodings_and_control_characters_come_in(desk, received):
    assert added(desk, file=SimpleUploadedFile("tea.txt", received)).status_code == 302


def test_a_failed_reading_says_why_and_takes_the_text_again(desk):
    intake = IntakeFactory(failed_at=NOON, failure="No sentence was found in it.")

    page = desk.get(page_of(intake.article)).content.decode()
    answer = desk.post(page_of(intake.article), {"text": TEXT})

    assert "No sentence was found in it." in page
    assert answer.status_code == 302
    assert intake.article.intakes.count() == 2


def test_the_page_of_an_unread_article_turns_to_its_claims_by_itself(desk):
    intake = IntakeFactory()
    url = reverse("admin:article-reading", args=[intake.article_id])
    waiting = desk.get(url)
    read_intake(intake, at=NOON)
    done = desk.get(url)

    assert ("HX-Refresh" in waiting, "HX-Refresh" in done) == (False, True)
    assert "Claims are highlighted" in desk.get(page_of(intake.article)).content.decode()


def test_every_sentence_that_counts_is_a_claim_or_can_be_made_one(desk):
    intake = IntakeFactory()
    read_intake(intake, at=NOON)
    Claim.objects.filter(quote__startswith="Children").update(state="rejected")

    page = desk.get(page_of(intake.article))
    counting = [passage for passage in page.context["workbench"].passages if passage["counts"]]
    pieces = [piece for passage in counting for run in passage["paragraphs"] for piece in run]
    free = [piece["text"] for piece in pieces if not piece["claims"]]

    assert all(piece["claims"] or piece["sentence"] or piece["text"].isspace() for piece in pieces)
    assert CLAIMS[2] in free


def test_what_an_article_says_is_shown_as_text_and_never_runs(desk):
    text = "<script>alert(1)</script> cures insomnia in all patients."
    revision = RevisionFactory(text=text, article__title="<img src=x onerror=alert(2)>")
    ClaimFactory(revision=revision, quote=text, wording="<b onclick=alert(3)>")

    page = desk.get(page_of(revision.article)).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b onclick" not in page


def test_ticked_claims_are_decided_at_once(desk):
    revision = RevisionFactory()
    claims = [ClaimFactory(revision=revision, quote=quote, state="suggested") for quote in CLAIMS]
    url = reverse("admin:article-claims", args=[revision.article_id])

    desk.post(url, {"claims": [claims[0].pk, claims[1].pk], "what": "accept"})
    desk.post(url, {"claims": [claims[2].pk], "what": "reject"})

    assert [Claim.objects.get(pk=claim.pk).state for claim in claims] == ["accepted", "accepted", "rejected"]


def test_claims_of_another_article_cannot_be_ticked(desk):
    claim = ClaimFactory(state="suggested")
    url = reverse("admin:article-claims", args=[ArticleFactory().pk])

    for forged in (claim.pk, "x", "", "9" * 30):
        desk.post(url, {"claims": [forged], "what": "accept"})

    claim.refresh_from_db()
    assert claim.state == "suggested"


@pytest.mark.parametrize("what", ["merge", "cite"])
def test_ticked_claims_are_carried_to_the_page_that_asks_more(desk, what):
    claim = ClaimFactory()

    answer = desk.post(
        reverse("admin:article-claims", args=[claim.revision.article_id]), {"claims": [claim.pk], "what": what}
    )

    assert answer.url.endswith(f"/{claim.revision_id}/?claims={claim.pk}")
    assert desk.get(answer.url).status_code == 200
