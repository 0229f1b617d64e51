import pytest

from reviews.models import Cue, Region, Revision, Sentence
from tests.factories import IntakeFactory, RevisionFactory


@pytest.fixture
def revision(db):
    return RevisionFactory()


def test_a_number_is_given_once(refused, revision):
    with refused("one_revision_per_number"):
        RevisionFactory(article=revision.article, text="Another text.")


def test_a_text_is_kept_once_and_again_when_an_article_returns_to_it(refused, revision):
    with refused("a_revision_differs_from_the_one_before"):
        RevisionFactory(article=revision.article, number=2)

    RevisionFactory(article=revision.article, number=2, text="Another text.")
    assert RevisionFactory(article=revision.article, number=3).text == revision.text


def test_a_revision_has_text(refused):
    with refused("revision_has_text"):
        RevisionFactory(text="")


def test_a_revision_never_changes(protected, revision):
    with protected("revision_never_changes"):
        Revision.objects.update(text="Moonflower tea cures everything.")


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        (Region, "region_begins_before_it_ends"),
        (Sentence, "sentence_begins_before_it_ends"),
        (Cue, "cue_begins_before_it_ends"),
    ],
)
def test_a_stretch_begins_before_it_ends(refused, revision, model, rule):
    with refused(rule):
        model.objects.create(revision=revision, start=5, end=5)


def test_regions_lie_apart(refused, revision):
    revision.regions.create(kind="title", start=0, end=10)
    revision.regions.create(kind="body", start=10, end=20)

    with refused("regions_of_a_revision_do_not_overlap"):
        revision.regions.create(kind="comments", start=19, end=30)


def test_a_place_has_one_sentence(refused, revision):
    revision.sentences.create(start=0, end=10)

    with refused("one_sentence_per_place"):
        revision.sentences.create(start=0, end=12)


def test_an_intake_gives_one_revision(refused, revision):
    other = IntakeFactory(article=revision.article)
    RevisionFactory(article=revision.article, intake=other, number=2, text="Another text.")

    with refused("reviews_revision_intake_id_key"):
        RevisionFactory(article=revision.article, intake=other, number=3, text="A third text.")
