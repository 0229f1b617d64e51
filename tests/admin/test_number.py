"""Addresses of the desk with a number that no row can have."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.world import doors

pytestmark = pytest.mark.django_db
ENDLESS = 10**30


def numbered() -> list[str]:
    """Return the doors that take nothing but numbers, as each of them can be asked for."""
    addresses = []
    for name in dict.fromkeys(doors()):
        if not name.startswith("admin:"):
            continue
        for arguments in ([ENDLESS], [ENDLESS, ENDLESS], [ENDLESS, "accept"]):
            try:
                addresses.append(reverse(name, args=arguments))
            except NoReverseMatch:
                continue
    return [address for address in addresses if "/delete/" not in address]


def test_a_number_that_no_row_can_have_is_not_there_and_breaks_nothing(desk):
    addresses = numbered()

    answers = {address: (desk.get(address).status_code, desk.post(address).status_code) for address in addresses}

    assert len(addresses) > 30
    assert {address for address, codes in answers.items() if not set(codes) <= {302, 403, 404, 405}} == set()
