"""A pasted text to a document: its title, its body, and the litter around them."""

import time

import pytest

from reviews.core.reading.plain import read_plain

SENTENCE = "Magnesium may improve sleep in older adults, studies say."


def kinds(document):
    return [(region.kind, document.text[region.start : region.end]) for region in document.regions]


def test_a_short_first_line_without_a_full_stop_is_the_title():
    document = read_plain(f"Sleep Better With Magnesium\n\n{SENTENCE}")

    assert document.title == "Sleep Better With Magnesium"
    assert kinds(document) == [("title", "Sleep Better With Magnesium"), ("body", SENTENCE)]


@pytest.mark.parametrize("first", [SENTENCE, "1. Take magnesium", "What you need:", "word " * 60])
def test_a_sentence_an_item_or_a_long_line_is_no_title(first):
    document = read_plain(f"{first}\n\n{SENTENCE}")

    assert document.title == ""
    assert [region.kind for region in document.regions] == ["body"]


def test_the_title_that_the_comments_repeat_is_the_title_even_with_a_full_stop():
    document = read_plain(f"Magnesium heals.\n\n{SENTENCE}\n\nComments on “Magnesium Heals”\n\nLeave a Reply")

    assert document.title == "Magnesium heals."
    assert [region.kind for region in document.regions] == ["title", "body", "comments"]


def test_what_stands_above_a_press_releases_title_is_not_its_title():
    document = read_plain(f"FOR IMMEDIATE RELEASE\n\nMagnesium and sleep\n\n{SENTENCE}")

    assert document.title == "Magnesium and sleep"


def test_a_heading_that_is_marked_near_the_beginning_is_the_title():
    document = read_plain(f"Springfield Institute\n\n# Magnesium and sleep\n\n{SENTENCE}\n\n## Dose\n\n{SENTENCE}")

    assert document.title == "Magnesium and sleep"
    assert [(part.role, part.level) for part in document.parts if part.role == "heading"] == [
        ("heading", 1),
        ("heading", 2),
    ]
    assert "#" not in document.text


def test_a_given_title_that_the_text_lacks_goes_before_it():
    document = read_plain(SENTENCE, title="  Magnesium\nand sleep ")

    assert kinds(document) == [("title", "Magnesium and sleep"), ("body", SENTENCE)]


def test_a_given_title_that_the_text_has_is_not_said_twice():
    document = read_plain(f"MAGNESIUM AND SLEEP\n\n{SENTENCE}", title="Magnesium and sleep")

    assert kinds(document) == [("title", "MAGNESIUM AND SLEEP"), ("body", SENTENCE)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", "navigation"),
        ("1 2 3 ... 15", "navigation"),
        ("« Previous 1 2 3 … 15 Next »", "navigation"),
        ("Page 2 of 7", "navigation"),
        ("Home > Health > Sleep", "navigation"),
        ("Share this:", "navigation"),
        ("FOR IMMEDIATE RELEASE", "navigation"),
        ("Embargoed until 00:01 GMT, 2 March 2026", "navigation"),
        ("Get my free sleep guide!", "navigation"),
        ("Related articles", "related"),
        ("Today on Sleep Weekly", "related"),
        ("Please wait...", "navigation"),
        ("Media contact: Jane Doe, press@sleep.example", "navigation"),
        ("© 2021 Sleep Weekly. All rights reserved.", "navigation"),
        ("Comments on “Sleep Better”", "comments"),
        ("3 thoughts on “Sleep Better”", "comments"),
        ("Leave a Reply", "comments"),
        ("ADVERTISEMENT - CONTINUE READING BELOW", "advertisement"),
        ("Sponsored content", "advertisement"),
        ("By Jane Doe, RN", "byline"),
        ("Jane M. Doe, MD, PhD", "byline"),
        ("Published on 4 May 2021", "byline"),
        ("May 4, 2021", "byline"),
    ],
)
def test_litter_is_kept_but_is_no_body(line, kind):
    document = read_plain(f"Sleep Better\n\n{line}\n\n{SENTENCE}" if kind == "byline" else f"{SENTENCE}\n\n{line}")

    assert (kind, line) in kinds(document)
    assert document.stretches("body") == (SENTENCE,)


