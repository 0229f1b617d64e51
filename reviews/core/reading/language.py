"""In which language a text is written, by its script and by the little words that every sentence needs.

A text of a few words, or one that no list knows, has none: "" is an answer. Only what is told apart reliably is in
the lists; a page's own declaration decides where the words do not, and among the languages of one script.
"""

import re
from collections import Counter
from collections.abc import Iterable

ENGLISH = "en"
SAMPLE = 20_000  # characters that are looked at
FEWEST_LETTERS = 40
FEWEST_HITS = 4  # little words that must be found
LEAST_LEAD = 1.25  # how many times the runner-up's share the first must have

SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),  # before Chinese: Japanese has its characters too
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
SHARE_OF_SCRIPT = {"ja": 0.1, "uk": 0.015}  # of all letters; half of them for the rest
SAME_SCRIPT = {
    "ar": {"fa", "ku", "ps", "sd", "ug", "ur"},
    "he": {"yi"},
    "hi": {"mr", "ne", "sa"},
    "ru": {"be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "uk"},
    "uk": {"be"},
}
"""What else is written in a script beside its first language: there a page's declaration is believed."""

LITTLE_WORDS = {
    "en": "the of and to in is that for with are was be this have from or by not it you may can which has their been",
    "de": "der die das und ist nicht mit ein eine von zu den dem auf für sich auch werden wird bei oder als im sind",
    "fr": "le la les des et est une du dans pour que qui sur pas plus par avec sont cette ou aux ces peut être",
    "es": "el la los las de y que en un una por con para es se del no más como pero sus este puede ser",
    "it": "il lo la gli di e che un una per con non si è del della sono più come nel anche dei alla può",
    "pt": "o os as de e que um uma para com não se do da em é mais como mas ao pela são pode ser",
    "nl": "de het een en van is dat niet op te zijn met voor er aan ook die door worden bij kan naar wordt",
    "sv": "och att det som en är av för på med den till inte har om ett kan från eller vid också man",
    "da": "og at det som en er af for på med den til ikke har om et kan fra eller ved også der",
    "nb": "og at det som en er av for på med den til ikke har om et kan fra eller ved også hun ble etter",
    "fi": "ja on ei se että joka ovat oli kuin mutta myös tai voi sen ole jos niin kun ovat",
    "pl": "i w na z się nie do to jest że jak po od przez oraz są może które który dla ale tym",
    "cs": "a v na se je že to s z do o jako nebo pro ale které který jsou může být při také",
    "hu": "a az és hogy nem is egy meg ez van de csak vagy mint már lehet azt ha kell olyan",
    "ro": "și de la în o un cu pe nu este care din se mai sunt pentru că sau poate fi al",
    "tr": "ve bir bu için ile da de olarak daha çok olan gibi ne kadar değil veya sonra en her",
    "id": "dan yang di untuk dengan dari pada ini itu tidak dapat adalah atau oleh akan dalam juga ke",
    "vi": "và của là các có cho không được một trong những với này để người khi đã",
}
LANGUAGES_OF = {
    word: [language for language, others in LITTLE_WORDS.items() if word in others.split()]
    for words in LITTLE_WORDS.values()
    for word in words.split()
}
BEYOND_LATIN = re.compile("[\u0370-\uffff]+")  # in which the letters of all SCRIPTS are
WORD = re.compile(r"[^\W\d_]+")
NAMES = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


def language_of(text: str, *, declared: str = "") -> str:
    """Return the two-letter code (ISO 639-1) of a text's language, or "" where it cannot be told.

    `declared` is what the page says of itself ("en-GB"): it decides only what the text does not.
    """
    sample = text[:SAMPLE]
    words = WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < FEWEST_LETTERS:
        return code_of(declared)
    foreign = "".join(BEYOND_LATIN.findall(sample))
    for language, script in SCRIPTS:
        if len(script.findall(foreign)) > SHARE_OF_SCRIPT.get(language, 0.5) * letters:
            own = code_of(declared)
            return own if own in SAME_SCRIPT.get(language, ()) else language
    return by_little_words(words) or code_of(declared)


def by_little_words(words: Iterable[str]) -> str:
    """Return the language whose little words make up clearly more of a text's words than any other's, or ""."""
    hits = Counter(dict.fromkeys(LITTLE_WORDS, 0))
    for word, count in Counter(words).items():
        for language in LANGUAGES_OF.get(word, ()):
            hits[language] += count
    (first, most), (_, second) = hits.most_common(2)
    return first if most >= FEWEST_HITS and most >= LEAST_LEAD * second else ""


def code_of(declared: str) -> str:
    """Return the two letters of a declared language ("en-GB", "pt_BR"), or ""."""
    found = NAMES.fullmatch(declared.strip())
    return found[1].lower() if found else ""
