"""The mutants themselves: each is another program, has a name of its own, and what is said of one is still true."""

import ast
from textwrap import dedent

import pytest

from tests.mutation.__main__ import all_mutants
from tests.mutation.equivalents import EQUIVALENTS, SURVIVORS, gone, read_reasons
from tests.mutation.mutants import mutants_of, mutations


@pytest.fixture
def changes(tmp_path):
    def of(source):
        path = tmp_path / "module.py"
        path.write_text(dedent(source), encoding="utf-8")
        return [mutant.change for mutant in mutants_of("module", path)]

    return of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a + b", {"a + b -> a - b"}),
        ("a < b", {"a < b -> a <= b"}),
        ("a and b", {"a and b -> a or b", "a and b -> a", "a and b -> b"}),
        ("not a", {"not a -> a"}),
        ("3", {"3 -> 4"}),
        ("True", {"True -> False"}),
        ("'code'", {"'code' -> 'XX'"}),
        ("f'{a} is wrong.'", {"f'{a} is wrong.' -> 'XX'"}),
        ("a[2]", {"a[2] -> a[3]", "a[2] -> a[1]"}),
        ("a[:n]", {"n -> n + 1", "n -> n - 1"}),
        ("min(a)", {"min(a) -> max(a)"}),
        ("sorted(a, key=b)", {"sorted(a, key=b) -> list(a)"}),
        ("a if b else c", {"a if b else c -> a", "a if b else c -> c"}),
        ("[a for a in b if c]", {"for a in b if c -> for a in b"}),
    ],
)
def test_a_line_is_changed_in_every_way_there_is(changes, line, expected):
    found = changes(f"def f(a, b, c, n):\n    return {line}\n")

    assert {change for change in found if not change.startswith("return ")} == expected
    assert [change for change in found if change.startswith("return ")] == [f"return {line} -> return None"]


def test_branches_calls_and_defaults_are_changed(changes):
    found = changes(
        '''
        def f(a, b=1):
            """Nobody tests what this says: 7."""
            if a:
                check(a)
            a += b
        '''
    )

    assert sorted(found) == sorted(
        ["1 -> 2", "if a -> if True", "if a -> if False", "check(a) -> pass", "a += b -> pass", "a += b -> a -= b"]
    )


def test_what_no_test_could_notice_is_left_alone(changes):
    found = changes(
        '''
        """A module."""
        from typing import Literal
        __all__ = ["f"]
        TITLES = (("code", "A title that may be reworded"),)
        @lru_cache(maxsize=5)
        def f(a: Literal["one"], b: int) -> "int":
            yield from zip(a, b, strict=True)
        '''
    )

    assert found == ["'code' -> 'XX'"]


def test_every_mutant_is_another_program_and_can_be_compiled(tmp_path):
    path = tmp_path / "module.py"
    source = (
        "LIMIT = 3\n\n\ndef f(a, b):\n    if a[1:] and b > LIMIT:\n        return f'{a} of {b}'\n    return -b + 1\n"
    )
    path.write_text(source, encoding="utf-8")

    mutants = mutants_of("module", path)

    assert len(mutants) == len(list(mutations(ast.parse(source)))) > 10
    codes = []
    for number, mutant in enumerate(mutants):
        tree = ast.parse(source)
        list(mutations(tree))[number].make()
        codes.append(ast.unparse(tree))
        assert mutant.compiled()
    assert len({source, *codes}) == len(mutants) + 1


def test_no_two_mutants_have_one_name_and_none_that_is_given_a_reason_is_gone():
    mutants, equivalents, survivors = all_mutants(), read_reasons(EQUIVALENTS), read_reasons(SURVIVORS)

    assert len({mutant.name for mutant in mutants}) == len(mutants)
    assert gone(equivalents | survivors, mutants) == []
    assert not equivalents.keys() & survivors.keys()
    assert all(reason.strip() for reason in (equivalents | survivors).values())
