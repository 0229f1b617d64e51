"""One article in the wrappings that sites put around articles: templates of our own, of kinds and of no site.

Each returns the bytes of a page. What is the article is TITLE and GOLD; all else is litter.
"""
# ruff: noqa: E501 -- markup is easier to read in long lines

from collections.abc import Callable

TITLE = "Does moonflower tea calm restless nights?"
AUTHOR = "Ann Author"
GOLD = [
    "Moonflower tea has been drunk in the hills for centuries, and shops now sell it as a cure for restless nights.",
    "In one trial of 46 older adults, those who drank two cups of it every evening fell asleep nine minutes sooner.",
    "What the trial found",
    "The drinkers slept no longer than the others, and they woke as often, said the authors, who had no sponsor.",
    "Two of them had a rash, and one stopped drinking the tea because of stomach cramps that lasted for three days.",
    "How much is safe",
    "Nobody knows what a safe dose is in pregnancy, and children under twelve have not been studied at all so far.",
    "People who take blood thinners should ask a pharmacist first, since the leaves hold a good deal of vitamin K.",
]
HEADINGS = {"What the trial found", "How much is safe"}
MORE = ["Ten soups for cold days", "Why your knees creak", "The truth about copper bracelets", "Is salt really so bad?"]


def blocks(tag: str = "p", heading: str = "h2", between: str = "") -> str:
    """Return the article's blocks as elements, with markup between them."""
    return between.join(f"<{heading}>{one}</{heading}>" if one in HEADINGS else f"<{tag}>{one}</{tag}>" for one in GOLD)


def page(body: str, *, head: str = "", language: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{TITLE} | The Daily Herb</title>'
        f"{head}</head><body>{body}</body></html>"
    )


def links(texts: list[str], item: str = "li") -> str:
    return "".join(f'<{item}><a href="/{place}">{text}</a></{item}>' for place, text in enumerate(texts))


MENU = f"<nav><ul>{links(['Home', 'Recipes', 'Sleep', 'Shop', 'About'])}</ul></nav>"
FOOTER = f"<footer><p>© 2026 The Daily Herb. All rights reserved.</p><ul>{links(['Privacy', 'Terms'])}</ul></footer>"


def blog() -> str:
    """A blog with a jump link, a sign-up box amid the text, share buttons, a portrait and comments."""
    box = (
        '<div class="signup"><p>Get my free sleep guide!</p><form><input name="m"><button>Send it</button></form></div>'
    )
    return page(
        f'{MENU}<div id="content"><article class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>'
        f'<p class="entry-meta">By <a rel="author" href="/ann">{AUTHOR}</a> · <time>March 2, 2026</time> · '
        '<a href="#comments">12 Comments</a></p></header><div class="entry-content">'
        f'<p class="jump"><a href="#more">Jump to the essentials</a></p>{blocks()}{box}</div>'
        f'<footer class="entry-meta"><ul class="share">{links(["Share", "Tweet", "Pin it"])}</ul></footer></article>'
        f'<section class="author-box"><h3>About the author</h3><p>{AUTHOR} writes about herbs and has two cats.</p></section>'
        '<div id="comments" class="comments-area"><h3>12 thoughts on “Does moonflower tea calm restless nights?”</h3>'
        "<ol><li><p>I loved this, it changed my life, thank you so much for sharing it with all of us!</p></li></ol>"
        f'<div id="respond"><h3>Leave a Reply</h3></div></div></div><aside><h2>Popular posts</h2><ul>{links(MORE)}</ul></aside>{FOOTER}'
    )


def wire() -> str:
    """A press release on a wire, with place and date, contacts and a portrait of the company."""
    return page(
        f"{MENU}<main><article><h1>{TITLE}</h1><p><b>SPRINGFIELD, March 2, 2026 /Herb Wire/</b> -- {GOLD[0]}</p>"
        + "".join(f"<h3>{one}</h3>" if one in HEADINGS else f"<p>{one}</p>" for one in GOLD[1:])
        + "<p>###</p><p><strong>About Copperleaf Health</strong></p><p>Copperleaf Health is a leading provider of teas, "
        "headquartered in Springfield, and employs 40 people. For more information, visit its site.</p>"
        "<p>Media contact: Jo Press, press@copperleaf.example</p></article></main>"
        f"<div class='more'><h2>More news from this source</h2><ul>{links(MORE)}</ul></div>{FOOTER}"
    )


