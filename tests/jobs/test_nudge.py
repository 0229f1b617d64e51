"""Messages to the queue: sent after commit, and no trouble to anybody when the broker is down."""

import pytest
from celery import current_app

from reviews.jobs import nudge as nudging
from reviews.jobs.nudge import nudge, nudge_after_commit


@pytest.fixture(autouse=True)
def rested():
    nudging._down_since.clear()
    yield
    nudging._down_since.clear()


@pytest.fixture
def sent(monkeypatch):
    """The queue's end of the line: what would be published."""
    messages = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_options: messages.append((name, args)))
    return messages


@pytest.fixture
def dead_broker(monkeypatch):
    attempts = []

    def refuse(name, args, expires):
        attempts.append(name)
        raise ConnectionError("nobody listens")

    monkeypatch.setattr(current_app, "send_task", refuse)
    return attempts


def test_a_message_leaves_after_commit(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        nudge_after_commit("reviews.sweep", 7)
        assert sent == []

    assert sent == [("reviews.sweep", [7])]


def test_a_dead_broker_is_no_error(dead_broker):
    assert nudge("reviews.sweep", 7) is False


def test_a_dead_broker_is_asked_once_not_once_a_message(dead_broker):
    for pk in range(20):
        nudge("reviews.sweep", pk)

    assert dead_broker == ["reviews.sweep"]


def test_a_broker_that_is_back_is_used_again(dead_broker, monkeypatch):
    nudge("reviews.sweep", 1)
    monkeypatch.setattr(nudging, "REST", 0.0)
    monkeypatch.setattr(current_app, "send_task", lambda *_args, **_options: None)

    assert nudge("reviews.sweep", 2) is True
