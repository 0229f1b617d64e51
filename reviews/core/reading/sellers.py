"""How a text names who sells something: what a name does ("X offers a trial"), what is its own ("X's new lamp"), and
what of it the reader is to join or to get ("Join the X masterclass").

A name is known by its capitals, so whoever is a person, a hospital or a country must be told apart by the words around.
"""

import re

from reviews.core.reading.vocabulary import SUBSTANCE_FORMS

GOODS = (
    rf"{SUBSTANCE_FORMS}|devices?|products?|trials?|kits?|apps?|range|line|formulas?|supplements?|lens(?:es)?|lamps?"
    r"|pillows?|mattress(?:es)?|trackers?|monitors?|gadgets?|teas?|drinks?|vitamins?|subscriptions?|discounts?|refunds?"
    r"|guarantee|samples?|bundles?|bars|shakes|masks?|bracelets?|insoles?|oils?|programmes?|plans?"
)
LESSONS = (
    r"masterclass(?:es)?|courses?|webinars?|workshops?|retreats?|seminars?|boot ?camps?|coaching|e-?books?|memberships?"
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
NO_NAME = (
    r"(?!(?:Tai Chi|Qi Gong|Dry January|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May"
    r"|June|July|August|September|October|November|December|Christmas|Easter|Covid(?:-19)?|English|French|German|Spanish"
    r"|Italian|Chinese|Japanese|Indian|American|British|European|Mediterranean|Nordic|Journal)\b)"
)
"""What is written with a capital and is nobody: days, feasts, languages, what is done by everybody."""
ACTS = (
    r"(?:offer|sell|ship|market|make|manufacture|distribute|launch|unveil|release|introduce|announce|stock)s?|launches"
    r"|suppl(?:y|ies|ied)|offered|sold|shipped|launched|unveiled|released|introduced|announced|manufactured|made"
)
NEW = r"(?:brand[- ])?(?:new|latest|own|first|flagship|patented|best-selling)"

SELLS = re.compile(
    rf"(?<!\w)(?={WORD_OF_NAME}\s(?:(?:&|and|of)\s)?[A-Z]){LEADS}{NO_SELLER}(?P<name>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{1,4}})\s"
    rf"(?:(?:has|have|now|also|recently)\s){{0,2}}(?:{ACTS})\s(?:[\w-]{{1,30}}\s){{0,4}}(?i:{GOODS}|{LESSONS})(?!\w)"
)
OWNS = re.compile(
    rf"(?<!\w)(?=[A-Z][\w& -]{{1,120}}['’]){LEADS}{NO_SELLER}"
    rf"(?:(?P<name>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{0,4}})['’]s?\s{NEW}\s(?:[\w-]{{1,30}}\s)?(?i:{GOODS})"
    rf"|(?P<long>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{1,4}})['’]s?\s(?i:{GOODS}))(?!\w)"
)
"""One word is a name where what is its own is new; two are one anyway. The group that matched is the name."""

URGES = re.compile(
    r"(?<!\w)(?i:join|sign up (?:for|to)|enrol{1,2} (?:in|on|for)|register for|subscribe to|book|reserve|download|order"
    r"|get|claim|grab|try)\s(?i:(?:the|our|your|an?|this|free|new|online|next)\s){0,3}"
    rf"{NO_SELLER}{NO_NAME}(?:(?P<name>{WORD_OF_NAME}(?:{MORE_OF_NAME}){{1,4}})\s(?:[a-z-]{{1,30}}\s){{0,2}}"
    rf"(?i:{GOODS}|{LESSONS}|newsletters?|challenges?|academy)"
    r"|(?P<short>(?=[\w-]{0,40}[a-z])[A-Z][\w-]{2,40})\s(?:app|kit|free trial))(?!\w)"
)
"""One word that is no abbreviation is a name before what has one: an app, a kit. Elsewhere it may be a day."""
