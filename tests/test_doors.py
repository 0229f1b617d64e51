"""Who gets in where: every address of the project, asked and told, by everybody, against the written table."""

import pytest

from tests.doors import DOORS
from tests.world import CAST, World, address_of, answer_of, doors, in_short


@pytest.fixture
def world(db) -> World:
    return World()


def walked(world: World, name: str, method: str) -> str:
    address = address_of(name, world)
    return " ".join(in_short(answer_of(world.client(who), method, address)) for who in CAST)


def test_every_address_has_a_row_in_the_table():
    assert set(doors()) == set(DOORS)


@pytest.mark.parametrize(("column", "method"), [(0, "get"), (1, "post")])
def test_everybody_gets_in_where_the_table_says_and_nowhere_else(world, column, method):
    found = {name: walked(world, name, method) for name in DOORS}

    assert found == {name: row[column] for name, row in DOORS.items()}
