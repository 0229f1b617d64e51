import subprocess

import pytest
import redis

from portal.local import valkey
from portal.local.errors import ServerMissing
from portal.local.stack import Stack
from portal.local.valkey import Valkey


@pytest.fixture
def server(state, ledger, halt):
    valkey_server = Valkey(state, ledger=ledger, halt=halt)
    valkey_server.start()
    yield valkey_server
    valkey_server.stop()


def test_a_message_survives_a_stop_of_the_broker(server):
    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        client.lpush("celery", "a nudge")

    server.stop()
    server.start()

    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        assert client.lrange("celery", 0, -1) == [b"a nudge"]


def test_a_killed_broker_comes_back(server):
    server.process.kill()

    server.stop()
    server.start()

    with redis.Redis(unix_socket_path=str(server.socket)) as client:
        assert client.ping()


def absent() -> None:
    raise ServerMissing("Valkey")


def test_without_a_program_for_this_platform_files_carry_the_messages(state, halt, monkeypatch):
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(valkey, "program", absent)
    stack = Stack(state, halt=halt)

    stack.start_broker()

    assert stack.environment["CELERY_BROKER_URL"] == "filesystem://"
    assert stack.servers == []


def test_in_ci_a_missing_broker_is_a_failure(state, halt, monkeypatch):
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(valkey, "program", absent)

    with pytest.raises(ServerMissing, match="Valkey is not there"):
        Stack(state, halt=halt).start_broker()


def test_the_wheel_has_a_program_that_runs():
    said = subprocess.run([valkey.program(), "--version"], capture_output=True, text=True, check=True).stdout

    assert "server" in said.lower()
