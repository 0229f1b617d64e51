"""The fuzzer finds what it is for, and begins with inputs that every parser reads."""

import pytest

from tests.fuzz.loop import Target, TooSlow, fuzz, no_longer_than
from tests.fuzz.targets import TARGETS


class Refused(Exception):
    """A refusal with a name."""


def hidden(received):
    """Break where four bytes follow one another: chance alone would need four thousand million tries."""
    if received[:1] != b"\x01":
        raise Refused
    if received[1:2] != b"\x02":
        raise Refused
    if received[2:3] != b"\x04":
        raise Refused
    if received[3:4] == b"\x08":
        return 1 / 0
    raise Refused


def test_what_hides_behind_one_step_after_another_is_found():
    target = Target("hidden", hidden, (Refused,), [b"\x00" * 4])

    campaign = fuzz(target, seconds=30, watched=__file__, seed=1, most_inputs=60_000)

    (finding,) = campaign.findings.values()
    assert finding.error == "ZeroDivisionError: division by zero"
    assert finding.received.startswith(b"\x01\x02\x04\x08")


def test_a_named_refusal_is_nothing_to_tell():
    target = Target("refusing", hidden, (Refused, ZeroDivisionError), [b"\x01\x02\x04\x08"])

    assert fuzz(target, seconds=1, watched=__file__, most_inputs=50).findings == {}


def work_for_ever():
    while True:
        pass


def test_what_takes_too_long_is_ended():
    with pytest.raises(TooSlow), no_longer_than(0.05):
        work_for_ever()


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
def test_every_parser_reads_its_first_inputs_and_a_few_hundred_others(target):
    for seed in target.seeds:
        target.read(seed)

    assert list(fuzz(target, seconds=1, watched="reviews", most_inputs=200).findings.values()) == []
