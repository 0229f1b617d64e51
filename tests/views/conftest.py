"""Signed-in clients."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from reviews.models import User


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return what gives a person's own client."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
