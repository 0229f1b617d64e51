"""Signed-in clients."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.models import User


@pytest.fixture
def statements() -> Callable[[Callable[[], object]], int]:
    """Return what counts the statements of some work; those that begin and end a transaction are not counted."""
    ends = re.compile(r"(?:^|; ?)(?:BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)")  # the trail's context may go before them

    def counted(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            work()
        return sum(not ends.search(query["sql"]) for query in captured)

    return counted


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return what gives a person's own client."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
