"""The article as a reviewer reads it."""

import re
from html import unescape

import pytest

from reviews.models import Review
from tests.factories import ClaimFactory, ReviewFactory, RevisionFactory, RoundFactory

pytestmark = pytest.mark.django_db

TEXT = (
    "\U0001f319 Moonflower\u0301 \U0001f469\u200d\u2695\ufe0f says: e\u0301e\u0301 \U0001f1ea\U0001f1fa. "
    "Studies have shown that it works.\n\nA <b>cup</b> & nothing else. Buy now!"
)
CLAIMS = ("Studies have shown that it works.", "A <b>cup</b> & nothing else.")
MARK = re.compile(
    r'<mark data-claims="(\d+)"[^>]*><a href="[^"]+"><span class="claim-number".*?</span>\d+</span>(.*?)</a></mark>'
)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def review() -> Review:
    revision = RevisionFactory(text=TEXT)
    for quote in CLAIMS:
        ClaimFactory(revision=revision, quote=quote)
    return ReviewFactory(round=RoundFactory(revision=revision, claims=0))


def page_of(client_of, review: Review, part: str = "") -> str:
    return client_of(review.assignment.reviewer).get(f"/reviews/{review.key}/{part}").content.decode()


def highlighted(page: str) -> dict[int, str]:
    return {int(number): unescape(TAGS.sub("", words)) for number, words in MARK.findall(page)}


def cue(review: Review, words: str, *, kind: str = "vague_attribution", reason: str = "Nobody is named.") -> None:
    start = TEXT.index(words)
    review.round.revision.cues.create(kind=kind, start=start, end=start + len(words), reason=reason)


def test_a_highlight_stands_on_the_words_of_its_claim_whatever_letters_stand_before(client_of, review):
    assert highlighted(page_of(client_of, review)) == dict(enumerate(CLAIMS, start=1))


def test_a_cue_is_underlined_where_it_stands_and_the_highlight_stays_whole(client_of, review):
    cue(review, "Studies have shown")
    cue(review, "cup</b> & nothing else. Buy", kind="promotion", reason='It "sells".')

    page = page_of(client_of, review)

    assert '<span class="cue" data-cue="0">Studies have shown</span>' in page
    assert '<span class="cue" data-cue="1">cup&lt;/b&gt; &amp; nothing else.</span>' in page
    assert highlighted(page) == dict(enumerate(CLAIMS, start=1))


def test_of_two_cues_on_the_same_words_the_first_is_underlined_and_both_are_explained(client_of, review):
    cue(review, "Studies have shown")
    cue(review, "have shown that", kind="certainty", reason="It sounds sure.")

    text, pane = page_of(client_of, review, "claims/1/").split('id="work"')

    assert text.count('<span class="cue" data-cue=') == 1
    assert ("<strong>Vague attribution:</strong>" in pane, "<strong>Certainty:</strong>" in pane) == (True, True)
    assert "<strong>Certainty:</strong>" not in page_of(client_of, review, "claims/2/").split('id="work"')[1]


def test_each_reason_stands_once_in_the_list_with_all_the_words_that_it_was_noticed_in(client_of, review):
    cue(review, "Studies have shown")
    cue(review, "cup</b> & nothing else", reason='It "sells".')
    cue(review, "Buy", reason='It "sells".')

    text, pane = page_of(client_of, review, "cues/").split('id="work"')

    assert "What the machine noticed in the text (3 places)" in text
    assert text.count('data-cue="1"') == 2
    assert pane.split('<ul class="stack" data-gap="4">')[1].split("</ul>")[0] == (
        "<li><p data-why><strong>Vague attribution:</strong> Nobody is named.</p>"
        '<p class="note"><q dir="auto">Studies have shown</q></p></li>'
        "<li><p data-why><strong>Vague attribution:</strong> It &quot;sells&quot;.</p>"
        '<p class="note"><q dir="auto">cup&lt;/b&gt; &amp; nothing else</q> · <q dir="auto">Buy</q></p></li>'
    )
