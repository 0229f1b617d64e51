"""What the craft says and a row keeps, in the desk's language."""

from reviews.core.phrases import Counted, Phrase
from reviews.models.wording import kept, said
from tests.pseudo import LEFT_TO_RIGHT, spoken


def test_a_phrase_is_said_with_its_values_and_those_that_are_phrases_too():
    words = Phrase("conflict of interest: %(parts)s", parts=(Phrase("“%(name)s” is known", name="100 %"), "tea"))

    with spoken(LEFT_TO_RIGHT):
        told = said(words)

    assert (str(words), told.count("⟦")) == ("conflict of interest: “100 %” is known, tea", 3)


def test_a_count_chooses_its_words():
    days = [Counted("%(count)s day", "%(count)s days", count=count) for count in (0, 1, 2)]

    assert list(map(said, days)) == ["0 days", "1 day", "2 days"]


def test_a_row_of_before_is_said_as_it_was_kept():
    assert kept("Half of it, 50 %, was read.") == "Half of it, 50 %, was read."
