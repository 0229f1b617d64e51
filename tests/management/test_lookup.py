"""Look-ups and retractions from the shell."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reviews.models import Source
from tests.factories import SourceFactory
from tests.gateways.registry_server import DOI, TITLE


def told(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_it_says_what_was_found_and_by_whom(answers):
    said = told("lookup", f"https://doi.org/{DOI}")

    assert [line.partition(":")[0] for line in said.splitlines() if not line.startswith(" ")] == [
        "PubMed",
        "Crossref",
        "Europe PMC",
        "OpenAlex",
    ]
    assert said.count(TITLE) == 4
    assert "retracted 2020-03-02 10.5555/invented.notice" in said
    assert "proposed design: randomised_trial." in said


def test_it_says_so_as_json(answers):
    said = json.loads(told("lookup", DOI, "--json"))

    assert [one["record"]["DOI"] for one in said] == [DOI] * 4


def test_nobody_at_home_is_said():
    assert told("lookup", DOI).count("no answer.") == 4


def test_what_is_no_identifier_is_refused():
    with pytest.raises(CommandError, match="is not a DOI"):
        call_command("lookup", "some title")


@pytest.mark.django_db
def test_a_file_of_retraction_watch_marks_what_is_ours(tmp_path):
    source, file = SourceFactory(doi="10.5555/m"), tmp_path / "watch.csv"
    file.write_text(
        "Record ID,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason\n"
        "1,3/2/2020 0:00,10.5555/n,10.5555/M,0,Retraction,+Fraud;\n2,,,10.5555/other,0,Retraction,\n"
    )

    assert told("import_retractions", str(file)) == "1 notices are about our sources, 1 of them new.\n"
    assert told("import_retractions", str(file)) == "1 notices are about our sources, 0 of them new.\n"
    assert Source.objects.get(pk=source.pk).retraction == "retracted"


@pytest.mark.django_db
def test_another_file_is_refused(tmp_path):
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")

    with pytest.raises(CommandError, match="are missing"):
        call_command("import_retractions", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_retractions", str(tmp_path / "none.csv"))
