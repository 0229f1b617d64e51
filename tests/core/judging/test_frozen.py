"""What judging hands out cannot be changed afterwards: inputs, rules, scales, answers and reports are values."""

import pkgutil
from dataclasses import FrozenInstanceError, is_dataclass
from importlib import import_module

import pytest

from reviews.core import judging

MODULES = [import_module(found.name) for found in pkgutil.walk_packages(judging.__path__, f"{judging.__name__}.")]
VALUES = [
    held
    for module in MODULES
    for held in vars(module).values()
    if isinstance(held, type) and is_dataclass(held) and held.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_every_value_is_frozen(kind):
    value = object.__new__(kind)
    name = next(iter(kind.__dataclass_fields__))

    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_the_search_for_values_finds_them():
    assert {"PanelInputs", "PanelReport", "Rule", "Scale", "Agreement", "Posterior"} <= {one.__name__ for one in VALUES}
