import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from portal.local.postgres import AWAY, Postgres

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a user for its database")


def ask(postgres: Postgres, sql: str) -> object:
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture
def postgres(state, ledger, halt):
    server = Postgres(state, ledger=ledger, halt=halt, hasty=True)
    server.start()
    yield server
    server.stop()
    server.remove()


def test_committed_rows_survive_the_kill_of_the_server(postgres):
    ask(postgres, "create table kept as select 42 as answer")
    postgres.process.kill()

    postgres.stop()
    postgres.start()

    assert ask(postgres, "select answer from kept") == 42


def test_it_is_reached_by_its_socket_only(postgres):
    assert ask(postgres, "show listen_addresses") == ""
    assert stat.S_IMODE(postgres.socket.stat().st_mode) == 0o700


def test_it_sorts_and_knows_text_as_unicode(postgres):
    assert ask(postgres, "select upper('ß é')") == "ß É"
    assert ask(postgres, "show server_encoding") == "UTF8"


def test_an_interrupted_making_of_the_cluster_is_done_again(state, ledger, halt):
    server = Postgres(state, ledger=ledger, halt=halt, hasty=True)
    half_made = server.home / "cluster.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")

    server.start()

    assert server.is_new
    assert ask(server, "select 1") == 1
    server.stop()


def test_a_cluster_of_another_version_is_put_aside(state, ledger, halt):
    server = Postgres(state, ledger=ledger, halt=halt, hasty=True)
    server.cluster.mkdir()
    (server.cluster / "PG_VERSION").write_text("9\n")

    server.start()

    assert ask(server, "select 1") == 1
    assert (server.home / "cluster-of-version-9" / "PG_VERSION").exists()
    server.stop()


def test_a_long_path_with_blanks_gets_a_short_socket(state, ledger, halt):
    long = state / "a folder, with a name" / ("long" * 20)
    long.mkdir(parents=True)
    server = Postgres(long, ledger=ledger, halt=halt, hasty=True)

    server.start()

    assert ask(server, "select 1") == 1
    assert len(str(server.socket)) < 60
    server.stop()
    server.remove()
    assert not server.socket.exists()


@ROOT_ONLY
def test_a_private_folder_of_root_stays_private(state, ledger, halt):
    private = state / "private"
    private.mkdir(mode=0o700)
    server = Postgres(private, ledger=ledger, halt=halt, hasty=True)

    server.start()

    assert ask(server, "select current_user") == "assay"
    assert server.home.parent == AWAY
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    server.stop()
    server.remove()
    assert not server.home.exists()


@ROOT_ONLY
def test_programs_out_of_reach_are_copied_where_the_server_can_run_them(state, ledger, halt, monkeypatch):
    reaches = Postgres._reaches

    def reaches_no_wheel(self: Postgres, path: Path) -> bool:
        return False if "site-packages" in str(path) else reaches(self, path)

    monkeypatch.setattr(Postgres, "_reaches", reaches_no_wheel)
    umask = os.umask(0o077)
    server = Postgres(state, ledger=ledger, halt=halt, hasty=True)
    os.umask(umask)

    server.start()

    assert server.binaries.is_relative_to(server.home)
    assert ask(server, "select 1") == 1
    server.stop()
    shutil.rmtree(server.home)
