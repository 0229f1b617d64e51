"""What the machine remarks on, and what it lets pass."""

import pytest

from reviews.core.reading.cues import find_cues
from reviews.core.reading.noticing import notice
from reviews.core.reading.rules import KINDS
from reviews.core.reading.sentences import split_sentences


def found(text, kind):
    return [text[cue.start : cue.end] for cue in find_cues(notice(text, split_sentences(text))) if cue.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Studies have shown that zinc works.", "vague_attribution", ["Studies have shown"]),
        ("Emerging evidence implies a role.", "vague_attribution", ["evidence implies"]),
        ("It is widely believed to work.", "vague_attribution", ["It is widely believed to"]),
        ("Experts recommend zinc.", "vague_attribution", ["Experts recommend"]),
        ("Zinc is being explored as a cure.", "vague_attribution", ["being explored as"]),
        ("Zinc may potentially shorten colds.", "hedge", ["may", "potentially"]),
        ("Zinc has shown promise.", "hedge", ["shown promise"]),
        ("Zinc always works and is proven.", "certainty", ["always", "proven"]),
        ("Zinc reduces fever.", "causal_verb", ["reduces"]),
        ("Zinc is linked to longer life.", "causal_verb", ["is linked to"]),
        ("Take 20 mg for 3 weeks.", "number", ["20 mg", "3 weeks"]),
        ("Two out of three and 40% of adults.", "number", ["Two out of three", "40%"]),
        ("Zinc works better than placebo.", "comparison", ["better than"]),
        ("I tried it; in my experience it works.", "anecdote", ["I tried", "in my experience"]),
        ("This miracle remedy unlocks health.", "promotion", ["miracle", "unlocks"]),
        ("Tablets offered by Acme are fine.", "vendor", ["offered by"]),
        ("Order now and click here.", "call_to_action", ["Order now", "click here"]),
        ("People looking to sleep may want to rest.", "call_to_action", ["People looking to", "may want to"]),
        ("It is sold by SUNRISE HERBAL CO., LTD. today.", "vendor", ["sold by", "SUNRISE HERBAL CO., LTD."]),
        ("We tested Zincomax Tablets 20mg at home.", "vendor", ["Zincomax Tablets 20mg"]),
        ("Ambra Optics offers a trial.", "vendor", ["Ambra Optics offers a trial"]),
        ("Ambra's new lens is thin.", "vendor", ["Ambra's new lens"]),
        ("Ambra Optics’ lenses are thin.", "vendor", ["Ambra Optics’ lenses"]),
        ("This post was produced by Ambra.", "vendor", ["post was produced by"]),
        ("It comes from the makers of Sleepora.", "vendor", ["makers of"]),
        ("Zinc may help in May and in may.", "hedge", ["may", "may"]),
        ("See www.zinc-shop.com now.", "vendor", ["www.zinc-shop.com"]),
        ("Zinc may may help.", "spun_wording", ["may may"]),
        ("Minerals, such as for example zinc.", "spun_wording", ["such as for example"]),
        ("It treats apparent symptoms of flu.", "spun_wording", ["apparent symptoms"]),
        ("This offers expect the future.", "spun_wording", ["offers expect"]),
        ("Let us delve in to zinc.", "spun_wording", ["delve in to"]),
        ("Between zinc and zinc levels.", "spun_wording", ["zinc and zinc"]),
    ],
)
def test_a_cue_stands_on_its_own_words(text, kind, words):
    assert found(text, kind) == words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A trial found that zinc works (Singh et al., 2013).", "vague_attribution"),
        ("Studies published in The Lancet show that zinc works.", "vague_attribution"),
        ("He had had that cold before, and that that was bad.", "spun_wording"),
        ("It came again and again.", "spun_wording"),
        ("It began in May 2019.", "hedge"),
        ("Zinc is a metal.", "vendor"),
        ("Springfield University Hospital offers a trial of zinc.", "vendor"),
        ("Dr. Ann Moon offers a plan.", "vendor"),
        ("It was made in Norway's new capital.", "vendor"),
        ("Crohn's tablets are large.", "vendor"),
        ("2. Zinc is a metal.", "number"),
    ],
)
def test_what_is_in_order_earns_no_cue(text, kind):
    assert found(text, kind) == []


def test_every_reason_is_a_sentence_that_quotes_the_words_where_it_can():
    text = "Studies show that Zincomax 20mg may may reduce colds better than any miracle, order now."

    cues = find_cues(notice(text, split_sentences(text)))

    assert {cue.kind for cue in cues} >= {"vague_attribution", "hedge", "causal_verb", "vendor", "spun_wording"}
    assert all(cue.kind in KINDS for cue in cues)
    assert all(text[cue.start : cue.end] in cue.reason and cue.reason.endswith((".", "?")) for cue in cues)


def test_cues_come_in_reading_order_inside_their_sentences():
    text = "Zinc may help. Studies show it may. It always does."
    sentences = split_sentences(text)

    cues = find_cues(notice(text, sentences))

    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    assert all(any(span.start <= cue.start < cue.end <= span.end for span in sentences) for cue in cues)
