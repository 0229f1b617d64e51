"""Which sentences are put forward as claims, in which order, and why."""

import pytest

from reviews.core.reading.claims import suggest_claims
from reviews.core.reading.cues import find_cues
from reviews.core.reading.noticing import notice
from reviews.core.reading.plain import read_plain
from reviews.core.reading.sentences import split_sentences
from reviews.core.reading.wording import neutral_wording


def suggested(text, *, title=""):
    document = read_plain(text, title=title)
    sentences = split_sentences(document.text, document.regions)
    noticed = notice(document.text, sentences)
    return suggest_claims(document, noticed, find_cues(noticed))


SPUN = """Beyond Digestion: Exploring the Hidden Benefits of Ginger Root Capsules for Migraine

Ginger is a plant of the tropics. In this short article, we delve in to the hidden benefits of ginger.

  1. Less Pain: Studies have shown that ginger may may reduce migraine pain in children.
  2. Better Mood: Furthermore, ginger improves mood.

So buy Gingerol Max Capsules 500mg today! You may stop taking your medication once ginger works for migraine.
The capsules are blue. Are you curious?

1 2 3 ... 9

Comments on “Beyond Digestion: Exploring the Hidden Benefits of Ginger Root Capsules for Migraine”

Ginger cured my cancer completely.
"""


def test_quotes_stand_where_they_say_and_ranks_count_from_one():
    text = read_plain(SPUN).text

    claims = suggested(SPUN)

    assert [claim.rank for claim in claims] == list(range(1, len(claims) + 1))
    assert [claim.score for claim in claims] == sorted((claim.score for claim in claims), reverse=True)
    assert all(text[claim.start : claim.end] == claim.quote and 0 <= claim.score <= 1 for claim in claims)


def test_the_statements_of_health_are_suggested_in_neutral_words():
    wordings = {claim.wording for claim in suggested(SPUN)}

    assert wordings >= {
        "Hidden Benefits of Ginger Root Capsules for Migraine",
        "Studies have shown that ginger may may reduce migraine pain in children.",
        "Ginger improves mood.",
        "You may stop taking your medication once ginger works for migraine.",
    }


def test_comments_and_plain_facts_are_not_claims():
    quotes = " ".join(claim.quote for claim in suggested(SPUN))

    assert [words for words in ("cured my cancer", "capsules are blue", "curious") if words in quotes] == []


def test_talk_about_the_article_and_bare_calls_stand_below_every_statement():
    order = [claim.wording for claim in suggested(SPUN)]
    low = [wording for wording in order if wording.startswith(("In this short", "Buy", "So buy"))]

    assert order[len(order) - len(low) :] == low


def test_title_and_its_restatement_are_headline_claims():
    text = (
        "Ginger Capsules for Migraine\n\nGinger grows in Asia. Ginger capsules ease migraine within hours."
        " Sleep improves mood."
    )

    assert [claim.quote for claim in suggested(text) if claim.is_headline] == [
        "Ginger capsules ease migraine within hours.",
        "Ginger Capsules for Migraine",
    ]


@pytest.mark.parametrize(
    ("sentence", "harm"),
    [
        ("Adults can take 400 mg of zinc to prevent colds.", "a dose"),
        ("Patients can stop taking their blood pressure medication with ginger.", "stopping or replacing a treatment"),
        ("Ginger reduces nausea in pregnancy.", "pregnancy or breastfeeding"),
        ("Honey reduces cough in toddlers.", "children"),
        ("Charcoal treats an overdose at home.", "an emergency"),
        ("Injecting oxytocin reduces anxiety.", "an injection"),
    ],
)
def test_what_may_hurt_a_reader_is_flagged_with_its_reason(sentence, harm):
    (claim,) = suggested(sentence)

    assert claim.is_high_harm
    assert any(reason.startswith("High harm:") and harm in reason for reason in claim.reasons)


def test_an_ordinary_claim_is_not_high_harm():
    (claim,) = suggested("Walking improves mood in adults.")

    assert not claim.is_high_harm


@pytest.mark.parametrize(
    "hedge", ["may improve", "might improve", "could potentially improve", "has shown promise and may improve"]
)
def test_a_hedge_adds_a_cue_and_never_lowers_the_rank(hedge):
    plain = "Ginger can improve mood in adults."
    hedged = f"Ginger {hedge} mood in adults."

    (first,), (second,) = suggested(plain), suggested(hedged)
    ranked = suggested(f"{plain}\n\n{hedged}")

    assert second.score >= first.score
    assert "hedge" in second.cues
    assert ranked[0].quote == hedged


@pytest.mark.parametrize(
    "hedged",
    [
        "Ginger reduces migraine pain, but only time will tell.",
        "Ginger reduces migraine pain, though much remains to be seen.",
        "Ginger is gaining attention because it reduces migraine pain.",
        "Did you know that ginger reduces migraine pain?",
    ],
)
def test_what_a_sentence_says_beside_its_claim_does_not_hide_it(hedged):
    (plain,), (found,) = suggested("Ginger reduces migraine pain."), suggested(hedged)

    assert found.score >= plain.score


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ginger reduces migraine pain.", "effect"),
        ("Ginger increases the risk of bleeding.", "risk"),
        ("Statins reduce the risk of death.", "effect"),
        ("One in five adults gets migraine.", "frequency"),
        ("Ginger blocks serotonin receptors and affects brain pathways.", "mechanism"),
        ("Oxytocin is a peptide hormone made in the brain.", "definition"),
    ],
)
def test_a_claim_has_its_kind(sentence, kind):
    (claim,) = suggested(sentence)

    assert claim.kind == kind


@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("3. Better Mood: Furthermore, ginger improves mood.", "Ginger improves mood."),
        ("However, ginger fails.", "Ginger fails."),
        ("(2) Ginger fails.", "Ginger fails."),
        ("Ginger: the root fails.", "Ginger: the root fails."),
        ("Ginger fails.", "Ginger fails."),
    ],
)
def test_a_wording_drops_list_mark_heading_and_lead_in(quote, wording):
    assert neutral_wording(quote) == wording


def test_a_pronoun_without_its_noun_is_pointed_out():
    (claim,) = suggested("It is believed to reduce anxiety.")

    assert "It begins with “It”: word it with what the sentence before speaks of." in claim.reasons


def test_a_sentence_that_stands_twice_is_suggested_once():
    assert len(suggested("Ginger reduces migraine pain.\n\nGinger reduces migraine pain!")) == 1


def test_an_article_without_claims_has_none():
    assert suggested("The library opens at nine. Bring a pen. Thank you all for the lovely day.") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Can zinc reduce the pain of a cold?",
        "In this article, we look at how zinc reduces pain.",
        "These findings open avenues for zinc as a treatment of colds.",
        "Talk to your doctor about zinc and colds.",
    ],
)
def test_what_states_nothing_is_no_claim(sentence):
    assert suggested(sentence) == ()


@pytest.mark.parametrize(
    ("item", "claim"),
    [
        ("3. Depression Management: Zinc reduces depression in adults.", "Zinc reduces depression in adults."),
        ("2) Zinc reduces depression in adults.", "Zinc reduces depression in adults."),
        ("Zinc reduces depression: it is a mineral.", "Zinc reduces depression: it is a mineral."),
    ],
)
def test_a_claim_begins_after_the_mark_and_the_heading_of_its_item(item, claim):
    (found,) = suggested(item)

    assert (found.quote, item[found.start : found.end]) == (claim, claim)
