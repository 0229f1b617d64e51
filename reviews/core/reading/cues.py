"""What a machine notices in a sentence, with the reason in words. A cue explains; it never decides.

Every pattern is searched in one sentence at a time, and sentences are capped, so the time grows with the text
and no faster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviews.core.reading.sentences import Span
from reviews.core.reading.vocabulary import ANATOMY, DOSE_UNITS, LINKS, SUBSTANCE_FORMS, phrase

VAGUE_ATTRIBUTION, HEDGE, CERTAINTY = "vague_attribution", "hedge", "certainty"
CAUSAL_VERB, NUMBER, COMPARISON = "causal_verb", "number", "comparison"
ANECDOTE, PROMOTION, CALL_TO_ACTION = "anecdote", "promotion", "call_to_action"
VENDOR, SPUN_WORDING = "vendor", "spun_wording"
KINDS = (
    VAGUE_ATTRIBUTION,
    HEDGE,
    CERTAINTY,
    CAUSAL_VERB,
    NUMBER,
    COMPARISON,
    ANECDOTE,
    PROMOTION,
    CALL_TO_ACTION,
    VENDOR,
    SPUN_WORDING,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A remark on `text[start:end]`: its kind (one of KINDS) and its reason, a sentence for a person."""

    kind: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording and the remark it earns; `{}` in the reason is the wording as found."""

    kind: str
    wording: re.Pattern[str]
    reason: str


NAMED_SOURCE = re.compile(
    r"\(\s*(?:[A-Z][^()]{0,80},?\s)?(?:19|20)\d\d[a-z]?\s*\)|\bet al\b|\bdoi\b|10\.\d{4,9}/|\bPMID\b"
    r"|\[\d{1,3}(?:\s*[,–-]\s*\d{1,3}){0,20}\]"
    r"|https?://|\bpublished (?:\w+ )?in (?:the )?[A-Z]|\b(?:Journal|Lancet|JAMA|BMJ|Cochrane|NEJM)\b"
    r"|\bUniversity\b|\bNCT\d{8}\b|\baccording to (?:the |a |Dr\.? |Professor )?[A-Z]"
)
REPORTS = (
    r"show(?:s|n|ed|ing)?|suggest(?:s|ed|ing)?|indicat(?:e|es|ed|ing)|find(?:s|ings)?|found|prov(?:e|es|ed"
    r"|en|ing)|demonstrat(?:e|es|ed|ing)"
    r"|reveal(?:s|ed|ing)?|unveil(?:s|ed|ing)?|impl(?:y|ies|ied|ying)|propos(?:e|es|ed|ing)|confirm(?:s|ed"
    r"|ing)?|support(?:s|ed|ing)?"
    r"|report(?:s|ed|ing)?|point(?:s|ed|ing)? (?:to|towards?)|highlight(?:s|ed|ing)?|link(?:s|ed)"
    r"|establish(?:es|ed)|agree[sd]?|say(?:s|ing)?|said"
    r"|believe[sd]?|claim(?:s|ed)?|recommend(?:s|ed)?|warn(?:s|ed)?|observ(?:e|es|ed)|conclud(?:e|es|ed)"
    r"|discover(?:ed|s)?|underscore[sd]?"
)
KNOWERS = (
    r"(?:research|scientific|clinical|medical) (?:studies|study|evidence|findings|research|trials?"
    r"|literature|data)|research(?:ers)?|stud(?:y|ies)"
    r"|evidence|science|scientists?|experts?|doctors?|physicians?|clinicians?|specialists?|trials?|findings"
    r"|data|surveys?|analys[ei]s|reports?"
)
ADVERBS = (
    r"(?:\s(?:has|have|had|also|now|recently|long|often|repeatedly|consistently|clearly|been|further|already"
    r"|even|strongly))*"
)

RULES: tuple[Rule, ...] = (
    Rule(
        VAGUE_ATTRIBUTION,
        phrase(rf"(?:{KNOWERS}){ADVERBS}\s(?:{REPORTS})"),
        "“{}” names no study, author or year.",
    ),
    Rule(
        VAGUE_ATTRIBUTION,
        phrase(rf"(?:the )?stud(?:y|ies) of\s(?:[\w'’-]+\s){{1,6}}?(?:{REPORTS})(?:\s(?:{REPORTS}))?"),
        "“{}” leans on study as such: no study is named.",
    ),
    Rule(
        VAGUE_ATTRIBUTION,
        phrase(
            r"it (?:is|has been|was)(?: \w+ly)? (?:believed|thought|said|known|claimed|reported|shown"
            r"|suggested|proven|accepted|recognized|recognised)"
            r"(?: that| to)?",
            r"(?:is|are) (?:widely |generally |commonly |often )(?:believed|thought|known|considered"
            r"|regarded|said|recommended)",
        ),
        "“{}” doesn't say by whom.",
    ),
    Rule(
        VAGUE_ATTRIBUTION,
        phrase(
            r"(?:has|have) led (?:researchers|scientists|experts|doctors) to",
            r"as (?:researchers|scientists|experts) continue",
            r"(?:is|are|has been|have been|being) (?:also |now |currently |actively )?(?:explored|studied"
            r"|investigated|researched) (?:as|for|in)",
            r"(?:is|are) (?:also )?(?:gaining|attracting|receiving|drawing) (?:\w+ )?(?:attention|interest)",
            r"(?:these|those|such|recent|new|promising|preliminary) (?:findings|results|studies|discoveries)",
            r"growing (?:body of )?(?:evidence|research|interest)|according to (?:researchers|scientists"
            r"|experts|studies|research|doctors|some)",
        ),
        "“{}” points to research that is not identified.",
    ),
    Rule(
        HEDGE,
        phrase(
            r"may(?! \d)|might|could|possibl[ey]|perhaps|potential(?:ly)?|probably|likely|presumably"
            r"|appears? to|seems? to|tends? to|believed to|thought to"
            r"|suggest(?:s|ed|ing)?|show(?:n|s|ing)? (?:\w+ )?promise|promising|preliminary|emerging"
            r"|more research is (?:required|needed)"
            r"|further (?:research|studies) (?:is|are) (?:required|needed)|not (?:yet )?(?:fully )?(?:clear"
            r"|known|understood|proven)|can help|in some cases|up to"
        ),
        "“{}” leaves open whether it is so: the claim is what is left to be believed.",
    ),
    Rule(
        CERTAINTY,
        phrase(
            r"(?:scientifically |clinically )?proven|proves?|definitely|certainly|undoubtedly"
            r"|without (?:a )?doubt|always|never|guarantee[sd]?|100 ?%|completely"
            r"|clearly|obviously|undeniabl[ey]|established|well-established|consistently|crucial|critical"
            r"|essential|vital|profound(?:ly)?|deeply rooted"
            r"|intricately|significant(?:ly)?|fundamental|indispensable|powerful|directly|the (?:only|best)"
            r"|cures?|everyone|no (?:side effects|risks?)"
        ),
        "“{}” states it as settled or weighty: does the evidence carry that?",
    ),
    Rule(
        CAUSAL_VERB,
        phrase(
            r"caus(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|enhanc(?:e|es|ed|ing)"
            r"|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
            r"|prevent(?:s|ed|ing)?|treat(?:s|ed|ing)?|cur(?:es|ed|ing)|heal(?:s|ed|ing)?|boost(?:s|ed|ing)?"
            r"|lower(?:s|ed|ing)|rais(?:e|es|ed|ing)"
            r"|alleviat(?:e|es|ed|ing|ion)|eas(?:es?|ed|ing)|reliev(?:e|es|ed|ing)|mitigat(?:e|es|ed|ing)"
            r"|modulat(?:e|es|ed|ing)|regulat(?:e|es|ed|ing)",
            r"influenc(?:e|es|ed|ing)|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|promot(?:e|es|ed|ing)"
            r"|dampen(?:s|ed|ing)?|strengthen(?:s|ed|ing)?"
            r"|weaken(?:s|ed|ing)?|trigger(?:s|ed|ing)?|stimulat(?:e|es|ed|ing)|inhibit(?:s|ed|ing)?"
            r"|suppress(?:es|ed|ing)?|restor(?:e|es|ed|ing)"
            r"|protect(?:s|ed|ing)?|facilitat(?:e|es|ed|ing)|orchestrat(?:e|es|ed|ing)|reinforc(?:e|es|ed"
            r"|ing)|encourag(?:e|es|ed|ing)|foster(?:s|ed|ing)?"
            r"|disrupt(?:s|ed|ing)?|damag(?:e|es|ed|ing)|kill(?:s|ed|ing)?|fight(?:s|ing)?|combat(?:s|ing)?"
            r"|burn(?:s|ed|ing)? fat|detoxif(?:y|ies|ied|ying)"
            r"|cleans(?:e|es|ing)|revers(?:e|es|ed|ing)|support(?:s|ed|ing)?(?: by)?|slow(?:s|ed"
            r"|ing)?(?: down)?|speed(?:s|ing)?(?: up)?|eliminat(?:e|es|ed|ing)|worsen(?:s|ed|ing)?",
            r"block(?:s|ed|ing)?|shorten(?:s|ed|ing)?|lengthen(?:s|ed|ing)?|prolong(?:s|ed|ing)?|cuts?|cutting|halv(?:e|es"
            r"|ed|ing)|calm(?:s|ed|ing)|sooth(?:e|es|ed|ing)|relax(?:es|ed)|repair(?:s|ed|ing)?|rebuild(?:s|ing)?|rebuilt"
            r"|regenerat(?:e|es|ed|ing)|rejuvenat(?:e|es|ed|ing)|revitali[sz](?:e|es|ed|ing)|normali[sz](?:e|es|ed|ing)"
            r"|stabili[sz](?:e|es|ed|ing)|neutrali[sz](?:e|es|ed|ing)|counteract(?:s|ed|ing)?|activat(?:e|es|ed|ing)"
            r"|accelerat(?:e|es|ed|ing)|induc(?:e|es|ed|ing)|shrink(?:s|ing)?|shrank|dissolv(?:e|es|ed|ing)|melt(?:s|ed|ing)?"
            r" away|flush(?:es|ed|ing)? out|clear(?:s|ed|ing)? up|ward(?:s|ed|ing)? off|get(?:s|ting)? rid of"
            r"|banish(?:es|ed|ing)?|sharpen(?:s|ed|ing)?|nourish(?:es|ed|ing)?"
            r"|stop(?:s|ped)? (?!taking|using|the use|their|your|his|her|prescri|medic)",
            r"(?:lead(?:s|ing)?|led|contribut(?:e|es|ed|ing)) to|result(?:s|ed|ing)? in|play(?:s|ed"
            r"|ing)? (?:a|an)(?: \w+)? (?:role|part) in|help(?:s|ed|ing)? (?:to )?"
            r"(?:treat|manage|reduce|prevent|improve|relieve|lower|with)"
            r"|acts? (?:both )?as|works? (?:for|against|on)"
            r"|(?:to|can|may|might|could|will|would|helps?) (?:lower|cure)|roles? (?:of [\w'’-]+ )?in"
            r"|(?:benefits?|advantages?) (?:of|for)|responsible for|has (?:an? )?(?:effects?|impact) on"
            r"|(?:its|their|his|her|the|['’]s) (?:\w+ )?(?:effects?|impact|influence) on"
            r"|offers? (?:\w+ )*?benefits?|allows? it to|works? by|managing",
        ),
        "“{}” says that one thing changes another: was that tested in people?",
    ),
    Rule(
        CAUSAL_VERB,
        LINKS,
        "“{}” speaks of a link: a link alone is not a cause.",
    ),
    Rule(
        NUMBER,
        re.compile(
            rf"(?<![\w.,-])\d[\d.,]{{0,15}}(?:\s?(?:%|(?:percent|per cent|{DOSE_UNITS}|g|kg|years?|months?|weeks?"
            rf"|days?|hours?|minutes?|times|people|patients|women|men"
            r"|participants|calories|kcal|pounds|million|thousand|fold|in \d+"
            r"|out of \d+)(?!\w)))?(?<![.,])(?![\w])",
            re.IGNORECASE,
        ),
        "“{}” is a figure: where does it come from?",
    ),
    Rule(
        NUMBER,
        phrase(
            r"(?:one|two|three|four|nine) (?:in|out of) (?:every )?(?:two|three|four|five|six|eight|ten"
            r"|a hundred)|half of|(?:two|three)-(?:thirds|quarters) of"
            r"|a (?:third|quarter) of|majority of|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|twice"
            r"|millions of|thousands of"
        ),
        "“{}” is a figure: where does it come from?",
    ),
    Rule(
        COMPARISON,
        phrase(
            r"(?:higher|lower|greater|fewer|less|better|worse|safer|stronger|faster|calmer|healthier|happier"
            r"|longer|shorter)(?: [\w-]+)? ?(?:than)?"
            r"|more [\w-]+ than|(?:as|more|less|most|least) (?:effective|safe|likely|powerful|potent"
            r"|common)(?:ly)?(?: as| than)?|compared (?:to|with)|than (?:placebo|those)"
            r"|versus|vs\.?|unlike|outperform(?:s|ed)?|superior to|(?:increased|decreased|reduced"
            r"|raised) (?:\w+ )?levels"
        ),
        "“{}” compares: with what, and by how much?",
    ),
    Rule(
        ANECDOTE,
        phrase(
            r"(?:i|we) (?:tried|took|used|felt|lost|noticed|started|swear|have (?:seen|found|tried))"
            r"|in my (?:own )?(?:experience|practice)|my (?:\w+ )?(?:patients?|clients?"
            r"|doctor|mother|father|friend|wife|husband)|a (?:friend|patient|client|customer|reader) of mine"
            r"|one (?:woman|man|patient|user|customer|mother|reader)"
            r"|(?:users|customers|patients|clients|people|many) (?:have )?(?:report(?:ed)?|swear by"
            r"|rave about|tell us)|testimonials?|success stor(?:y|ies)|true story"
        ),
        "“{}” is one person's experience, not evidence of an effect.",
    ),
    Rule(
        PROMOTION,
        phrase(
            r"(?:surprising|unexpected|amazing|incredible|remarkable|astonishing|stunning|hidden|impressive"
            r"|extraordinary|captivating)(?: \w+){0,2}",
            r"miracle\w*|breakthroughs?|revolution(?:ary|i[sz]\w+)|game[- ]chang\w+|cutting-edge"
            r"|state-of-the-art|innovative(?: \w+)?|all-natural|100% natural"
            r"|natural (?:ways?|remed(?:y|ies)|cures?|solutions?)|superfoods?|wonder (?:drug|cure)"
            r"|magic(?:al)?|secrets? (?:to|of|that)|life-changing|holy grail"
            r"|doctors (?:hate|don['’]t want)|big pharma|detox\w*|risk[- ]free|no side effects"
            r"|potential ally|powerful (?:tool|ally|remedy)|unlock(?:s|ing)?"
            r"|lesser-known|famously|therapeutic potential|open(?:s|ing)? (?:up )?(?:new )?(?:avenues|doors)"
            r"|offers? (?:\w+ )*?hope|holds? (?:\w+ )?promise|new and innovative \w+",
        ),
        "“{}” sells rather than tells.",
    ),
    Rule(
        PROMOTION,
        phrase(
            r"(?:supported by (?:\w+ )?(?:compounds?|products?|supplements?) like )?(?:those |the ones "
            r"|products? |compounds? )?(?:offered|sold|supplied|manufactured|made|distributed"
            r"|marketed) by(?= (?:the )?[A-Z(])|(?:available|purchased?|order(?:ed)?) (?:from|at|through)"
        ),
        "“{}” leads to a seller: is the article's interest disclosed?",
    ),
    Rule(
        CALL_TO_ACTION,
        phrase(
            r"(?:buy|order|shop|purchase) (?:now|today|online|it|yours?|here|from|the)|click (?:here|below"
            r"|the)|sign up|subscribe|call (?:us|now|today)|contact (?:us|our)"
            r"|visit (?:our|us|the)|learn more|find out more|read on|don['’]t (?:wait|miss)|get (?:yours"
            r"|started|your)|try (?:it|our|this|these)|add (?:it|this|them) to your"
            r"|(?:talk|speak) (?:to|with) (?:your|a) (?:doctor|gp|pharmacist)|consult (?:your|a) (?:doctor"
            r"|physician)|ask your (?:doctor|pharmacist)|use code|free (?:trial|shipping)"
        ),
        "“{}” asks the reader to act.",
    ),
    Rule(
        CALL_TO_ACTION,
        phrase(
            r"(?:individuals|people|those|anyone|readers|patients|adults|women|men) (?:who are )?(?:seeking"
            r"|looking|wanting|wishing|hoping) to|(?:may|might|can|will|could) (?:want to"
            r"|find (?:\w+ )?benefits? in)"
            r"|(?:consider|start|begin|keep) (?:taking|trying|using|adding|eating|drinking)|you (?:should"
            r"|must|need to|can try)"
        ),
        "“{}” invites the reader to do it, softly.",
    ),
    Rule(VENDOR, re.compile(r"\w[®™]|[®™]"), "A trade mark is named: who sells it?"),
    Rule(
        VENDOR,
        re.compile(
            r"(?<!\w)(?:[A-Z][\w&'’.-]*,?\s){1,6}(?:CO\.?,?\s?LTD|Co\.?,?\s?Ltd|LTD|Ltd|LIMITED|Limited|INC"
            r"|Inc|LLC|L\.L\.C|GmbH|GMBH|PLC|plc|S\.A|B\.V|Corp|CORP|Corporation"
            r"|Pharma(?:ceuticals?)?|PHARMA(?:CEUTICALS?)?|Laborator(?:y|ies)|Labs|Biotech|Nutrition"
            r"|Nutraceuticals|Wellness)(?!\w)\.?"
        ),
        "“{}” is a company: does it gain if readers believe this?",
    ),
    Rule(
        VENDOR,
        re.compile(
            rf"(?<!\w)\d[\d.,]{{0,15}}\s?(?i:{DOSE_UNITS})\s(?:[A-Z][\w-]+\s){{1,3}}(?i:{SUBSTANCE_FORMS})(?!\w)"
            rf"|(?<!\w)(?:[A-Z][\w-]+\s){{1,3}}(?:(?i:{SUBSTANCE_FORMS})\s)?"
            rf"\d[\d.,]{{0,15}}\s?(?i:{DOSE_UNITS})(?!\w)"
        ),
        "“{}” is written as a product's name, strength and all, as a catalogue would.",
    ),
    Rule(
        VENDOR,
        re.compile(
            r"(?<![\w@.])(?:www\.)[\w-]+(?:\.[\w-]+){1,3}|(?<![\w@.-])[\w-]{2,40}\.(?:com|shop|store"
            r"|biz)(?!\w)"
        ),
        "“{}” is a web address: who runs it?",
    ),
    Rule(
        SPUN_WORDING,
        re.compile(
            r"(?<![\w'’-])(?!(?:had|that|very|really|so|no|ha|bye|pom|yo"
            r"|chi)\s)([^\W\d_]{2,})\s+\1(?![\w'’-])",
            re.IGNORECASE,
        ),
        "“{}” doubles a word: a mark of machine-made text.",
    ),
    Rule(
        SPUN_WORDING,
        re.compile(
            r"(?<![\w'’-])(?!(?:more|over|again|years|days|weeks|months|hours|time|through|round|less"
            r"|side)\s)([^\W\d_]{4,}) (?:and|or) \1(?![\w'’-])",
            re.IGNORECASE,
        ),
        "“{}” names the same thing twice: a mark of machine-made text.",
    ),
    Rule(
        SPUN_WORDING,
        phrase(
            r"such as,? for (?:example|instance)|(?:delv|div|look|tap|turn|go|goes|breath|fall)(?:e|es|ed|s"
            r"|ing)? in to|apparent (?:symptoms?|signs?|indications?)",
            r"(?:offers?|gives?|provides?|brings?|holds?) (?:expect|anticipate|believe|await)|(?:certainly"
            r"|surely|definitely|really) (?:is|are) an?"
            r"|(?:experience|knowledge|expertise|adventure) of the (?:"
            + ANATOMY
            + r")|continue steadily|involved with \w+ing|part of (?:exploration|study|research)"
            r"|(?:recogni[sz]ed|known|famous|renowned) because of (?:its|their|his|her)|(?:complexit"
            r"|intricac|myster)(?:y|ies) with|chance of (?:leveraging|utili[sz]ing|harnessing)"
            r"|reach(?:es|ing)? (?:its|their) (?:potential )?use|capability to \w+|(?:implies|imply"
            r"|proposes?) that|related to (?:childbirth|pregnancy) and"
            r"|in the event that you|a great deal of people|individuals? who're|bosom (?:cancer|disease)"
            r"|high blood strain|immune framework|counterfeit consciousness",
        ),
        "“{}” reads like a sentence put through a synonym machine: its source may say something else.",
    ),
    Rule(
        SPUN_WORDING,
        re.compile(
            r"(?<!\w)(?!(?:of|with|from|using|for|the|and|or|to|by|on|in|like|than|as|take|takes|taking"
            r"|called|named|that|when|while|if|via|about|into)\s)"
            rf"[a-z]{{3,}}\s+(?:[A-Z][\w-]+\s){{1,3}}(?:(?i:{SUBSTANCE_FORMS})\s)?"
            rf"\d[\d.,]{{0,15}}\s?(?i:{DOSE_UNITS})(?=,)"
        ),
        "“{}”: a product's name is dropped in where the sentence has no place for it.",
    ),
)


def find_cues(text: str, sentences: Sequence[Span]) -> tuple[Cue, ...]:
    """Return the cues of these sentences in reading order, each inside one sentence.

    Two cues of one kind never overlap: the one that begins first, or is the longer, stays. A sentence that
    names its source (a journal, a year, a DOI, a university) earns no vague attribution.
    """
    return tuple(cue for sentence in sentences for cue in apart(cues_in(text, sentence)))


def cues_in(text: str, sentence: Span) -> Iterator[Cue]:
    """Yield every rule's findings in a sentence."""
    sourced = NAMED_SOURCE.search(text, sentence.start, sentence.end) is not None
    for rule in RULES:
        if sourced and rule.kind == VAGUE_ATTRIBUTION:
            continue
        for found in rule.wording.finditer(text, sentence.start, sentence.end):
            start, end = trimmed(text, found.start(), found.end())
            if not is_list_number(text, sentence, start, rule.kind):
                yield Cue(
                    rule.kind,
                    start,
                    end,
                    rule.reason.format(" ".join(text[start:end].split())),
                )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the spaces at its ends."""
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def is_list_number(text: str, sentence: Span, start: int, kind: str) -> bool:
    """Whether a figure only numbers the sentence as a list item."""
    return (
        kind == NUMBER
        and start <= sentence.start + 1
        and re.match(r"\(?\d{1,3}[.)]\s", text[sentence.start : sentence.end][:8]) is not None
    )


def apart(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Yield the cues in order, without those that overlap an earlier one of their kind."""
    reached: dict[str, int] = {}
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end, cue.kind)):
        if cue.start >= reached.get(cue.kind, 0):
            reached[cue.kind] = cue.end
            yield cue
