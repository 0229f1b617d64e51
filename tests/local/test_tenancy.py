import threading
from threading import Event

import pytest

from portal.local.errors import AlreadyRunning
from portal.local.tenancy import Tenancy, claim_or_borrow, claim_or_refuse


def test_there_is_one_holder_and_it_has_a_name(state):
    first, second = Tenancy(state), Tenancy(state)
    claim_or_refuse(first, "./assay up")
    first.note("./assay up (pid 1), at http://127.0.0.1:8000/")

    with pytest.raises(AlreadyRunning, match=r"In use by \./assay up \(pid 1\), at http://127\.0\.0\.1:8000/\."):
        claim_or_refuse(second, "./assay up")

    first.release()
    assert second.claim("./assay up")
    second.release()


def test_a_command_borrows_what_the_holder_lends(state, halt):
    holder = Tenancy(state)
    claim_or_refuse(holder, "./assay up")
    holder.lend({"DATABASE_URL": "postgresql:///lent"})

    with claim_or_borrow(Tenancy(state), "./assay manage", halt=halt) as lent:
        assert lent == {"DATABASE_URL": "postgresql:///lent"}

    holder.release()


def test_a_command_alone_holds_the_stack_itself(state, halt):
    with claim_or_borrow(Tenancy(state), "./assay manage", halt=halt) as lent:
        assert lent is None
        assert not Tenancy(state).claim("./assay up")

    free_again = Tenancy(state)
    assert free_again.claim("./assay up")
    free_again.release()


def test_a_patient_holder_waits_for_its_borrowers(state, halt):
    holder = Tenancy(state)
    claim_or_refuse(holder, "./assay manage")
    holder.lend({})
    begun, ended = Event(), Event()

    def leave() -> None:
        begun.set()
        holder.take_back(halt=halt)
        ended.set()

    with Tenancy(state).borrow() as lent:
        assert lent == {}
        waiting = threading.Thread(target=leave)
        waiting.start()
        assert begun.wait(5)
        assert not ended.wait(0.3)

    waiting.join(5)
    assert ended.is_set()
    holder.release()


def test_what_a_killed_holder_lent_is_not_borrowed(state, halt):
    killed = Tenancy(state)
    claim_or_refuse(killed, "./assay up")
    killed.lend({"DATABASE_URL": "postgresql:///gone"})
    killed.lock.close()

    with claim_or_borrow(Tenancy(state), "./assay manage", halt=halt) as lent:
        assert lent is None