def news() -> str:
    """A news site with a cookie banner, related stories amid the text, an advertisement and a newsletter."""
    rail = f'<aside class="related"><h3>Related stories</h3><ul>{links(MORE[:2])}</ul></aside>'
    middle = blocks().replace("<h2>How", f'{rail}<div class="ad"><span>Advertisement</span></div><h2>How')
    return page(
        '<div id="cookie-banner" role="dialog"><p>We use cookies to improve your experience and to show you adverts that '
        "match your interests. You can change your choice at any time.</p><button>Accept all</button></div>"
        f'<header><a href="/">The Daily Herb</a></header>{MENU}<main><article><h1>{TITLE}</h1>'
        f'<div class="byline">By {AUTHOR}, Health Editor</div><time datetime="2026-03-02">2 March 2026</time>{middle}'
        "</article><section class='newsletter'><h2>Sign up to our newsletter</h2><p>The best of health every Friday.</p>"
        f"</section><section><h2>Most read</h2><ol>{links(MORE)}</ol></section></main>{FOOTER}"
    )


def divs() -> str:
    """A page that is built of nothing but <div>s, whose classes tell nothing."""
    text = "".join(f'<div class="x{len(one) % 7}">{one}</div>' for one in GOLD)
    return page(
        f'<div class="a1">{links(["Home", "Sleep", "Shop"], "div")}</div><div class="b2"><div class="c3"><div>{TITLE}</div>'
        f'</div><div class="d4">{text}</div></div><div class="e5">{links(MORE, "div")}</div>'
        '<div class="f6">© 2026 The Daily Herb. All rights reserved.</div>'
    )


def amp() -> str:
    """An AMP page: custom elements, a sidebar, structured data."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        f'{TITLE}", "author": {{"@type": "Person", "name": "{AUTHOR}"}}}}</script><style amp-custom>p{{}}</style>'
    )
    return page(
        f'<amp-sidebar id="s"><ul>{links(["Home", "Sleep"])}</ul></amp-sidebar><article class="amp-wp-article"><header>'
        f'<h1>{TITLE}</h1></header><amp-img src="a.jpg" width="1" height="1"></amp-img><div class="amp-wp-article-content">'
        f'{blocks(between="<amp-ad width=1 height=1 type=x></amp-ad>")}</div><amp-social-share type="mail"></amp-social-share>'
        f"</article>{FOOTER}",
        head=head,
    )


def forum() -> str:
    """A forum: the first post is the article, and the others answer."""
    answers = "".join(
        f'<div class="post reply"><div class="user">user{n}<br>Posts: {n * 7}</div><div class="message"><p>Thanks, number {n}, '
        "I will try this tonight and tell you all tomorrow how it went.</p></div></div>"
        for n in range(3)
    )
    return page(
        f'{MENU}<h1>{TITLE}</h1><div class="thread"><div class="post first"><div class="user">{AUTHOR}<br>Posts: 112</div>'
        f'<div class="message">{blocks()}</div></div><div id="comments"><h3>3 replies</h3>{answers}</div></div>{FOOTER}'
    )


def comments_first() -> str:
    """A page that shows its readers' comments above the article."""
    return page(
        f'{MENU}<section id="comments" class="comments"><h3>2 comments</h3><div class="comment"><p>First! What a read, I have '
        'to say.</p></div><div class="comment"><p>My aunt drinks it every day and sleeps like a stone, you know.</p></div>'
        f"</section><article><h1>{TITLE}</h1>{blocks()}</article>{FOOTER}"
    )


