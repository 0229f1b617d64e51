"""References come in as databases export them, and nothing of them is dropped silently."""

import re

import pytest

from reviews.core.citing.bibtex import put_together
from reviews.core.citing.entries import LeftOut
from reviews.core.citing.errors import NoReferences, UnknownMarkup
from reviews.core.citing.reading import read_references
from reviews.core.citing.records import Record

COMMUNICATION = Record(
    title="A Mathematical Theory of Communication",
    authors=("Shannon, Claude E.",),
    container="Bell System Technical Journal",
    year=1948,
    volume="27",
    pages="379-423",
)
RIS = """TY  - JOUR
AU  - Shannon,Claude E.
PY  - 1948/07//
TI  - A Mathematical Theory of Communication
JF  - Bell System Technical Journal
SP  - 379
EP  - 423
VL  - 27
ER  -
"""
NBIB = """PMID- 999001
TI  - A Mathematical Theory of
      Communication.
FAU - Shannon, Claude E.
AU  - Shannon CE
JT  - Bell System Technical Journal
DP  - 1948
VI  - 27
PG  - 379-423
"""
BIBTEX = r"""@string{bell = "Bell System Technical Journal"}
@article{shannon, author = {Claude E. Shannon}, title = {{A Mathematical Theory of Communication}},
  journal = bell, year = 1948, volume = {27}, pages = {379--423}}
"""
CSL = """[{"type": "article-journal", "title": "A Mathematical Theory of Communication", "volume": 27,
  "page": "379-423", "author": [{"family": "Shannon", "given": "Claude E."}],
  "container-title": "Bell System Technical Journal", "issued": {"date-parts": [[1948]]}}]"""
CROSSREF = """{"status": "ok", "message": {"type": "journal-article",
  "title": ["A Mathematical Theory of Communication"],
  "volume": "27", "page": "379-423", "author": [{"family": "Shannon", "given": "Claude E.", "sequence": "first"}],
  "container-title": ["Bell System Technical Journal"], "issued": {"date-parts": [[1948]]}, "member": "7"}}"""
PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">999001</PMID><Article>
<Journal><JournalIssue><Volume>27</Volume><PubDate><Year>1948</Year></PubDate></JournalIssue>
<Title>Bell System Technical Journal</Title></Journal>
<ArticleTitle>A Mathematical Theory of <i>Communication</i>.</ArticleTitle>
<Pagination><MedlinePgn>379-423</MedlinePgn></Pagination>
<AuthorList><Author><LastName>Shannon</LastName><ForeName>Claude E.</ForeName></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
ENDNOTE_XML = """<xml><records><record><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Shannon, Claude E.</style></author></authors></contributors>
<titles><title><style>A Mathematical Theory of Communication</style></title>
<secondary-title>Bell System Technical Journal</secondary-title></titles>
<pages>379-423</pages><volume>27</volume><dates><year>1948</year></dates></record></records></xml>"""
ENDNOTE = """%0 Journal Article
%A Shannon, Claude E.
%T A Mathematical Theory of Communication
%J Bell System Technical Journal
%V 27
%P 379-423
%D 1948
"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Shannon, CE
AF Shannon, Claude E.
TI A Mathematical Theory
   of Communication
SO Bell System Technical Journal
PY 1948
VL 27
BP 379
EP 423
ER

EF"""
LABELLED = """[Shannon1948]
    type: article
    author: Claude E. Shannon
    title: A Mathematical Theory of Communication
    journal: Bell System Technical Journal
    year: 1948
    volume: 27
    pages: 379-423
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ris", RIS),
        ("bibtex", BIBTEX),
        ("csl", CSL),
        ("crossref", CROSSREF),
        ("endnote_xml", ENDNOTE_XML),
        ("endnote", ENDNOTE),
        ("wos", WOS),
        ("labelled", LABELLED),
    ],
)
def test_a_format_is_told_from_its_content_and_gives_the_same_record(name, text):
    batch = read_references(text.encode())

    assert batch.format == name
    assert [entry.record for entry in batch.entries] == [COMMUNICATION]


@pytest.mark.parametrize(("name", "text"), [("nbib", NBIB), ("pubmed", PUBMED)])
def test_a_format_of_pubmed_gives_the_same_record_with_its_number(name, text):
    (entry,) = read_references(text.encode()).entries

    assert (entry.record.title, entry.record.pmid) == (COMMUNICATION.title, "999001")
    assert (entry.record.authors, entry.record.pages) == (COMMUNICATION.authors, "379-423")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings_and_line_ends_do_not_count(encoding):
    text = RIS.replace("Shannon", "Müller").replace("\n", "\r\n")

    (entry,) = read_references(text.encode(encoding)).entries

    assert entry.record.authors == ("Müller, Claude E.",)


def test_what_a_record_cannot_express_is_listed():
    text = RIS.replace(
        "VL  - 27", "VL  - 27\nCY  - New York\nXX  - odd\nDO  - none\nUR  - http://a.example; http://b.example"
    )

    (entry,) = read_references(text.encode()).entries

    assert entry.record.url == "http://a.example"
    assert set(entry.left_out) == {
        LeftOut("CY", "New York"),
        LeftOut("XX", "odd"),
        LeftOut("DOI", "none"),
        LeftOut("date", "1948/07//"),
        LeftOut("address", "http://b.example"),
    }


def test_a_small_word_before_a_stroke_is_no_tag_among_capital_ones():
    (entry,) = read_references(RIS.replace("ER  -", "AB  - A theory\nof - so to say - signs\nER  -").encode()).entries

    assert entry.abstract == "A theory\nof - so to say - signs"


def test_small_and_capital_references_stand_in_one_file_and_none_needs_its_first_line():
    small = re.sub(r"(?m)^[A-Z]{2}(?=  -)", lambda tag: tag[0].lower(), RIS)

    batch = read_references(f"{small}{RIS.partition(chr(10))[2]}{RIS}".encode())

    assert [entry.record.title for entry in batch.entries] == [COMMUNICATION.title] * 3
    assert (batch.broken, batch.outside) == ((), ())


def test_numbers_that_stand_below_their_references_stay_with_them():
    below = "TI  - Tea\nPMID- 3\n\nTI  - Night\nPMID- 4\n"

    read = [entry.record for entry in read_references(below.encode()).entries]

    assert [(record.title, record.pmid) for record in read] == [("Tea", "3"), ("Night", "4")]


def test_what_stands_in_no_reference_of_prose_is_listed():
    long = "Nox A. Tea and nights. " + "J Herbs. " * 400
    text = f"What we read\n\nReferences\n\n1. {long}\n\nsee there\n2. Doe J. Days and ends. Sleep. 2021.\n3. ibid."

    batch = read_references(text.encode())

    assert len(batch.entries) == 2
    assert [part.name for part in batch.outside] == ["line 1", "line 5", "line 7", "line 9"]
    assert [part.value for part in batch.outside][::2] == ["What we read", "see there"]


def test_one_broken_reference_costs_itself_only():
    text = f"{RIS}\nTY  - JOUR\nN2  - nothing else\nER  - \n{RIS}"

    batch = read_references(text.encode())

    assert [entry.line for entry in batch.entries] == [1, 14]
    assert [(part.line, part.excerpt) for part in batch.broken] == [(11, "TY - JOUR N2 - nothing else")]


@pytest.mark.parametrize("text", [PUBMED, ENDNOTE_XML, CSL, CROSSREF], ids=["PubMed", "EndNote", "CSL", "Crossref"])
def test_files_that_were_put_one_behind_the_other_are_read(text):
    batch = read_references(f"{text}\n{text}".encode())

    assert [entry.record.title for entry in batch.entries] == [COMMUNICATION.title] * 2
    assert batch.broken == ()


@pytest.mark.parametrize(
    ("text", "line"), [(PUBMED, 3), (ENDNOTE_XML, 1), (CSL, None)], ids=["PubMed", "EndNote", "CSL"]
)
def test_a_file_that_breaks_off_costs_its_last_reference_only(text, line):
    whole = f"{text}\n{text}"

    batch = read_references(whole[: whole.rindex("1948")].encode())

    assert [entry.record.title for entry in batch.entries] == [COMMUNICATION.title]
    assert [part.line for part in batch.broken] == [len(text.splitlines()) + line if line else 2]
    assert "is broken: export it again" in str(batch.broken[0].reason)


def test_an_open_entry_of_bibtex_costs_itself_only():
    text = "@article{open, title = {Never closed,\n\n" + BIBTEX.replace("bell,", "{Bell System Technical Journal},")

    batch = read_references(text.encode())

    assert [entry.record.title for entry in batch.entries] == [COMMUNICATION.title]
    assert [part.line for part in batch.broken] == [1]


def test_lines_that_belong_to_no_reference_are_listed():
    batch = read_references(f"Record #1 of 1\n1.\n{RIS}".encode())

    assert batch.outside == (LeftOut("line 1", "Record #1 of 1"), LeftOut("line 2", "1."))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"M{\"u}ller, J{\'e}r{\^o}me", ("Müller, Jérôme",)),
        ("{World Health Organization}", ("World Health Organization",)),
        ("Ludwig van Beethoven and Ada Lovelace and others", ("van Beethoven, Ludwig", "Lovelace, Ada")),
        ("{Simon and Schuster} and Nox, Ada", ("Simon and Schuster", "Nox, Ada")),
    ],
)
def test_names_of_bibtex_are_put_in_order(written, read):
    (entry,) = read_references(f"@misc{{a, title = {{T 50\\% & more}}, author = {{{written}}}}}".encode()).entries

    assert (entry.record.title, entry.record.authors) == ("T 50% & more", read)


def test_the_abstract_of_pubmed_keeps_its_parts_and_its_trial():
    text = PUBMED.replace(
        "</Article>",
        '<Abstract><AbstractText Label="METHODS">We gave tea.</AbstractText><AbstractText Label="RESULTS">It helped.'
        "</AbstractText></Abstract><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName>"
        "<AccessionNumberList><AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank>"
        "</DataBankList><PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType>"
        "</PublicationTypeList></Article>",
    )

    (entry,) = read_references(text.encode()).entries

    assert entry.abstract == "METHODS: We gave tea.\nRESULTS: It helped."
    assert (entry.record.nct, entry.types) == ("NCT00000001", ("Randomized Controlled Trial",))


def test_identifiers_and_addresses_are_references_by_name():
    text = "https://doi.org/10.1000/ABC, PMID: 123\nNCT00000001\nhttps://site.example/page\n0-306-40615-2"

    batch = read_references(text.encode())

    assert batch.format == "identifiers"
    assert [entry.record for entry in batch.entries] == [
        Record(title="DOI 10.1000/abc", doi="10.1000/abc"),
        Record(title="PMID 123", pmid="123"),
        Record(title="Trial NCT00000001", nct="NCT00000001"),
        Record(title="https://site.example/page", url="https://site.example/page", kind="webpage"),
        Record(title="ISBN 9780306406157", isbn="9780306406157"),
    ]


PROSE = """References

