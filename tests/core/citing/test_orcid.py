import pytest

from reviews.core.citing.orcid import NotAnOrcid, check_character, normal_orcid


@pytest.mark.parametrize(
    "typed",
    [
        "0000-0002-1825-0097",
        " 0000 0002 1825 0097 ",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097",
    ],
)
def test_an_orcid_is_read_however_it_was_pasted(typed):
    assert normal_orcid(typed) == "0000-0002-1825-0097"


def test_an_x_is_a_check_too():
    assert normal_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize("typed", ["", "0000-0002-1825-009", "0000-0002-1825-0097-1", "zero", "0" * 100_000])
def test_what_is_no_orcid_is_refused(typed):
    with pytest.raises(NotAnOrcid):
        normal_orcid(typed)


def test_every_single_slip_and_every_swap_of_neighbours_is_noticed():
    digits = "000000021825009"
    slips = {digits[:at] + other + digits[at + 1 :] for at in range(15) for other in "0123456789"} - {digits}
    swaps = {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(14)} - {digits}

    assert {check_character(wrong) for wrong in slips | swaps} & {check_character(digits)} == set()
