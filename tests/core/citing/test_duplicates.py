"""The same work entered twice, and several papers of one trial, are proposed as such."""

from reviews.core.citing.duplicates import look_alikes, one_team
from reviews.core.citing.records import Record

TEAM = ("Selene, Luna", "Nox, Ada", "Orr, Edith")
MAIN = Record(title="Moonflower tea for insomnia in adults: a randomised trial", authors=TEAM, year=2019)
LATER = Record(title="Moonflower tea for insomnia in adults, follow-up at one year", authors=TEAM[:2], year=2021)
OTHER = Record(title="Lavender oil for headache in nurses", authors=TEAM, year=2019)


def groups(*records):
    return [(group.why, group.members) for group in look_alikes([(n, record) for n, record in enumerate(records)])]


def test_one_title_in_other_letters_is_one_work():
    again = Record(title="MOONFLOWER TEA for insomnia in adults - a randomised trial.", year=2019)

    assert groups(MAIN, OTHER, again) == [("the same title", (0, 2))]


def test_a_short_title_says_nothing():
    assert groups(Record(title="Editorial"), Record(title="Editorial")) == []


def test_papers_with_one_trial_number_are_of_one_trial():
    one, two = Record(title="One paper", nct="NCT00000001"), Record(title="Another", nct="NCT00000001")

    assert groups(one, two) == [("the same trial", (0, 1))]


def test_one_team_on_one_subject_is_a_proposal_only():
    assert groups(MAIN, LATER, OTHER) == [("one team on one subject: perhaps one trial", (0, 1))]
    assert not one_team(MAIN, OTHER)
