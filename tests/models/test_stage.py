"""How far an article is, as the database keeps it; and whoever may make a conflict of interest."""

from datetime import timedelta

import pytest

from reviews.core.assigning.interests import normal
from reviews.models import Article, Intake, Publication, Round, User
from tests.factories import (
    NOON,
    ArticleFactory,
    EditorFactory,
    IntakeFactory,
    ReportFactory,
    RevisionFactory,
    RoundFactory,
    UserFactory,
)

LATER = NOON + timedelta(days=1)


def stage_of(article):
    return Article.objects.values_list("stage", "stage_since").get(pk=article.pk)


def test_an_intake_moves_its_article(db):
    intake = IntakeFactory()

    waiting = stage_of(intake.article)
    Intake.objects.filter(pk=intake.pk).update(failed_at=LATER, failure="Broken.")

    assert (waiting, stage_of(intake.article)) == (
        ("reading", NOON),
        ("failed", LATER),
    )  # "an_intake_moves_its_article"


def test_a_text_moves_its_article(db):
    revision = RevisionFactory(read_at=LATER)

    assert stage_of(revision.article) == ("curating", LATER)  # "a_text_moves_its_article"


def test_a_round_moves_its_article(db):
    round = RoundFactory()
    article = round.revision.article

    is_open = stage_of(article)
    Round.objects.filter(pk=round.pk).update(closed_at=LATER, closing="editor")

    assert (is_open, stage_of(article)) == (("panel", NOON), ("compiled", LATER))  # "a_round_moves_its_article"


def test_a_publication_moves_its_article_and_a_newer_report_moves_it_back(db):
    report = ReportFactory()
    article = report.round.revision.article

    compiled = stage_of(article)
    publication = Publication.objects.create(
        article=article, report=report, published_at=LATER, published_by=article.added_by
    )
    published = stage_of(article)
    ReportFactory(round=report.round, number=2, previous=report, compiled_at=LATER + timedelta(days=1))
    corrected = stage_of(article)

    assert (compiled, published) == (("compiled", NOON), ("published", LATER))  # "a_publication_moves_its_article"
    assert corrected == ("compiled", LATER + timedelta(days=1))  # "a_report_moves_its_article"
    assert publication.withdrawn_at is None


def test_what_moves_by_itself_leaves_no_line_in_the_trail(db):
    article = RevisionFactory().article

    assert [event.pgh_label for event in article.events.all()] == ["insert"]


def test_a_stage_is_one_of_the_board(refused):
    article = ArticleFactory()

    with refused("a_stage_is_one_of_the_board"):
        Article.objects.filter(pk=article.pk).update(stage="lost")


def test_a_role_is_one_of_the_desk(refused):
    editor = EditorFactory()

    with refused("a_role_is_one_of_the_desk"):
        User.objects.filter(pk=editor.pk).update(role="owner")


@pytest.mark.parametrize("name", ["Copperleaf Health (UK)", "Müller_&_Söhne,  Köln", "O’Neill's", "3M", "ÉTOILE-Santé"])
def test_the_database_compares_names_as_the_craft_does(db, name):
    article = ArticleFactory(vendor=name)

    assert Article.objects.filter(pk=article.pk, parties__contains=f" {normal(name)} ").exists()


class TestTheDeskOfAnEditor:
    def test_holds_every_article_as_a_rule(self, db):
        article = ArticleFactory()

        assert list(Article.objects.before(EditorFactory())) == [article]

    def test_holds_the_own_ones_where_the_role_says_so(self, db):
        editor = EditorFactory(role="own")
        added, handed_over = ArticleFactory(added_by=editor), ArticleFactory(added_by=editor, editor=EditorFactory())
        given, edited = ArticleFactory(editor=editor), RoundFactory(editors=[editor]).revision.article
        ArticleFactory()

        found = set(Article.objects.before(editor))

        assert found == {added, given, edited}
        assert handed_over not in found

    def test_holds_no_round_of_a_subject_in_which_the_editor_has_an_interest(self, db):
        editor = EditorFactory(interests="Copperleaf Ltd\nSomething else")
        RoundFactory(revision__article__vendor="Copperleaf Health")
        other = RoundFactory(revision__article__vendor="Coppersmith")

        assert list(Round.objects.before(editor)) == [other]

    def test_is_nobodys_who_is_no_editor(self, db):
        reviewer = UserFactory()

        assert (reviewer.may_write, reviewer.is_chief) == (False, False)