@pytest.mark.parametrize(
    "line",
    [
        "Comments from patients show that magnesium helps sleep in the long run.",
        "In 2019 and 2020, 12 of 40 patients slept better.",
        "Home visits by nurses reduce falls.",
        "By taking magnesium, adults sleep longer.",
        "Share of adults with poor sleep: 30%",
    ],
)
def test_prose_that_begins_like_litter_is_body(line):
    document = read_plain(f"{SENTENCE}\n\n{line}\n\n{SENTENCE}")

    assert document.stretches("body") == (f"{SENTENCE}\n\n{line}\n\n{SENTENCE}",)


def test_what_follows_a_comments_heading_is_comments():
    document = read_plain(f"{SENTENCE}\n\n2 comments\n\nI tried it and it cured my cancer.\n\nMe too!")

    assert document.stretches("body") == (SENTENCE,)
    assert document.stretches("comments") == ("2 comments\n\nI tried it and it cured my cancer.\n\nMe too!",)


def test_a_comments_link_above_the_article_does_not_swallow_it():
    document = read_plain(f"Leave a comment\n\n{SENTENCE}\n\n{SENTENCE}")

    assert document.stretches("body") == (f"{SENTENCE}\n\n{SENTENCE}",)


def test_hard_wrapped_lines_become_one_paragraph_and_items_stay_apart():
    wrapped = (
        "Magnesium is a mineral that takes part in many reactions\nof the body and that may well improve the sleep of\n"
        "adults.\n- One\n- Two"
    )

    assert read_plain(wrapped).text == (
        "Magnesium is a mineral that takes part in many reactions of the body and that may well improve the sleep of"
        " adults.\n\n- One\n\n- Two"
    )


def test_regions_cover_the_text_in_order_without_overlap():
    document = read_plain(f"Sleep Better\n\n{SENTENCE}\n\n1 2 3\n\n{SENTENCE}\n\nLeave a Reply")

    edges = [edge for region in document.regions for edge in (region.start, region.end)]
    assert edges == sorted(edges)
    assert "\n\n".join(document.text[r.start : r.end] for r in document.regions) == document.text


def test_titles_below_a_heading_of_other_articles_are_related_until_prose_begins():
    document = read_plain(f"{SENTENCE}\n\nYou may also like\n\nNine Teas for Sleep\n\nIs Zinc Safe?\n\n{SENTENCE}")

    assert document.stretches("related") == ("You may also like\n\nNine Teas for Sleep\n\nIs Zinc Safe?",)
    assert document.stretches("body") == (SENTENCE, SENTENCE)


COMPANY = "Sleepwell is a leading manufacturer of bedding, headquartered in Zug. It employs around 1,300 people."


def test_a_companys_portrait_below_its_press_release_is_no_body():
    document = read_plain(f"{SENTENCE}\n\n{SENTENCE}\n\nAbout Sleepwell\n\n{COMPANY}")

    assert document.stretches("advertisement") == (f"About Sleepwell\n\n{COMPANY}",)
    assert document.stretches("body") == (f"{SENTENCE}\n\n{SENTENCE}",)


def test_a_company_named_inside_an_article_stays_in_it():
    document = read_plain(f"{COMPANY}\n\n{SENTENCE}\n\n{SENTENCE}")

    assert document.stretches("advertisement") == ()


def test_what_the_author_is_said_to_be_belongs_to_the_byline():
    document = read_plain(f"By Jane Doe | 4 May 2021\n\n{SENTENCE}\n\nAbout the author\n\nJane has slept since 1970.")

    assert document.facts.byline == "Jane Doe"
    assert document.stretches("byline")[-1] == "About the author\n\nJane has slept since 1970."
    assert document.stretches("body") == (SENTENCE,)


@pytest.mark.parametrize("line", ["." * 200, "… " * 80, "- " * 100 + "x", "next prev " * 20 + "x", "pages" * 40])
def test_a_line_that_is_nearly_page_numbers_takes_no_time(line):
    began = time.perf_counter()

    read_plain(f"Zinc and colds\n\n{line}\n\nZinc shortens a cold.")

    assert time.perf_counter() - began < 1
