"""The wordings that earn a remark, and the remark. None knows a product, a company or a site by name.

The drugs named are generic names and their stems, which the World Health Organization gives out for whole classes.
Every repetition is bounded or stands alone: no pattern can take more than linear time in a sentence, and a sentence is
capped.
"""

import re
from dataclasses import dataclass

from reviews.core.reading.sellers import GOODS, OWNS, SELLS, URGES
from reviews.core.reading.vocabulary import ANATOMY, DOSE_UNITS, LINKS, SUBSTANCE_FORMS, phrase

VAGUE_ATTRIBUTION, HEDGE, CERTAINTY = "vague_attribution", "hedge", "certainty"
CAUSAL_VERB, NUMBER, COMPARISON = "causal_verb", "number", "comparison"
ANECDOTE, PROMOTION, CALL_TO_ACTION = "anecdote", "promotion", "call_to_action"
VENDOR, MISSING_HARMS = "vendor", "missing_harms"
PRESCRIPTION_ONLY, POPULATION, SPUN_WORDING = "prescription_only", "population", "spun_wording"
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
    MISSING_HARMS,
    PRESCRIPTION_ONLY,
    POPULATION,
    SPUN_WORDING,
)
IN_ANY_LANGUAGE = (NUMBER, VENDOR)
"""The kinds that do not hang on English words."""


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
    r"|report(?:s|ed|ing)?|point(?:s|ed|ing)? (?:to|towards?|out)|hint(?:s|ed|ing)? at|highlight(?:s|ed|ing)?"
    r"|link(?:s|ed)"
    r"|establish(?:es|ed)|agree[sd]?|say(?:s|ing)?|said"
    r"|believe[sd]?|claim(?:s|ed)?|recommend(?:s|ed)?|warn(?:s|ed)?|observ(?:e|es|ed)|conclud(?:e|es|ed)"
    r"|discover(?:ed|s)?|underscore[sd]?"
)
KNOWERS = (
    r"(?:research|scientific|clinical|medical) (?:studies|study|evidence|findings|research|trials?"
    r"|literature|data)|research(?:ers)?|stud(?:y|ies)"
    r"|evidence|science|scientists|experts|doctors|physicians|clinicians|specialists|nutritionists|dieti[ct]ians"
    r"|therapists|herbalists|(?:many|most|some) (?:people|users|doctors)|trials?|findings"
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
            r"(?:the )?(?:science|evidence|research) (?:is|has been) (?:clear|settled|in|overwhelming)",
            r"growing (?:body of )?(?:evidence|research|interest)|according to (?:researchers|scientists"
            r"|experts|studies|research|doctors|some)",
        ),
        "“{}” points to research that is not identified.",
    ),
    Rule(
        HEDGE,
        phrase(
            r"(?!(?:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\blast ))(?-i:May))may(?! \d| is\b| was\b)|might"
            r"|could(?! not believe| hear| see| not wait)|possibl[ey]|perhaps"
            r"|potential(?:ly)?"
            r"|probably|(?<!more )(?<!less )likely(?! than)|presumably"
            r"|appears? to|seems? to|tends? to|believed to|thought to"
            r"|suggest(?:s|ed|ing)?|show(?:n|s|ing)? (?:\w+ )?promise|promising|preliminary|emerging"
            r"|more research is (?:required|needed)|(?:only )?time will tell|remains to be seen"
            r"|further (?:research|studies) (?:is|are) (?:required|needed)|not (?:yet )?(?:fully )?(?:clear"
            r"|known|understood|proven)|can help|in some cases|up to"
        ),
        "“{}” leaves open whether it is so: the claim is what is left to be believed.",
    ),
    Rule(
        CERTAINTY,
        phrase(
            r"(?:scientifically |clinically )?proven|proves?|definitely|certainly|undoubtedly|invariably|permanently"
            r"|every (?:single )?time|no doubt|beyond (?:any )?(?:doubt|question)|nobody should ever|absolutely"
            r"|no better"
            r"|without (?:a )?doubt|always|never|guarantee[sd]?|100 ?%|completely"
            r"|clearly|obviously|undeniabl[ey]|unquestionabl[ey]|established|well-established|consistently|crucial"
            r"|critical"
            r"|essential|vital|profound(?:ly)?|deeply rooted"
            r"|intricately|significant(?:ly)?|fundamental|indispensable|directly|the (?:only|best)"
            r"|(?:the )?world['’]s best"
            r"|cures(?= \w)|everyone"
        ),
        "“{}” states it as settled or weighty: does the evidence carry that?",
    ),
    Rule(
        CAUSAL_VERB,
        phrase(
            r"caus(?:e|ed|ing)|causes(?! of)|reduc(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|enhanc(?:e|es|ed|ing)"
            r"|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
            r"|prevent(?:s|ed|ing)?|treat(?:s|ing)?|treated(?! [\d,]+ )|cur(?:es|ed|ing)|heal(?:s|ed|ing)?|boost(?:s"
            r"|ed|ing)?"
            r"|lower(?:s|ed|ing)|rais(?:e|es|ed|ing)"
            r"|alleviat(?:e|es|ed|ing|ion)|eas(?:es?|ed|ing)|reliev(?:e|es|ed|ing)|mitigat(?:e|es|ed|ing)"
            r"|modulat(?:e|es|ed|ing)|regulat(?:e|es|ed|ing)",
            r"influenc(?:e|es|ed|ing)|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|promot(?:e|es|ed|ing)"
            r"|dampen(?:s|ed|ing)?|strengthen(?:s|ed|ing)?"
            r"|weaken(?:s|ed|ing)?|trigger(?:s|ed|ing)?|stimulat(?:e|es|ed|ing)|inhibit(?:s|ed|ing)?"
            r"|suppress(?:es|ed|ing)?|restor(?:e|es|ed|ing)"
            r"|protect(?:s|ed|ing)?|facilitat(?:e|es|ed|ing)|orchestrat(?:e|es|ed|ing)|reinforc(?:e|es|ed"
            r"|ing)|encourag(?:e|es|ed|ing)|foster(?:s|ed|ing)?"
            r"|disrupt(?:s|ed|ing)?|damag(?:es|ed|ing)|(?<!any )(?<!the )(?<!no )damage|kill(?:s|ed|ing)?|fight(?:s"
            r"|ing)?|combat(?:s|ing)?"
            r"|burn(?:s|ed|ing)? fat|detoxif(?:y|ies|ied|ying)"
            r"|cleans(?:e|es|ing)|revers(?:e|es|ed|ing)|support(?:s|ed|ing)?(?: by)?|slow(?:s|ed"
            r"|ing)?(?: down)?|speed(?:s|ing)?(?: up)?|eliminat(?:e|es|ed|ing)|worsen(?:s|ed|ing)?",
            r"block(?:s|ed|ing)?|shorten(?:s|ed|ing)?|lengthen(?:s|ed|ing)?|prolong(?:s|ed|ing)?|cuts?|cutting"
            r"|halv(?:e|es"
            r"|ed|ing)|calm(?:s|ed)|calming (?:the|your|down|an)|sooth(?:e|es|ed|ing)|relax(?:es|ed)|repair(?:s|ed"
            r"|ing)?|rebuild(?:s|ing)?|rebuilt"
            r"|regenerat(?:e|es|ed|ing)|rejuvenat(?:e|es|ed|ing)|revitali[sz](?:e|es|ed|ing)|normali[sz](?:e|es|ed|ing)"
            r"|stabili[sz](?:e|es|ed|ing)|neutrali[sz](?:e|es|ed|ing)|counteract(?:s|ed|ing)?|activat(?:e|es|ed|ing)"
            r"|accelerat(?:e|es|ed|ing)|induc(?:e|es|ed|ing)|shrink(?:s|ing)?|shrank|dissolv(?:e|es|ed|ing)|melt(?:s"
            r"|ed|ing)?"
            r" away|flush(?:es|ed|ing)? out|clear(?:s|ed|ing)? up|ward(?:s|ed|ing)? off|get(?:s|ting)? rid of"
            r"|banish(?:es|ed|ing)?|sharpen(?:s|ed|ing)?|nourish(?:es|ed|ing)?"
            r"|stop(?:s|ped)? (?!taking|using|the use|their|your|his|her|prescri|medic)",
            r"(?:lead(?:s|ing)?|led|contribut(?:e|es|ed|ing)) to|result(?:s|ed|ing)? in|play(?:s|ed"
            r"|ing)? (?:a|an)(?: \w+)? (?:role|part) in|help(?:s|ed|ing)? (?:to )?"
            r"(?:treat|manage|reduce|prevent|improve|relieve|lower|with)"
            r"|acts? (?:both )?as|works? (?:against|on)|works? for (?-i:(?=[a-z]))"
            r"|(?:to|can|may|might|could|will|would|helps?)(?: potentially)? (?:lower|cure|calm|soothe|smooth|clear"
            r"|disturb|assist|feed)"
            r"|disturbs|feeds|fed(?= (?:tumou?rs?|cancers?))|smooths|supercharg(?:e|es|ed|ing)|works? wonders for"
            r"|(?:keep|make)(?:s|ing)? (?:[\w'’-]+ ){1,3}(?:awake|at bay|down|away|healthy|young|longer|shorter"
            r"|thicker|stronger"
            r"|thinner|clearer|younger|weaker|softer)|lift(?:s|ed|ing)? (?:your |the |low )?(?:moods?|spirits?"
            r"|depression|fatigue)"
            r"|(?:ally|remedy|defen[cs]e|weapon|protection) against|clears (?:acne|the skin|skin|your)"
            r"|have lower levels of"
            r"|roles? (?:of [\w'’-]+ )?in"
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
            rf"(?<![\w.,-])(?<!type )(?<!sort )(?<!phase )(?<!stage )(?<!omega )(?!100 ?% (?:safe|natural"
            rf"|pure))\d[\d.,]{{0,15}}(?:\s?(?:%|(?:percent|per cent|{DOSE_UNITS}|g|kg|years?|months?|weeks?"
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
            r"|a hundred)|half of|(?:two|three)[- ](?:thirds|quarters) of"
            r"|(?:a|one) (?:third|quarter|fifth|tenth) of|by (?:a|one) (?:third|quarter|fifth|tenth)|majority of"
            r"|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|(?:twice|three times) (?:a|per|each|every|daily|as|the)"
            r"|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
            r"|ninety"
            rf"|(?:a|one|several) hundred) (?:{DOSE_UNITS}|{SUBSTANCE_FORMS}|percent|years?|months?|weeks?|days?"
            rf"|hours?|minutes?"
            r"|times|people|patients|adults|participants|calories|pounds|kilos?|cups|teaspoons|servings|doses)"
            r"|millions of|thousands of"
        ),
        "“{}” is a figure: where does it come from?",
    ),
    Rule(
        COMPARISON,
        phrase(
            r"(?!other|rather|whether|over|under)[a-z]{2,14}er(?: [\w-]+){0,4} than|(?:more|less)(?: [\w-]+){0,4} than"
            r"|(?:greater|fewer|safer|stronger|faster|calmer|healthier|happier|worse)(?: [\w-]+)?"
            r"|better (?:for you|sleep|mood|health|results|outcomes|mornings?|skin|focus|memory|quality)"
            r"|(?:twice|(?<!such )as) (?:as )?(?:[\w-]+ ){1,2}as (?:the|those|an?|any|\w+s)|no better|gentler on"
            r"|(?:as|more|less|most|least) (?:effective|safe|likely|powerful|potent"
            r"|common)(?:ly)?(?: as| than)?|compared (?:to|with)|than (?:placebo|those)"
            r"|versus|vs\.?|unlike|outperform(?:s|ed)?|superior to|(?:increased|decreased|reduced|higher|lower"
            r"|raised) (?:\w+ )?(?:levels|rates|odds|chances?|risks?)"
        ),
        "“{}” compares: with what, and by how much?",
    ),
    Rule(
        ANECDOTE,
        phrase(
            r"(?:i|we) (?:\w+ly )?(?:tried|took|used|feel|felt|lost|noticed|started|began|swear|slept|was"
            r"|have (?:seen|found|tried))"
            r"|in my (?:own )?(?:experience|practice)|my (?:\w+ )?(?:patients?|clients?|skin|headaches?"
            r"|doctor|(?:grand)?mother|(?:grand)?father|friend|wife|husband|son|daughter|eczema|pain)|a (?:friend"
            r"|patient|client|customer|reader) of mine"
            r"|one (?:woman|man|patient|user|customer|mother|reader)"
            r"|(?:users|customers|patients|clients|people|many)(?: of ours)?(?: (?:have|often|also"
            r"|always))? (?:report(?:ed)?"
            r"|swear by|rave about|tell us|told us)|(?:thousands|millions|hundreds) of (?:happy "
            r"|satisfied )?(?:customers|users|clients)"
            r"|changed (?:my|her|his|their) li(?:fe|ves)|(?:her|his) (?:husband|wife|mother|father|family"
            r"|doctor) (?:noticed|saw|felt)"
            r"|the results speak|testimonials?|success stor(?:y|ies)|true story"
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
            r"|say(?:ing)? goodbye to|award-winning|premium quality|(?:the )?ultimate (?:solution|guide|secret|cure)"
            r"|ancient (?:wisdom|secrets?|remed(?:y|ies))|potent (?:elixir|blend|formula|remedy)|elixirs?"
            r"|supercharg\w+|works? wonders"
            r"|exclusive (?:offer|deal)|offer ends|best-?selling|world['’]s best|safe haven|you can trust|inner glow"
            r"|radiant(?: \w+)?"
            r"|natural (?:ways?|remed(?:y|ies)|cures?|solutions?)|superfoods?|wonder (?:drug|cure)"
            r"|magic(?:al)?|secrets? (?:to|of|that)|life-changing|holy grail"
            r"|doctors (?:hate|don['’]t want)|big pharma|detox\w*"
            r"|potential ally|powerful (?:tool|ally|remedy|blend|formula|antioxidants?)|unlock(?:s|ing)?"
            r"|lesser-known|famously|therapeutic potential|open(?:s|ing)? (?:up )?(?:new )?(?:avenues|doors)"
            r"|offers? (?:\w+ )*?hope|holds? (?:\w+ )?promise|new and innovative \w+",
        ),
        "“{}” sells rather than tells.",
    ),
    Rule(
        VENDOR,
        phrase(
            r"(?:supported by (?:\w+ )?(?:compounds?|products?|supplements?) like )?(?:those |the ones "
            r"|products? |compounds? )?(?:offered|sold|supplied|manufactured|made|distributed"
            r"|marketed) by(?= (?:the )?(?-i:[A-Z(]))|(?:available|purchased?|bought|stocked|order(?:ed|s placed)?)"
            r" (?:from|at|through|with|by)(?= (?-i:[A-Z]))|(?:exclusive to|under the (?:brand )?name)(?= (?-i:[A-Z]))"
            r"|(?:content|article|post|story|video|page|newsletter|review|episode) (?:was|is|has been) (?:sponsored"
            r"|produced|created|paid for|provided|supplied|funded) by(?= (?:the )?(?-i:[A-Z]))"
            r"|(?:brought to you by|(?:paid )?partnership with)(?= (?-i:[A-Z]))"
            rf"|(?:new|latest) (?:[\w-]+ )?(?:{GOODS}) (?:by|from)(?= (?-i:[A-Z]))"
            rf"|makers? of(?:(?= (?-i:[A-Z]))| (?:the |these |its )(?:{GOODS}))"
        ),
        "“{}” leads to a seller: is the article's interest disclosed?",
    ),
    Rule(VENDOR, SELLS, "“{}” speaks for who sells it: is the article's interest disclosed?"),
    Rule(VENDOR, OWNS, "“{}” is somebody's own product: is the article's interest disclosed?"),
    Rule(VENDOR, URGES, "“{}” leads the reader to a seller: is the article's interest disclosed?"),
    Rule(
        CALL_TO_ACTION,
        phrase(
            r"(?:buy|order|shop|purchase) (?:now|today|online|it|yours?|here|from|the)|click (?:here|below"
            r"|the)|sign up|subscribe|call (?:us|now|today)|contact (?:us|our)"
            r"|visit (?:our|us|the)|learn more|find out more|read on|don['’]t (?:wait|miss)|get (?:yours"
            r"|started|your)|try (?:it|our|this|these)|add (?:it|this|them) to your"
            r"|(?:talk|speak) (?:to|with) (?:your|a) (?:doctor|gp|pharmacist)|consult (?:your|a) (?:doctor"
            r"|physician)|ask your (?:doctor|pharmacist)|use code|free (?:trial|shipping|sample)|offer ends|hurry"
            r"|book (?:an?|your) (?:\w+ )?(?:consultation|appointment|call)"
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
    Rule(
        CALL_TO_ACTION,
        re.compile(
            r"^(?:(?:please|simply|just|now|so|then) )?(?:take|add|make|stop|start|ask|use|drink|eat|avoid|choose"
            r"|mix|apply|download"
            r"|join|register|enrol{1,2}|book|reserve|order|claim|grab|swap|replace|try|skip|give)"
            r"(?: (?:taking|using|eating|drinking|up|in|on))?"
            r" (?:it|your|the|an?|this|these|them|some|one|two|three|more|less|plenty|part|for|\d)(?!\w)",
            re.IGNORECASE,
        ),
        "“{}” tells the reader to do it.",
    ),
    Rule(VENDOR, re.compile(r"\w[®™]|[®™]"), "A trade mark is named: who sells it?"),
    Rule(
        VENDOR,
        re.compile(
            r"(?<!\w)(?:[A-Z][\w&'’.-]{0,40},?\s){1,6}(?:CO\.?,?\s?LTD|Co\.?,?\s?Ltd|LTD|Ltd|LIMITED|Limited|INC"
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
            rf"|(?<!\w)(?!(?:Take|Use|Add|Try|Drink|About|Only|The|This|Each|Every|Around|Up|With|Using|Adding"
            rf"|Taking|Over|At|In|A)\s)"
            rf"(?:[A-Z][\w-]+\s){{1,3}}(?:(?i:{SUBSTANCE_FORMS})\s)?"
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
        MISSING_HARMS,
        phrase(
            r"(?:no|without|zero|free (?:of|from))(?: (?:any|known|reported|serious|harmful|negative|unpleasant"
            r"|nasty|the|usual))*"
            r" (?:worries about )?(?:side[- ]effects?|risks?|dangers?|adverse (?:effects?|reactions?|events?))",
            r"harmless|(?:completely|perfectly|totally|entirely|absolutely|always|100 ?%) safe|non-?toxic|risk[- ]free"
            r"|safe for (?:everyone|everybody|anyone|all|the whole family)|gentle enough for|safer than any"
            r"|(?:cannot|can['’]t|will not|won['’]t|does not|doesn['’]t) (?:do|cause) (?:you )?(?:any )?(?:harm|damage)"
            r"|(?:nobody|no one) has ever been (?:harmed|hurt)",
        ),
        "“{}” waves harms away: every effect has its price, and the article must name it.",
    ),
    Rule(
        PRESCRIPTION_ONLY,
        phrase(
            r"(?!nystatin)\w{2,16}(?:statin|sartan|olol|glutide|zepatide|gliptin|gliflozin|azepam|azolam|oxetine"
            r"|cillin|mycin"
            r"|floxacin|triptan|dronate|xaban|gatran|tinib|ciclib|semide|dipine|steride|denafil|dalafil|codone"
            r"|morphone|triptyline"
            r"|apine|tretinoin|traline|lopram|faxine|zumab|ximab|umab|lukast|setron|prost|cycline)s?|\w{2,12}april"
            r"|lisinopril"
            r"|ramipril|enalapril|perindopril",
            r"statins|metformin|ketamine|warfarin|heparin|levothyroxine|predniso(?:ne|lone)|dexamethasone|tramadol"
            r"|morphine"
            r"|fentanyl|naltrexone|bupropion|clonidine|liothyronine|lithium carbonate|hydroxychloroquine|ivermectin"
            r"|botulinum toxin"
            r"|human growth hormone|tretinoin|methotrexate|methylphenidate|thyroxine|clomi(?:ph|f)ene|misoprostol"
            r"|phentermine"
            r"|botox|ozempic|wegovy|mounjaro|zepbound|viagra|cialis|xanax|valium|adderall|ritalin|prozac|zoloft"
            r"|lipitor|accutane",
            r"testosterone (?:gels?|injections?|therapy|creams?|replacement|patch(?:es)?|shots?)"
            r"|oxytocin (?:nasal )?(?:injections?|sprays?|drips?|infusions?|shots?)"
            r"|(?:use|uses|used|using|inject\w*|take|takes|taking|on|units of|doses? of) insulin"
            r"|insulin (?:injections?|pens?|pumps?)"
            r"|(?:o?estrogen|progesterone|hormone) (?:patch(?:es)?|gels?|therapy|replacement(?: therapy)?)"
            r"|prescription (?:drugs?|medicines?|medications?)|(?:by|on) prescription(?: only)?",
        ),
        "“{}” is, in most countries, for a prescriber to give: does the article say so?",
    ),
    Rule(
        POPULATION,
        phrase(
            r"(?:in |among |given to |fed to )?(?:mice|rats|rodents|zebrafish|monkeys|rabbits|guinea pigs|hamsters"
            r"|fruit flies"
            r"|roundworms|piglets|primates)|in (?:\w+ )?(?:animals|dogs|pigs|sheep|worms|yeast)"
            r"|(?:animal|mouse|rat|rodent|murine|primate|pre-?clinical) (?:stud(?:y|ies)|models?|trials?"
            r"|experiments?|research|data)",
        ),
        "“{}”: it was seen in animals, and people are another matter.",
    ),
    Rule(
        POPULATION,
        phrase(
            r"in vitro|cell (?:cultures?|lines?|stud(?:y|ies))|cultured cells|test[- ]tubes?(?: stud(?:y|ies))?"
            r"|petri dish(?:es)?"
            r"|(?:human|cancer|liver|skin|nerve|tumou?r|blood) (?:\w+ )?cells (?:in|on) (?:a|the) (?:dish|lab"
            r"|laborator(?:y|ies)|plate)"
            r"|isolated (?:cells|tissues?)|organoids?",
        ),
        "“{}”: it was seen in cells, far from a living person.",
    ),
    Rule(
        POPULATION,
        phrase(
            r"(?:the |healthy |human ){0,4}(?:participants|volunteers|(?:study|trial|test|human) subjects)"
            r"|(?<!one )(?<!two )(?<!three )(?<!four )(?<!nine )(?<!out )(?:in|among|enrolled|recruited|followed"
            r"|involving|studied)"
            r" (?:about |only |over |some )?(?:[\d][\d,.]{0,10} |(?:two|three|ten|twelve|twenty|thirty|forty|fifty"
            r"|sixty) )?"
            r"(?:healthy |older |elderly |young |younger |middle-aged |obese |overweight |pregnant |postmenopausal "
            r"|adult |male |female"
            r" |diabetic ){0,4}(?:adults|women|men|patients|people|children|infants|babies|students|nurses|athletes"
            r"|individuals|seniors"
            r"|teenagers|adolescents|mothers|veterans)",
            r"(?:healthy |older |elderly |young |pregnant |obese |overweight |postmenopausal ){1,4}(?:men|women|adults"
            r"|people|patients"
            r"|volunteers)|(?:children|patients|adults|women|men|people|individuals) with (?:[\w-]+ ){1,3}(?:were"
            r"|was|took|received)",
        ),
        "“{}” is whom it was studied in: are its readers like them?",
    ),
    Rule(
        SPUN_WORDING,
        re.compile(
            r"(?<!\w)(may|might|can|could|will|would)(?: \w+){1,2} \1(?!\w)",
            re.IGNORECASE,
        ),
        "“{}” says one thing twice over: a mark of machine-made text.",
    ),
    Rule(
        SPUN_WORDING,
        re.compile(
            r"(?<![\w'’-])([^\W\d_]{2,}+)\s+(?i:\1(?![\w'’-])"
            r"(?<!\bso)(?<!\bno)(?<!\bha)(?<!\byo)(?<!\bhad)(?<!\bbye)(?<!\bpom)(?<!\bchi)(?<!\bthat)(?<!\bvery)"
            r"(?<!\breally))"
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
            r"|reach(?:es|ing)? (?:its|their) (?:potential )?use|capability to \w+"
            r"|(?:research|evidence|studies|findings|data) (?:implies|imply|proposes?) that"
            r"|in the event that you|a great deal of people|individuals? who're|bosom (?:cancer|disease)"
            r"|(?:sort|kind) [12] diabetes|high blood strain|immune framework|counterfeit consciousness",
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
