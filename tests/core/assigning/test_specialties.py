"""Fields and topics that meet by specialty."""

import pytest

from reviews.core.assigning.fitness import Candidate, Task, in_common, weigh
from reviews.core.assigning.interests import normal
from reviews.core.assigning.specialties import singular, specialties, specialties_in
from reviews.core.phrases import ENGLISH, in_words


@pytest.mark.parametrize(
    ("field", "topic", "word"),
    [
        ("Cardiology", "The 7-Second Breath That Doctors Say Lowers Blood Pressure Overnight", "blood pressure"),
        ("Cardiology", "Why your HEART loves dark chocolate", "heart"),
        ("Cardiologist", "Are statins safe?", "statin"),
        ("Neurology", "Amber Lenses Stop Migraine Before It Starts, Studies Show", "migraine"),
        ("Rheumatology", "Copperleaf Capsules: 4 Surprising Benefits for Aching Joints", "aching joint"),
        ("Somnology", "Moonflower Tea: The Forgotten Secret to Deep, Natural Sleep", "sleep"),
        ("Women's health", "Can teas help in pregnancy?", "pregnancy"),
        ("Dietetics", "Vitamin D and you", "vitamin d"),
        ("Pediatrics", "Cough syrup for children", "children"),
        ("Phytotherapy", "St John’s wort lifts the mood", "st johns wort"),
    ],
)
def test_a_field_meets_an_article_with_which_it_shares_no_word(field, topic, word):
    assert list(map(str, in_common((field,), topic=topic))) == [f"{field} because the article is about “{word}”"]


@pytest.mark.parametrize(
    ("field", "topic"),
    [
        ("Haematology", "Lower your blood pressure"),
        ("Cardiology", "What helps against a cold"),
        ("Cardiology", "Heartburn at night"),
        ("Gynaecology", "A long period of rest"),
        ("Orthopaedics", "Back to school"),
        ("Dermatology", "The skinny on fat"),
        ("Medicine", "Heart disease: what medicine knows"),
        ("", "Heart"),
    ],
)
def test_a_field_meets_nothing_that_only_looks_alike(field, topic):
    assert in_common((field,), topic=topic) == []


def test_where_a_word_is_shared_nothing_has_to_be_explained():
    assert in_common(("Heart failure", "Epidemiology"), topic="Heart") == ["Heart failure"]


def test_whoever_knows_the_specialty_is_asked_before_somebody_of_another():
    task = Task("r", size=1, claims=4, topic="Tea for your blood pressure")
    knows, another = (Candidate(name, fields=(name,)) for name in ("Cardiology", "Dentistry"))

    fit = [weigh(person, task=task)[1] for person in (knows, another)]

    assert fit[0].points < fit[1].points
    assert in_words(fit[0].words, tongue=ENGLISH) == "Cardiology because the article is about “blood pressure”"


@pytest.mark.parametrize("specialty", specialties(), ids=lambda one: one.name)
def test_every_specialty_is_known_by_each_of_its_terms(specialty):
    for term in (*specialty.names, *specialty.words):
        assert specialty.name in specialties_in(f"About {term}, again"), term


def test_the_table_is_in_order():
    for specialty in specialties():
        terms = [*specialty.names, *specialty.words]
        compared = [" ".join(map(singular, normal(term).split())) for term in terms]
        assert [term for term in terms if term != normal(term)] == [], specialty.name
        assert sorted(compared) == sorted(set(compared)), specialty.name
