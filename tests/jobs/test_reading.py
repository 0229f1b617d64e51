"""Reading what was received."""

from datetime import timedelta
from hashlib import sha256

import pytest

from reviews.core.reading.errors import AddressRefused
from reviews.errors import AddressSilent, ReadingFailed
from reviews.gateways.page import Fetched, Unreachable
from reviews.jobs import reading
from reviews.jobs.reading import do_reading, give_up_unread, read_intake
from reviews.jobs.work import MOST_ATTEMPTS, owe_reading
from reviews.models import Claim, Cue, Intake, Job, Revision
from reviews.services.article import cancel_intake
from tests.factories import CLAIMS, NOON, TEXT, ArticleFactory, IntakeFactory

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=1)


def test_reading_writes_a_revision_with_everything_found_in_it():
    revision = read_intake(IntakeFactory(), at=LATER)

    assert (revision.number, revision.read_at) == (1, LATER)
    assert {"title", "body"} <= {region.kind for region in revision.regions.all()}
    assert revision.sentences.count() > 3
    assert [claim.rank for claim in revision.claims.order_by("rank")] == list(range(1, revision.claims.count() + 1))
    assert all(revision.text[claim.start : claim.end] == claim.quote for claim in revision.claims.all())
    assert Cue.objects.filter(revision=revision, kind="vague_attribution").exists()


def test_reading_twice_is_reading_once():
    intake = IntakeFactory()

    assert read_intake(intake, at=NOON) == read_intake(intake, at=LATER)
    assert Revision.objects.count() == 1


def test_an_article_without_a_title_takes_the_texts():
    intake = IntakeFactory(article__title="")

    revision = read_intake(intake, at=NOON)

    revision.article.refresh_from_db()
    assert revision.article.title == "Moonflower tea calms restless nights"


def test_what_a_page_tells_of_itself_fills_what_the_desk_left_open():
    page = (
        b'<html lang="en"><head><title>Zinc and colds</title><meta name="author" content="Jane Doe">'
        b'<meta property="og:site_name" content="Cold News"></head><body><article><h1>Zinc and colds</h1>'
        b'<p>Zinc shortens a cold by a day in adults, <a href="https://pills.example/">says a seller</a>.</p></article>'
    )
    intake = IntakeFactory(received=page, form="html", article__publisher="The desk's own word")

    revision = read_intake(intake, at=NOON)

    assert (revision.article.author, revision.article.publisher) == ("Jane Doe", "The desk's own word")
    assert revision.language == "en"
    assert [revision.text[start:end] for start, end, _ in revision.build["links"]] == ["says a seller"]
    assert revision.build["parts"][0][0] == "heading"


def test_an_editors_title_stays():
    revision = read_intake(IntakeFactory(article__title="My own title"), at=NOON)

    assert (revision.article.title, revision.title) == ("My own title", "My own title")


def test_text_that_cannot_be_read_fails_the_intake_not_the_job():
    intake = IntakeFactory(received=b"   ")
    job = owe_reading(intake, at=NOON)

    assert do_reading(job.pk, at=LATER) is True

    intake.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, intake.read_at, intake.failed_at) == ("done", None, LATER)
    assert intake.failure == "There is no text here: paste the article, or choose a file that has some."


def test_a_text_that_the_article_has_already_is_recognised_and_makes_no_revision():
    article = ArticleFactory()
    first = read_intake(IntakeFactory(article=article), at=NOON)
    again = IntakeFactory(article=article, received=TEXT.replace("\n\n", "\r\n\r\n").encode())

    assert [read_intake(again, at=LATER) for _ in range(2)] == [first, first]

    again.refresh_from_db()
    assert (again.same_as, again.read_at, article.revisions.count()) == (first, LATER, 1)


def test_an_article_that_returns_to_an_older_text_has_it_as_its_newest_with_its_claims():
    article = ArticleFactory()
    first = read_intake(IntakeFactory(article=article), at=NOON)
    first.claims.update(state=Claim.State.ACCEPTED)
    other = read_intake(IntakeFactory(article=article, received=b"Nothing of it stands any more."), at=NOON)

    again = read_intake(IntakeFactory(article=article), at=LATER)

    assert (again.number, again.text, again.is_superseded) == (3, first.text, False)
    assert other.claims.filter(state=Claim.State.ACCEPTED).count() < first.claims.count()
    assert again.claims.filter(state=Claim.State.ACCEPTED).count() == first.claims.count()


LEADS = "Springfield Institute\n\nA first lead\n\nA second lead\n\nA third lead"


@pytest.mark.parametrize(
    ("form", "received", "renamed", "again"),
    [
        ("text", f"{LEADS}\n\n# Tea and sleep\n\n{TEXT}", "", ""),
        ("text", f"{LEADS}\n\n# Tea and sleep\n\n{TEXT}", "", f"{LEADS}\n\nTea and sleep\n\n{TEXT}"),
        ("text", f"{TEXT}\n\nComments on “Tea and sleep”\n\nWorks for me.", "", ""),
        ("text", TEXT, "A name that the desk gave later", ""),
        ("html", f"<h1>Tea</h1><p># Tea calms</p><p>{CLAIMS[0]}</p>", "", f"Tea\n\n# Tea calms\n\n{CLAIMS[0]}"),
    ],
    ids=[
        "a mark at the title",
        "its clean text",
        "a title in comments only",
        "a title of the desk",
        "a mark that is none",
    ],
)
def test_a_text_that_would_be_read_otherwise_is_recognised_all_the_same(form, received, renamed, again):
    article = ArticleFactory(title="")
    first = read_intake(IntakeFactory(article=article, form=form, received=received.encode()), at=NOON)
    article.refresh_from_db()
    article.title = renamed or article.title
    article.save()
    intake = IntakeFactory(article=article, received=(again or received).encode())

    assert read_intake(intake, at=LATER) == first