def old() -> str:
    """A page of the last century: tables for layout, <font>, <br> between paragraphs, in windows-1252."""
    text = "<br><br>".join(f"<b>{one}</b>" if one in HEADINGS else one for one in GOLD)
    return (
        f"<html><head><title>{TITLE}</title><meta http-equiv=content-type content='text/html; charset=windows-1252'></head>"
        f"<body bgcolor=white><table><tr><td width=120>{links(['Home', 'Links', 'Guestbook'], 'font')}</td><td><h1><font size=5>"
        f"{TITLE}</font></h1><font face=arial>{text}</font></td></tr></table><center><font size=1>You are visitor 1234"
        "</font></center></body></html>"
    )


LEAFLET = [
    "Read all of this leaflet before you begin to take Lunarin, and keep it, since you may wish to read it again.",
    "Do not take Lunarin if you are allergic to moonflower, or if you have been told that your liver is failing.",
    "Dose", "How often", "Adults", "20 mg", "once in the evening", "Over 65 years", "10 mg", "every second evening",
    "Effects on others", "Very common", "More than 1 in 10 people are drowsy the morning after they have taken it.",
    "Rare", "Up to 1 in 1,000 people have a rash, and must tell a doctor or a pharmacist about it at once.",
    "Keep it out of the sight and reach of children, in its box, and do not take it after the date on that box.",
]  # fmt: skip
GERMAN = [
    "Mondblütentee wird in den Bergen seit Jahrhunderten getrunken, und Händler verkaufen ihn als Mittel für die Nacht.",
    "In einer Prüfung mit 46 älteren Menschen schliefen jene, die ihn tranken, neun Minuten früher ein als die anderen.",
    "Über die Nächte selbst sagt das wenig: Sie wachten gleich häufig auf, und zwei von ihnen bekamen einen Ausschlag.",
    "Schwangere sollten ihn meiden, denn niemand weiß, wie viel davon ungefährlich ist, und Kinder prüfte man nie.",
]


def leaflet() -> bytes:
    """A leaflet for patients: tables for doses and for what may go wrong, a list of jumps at the head."""
    first, second, *cells, last = LEAFLET
    rows = [["", *cells[:2]], cells[2:5], cells[5:8]]
    doses = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head, *effects = cells[8:]
    table = "".join(
        f"<tr><th>{often}</th><td>{what}</td></tr>" for often, what in zip(effects[::2], effects[1::2], strict=True)
    )
    return page(
        f"{MENU}<main><h1>Lunarin: information for patients</h1><ol>{links(['What it is', 'How to take it'])}</ol><p>{first}</p>"
        f"<p>{second}</p><table>{doses}</table><h2>{head}</h2><table>{table}</table><p>{last}</p></main>{FOOTER}"
    ).encode()


def german() -> bytes:
    """A German page in an encoding that it doesn't name."""
    text = "".join(f"<p>{one}</p>" for one in GERMAN)
    menu = f"<ul>{links(['Startseite', 'Schlaf', 'Über uns', 'Datenschutz', 'Impressum'])}</ul>"
    return (
        f"<html><head><title>Hilft Mondblütentee?</title></head><body><div class=nav>{menu}</div>"
        f"<article><h1>Hilft Mondblütentee?</h1>{text}</article><div class=footer>Alle Rechte vorbehalten.</div></body></html>"
    ).encode("latin-1")


def of(made: Callable[[], str], *, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: made().encode(encoding)


WRAPPINGS: dict[str, tuple[Callable[[], bytes], str, list[str]]] = {
    "a blog": (of(blog), TITLE, GOLD),
    "a wire": (of(wire), TITLE, GOLD),
    "a news site": (of(news), TITLE, GOLD),
    "nothing but divs": (of(divs), TITLE, GOLD),
    "an AMP page": (of(amp), TITLE, GOLD),
    "a forum": (of(forum), TITLE, GOLD),
    "comments first": (of(comments_first), TITLE, GOLD),
    "the last century": (of(old, encoding="windows-1252"), TITLE, GOLD),
    "a leaflet": (leaflet, "Lunarin: information for patients", LEAFLET),
    "German, in Latin-1": (german, "Hilft Mondblütentee?", GERMAN),
}
"""How to make each page, its title, and the blocks of its article."""
