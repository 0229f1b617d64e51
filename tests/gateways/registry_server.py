"""A server on loopback that speaks the formats of Crossref, PubMed, Europe PMC and OpenAlex.

The payloads are written for these tests; the bibliographic facts of O'Byrne 2018 are real.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

DOI = "10.1056/nejmoa1715274"
PMID = "29768149"
TITLE = "Inhaled Combined Budesonide-Formoterol as Needed in Mild Asthma"

CROSSREF = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": DOI,
        "type": "journal-article",
        "title": [TITLE],
        "container-title": ["New England Journal of Medicine"],
        "short-container-title": ["N Engl J Med"],
        "volume": "378",
        "issue": "20",
        "page": "1865-1876",
        "issued": {"date-parts": [[2018, 5, 17]]},
        "author": [{"given": "Paul M.", "family": "O'Byrne", "sequence": "first"}],
        "is-referenced-by-count": 1,
        "updated-by": [
            {
                "DOI": "10.5555/invented.notice",
                "type": "retraction",
                "source": "retraction-watch",
                "updated": {"date-parts": [[2020, 3, 2]]},
            }
        ],
    },
}
PUBMED = f"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.example/p.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{PMID}</PMID><Article>
<Journal><JournalIssue><Volume>378</Volume><Issue>20</Issue><PubDate><Year>2018</Year></PubDate></JournalIssue>
<Title>The New England journal of medicine</Title></Journal><ArticleTitle>{TITLE}.</ArticleTitle>
<Pagination><MedlinePgn>1865-1876</MedlinePgn></Pagination>
<Abstract><AbstractText Label="RESULTS">An invented sentence of results.</AbstractText></Abstract>
<AuthorList><Author><LastName>O'Byrne</LastName><ForeName>Paul M</ForeName></Author></AuthorList>
<Language>eng</Language>
<PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Humans</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{PMID}</ArticleId><ArticleId IdType="doi">{DOI}</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"""
EUROPE_PMC = {
    "version": "6.9",
    "hitCount": 1,
    "resultList": {
        "result": [
            {
                "id": PMID,
                "source": "MED",
                "pmid": PMID,
                "doi": "10.1056/NEJMoa1715274",
                "title": f"{TITLE}.",
                "authorList": {"author": [{"fullName": "O'Byrne PM", "firstName": "Paul M", "lastName": "O'Byrne"}]},
                "journalInfo": {
                    "issue": "20",
                    "volume": "378",
                    "yearOfPublication": 2018,
                    "journal": {"title": "The New England journal of medicine"},
                },
                "pageInfo": "1865-1876",
                "pubTypeList": {"pubType": ["Randomized Controlled Trial"]},
                "commentCorrectionList": {
                    "commentCorrection": [{"id": "1", "type": "Erratum in", "reference": "Invented J. 2019;1:1"}]
                },
            }
        ]
    },
}
OPENALEX = {
    "id": "https://openalex.org/W2803240000",
    "doi": f"https://doi.org/{DOI}",
    "title": TITLE,
    "publication_year": 2018,
    "language": "en",
    "type": "article",
    "ids": {"doi": f"https://doi.org/{DOI}", "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{PMID}"},
    "authorships": [{"author": {"display_name": "Paul M. O'Byrne"}}],
    "primary_location": {"source": {"display_name": "New England Journal of Medicine"}},
    "biblio": {"volume": "378", "issue": "20", "first_page": "1865", "last_page": "1876"},
    "is_retracted": False,
    "abstract_inverted_index": {"sentence": [2], "An": [0], "invented": [1]},
}


class Answers:
    """What the server says, by the beginning of the path: a status, headers and a body each; and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.said: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.say("/crossref/works/", CROSSREF, only=DOI)
        self.say("/pubmed/esearch.fcgi", {"esearchresult": {"count": "1", "idlist": [PMID]}})
        self.say("/pubmed/efetch.fcgi", PUBMED)
        self.say("/europepmc/search", EUROPE_PMC)
        self.say("/openalex/works/", OPENALEX)

    def say(self, path: str, body: Any, *, status: int = 200, only: str = "", **headers: str) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        self.said[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, text.encode())
        self.only = only or getattr(self, "only", "")

    def answer(self, address: str) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(address)
        path = unquote(urlsplit(address).path)
        for beginning, said in self.said.items():
            if path.startswith(beginning):
                unknown = path.startswith("/crossref/") and not path.endswith(self.only)
                return (404, {}, b"Resource not found.") if unknown else said
        return 404, {}, b""

    def parameters(self, beginning: str) -> dict[str, list[str]]:
        return parse_qs(next(urlsplit(one).query for one in self.asked if one.startswith(beginning)))


@contextmanager
def registry_server() -> Iterator[tuple[str, Answers]]:
    """Run the server; yield its address and its answers."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.agents.add(self.headers["User-Agent"])
            status, headers, body = answers.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", answers
    finally:
        server.shutdown()
        server.server_close()
