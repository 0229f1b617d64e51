"""Identifiers come as people paste them, and leave in one form."""

import time

import pytest

from reviews.core.citing.identifiers import (
    Identifier,
    NotAnIdentifier,
    identify,
    normal_doi,
    normal_isbn,
    normal_nct,
    normal_pmcid,
    normal_pmid,
    registrations_in,
)


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("doi: 10.1000/ABC.", "10.1000/abc"),
        ("DOI 10.1000/abc", "10.1000/abc"),
        ("https://doi.org/10.1000/abc?utm_source=x", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("10.1000/abc)", "10.1000/abc"),
        ("https://www.nejm.org/doi/full/10.1056/NEJMoa1715274?query=x", "10.1056/nejmoa1715274"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/jor.1100150407/abstract", "10.1002/jor.1100150407"),
        ("https://link.springer.com/article/10.1007/s10151-019-02080-0.pdf", "10.1007/s10151-019-02080-0"),
        (
            "10.1002/(SICI)1097-0142(19960101)77:1<1::AID-X>3.0.CO;2-9",
            "10.1002/(sici)1097-0142(19960101)77:1<1::aid-x>3.0.co;2-9",
        ),
    ],
)
def test_a_doi_has_one_form(pasted, normal):
    assert normal_doi(pasted) == normal


@pytest.mark.parametrize("pasted", ["", "10.1000", "11.1000/abc", "10.1/abc", "10.1000/a b", "10.1000/" + "a" * 300])
def test_what_is_no_doi_is_refused_with_a_sentence(pasted):
    with pytest.raises(NotAnIdentifier, match=r"is not a DOI\. A DOI looks like"):
        normal_doi(pasted)


@pytest.mark.parametrize(
    "pasted", ["31570807", "PMID: 31570807", "pmid31570807", " https://pubmed.ncbi.nlm.nih.gov/31570807/ ", "031570807"]
)
def test_a_pmid_has_one_form(pasted):
    assert normal_pmid(pasted) == "31570807"


@pytest.mark.parametrize(
    "pasted",
    [
        "PMC3111111",
        "pmc 3111111",
        "PMCID: PMC3111111",
        "PMC3111111.2",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3111111/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC3111111",
        "https://europepmc.org/article/PMC3111111",
    ],
)
def test_a_pmcid_has_one_form(pasted):
    assert normal_pmcid(pasted) == "PMC3111111"


@pytest.mark.parametrize(
    "pasted", ["NCT01234567", "nct01234567", "https://clinicaltrials.gov/study/NCT01234567", "NCT 01234567"]
)
def test_a_trial_number_has_one_form(pasted):
    assert normal_nct(pasted) == "NCT01234567"


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("ISRCTN12345678", "ISRCTN12345678"),
        ("https://www.isrctn.com/ISRCTN12345678", "ISRCTN12345678"),
        ("actrn12605000000000", "ACTRN12605000000000"),
        ("ChiCTR-TRC-12345678", "ChiCTR-TRC-12345678"),
        ("EudraCT 2004-000446-20", "EUCTR2004-000446-20"),
    ],
)
def test_a_trial_of_another_registry_has_one_form(pasted, normal):
    assert normal_nct(pasted) == normal


def test_the_trials_that_a_text_names_are_found():
    text = "Registered as NCT 01234567 and ISRCTN12345678 (nct01234567); EudraCT number 2004-000446-20."

    assert registrations_in(text) == ("NCT01234567", "ISRCTN12345678", "EUCTR2004-000446-20")


@pytest.mark.parametrize("pasted", ["ISBN 0-306-40615-2", "978-0-306-40615-7", "ISBN-13: 9780306406157", "0306406152"])
def test_an_isbn_has_one_form(pasted):
    assert normal_isbn(pasted) == "9780306406157"


def test_an_isbn_may_end_in_x_and_must_add_up():
    assert normal_isbn("0-8044-2957-X") == "9780804429573"
    with pytest.raises(NotAnIdentifier, match="do not add up"):
        normal_isbn("0-306-40615-3")


@pytest.mark.parametrize(
    ("normalise", "pasted"),
    [
        (normal_pmid, "123456789"),
        (normal_pmid, "0"),
        (normal_pmid, "１２３"),
        (normal_pmcid, "3111111"),
        (normal_pmcid, "https://elsewhere.example/articles/PMC3111111"),
        (normal_nct, "NCT1234567"),
    ],
)
def test_what_is_another_thing_is_refused(normalise, pasted):
    with pytest.raises(NotAnIdentifier):
        normalise(pasted)


def test_the_kind_is_told_from_the_text():
    pasted = ["https://doi.org/10.1000/abc", "NCT01234567", "31570807", "PMC3111111"]

    assert [identify(text) for text in pasted] == [
        Identifier("doi", "10.1000/abc"),
        Identifier("nct", "NCT01234567"),
        Identifier("pmid", "31570807"),
        Identifier("pmcid", "PMC3111111"),
    ]


def test_a_refusal_says_what_was_given():
    with pytest.raises(NotAnIdentifier, match="“some title” is not a DOI, PMID, PMCID, trial number or ISBN"):
        identify("some title")
    with pytest.raises(NotAnIdentifier, match="An empty field"):
        identify("  ")


def test_hostile_text_takes_time_in_proportion():
    def seconds(size):
        began = time.perf_counter()
        for text in ("10.1000/" + ")" * size, "doi" + " " * size, "0" * size, "10." + "1." * size):
            with pytest.raises(NotAnIdentifier):
                identify(text)
        return time.perf_counter() - began

    seconds(1_000)

    assert seconds(80_000) < 60 * max(seconds(4_000), 0.002)
