"""Claims at the desk."""

import re

import pytest
from django.urls import reverse

from reviews.models import Claim
from tests.factories import CLAIMS, TEXT, ClaimFactory, EditorFactory, RevisionFactory

pytestmark = pytest.mark.django_db
KIND = {"kind": "effect"}


def move(desk, claim, name, **headers):
    return desk.post(reverse("admin:claim-move", args=[claim.pk, name]), headers=headers)


def test_a_claim_is_accepted_with_and_without_htmx(desk):
    first, second = ClaimFactory(state="suggested"), ClaimFactory(state="suggested")

    whole, fragment = move(desk, first, "accept"), move(desk, second, "accept", **{"HX-Request": "true"})

    assert whole.status_code == 302
    assert fragment.content.decode().strip().startswith("<article")
    assert set(Claim.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_claim_is_not_moved_by_a_link(desk):
    claim = ClaimFactory(state="suggested")

    answer = desk.get(reverse("admin:claim-move", args=[claim.pk, "accept"]))

    claim.refresh_from_db()
    assert (answer.status_code, claim.state) == (405, "suggested")


def test_an_unknown_move_is_no_page(desk):
    assert move(desk, ClaimFactory(), "publish").status_code == 404


def test_a_claim_is_reworded_and_accepted_in_one_go(desk):
    claim = ClaimFactory(state="suggested")
    url = reverse("admin:reviews_claim_change", args=[claim.pk])

    empty = desk.post(url, {"wording": "", "kind": "risk", "is_headline": "on"})
    desk.post(url, {"wording": "Tea brings sleep.", "kind": "risk", "is_headline": "on", "accept": "1"})

    claim.refresh_from_db()
    assert "This field is required." in empty.content.decode()
    assert (claim.wording, claim.kind, claim.is_headline, claim.is_high_harm, claim.state) == (
        "Tea brings sleep.",
        "risk",
        True,
        False,
        "accepted",
    )


def test_a_forged_kind_is_refused(desk):
    claim = ClaimFactory()

    answer = desk.post(
        reverse("admin:reviews_claim_change", args=[claim.pk]),
        {"wording": "Other", "kind": "rumour", "state": "merged"},
    )

    claim.refresh_from_db()
    assert "not one of the available choices" in answer.content.decode()
    assert (claim.wording, claim.state) == (CLAIMS[0], "accepted")


def added(desk, revision, **form):
    return desk.post(reverse("admin:claim-add", args=[revision.pk]), {**KIND, **form})


def test_a_sentence_that_is_selected_becomes_a_claim(desk, editor):
    revision = RevisionFactory()
    start = TEXT.index(CLAIMS[1])
    page = desk.get(reverse("admin:claim-add", args=[revision.pk]), {"start": start, "end": start + len(CLAIMS[1])})

    added(desk, revision, quote=page.context["form"]["quote"].value(), start=start, wording="A cup holds lunarin.")

    claim = revision.claims.get()
    assert (claim.quote, claim.wording, claim.added_by) == (CLAIMS[1], "A cup holds lunarin.", editor)


def test_a_quote_that_is_pasted_is_found(desk):
    revision = RevisionFactory()

    added(desk, revision, quote="40 mg of lunarin")

    assert revision.claims.get().start == TEXT.index("40 mg of lunarin")


def test_a_part_of_the_selected_sentence_may_be_kept(desk):
    revision = RevisionFactory(text="Tea calms. Tea heals. Tea calms.")

    added(desk, revision, quote="Tea calms.", start=22)

    assert revision.claims.get().start == 22


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("", "This field is required."),
        ("moonflower tea cures everything", "does not say this word for word"),
        ("tea", "says this more than once"),
        ("tea\x00", "Null characters are not allowed."),
    ],
)
def test_a_quote_that_does_not_stand_is_told_so_and_kept(desk, quote, sentence):
    revision = RevisionFactory()

    page = added(desk, revision, quote=quote, wording="What I typed").content.decode()

    assert sentence in page
    assert "What I typed" in page
    assert not revision.claims.exists()


def test_a_selection_outside_the_text_is_told_so(desk):
    revision = RevisionFactory()

    page = desk.get(reverse("admin:claim-add", args=[revision.pk]), {"start": 9_999, "end": 10_000}).content.decode()

    assert "does not lie inside the text" in page


def test_claims_are_merged_after_choosing_the_one_that_stays(desk):
    revision = RevisionFactory()
    first, second = (ClaimFactory(revision=revision, quote=quote) for quote in CLAIMS[:2])
    url = reverse("admin:claims-merge", args=[revision.pk])

    unchosen = desk.post(url, {"claims": [first.pk, second.pk]})
    desk.post(url, {"claims": [first.pk, second.pk], "into": second.pk})

    first.refresh_from_db()
    assert "Choose the claim that stays." in unchosen.content.decode()
    assert (first.state, first.merged_into) == ("merged", second)


