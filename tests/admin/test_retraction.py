"""Retractions brought in at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews.forms import retraction as form
from reviews.jobs.retraction import do_retractions
from reviews.models import Job, RetractionFile
from tests.factories import AssignmentFactory, ReviewFactory, RoundCitationFactory, RoundFactory, SourceFactory

pytestmark = pytest.mark.django_db

HEAD = "Record ID,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"


def brought_in(desk, *dois):
    rows = "".join(f"1,3/2/2020 0:00,10.5555/n,{doi},0,Retraction,+Fraud;\n" for doi in dois)
    sent = SimpleUploadedFile("watch.csv", (HEAD + rows).encode())
    return desk.post(reverse("admin:retractions"), {"file": sent}, follow=True).content.decode()


def done_by_the_worker():
    file = RetractionFile.objects.get()
    do_retractions(Job.objects.get(kind="read_retractions").pk, clock=lambda: file.added_at)
    return reverse("admin:retraction-file", args=[file.pk])


def test_a_file_is_brought_in_gone_through_and_its_news_are_listed(desk):
    SourceFactory(title="Moonflower tea", doi="10.5555/m")

    said = brought_in(desk, "10.5555/m", "unavailable")
    shown = desk.get(done_by_the_worker()).content.decode()

    assert "The worker goes through the file." in said
    assert "2 rows were gone through." in shown
    assert "Moonflower tea" in shown
    assert "Line 3: It names no publication by DOI or PMID" in shown
    assert "watch.csv" in desk.get(reverse("admin:retractions")).content.decode()


def test_progress_is_asked_for_until_the_file_is_gone_through(desk):
    brought_in(desk, "10.5555/m")
    address = reverse("admin:retraction-file", args=[RetractionFile.objects.get().pk])

    under_way = desk.get(address, headers={"HX-Request": "true"})
    done_by_the_worker()
    over = desk.get(address, headers={"HX-Request": "true"})

    assert ("every 2s" in under_way.content.decode(), "HX-Refresh" in under_way.headers) == (True, False)
    assert over.headers["HX-Refresh"] == "true"


def test_a_file_is_cancelled_and_gone_through_again(desk):
    brought_in(desk, "10.5555/m")
    pk = RetractionFile.objects.get().pk

    cancelled = desk.post(reverse("admin:retraction-cancel", args=[pk]), follow=True).content.decode()
    again = desk.post(reverse("admin:retraction-again", args=[pk]), follow=True).content.decode()

    assert ("Go through it again" in cancelled, "The worker goes through the file." in again) == (True, True)


def test_a_file_that_is_too_long_is_refused(desk, monkeypatch):
    monkeypatch.setattr(form, "MOST_BYTES", 10)

    assert "This file is longer than 120 MB" in brought_in(desk, "10.5555/m")
    assert RetractionFile.objects.count() == 0


def test_an_editor_who_reviews_learns_nothing_of_what_a_peer_brought(desk, editor):
    round = RoundFactory()
    AssignmentFactory(round=round, reviewer=editor, accepted=True)
    peer = ReviewFactory(round=round)
    hidden = SourceFactory(title="Canarysource", doi="10.5555/hidden")
    RoundCitationFactory(claim=round.claims.first(), source=hidden, origin="reviewer", added_in=peer)

    brought_in(desk, "10.5555/hidden")
    shown = desk.get(done_by_the_worker()).content.decode()

    hidden.refresh_from_db()
    assert hidden.retraction == "retracted"
    assert "Canarysource" not in shown
    assert "Nothing: no source here is named" in shown
