"""What services know of sources."""

from reviews.models import EditorialNotice, Finding
from tests.factories import NOON, SourceFactory


def test_a_service_has_one_finding_on_a_source(refused):
    finding = Finding.objects.create(source=SourceFactory(), service="Crossref", fetched_at=NOON)

    with refused("one_finding_per_service_and_source"):
        Finding.objects.create(source=finding.source, service="Crossref", fetched_at=NOON)


def test_a_finding_without_a_record_says_nothing(refused):
    source = SourceFactory()

    with refused("finding_without_a_record_says_nothing"):
        Finding.objects.create(source=source, service="Crossref", abstract="It helped.", fetched_at=NOON)


def test_a_notice_on_a_source_is_one_row(refused):
    said = {"source": SourceFactory(), "nature": "retracted", "notice_doi": "10.5555/n", "seen_at": NOON}
    EditorialNotice.objects.create(**said, said_by="Crossref")

    with refused("one_row_per_notice_on_a_source"):
        EditorialNotice.objects.create(**said, said_by="PubMed")
