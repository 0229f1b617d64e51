"""How a text names who sells something: what a name does ("X offers a trial"), and what is its own ("X's new lamp").

A name is known by its capitals, so whoever is a person, a hospital or a country must be told apart by the words around.
"""

import re

from reviews.core.reading.vocabulary import SUBSTANCE_FORMS

GOODS = (
    rf"{SUBSTANCE_FORMS}|devices?|products?|trials?|kits?|apps?|range|line|formulas?|supplements?|lens(?:es)?|lamps?"
    r"|pillows?|mattress(?:es)?|trackers?|monitors?|gadgets?|teas?|drinks?|vitamins?|subscriptions?|discounts?|refunds?"
    r"|guarantee|samples?|bundles?|bars|shakes|masks?|bracelets?|insoles?|oils?|programmes?|plans?"
)
INSTITUTIONS = (
    r"University|Hospitals?|College|School|Institut(?:e|es|ion)|Academy|Ministry|Department|Agency|Administration"
    r"|Organi[sz]ation|Council|Library|Museum|Church|Centre|Center|Clinic|Society|Association|Federation|Foundation"
    r"|Trust|Charity|Commission|Union|Government|Parliament|Service|Authority|Team"
)
NO_SELLER = (
    r"(?!(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Sir|Dame|President|King|Queen)\b)"
    rf"(?!(?:[A-Z&][\w.'’-]{{0,40}}\s|of\s|and\s|the\s|for\s){{0,6}}(?:{INSTITUTIONS})\b)"
)
LEADS = (
    r"(?<!Dr )(?<!Dr\. )(?<!Prof )(?<!Prof\. )(?<!Professor )(?<!Mr )(?<!Mr\. )(?<!Mrs )(?<!Mrs\. )(?<!Ms )(?<!Ms\. )"
    r"(?!(?:The|This|That|These|Those|It|If|In|At|On|An?|And|But|Our|Your|We|You|When|While|After|Since|As|For|Now|Today"
    r"|Then|So|With|Even|Last|Next|Try|Meet|See)\s)"
)
WORD_OF_NAME = r"[A-Z][\w-]{1,40}"
MORE_OF_NAME = rf"\s(?:(?:&|and|of)\s)?{WORD_OF_NAME}"
ACTS = (
    r"(?:offer|sell|ship|market|make|manufacture|distribute|launch|unveil|release|introduce|announce|stock)s?|launches"
    r"|suppl(?:y|ies|ied)|offered|sold|shipped|launched|unveiled|released|introduced|announced|manufactured|made"
)
NEW = r"(?:brand[- ])?(?:new|latest|own|first|flagship|patented|best-selling)"

SELLS = re.compile(
    rf"(?<!\w)(?={WORD_OF_NAME}\s(?:(?:&|and|of)\s)?[A-Z]){LEADS}{NO_SELLER}(?P<name>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{1,4}})\s"
    rf"(?:(?:has|have|now|also|recently)\s){{0,2}}(?:{ACTS})\s(?:[\w-]{{1,30}}\s){{0,4}}(?i:{GOODS})(?!\w)"
)
OWNS = re.compile(
    rf"(?<!\w)(?=[A-Z][\w& -]{{1,120}}['’]){LEADS}{NO_SELLER}"
    rf"(?:(?P<name>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{0,4}})['’]s?\s{NEW}\s(?:[\w-]{{1,30}}\s)?(?i:{GOODS})"
    rf"|(?P<long>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{1,4}})['’]s?\s(?i:{GOODS}))(?!\w)"
)
"""One word is a name where what is its own is new; two are one anyway. The group that matched is the name."""
