"""The form of a mark."""

import pytest

from reviews.forms.mark import MarkForm, initial_of_mark
from tests.factories import MarkFactory, ScaleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def levels():
    return list(ScaleFactory().levels.all())


def sent(levels, rule: str = "below", **fields) -> MarkForm:
    return MarkForm({f"mark-{name}": value for name, value in fields.items()}, levels=levels, rationale=rule)


def test_a_level_and_a_reason_are_one_choice_so_that_nobody_says_both(levels):
    level, reason = sent(levels, ruling="level:misleading"), sent(levels, ruling="reason:conflict")

    assert (level.is_valid(), reason.is_valid()) == (True, True)
    assert [(form.said()["level"], form.said()["could_not_assess"]) for form in (level, reason)] == [
        (levels[2], ""),
        (None, "conflict"),
    ]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("below", "Needed for: misleading, inaccurate, unsupported."),
        ("always", "Needed for: accurate, mostly accurate, misleading, inaccurate, unsupported."),
        ("never", "As you like."),
    ],
)
def test_the_form_says_which_levels_need_reasons(levels, rule, words):
    assert sent(levels, rule=rule)["rationale"].help_text.startswith(words)


@pytest.mark.parametrize("level", ["accurate", None])
def test_a_saved_mark_is_shown_as_it_was_said(levels, level):
    grade = {"certainty_start": "randomised", "certainty_reasons": ["imprecision_2", "large_effect_1"]}
    mark = MarkFactory(level=level, flaws=["out_of_date"], **grade)

    form = sent(levels, **initial_of_mark(mark))

    assert form.is_valid()
    assert form.said() == {
        "level": mark.level,
        "could_not_assess": mark.could_not_assess,
        "flaws": ["out_of_date"],
        "rationale": "As the sources say.",
        "confidence": "medium",
        "certainty": "moderate",
        "certainty_start": "randomised",
        "certainty_reasons": ["imprecision_2", "large_effect_1"],
    }
    assert form.base_version == 1


def test_the_search_for_a_source_is_asked_where_the_article_names_none(levels):
    asked = MarkForm({"mark-attribution": "found"}, levels=levels, rationale="below", asks_for_source=True)

    assert asked.is_valid()
    assert (asked.said()["attribution"], "attribution" in sent(levels).fields) == ("found", False)


def test_the_form_proposes_where_the_evidence_starts(levels):
    form = MarkForm(levels=levels, rationale="below", start="observational")

    assert form["certainty_start"].help_text == "By the designs you gave: Observational studies: starts low."
