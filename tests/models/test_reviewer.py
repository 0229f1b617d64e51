import pytest
from django.db import IntegrityError

from reviews.models import CalendarFeed, ResearcherId
from tests.factories import NOON, UserFactory

ORCID = "0000-0002-1825-0097"


@pytest.fixture
def orcid(db):
    return ResearcherId.objects.create(user=UserFactory(), orcid=ORCID, entered_at=NOON)


def test_an_orcid_belongs_to_one_account(refused, orcid):
    with refused("one_account_per_orcid"):
        ResearcherId.objects.create(user=UserFactory(), orcid=ORCID, entered_at=NOON)


def test_an_orcid_is_kept_in_its_normal_form(refused, orcid):
    with refused("orcid_is_in_normal_form"):
        ResearcherId.objects.update(orcid="0000000218250097")


def test_a_person_has_one_calendar(db):
    feed = CalendarFeed.objects.create(user=UserFactory(), made_at=NOON)

    with pytest.raises(IntegrityError):
        CalendarFeed.objects.create(user=feed.user, made_at=NOON)
