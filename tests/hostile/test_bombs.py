"""Bombs are refused by name, within two seconds and 200 MB, in a worker that goes on."""

import pytest

from tests.hostile.bombs import MOST_MEGABYTES, MOST_SECONDS, OTHERS, cost_of


@pytest.mark.parametrize("name", OTHERS)
def test_a_bomb_is_refused_by_name_in_time_and_in_little_memory(name):
    make, read, refusal = OTHERS[name]
    received = make()

    cost = cost_of(received, read)

    with pytest.raises(refusal):
        read(received)
    assert cost.refusal != "read"
    assert (cost.work < MOST_SECONDS, cost.megabytes < MOST_MEGABYTES) == (True, True)
