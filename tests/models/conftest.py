"""Breaking a rule of the database on purpose."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

Refusal = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def refused(db: None) -> Refusal:
    """Return a context in which the named constraint (or trigger that acts as one) must refuse."""

    @contextmanager
    def refused_by(name: str) -> Iterator[None]:
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            yield
        assert refusal.value.__cause__.diag.constraint_name == name

    return refused_by


@pytest.fixture
def protected(db: None) -> Refusal:
    """Return a context in which a row that never changes must refuse; the name is that of its trigger."""

    @contextmanager
    def protected_by(name: str) -> Iterator[None]:
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            yield
        assert name in refusal.value.__cause__.diag.context

    return protected_by