def test_a_changed_text_below_a_title_of_the_desk_is_a_new_text():
    article = ArticleFactory(title="")
    first = read_intake(IntakeFactory(article=article), at=NOON)
    article.title = "A name that the desk gave later"
    article.save()

    second = read_intake(IntakeFactory(article=article, received=f"{TEXT}\n\nIt costs money.".encode()), at=LATER)

    assert (first.number, second.number, second.title) == (1, 2, "A name that the desk gave later")


def test_an_article_with_no_claims_is_read_all_the_same():
    text = b"A walk in the park\n\nWe went out at nine. The gate stood open. Ducks slept by the water."

    revision = read_intake(IntakeFactory(received=text, article__title=""), at=NOON)

    assert revision.claims.count() == 0


def test_a_job_reads_once_however_often_it_is_asked():
    job = owe_reading(IntakeFactory(), at=NOON)

    assert [do_reading(job.pk, at=NOON) for _ in range(3)] == [True, False, False]
    assert Revision.objects.count() == 1


def test_a_fault_of_ours_is_tried_again_and_then_said_to_the_editor(monkeypatch):
    intake = IntakeFactory()
    job = owe_reading(intake, at=NOON)
    monkeypatch.setattr(reading, "read", lambda _intake: 1 / 0)

    for hour in range(MOST_ATTEMPTS):
        do_reading(job.pk, at=NOON + timedelta(hours=hour))
        assert give_up_unread(at=NOON) == (1 if hour == MOST_ATTEMPTS - 1 else 0)

    intake.refresh_from_db()
    assert intake.failure == ReadingFailed.__doc__
    assert Job.objects.get().error == "ZeroDivisionError: division by zero"


FETCHED = Fetched("https://a.example/tea", TEXT.encode(), "text", {"etag": '"7"'})


def fetching(*answers):
    """Return a stand-in for the network that gives these one after the other; an exception is raised."""
    turns = iter(answers)

    def fetch(address):
        answer = next(turns)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return fetch


def an_address():
    return IntakeFactory(received=b"", address="https://a.example/tea")


def test_an_address_is_fetched_once_and_kept_with_its_bytes_headers_and_time():
    intake = an_address()
    job = owe_reading(intake, at=NOON)

    assert do_reading(job.pk, at=LATER, fetch=fetching(FETCHED)) is True
    assert do_reading(job.pk, at=LATER, fetch=fetching()) is False

    intake.refresh_from_db()
    assert (bytes(intake.received), intake.form, intake.headers) == (TEXT.encode(), "text", {"etag": '"7"'})
    assert (intake.sha256, intake.fetched_at) == (sha256(TEXT.encode()).hexdigest(), LATER)
    assert intake.revision.text.startswith("Moonflower tea calms restless nights")


def test_an_address_that_is_refused_fails_the_import_with_the_reason():
    intake = an_address()
    job = owe_reading(intake, at=NOON)

    assert do_reading(job.pk, at=LATER, fetch=fetching(AddressRefused())) is True

    intake.refresh_from_db()
    assert (intake.failed_at, intake.failure.startswith("Only a public http")) == (LATER, True)


def test_an_address_that_does_not_answer_is_tried_again_and_read_then():
    intake = an_address()
    job = owe_reading(intake, at=NOON)

    assert do_reading(job.pk, at=NOON, fetch=fetching(Unreachable())) is False
    assert do_reading(job.pk, at=LATER, fetch=fetching(FETCHED)) is True

    assert Revision.objects.get().intake == intake


def test_an_address_that_never_answers_is_given_up_with_that_reason():
    intake = an_address()
    job = owe_reading(intake, at=NOON)

    for hour in range(MOST_ATTEMPTS):
        do_reading(job.pk, at=NOON + timedelta(hours=hour), fetch=fetching(Unreachable()))
    give_up_unread(at=LATER)

    intake.refresh_from_db()
    assert (intake.failed_at, intake.failure) == (LATER, AddressSilent.words())


def test_what_was_cancelled_is_neither_fetched_nor_read():
    intake = an_address()
    job = owe_reading(intake, at=NOON)
    cancel_intake(intake, at=NOON)

    do_reading(job.pk, at=LATER, fetch=fetching())

    assert Revision.objects.count() == 0


def test_a_broken_file_among_others_costs_that_file_only():
    broken = {3: b"PK\x03\x04 and nothing more", 7: b"   "}
    intakes = [
        IntakeFactory(received=broken.get(n, TEXT.encode()), form="docx" if n == 3 else "text") for n in range(9)
    ]

    for intake in intakes:
        do_reading(owe_reading(intake, at=NOON).pk, at=LATER)

    failed = [n for n, intake in enumerate(intakes) if Intake.objects.get(pk=intake.pk).failed_at]
    assert (failed, Revision.objects.count()) == ([3, 7], 7)
    assert all(Intake.objects.get(pk=intakes[n].pk).failure for n in failed)
