"""Who may do what at the desk: every door, by whoever only reads and by whoever has articles of their own alone."""

import pytest
from django.urls import reverse

from reviews.models import User
from tests.doors import DOORS
from tests.factories import EditorFactory, UserFactory
from tests.world import CAST, World, address_of, answer_of, doors, in_short

pytestmark = pytest.mark.django_db
OF_AN_ARTICLE = ("article", "claim", "claims", "round", "assignment", "report", "publication", "citation", "review")
OF_READERS = {"admin:logout", "admin:exports", "admin:round-bundle", "admin:export-remove"}
"""Doors at which whoever only reads may do what an editor may: what is read may be taken out."""

OF_NOBODY = {"admin:reviews_claim_add", "admin:reviews_round_add", "admin:reviews_article_add"}


@pytest.fixture
def world() -> World:
    world = World()
    world.people["reader"] = EditorFactory(role="reader")
    world.people["own"] = EditorFactory(role="own")
    return world


def desk_doors() -> list[str]:
    return [name for name in dict.fromkeys(doors()) if name.startswith("admin:")]


def test_whoever_reads_only_sees_what_an_editor_sees_and_changes_nothing(world):
    for name in desk_doors():
        address, reader = address_of(name, world), world.client("reader")  # anew: one of the doors signs out
        seen, told = (in_short(answer_of(reader, method, address)) for method in ("get", "post"))
        as_others, done = (set(answers.split()[CAST.index("editor") :]) for answers in DOORS[name])  # some of one alone
        assert told in (done if name in OF_READERS else {"403"}) or name == "admin:login", name
        assert seen in as_others or (seen, name.endswith("_add")) == ("403", True), name


def test_an_editor_of_own_articles_finds_no_page_of_anothers(world):
    own = world.client("own")

    for name in desk_doors():
        subject = name.removeprefix("admin:").removeprefix("reviews_").replace("_", "-").split("-")[0]
        address = address_of(name, world)
        if subject in OF_AN_ARTICLE and any(part.isdigit() for part in address.split("/")) and name not in OF_NOBODY:
            for method in ("get", "post"):
                answer = answer_of(own, method, address).status_code
                assert answer in {404, 405} or (answer, name.endswith("_delete")) == (403, True), (name, method)


def test_an_editor_of_own_articles_meets_no_other_in_a_list(world):
    world.open.revision.article.__class__.objects.update(title="Canary-article")
    own = world.client("own")

    for name in desk_doors():
        address = address_of(name, world)
        if not any(part.isdigit() for part in address.split("/")):
            answer = answer_of(own, "get", address)
            assert "Canary" not in answer.content.decode(), name


def test_the_pages_of_whoever_reads_only_offer_nothing_to_do(world):
    reader = world.client("reader")

    pages = [
        reader.get(reverse("admin:index")),
        reader.get(reverse("admin:reviews_article_change", args=[world.open.revision.article_id])),
        reader.get(reverse("admin:reviews_round_change", args=[world.open.pk])),
        reader.get(reverse("admin:report", args=[world.publication.report_id])),
        reader.get(reverse("admin:reviews_source_changelist")),
    ]

    assert all(b'data-kind="primary"' not in page.content for page in pages)
    assert all(b"you can look at everything and change nothing" in page.content for page in pages)


def test_a_chief_editor_says_who_works_at_the_desk_and_as_what():
    chief = EditorFactory(role="chief")
    client = World(editor=chief).client("editor")
    person = UserFactory()
    form = {"email": person.email, "name": person.name, "is_active": "on", "is_staff": "on", "role": "own"}

    client.post(reverse("admin:reviews_user_change", args=[person.pk]), {**form, "is_superuser": "on"})

    person = User.objects.get(pk=person.pk)
    assert (person.is_staff, person.role, person.is_superuser) == (True, "own", False)
    assert person.events.latest("pgh_id").role == "own"


def test_a_chief_editor_does_not_change_a_superuser():
    chief = EditorFactory(role="chief")
    world = World(editor=chief)
    root = world.people["superuser"]

    answer = world.client("editor").post(
        reverse("admin:reviews_user_change", args=[root.pk]), {"email": root.email, "name": "Mine", "is_active": "on"}
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["editor", "own"])
def test_an_editor_gives_nobody_a_role(role):
    client = World(editor=EditorFactory(role=role)).client("editor")
    person = UserFactory()
    form = {"email": person.email, "name": person.name, "is_active": "on", "is_staff": "on", "role": "chief"}

    client.post(reverse("admin:reviews_user_change", args=[person.pk]), form)

    assert not User.objects.get(pk=person.pk).is_staff


def test_a_trail_tells_of_a_role_and_never_of_a_password():
    editor = EditorFactory(name="Edna")
    client = World(editor=EditorFactory(role="chief")).client("editor")
    editor.role = "reader"
    editor.set_password("another one")
    editor.save()

    page = client.get(reverse("admin:reviews_user_history", args=[editor.pk])).content.decode()

    assert "reads only" in page
    assert "password" not in page.lower().replace("account_change_password", "").split("<main", 1)[1]


def test_whoever_has_an_interest_in_an_article_sees_no_mark_of_its_panel(world):
    editor = world.people["editor"]
    world.open.revision.article.__class__.objects.update(vendor="Moonflower Tea Company Ltd")
    User.objects.filter(pk=editor.pk).update(interests="Moonflower Tea")
    world.peers_at_work()
    client = world.client("editor")

    for name in desk_doors():
        answer = answer_of(client, "get", address_of(name, world))
        assert b"canary" not in answer.content.lower(), name
    assert client.get(reverse("admin:reviews_round_change", args=[world.open.pk])).status_code == 404
    assert client.get(reverse("admin:report", args=[world.publication.report_id])).status_code == 404
