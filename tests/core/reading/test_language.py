"""In which language a text is written."""

import pytest

from reviews.core.reading.language import language_of

ENGLISH = "Zinc shortens a cold by a day, and it is cheap. It may cause nausea in some of those who take it."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        ("Zink verkürzt eine Erkältung um einen Tag, und es ist billig. Es kann bei manchen Übelkeit auslösen.", "de"),
        (
            "Le zinc raccourcit le rhume d'un jour et il est bon marché, mais il n'est pas sans nausées pour tous.",
            "fr",
        ),
        ("El zinc acorta el resfriado en un día y no es caro, pero puede causar náuseas en las personas.", "es"),
        (
            "Lo zinco accorcia il raffreddore di un giorno e non è caro, ma può dare nausea alle persone.",
            "it",
        ),
        ("Цинк сокращает простуду на один день, и он дешёв, но может вызывать тошноту.", "ru"),
        (
            "亜鉛は風邪を一日短くすると言われていますが、吐き気を起こすこともあります。値段は安いです。",
            "ja",
        ),
        ("Zinc, iron, magnesium, selenium, copper, iodine: tablets, capsules, powders.", ""),
        ("Zinc.", ""),
    ],
)
def test_a_text_is_known_by_its_script_or_its_little_words(text, language):
    assert language_of(text) == language


def test_what_a_page_declares_decides_only_where_its_words_do_not():
    assert (language_of("Zinc.", declared="en-GB"), language_of(ENGLISH, declared="de")) == ("en", "en")


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("این چای خواب را بهتر می‌کند و درد را در زنان کم می‌کند، می‌گویند پزشکان.", "fa-IR", "fa"),
        ("این چای خواب را بهتر می‌کند و درد را در زنان کم می‌کند، می‌گویند پزشکان.", "en", "ar"),
        ("Този чай подобрява съня и намалява болката при жените, казват лекарите от града.", "bg", "bg"),
        ("Этот чай улучшает сон и снимает боль у женщин, говорят врачи из города.", "", "ru"),
    ],
)
def test_of_the_languages_of_one_script_a_page_says_which(text, declared, language):
    assert language_of(text, declared=declared) == language


@pytest.mark.parametrize("declared", ["", "english", "x", "<b>"])
def test_a_declaration_that_is_none_is_ignored(declared):
    assert language_of("Zinc.", declared=declared) == ""
