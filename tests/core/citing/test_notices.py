"""What was said of a publication after it appeared."""

from datetime import date

import pytest

from reviews.core.citing.errors import NoReferences, UnknownMarkup
from reviews.core.citing.markup import xml_of
from reviews.core.citing.notices import EditorialNotice, notices_of_crossref, notices_of_pubmed, read_notices

HEAD = (
    "Record ID,Title,Journal,RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason\n"
)


def csv(*rows):
    return (HEAD + "".join(f"{row}\n" for row in rows)).encode()


def test_retraction_watchs_rows_are_read():
    row = '7,"Tea, and sleep",J,3/2/2020 0:00,10.5555/R.1,0,,10.5555/M.1,42,Retraction,+Error in Data;+Fraud;'

    assert read_notices(csv(row)) == [
        EditorialNotice(
            "retracted",
            doi="10.5555/m.1",
            pmid="42",
            notice_doi="10.5555/r.1",
            said_on=date(2020, 3, 2),
            reasons="Error in Data; Fraud",
        )
    ]


@pytest.mark.parametrize(
    ("called", "nature"),
    [("Expression of concern", "concern"), ("Correction", "corrected"), ("Reinstatement", "reinstated")],
)
def test_each_nature_is_known(called, nature):
    (notice,) = read_notices(csv(f"7,T,J,,,0,,10.5555/m,0,{called},"))

    assert (notice.nature, notice.pmid, notice.said_on) == (nature, "", None)


def test_a_row_that_names_no_publication_is_passed_over():
    assert read_notices(csv("7,T,J,,,0,,unavailable,0,Retraction,", "7,T,J,,,0,,10.5555/m,0,Rumour,")) == []


@pytest.mark.parametrize(("received", "refusal"), [(b"", NoReferences), (b"a,b\n1,2\n", UnknownMarkup)])
def test_another_file_is_refused(received, refusal):
    with pytest.raises(refusal):
        read_notices(received)


def test_crossrefs_updates_are_read():
    item = {
        "DOI": "10.5555/M",
        "updated-by": [
            {"DOI": "10.5555/R", "type": "retraction", "updated": {"date-parts": [[2020, 3, 2]]}},
            {"DOI": "10.5555/E", "type": "expression-of-concern"},
            {"DOI": "10.5555/N", "type": "new_version"},
        ],
    }

    assert notices_of_crossref(item) == (
        EditorialNotice("retracted", doi="10.5555/m", notice_doi="10.5555/r", said_on=date(2020, 3, 2)),
        EditorialNotice("concern", doi="10.5555/m", notice_doi="10.5555/e"),
    )


def test_pubmeds_corrections_are_read():
    article = xml_of(
        "<PubmedArticle><MedlineCitation><PMID>42</PMID><CommentsCorrectionsList>"
        '<CommentsCorrections RefType="RetractionIn"><RefSource>J Herb. 2020;1:2. doi: 10.5555/R</RefSource>'
        '</CommentsCorrections><CommentsCorrections RefType="CommentIn"><RefSource>X</RefSource></CommentsCorrections>'
        "</CommentsCorrectionsList></MedlineCitation></PubmedArticle>"
    )

    assert notices_of_pubmed(article) == (
        EditorialNotice("retracted", pmid="42", notice_doi="10.5555/r", reasons="J Herb. 2020;1:2. doi: 10.5555/R"),
    )


def test_a_retracted_publication_of_pubmed_is_retracted_without_a_notice():
    article = xml_of(
        "<PubmedArticle><MedlineCitation><PMID>42</PMID><PublicationType>Retracted Publication</PublicationType>"
        "</MedlineCitation></PubmedArticle>"
    )

    assert notices_of_pubmed(article) == (EditorialNotice("retracted", pmid="42"),)
