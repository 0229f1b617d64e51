"""What is found in two real articles, which lie beside the checkout and not in it."""

import pytest

from reviews.core.reading.anchors import anchor_at, locate, stands_in
from reviews.core.reading.reading import read_article

pytestmark = pytest.mark.shared


@pytest.fixture
def injection(shared):
    return read_article((shared / "articles" / "injection-benefits.txt").read_bytes(), form="text")


@pytest.fixture
def hormone(shared):
    return read_article((shared / "articles" / "love-hormone.txt").read_bytes(), form="text")


def cues_of(reading, kind):
    return [reading.document.text[cue.start : cue.end] for cue in reading.cues if cue.kind == kind]


def test_the_spun_article_has_its_title_and_its_litter_apart(injection):
    document = injection.document

    assert document.title == (
        "Past Labor: Examining the Unexpected Advantages of 10iu Oxytocin Injection for Mental Health"
    )
    assert [region.kind for region in document.regions] == ["title", "body", "navigation", "comments"]
    assert document.stretches("navigation") == ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",)
    assert document.stretches("comments") == (f"Comments on “{document.title}”\n\nLeave a Reply",)
    assert document.stretches("body")[0].endswith("approaches to mental health care.")


def test_the_spun_articles_headline_leads_its_claims(injection):
    first, second, *rest = injection.claims

    assert first.quote.startswith(
        "Beyond its well-established role in facilitating childbirth, Oxytocin Injection 10iu"
    )
    assert second.quote == injection.document.title
    assert (first.is_headline, second.is_headline) == (True, True)
    assert (first.is_high_harm, second.is_high_harm) == (True, True)
    assert not any(claim.is_headline for claim in rest)


@pytest.mark.parametrize(
    "words",
    [
        "plays a crucial role in social bonding and emotional regulation",
        "could have lower levels of oxytocin",
        "has shown promise in reducing anxiety symptoms",
        "can modulate the experience of the amygdala",
        "decreased anxiety levels",
        "managing apparent symptoms of depression",
        "potentially enhancing mood",
        "may improve social skills",
        "therapeutic benefits for individuals with PTSD",
        "mitigate the impact of traumatic memories",
        "reducing cravings and promoting abstinence",
    ],
)
def test_every_health_statement_of_the_spun_article_is_among_its_first_sixteen(injection, words):
    assert [claim.rank <= 16 for claim in injection.claims if words in claim.quote] == [True]


def test_what_states_nothing_is_not_suggested_and_stays_a_sentence(injection, hormone):
    assert [(len(one.sentences), len(one.claims)) for one in (injection, hormone)] == [(25, 19), (20, 17)]
    for words in ("In this short article, we delve in to", "It has led researchers", "As researchers continue"):
        assert words in injection.document.text
        assert not any(claim.quote.startswith(words) for claim in injection.claims)


def test_the_heading_of_a_list_item_is_no_part_of_its_claim(injection):
    assert not any(claim.quote[:1].isdigit() for claim in injection.claims)
    assert (
        "Emerging evidence implies that oxytocin may may play a role in managing apparent symptoms of depression."
        in [claim.quote for claim in injection.claims]
    )


def test_the_spun_articles_wording_is_remarked_on(injection):
    assert set(cues_of(injection, "spun_wording")) >= {
        "delve in to",
        "such as for example",
        "experience of the amygdala",
        "may may",
        "apparent symptoms",
        "certainly are a",
        "offers expect",
    }
    assert cues_of(injection, "vague_attribution")[:4] == [
        "research has unveiled",
        "Studies have shown",
        "has led researchers to",
        "Research studies have indicated",
    ]


def test_the_article_without_a_title_has_none_and_is_all_body(hormone):
    assert hormone.document.title == ""
    assert [region.kind for region in hormone.document.regions] == ["body"]


def test_the_sellers_name_is_found(hormone):
    assert cues_of(hormone, "vendor") == [
        "supported by compounds like those offered by",
        "NINGBO INNO PHARMCHEM CO.,LTD.",
    ]


def test_the_claim_of_treatment_leads_the_second_article(hormone):
    assert "is being explored as a potential therapeutic agent" in hormone.claims[0].quote
    assert [claim for claim in hormone.claims if claim.is_headline] == []
    assert all("provides deep insights" not in claim.quote for claim in hormone.claims)


def test_every_claim_can_be_anchored_and_found_again(injection, hormone):
    for reading in (injection, hormone):
        text = reading.document.text
        for claim in reading.claims:
            anchor = anchor_at(text, claim.start, claim.end)
            assert anchor.quote == claim.quote
            assert stands_in(anchor, text)
            assert locate(claim.quote, text, anchor.prefix, anchor.suffix) == (claim.start, claim.end)
