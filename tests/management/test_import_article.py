"""Importing one file on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reviews.models import Article, Job, Revision
from tests.factories import TEXT, EditorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "moonflower.txt"
    path.write_text(TEXT)
    return path


def printed(file, **options):
    output = StringIO()
    call_command("import_article", file, stdout=output, **options)
    return output.getvalue()


def test_what_is_printed_is_what_is_stored(file):
    found = json.loads(printed(file, json=True))

    revision = Revision.objects.get()
    assert list(found) == ["title", "sha256", "regions", "sentences", "claims"]
    assert (found["title"], found["sha256"]) == (revision.title, revision.sha256)
    assert found["sentences"] == revision.sentences.count()
    assert list(found["claims"][0]) == ["quote", "start", "end", "rank", "score", "cues"]
    assert all(revision.text[claim["start"] : claim["end"]] == claim["quote"] for claim in found["claims"])
    assert [claim["rank"] for claim in found["claims"]] == list(range(1, len(found["claims"]) + 1))


def test_the_same_file_prints_the_same_bytes(file):
    assert printed(file, json=True) == printed(file, json=True)


def test_the_article_is_added_and_its_reading_is_done(file):
    printed(file, title="My own title")

    article = Article.objects.get()
    assert (article.title, article.added_by.name, article.added_by.is_active) == ("My own title", "Command line", False)
    assert [job.state for job in Job.objects.all()] == ["done"]


def test_somebody_can_be_named_who_brings_it_in(file):
    editor = EditorFactory()

    printed(file, by=editor.email.upper())

    assert Article.objects.get().added_by == editor


def test_a_page_is_read_as_a_page(tmp_path):
    page = tmp_path / "tea.html"
    page.write_text(f"<html><body><h1>Tea</h1><script>alert(1)</script><p>{TEXT.splitlines()[2]}</p></body></html>")

    printed(page)

    assert "alert" not in Revision.objects.get().text


@pytest.mark.parametrize(("content", "words"), [(b"  ", "There is no text here"), (b"\x00\x01\xff" * 99, "not text")])
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_added(tmp_path, content, words):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        printed(path)

    assert not Article.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file"):
        printed(tmp_path / "nowhere.txt")


def test_real_articles_are_imported(shared):
    for path in sorted((shared / "articles").glob("*.txt")):
        found = json.loads(printed(path, json=True))
        assert found["claims"], path.name