def test_claims_of_another_text_cannot_be_merged(desk):
    here, there = ClaimFactory(), ClaimFactory()

    desk.post(reverse("admin:claims-merge", args=[here.revision_id]), {"claims": [here.pk, there.pk], "into": there.pk})

    assert set(Claim.objects.values_list("state", flat=True)) == {"accepted"}


def test_a_claim_is_split_on_a_page_that_loses_nothing_typed(desk):
    claim = ClaimFactory(quote="A cup holds 40 mg of lunarin, which blocks the waking receptor.")
    address = reverse("admin:claim-split", args=[claim.pk])
    typed = {
        "first_quote": "A cup holds 40 mg of lunarin",
        "second_quote": "which blocks it",
        "first_wording": "40 mg.",
    }

    refused = desk.post(address, typed).content.decode()
    desk.post(address, {**typed, "second_quote": "which blocks the waking receptor."})

    assert "which blocks it" in refused
    assert "word for word, and once" in refused
    assert claim.revision.claims.accepted().count() == 2


@pytest.fixture
def listed(db):
    revision = RevisionFactory()
    return [ClaimFactory(revision=revision, quote=quote) for quote in CLAIMS]


def shift(desk, claim, where, **headers):
    return desk.post(reverse("admin:claim-shift", args=[claim.pk, where]), headers=headers)


def focused(page):
    """Return the id of what takes the focus; there is one such thing at most."""
    found = re.findall(r'id="([a-z]+-[0-9a-z]+)"[^>]* autofocus', page)
    assert len(found) == page.count("autofocus")
    return found


def test_a_claim_is_moved_with_and_without_htmx(desk, listed):
    first, second, third = listed
    address = reverse("admin:reviews_article_change", args=[first.revision.article_id])

    whole = shift(desk, third, "up")
    fragment = shift(desk, third, "first", **{"HX-Request": "true"}).content.decode()

    assert (whole.status_code, whole["Location"]) == (302, f"{address}#claim-{third.pk}")
    assert list(first.revision.claims.listed()) == [third, first, second]
    assert fragment.index(f'id="claim-{third.pk}"') < fragment.index(f'id="claim-{first.pk}"')
    assert "Number 1 on the list now." in fragment
    assert "Order as in the text" in fragment


@pytest.mark.parametrize(
    ("nth", "where", "focus"),
    [
        (2, "up", "up"),
        (1, "up", "down"),
        (2, "first", "down"),
        (0, "down", "down"),
        (1, "down", "up"),
        (1, "last", "up"),
    ],
)
def test_the_focus_stays_on_the_claim_that_was_moved(desk, listed, nth, where, focus):
    answer = shift(desk, listed[nth], where, **{"HX-Request": "true"})

    assert focused(answer.content.decode()) == [f"{focus}-{listed[nth].pk}"]


def test_a_list_is_put_in_the_order_of_the_text_again(desk, listed):
    shift(desk, listed[2], "first")
    url = reverse("admin:claims-as-in-text", args=[listed[0].revision_id])

    fragment = desk.post(url, headers={"HX-Request": "true"})

    assert list(listed[0].revision.claims.listed()) == listed
    assert focused(fragment.content.decode()) == ["accepted-title"]
    assert "Order as in the text" not in fragment.content.decode()


def test_a_claim_that_left_the_list_is_not_moved_and_that_is_said(desk, listed):
    Claim.objects.filter(pk=listed[0].pk).update(state="rejected")

    page = shift(desk, listed[0], "down", **{"HX-Request": "true"}).content.decode()

    assert "is not on the list any more" in page
    assert set(Claim.objects.values_list("place", flat=True)) == {None}


def test_a_claim_is_moved_to_no_unknown_place_and_by_no_link(desk, listed):
    assert shift(desk, listed[0], "sideways").status_code == 404
    assert desk.get(reverse("admin:claim-shift", args=[listed[0].pk, "down"])).status_code == 405


def test_who_only_reads_finds_no_button_that_moves_a_claim(client, listed):
    client.force_login(EditorFactory(role="reader"))

    page = client.get(reverse("admin:reviews_article_change", args=[listed[0].revision.article_id])).content.decode()

    assert "On the list" in page
    assert "/shift/" not in page


def test_the_list_leaves_claims_of_replaced_texts_out_unless_they_are_asked_for(desk):
    old = ClaimFactory(wording="Of the old text")
    newer = RevisionFactory(article=old.revision.article, number=2, text=TEXT + " And more.")
    ClaimFactory(revision=newer, wording="Of the new text")
    ClaimFactory(wording="Of the only text")

    def listed(**asked):
        page = desk.get(reverse("admin:reviews_claim_changelist"), asked).content.decode()
        return [wording for wording in ("Of the old", "Of the new", "Of the only") if wording in page]

    assert listed() == ["Of the new", "Of the only"]
    assert listed(text="replaced") == ["Of the old"]
    assert listed(text="any") == ["Of the old", "Of the new", "Of the only"]
    assert listed(text="current") == listed()
