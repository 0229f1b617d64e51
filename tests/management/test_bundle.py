"""A round is exported, and compiles elsewhere to the same bytes."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.jobs.bundle import bundle_of
from reviews.jobs.report import compile_report
from reviews.models import Round, Source
from tests.factories import NOON, AppraisalFactory, ReviewFactory, RoundCitationFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    round = RoundFactory()
    trial = RoundCitationFactory(claim=round.claims.first())
    for number, marks in enumerate((["accurate", "misleading"], ["inaccurate", None], ["accurate", "unsupported"])):
        review = ReviewFactory(round=round, marks=marks, assignment__reviewer__name=f"Canary Person{number}")
        AppraisalFactory(review=review, citation=trial)
        review.omissions.create(kind="harms", note="None is named.")
        type(review).objects.filter(pk=review.pk).update(submitted_at=NOON, omissions_considered=True)
    Round.objects.filter(pk=round.pk).update(closed_at=NOON, closing="editor")
    compile_report(round, at=NOON)
    return Round.objects.get(pk=round.pk)


def said_by(command, *arguments):
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_an_exported_round_compiles_to_the_same_bytes_without_the_database(round, tmp_path):
    file = tmp_path / "round.zip"

    said_by("export_round", round.pk, file)
    with CaptureQueriesContext(connection) as queries:
        told = said_by("verify_bundle", file)

    assert round.reports.get().fingerprint in told
    assert len(queries) == 0


def test_nobody_is_named_in_it(round):
    with zipfile.ZipFile(io.BytesIO(bundle_of(round))) as bundle:
        held = b"".join(bundle.read(name) for name in bundle.namelist())

    assert b"Canary" not in held
    assert b"@" not in held.replace(b"@1", b"")


def test_an_altered_file_has_a_status_of_its_own(round, tmp_path):
    file = tmp_path / "round.zip"
    file.write_bytes(bundle_of(round)[:-40])

    with pytest.raises(CommandError) as refused:
        said_by("verify_bundle", file)

    assert refused.value.returncode == 1


@pytest.mark.parametrize("missing", ["round", "report", "fresh", "folder"])
def test_what_cannot_be_exported_says_why(round, tmp_path, missing):
    file, wanted = tmp_path / "round.zip", round.pk
    if missing == "round":
        wanted = 0
    elif missing == "report":
        wanted = RoundFactory(closed_at=NOON, closing="editor").pk
    elif missing == "fresh":
        Source.objects.update(retraction="retracted")
    else:
        file = tmp_path / "nowhere" / "round.zip"

    with pytest.raises(CommandError):
        said_by("export_round", wanted, file)
    assert not file.exists()