1. O'Byrne PM, FitzGerald JM, Bateman ED, et al. Inhaled combined budesonide-formoterol as needed in mild asthma.
   N Engl J Med. 2018;378(20):1865-1876. doi:10.1056/NEJMoa1715274
2. Smith, A. B., & Jones, C. (2019). Does tea help? A randomised trial. BMJ, 364(2), 12-19. PMID: 123
"""


def test_a_list_in_prose_gives_proposals():
    first, second = read_references(PROSE.encode()).entries

    assert first.record == Record(
        title="Inhaled combined budesonide-formoterol as needed in mild asthma",
        authors=("O'Byrne, PM", "FitzGerald, JM", "Bateman, ED"),
        container="N Engl J Med",
        year=2018,
        volume="378",
        issue="20",
        pages="1865-1876",
        doi="10.1056/nejmoa1715274",
    )
    assert second.record == Record(
        title="Does tea help? A randomised trial",
        authors=("Smith, A. B.", "Jones, C"),
        container="BMJ",
        year=2019,
        volume="364",
        issue="2",
        pages="12-19",
        pmid="123",
    )
    assert second.left_out[0].name == "as it stood"


@pytest.mark.parametrize(
    "text",
    [
        "1. Selene L, Nox A, et al. Tea: a trial. J Herbs. 2019 Mar 4;12(3):45-67. doi: 10.5555/tea.19. PMID: 3",
        "Selene, L., & Nox, A. (2019). Tea: A trial. J Herbs, 12(3), 45–67. https://doi.org/10.5555/tea.19 PMID:3",
        "Selene, L. and Nox, A. (2019) ‘Tea: a trial’, J Herbs, vol. 12, no. 3, pp. 45-67 doi:10.5555/tea.19 PMID 3",
        "¹ Selene L, Nox A (2019) Tea: a trial (doi:10.5555/tea.19). J Herbs 12(3):45–67. PMID: 3",
        "[1] Selene L, Nox A. Tea: a trial. J Herbs. 2019;12(3):45-67. doi:10.5555/\n    tea.19. PMID: 3",
        "^1 Selene L, Nox A. Tea: a trial. J Herbs 2019; 12(3): 45-67. https://doi.org/10.5555/tea.\n19 PMID: 3",
    ],
    ids=["Vancouver", "APA", "Harvard", "a raised number", "a DOI cut at its stroke", "a DOI cut at a full stop"],
)
def test_a_reference_in_prose_is_read_in_the_manner_of_its_style(text):
    (entry,) = read_references(text.encode()).entries
    read = entry.record

    assert (read.title.casefold(), read.container, read.year) == ("tea: a trial", "J Herbs", 2019)
    assert [author.strip(".") for author in read.authors] == ["Selene, L", "Nox, A"]
    assert (read.volume, read.issue, read.pages) == ("12", "3", "45-67")
    assert (read.doi, read.pmid) == ("10.5555/tea.19", "3")


def test_what_follows_a_doi_is_no_part_of_it():
    cut_off = "1. Nox A. Nights. Sleep. 2020;3:1-9. doi:10.5555/tea.\n2020 print\n"
    text = f"{cut_off}2. Doe J. Days. Sleep. 2021;4:1-9. doi:10.5555/day/\nPMID: 4"

    first, second = (entry.record for entry in read_references(text.encode()).entries)

    assert (first.doi, second.pmid) == ("10.5555/tea", "4")


ODD = {
    "strings put together": '@string{jh = "J of"}\n@article{a, title={Tea}, journal=jh # " Herbs", year=2019}',
    "a comma forgotten": '@article{a,\n title = {Tea}\n journal = "J of Herbs"\n year = 2019\n}',
    "a comma forgotten after a figure": "@article{a,\n year = 2019\n title = {Tea},\n journal = {J of Herbs}\n}",
    "round brackets": '@article(a, title = "Tea", journal = "J of Herbs", year = "2019")',
    "a journal that goes on below": "TY  - JOUR\nTI  - Tea\nJF  - J of\n      Herbs\nPY  - 2019\nER  - \n",
    "small tags": "ty  - JOUR\nti  - Tea\njf  - J of Herbs\npy  - 2019\ner  - \n",
    "small tags, and a text that goes on": "ty  - JOUR\nti  - Tea\njf  - J of\n      Herbs\npy  - 2019\n",
    "lines that were moved in": "  TY  - JOUR\n  TI  - Tea\n  JF  - J of Herbs\n  PY  - 2019\n  ER  - \n",
    "lines that were moved in but for the first": "TY  - JOUR\n  TI  - Tea\n  JF  - J of Herbs\n  PY  - 2019\n",
    "a dash for the stroke": "TY  – JOUR\nTI  – Tea\nJF  – J of Herbs\nPY  – 2019\nER  –\n",
    "spaces that do not break": "TY\xa0\xa0- JOUR\nTI\xa0\xa0- Tea\nJF\xa0\xa0- J of Herbs\nPY\xa0\xa0- 2019\n",
    "no space behind the stroke": "TY  -JOUR\nTI  -Tea\nJF  -J of Herbs\nPY  -2019\nER  -\n",
    "no first line": "TI  - Tea\nJF  - J of Herbs\nPY  - 2019\nER  - \n",
    "small tags of MEDLINE": "pmid- 3\nti  - Tea\njt  - J of\n      Herbs\ndp  - 2019\n",
    "MEDLINE's lines moved in": "    PMID- 3\n    TI  - Tea\n    JT  - J of\n          Herbs\n    DP  - 2019\n",
    "MEDLINE's tags with spaces of their own": "PMID - 3\n TI - Tea\nJT    - J of\n\tHerbs\nDP- 2019\n",
    "MEDLINE's number last": "TI  - Tea\nJT  - J of Herbs\nDP  - 2019\nPMID- 3\n",
    "a tab behind EndNote's tags": "%0\tJournal Article\n%T\tTea\n%J\tJ of Herbs\n%D\t2019\n",
    "a comma forgotten on one line": "@article{a, title = {Tea} journal = {J of Herbs}, year = 2019}",
    "a comma forgotten at a name": "@article{a,\n title = {Tea}\n month = jan\n journal = {J of Herbs},\n year = 2019}",
    "a comma forgotten behind the key": "@article{a\n title = {Tea},\n journal = {J of Herbs},\n year = 2019}",
    "no key": "@article{\n title = {Tea},\n journal = {J of Herbs},\n year = 2019}",
    "a labelled field that goes on below": "[a]\n  title: Tea\n  journal: J of\n    Herbs\n  year: 2019\n",
    "one space before the stroke": "TY - JOUR\nTI - Tea\nJF - J of Herbs\nPY - 2019\nER -\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_what_other_programs_write_oddly_is_read(text):
    (entry,) = read_references(text.encode()).entries

    assert (entry.record.title, entry.record.container, entry.record.year) == ("Tea", "J of Herbs", 2019)


@pytest.mark.parametrize(
    "value", ["{A # B}", '"C# and tea"', "jh", "{a} # ", "# {a}", '{a} # "b', "{{a} # {b}}"], ids=str
)
def test_a_value_that_is_notput_together_stays_as_it_is(value):
    assert put_together(value, {"jh": "J"}) == value


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("", NoReferences), (" \n ", NoReferences), ("<html><p>x</p></html>", UnknownMarkup), ('{"a": 1}', UnknownMarkup)],
)
def test_what_holds_no_reference_is_refused_with_a_sentence(text, refusal):
    with pytest.raises(refusal):
        read_references(text.encode())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "entries", "broken"),
    [
        ("asreview", 19, 0),
        ("bibtex_citationjs", 6, 0),
        ("crossref_json", 3, 0),
        ("pubmed_xml", 1, 0),
        ("ris_rispy", 16, 3),  # the three of example_multiline.ris have neither a title nor an identifier
    ],
)
def test_real_exports_are_read(shared, folder, entries, broken):
    batches = [read_references(file.read_bytes()) for file in sorted((shared / "bibliography" / folder).iterdir())]

    assert sum(len(batch.entries) for batch in batches) == entries
    assert sum(len(batch.broken) for batch in batches) == broken


def test_a_line_that_only_begins_like_an_end_ends_no_reference():
    read = read_references(b"FN x\nVR 1.0\nPT J\nTI Tea\nERarely\nAU Doe, J\nER\n")

    (entry,) = read.entries
    assert (entry.record.title, entry.record.authors) == ("Tea ERarely", ("Doe, J",))
