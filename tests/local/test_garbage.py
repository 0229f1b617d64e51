"""How a web process collects garbage."""

import gc

import pytest

from portal.garbage import YOUNG, settle


@pytest.fixture(autouse=True)
def as_before():
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_was_loaded_is_not_walked_again_and_a_page_is_rarely_interrupted():
    older = gc.get_threshold()[1:]

    settle()

    assert gc.get_freeze_count() > YOUNG
    assert gc.get_threshold() == (YOUNG, *older)
