"""The words by which a health statement is known, as patterns: stems, never a product's or a site's name."""

import re

SUBSTANCE_FORMS = (
    r"injections?|tablets?|capsules?|pills?|drops|sprays?|creams?|gels?|patch(?:es)?|powders?|gumm(?:y|ies)"
    r"|syrups?|inhalers?"
    r"|serums?|ointments?|lozenges?|vials?|ampoules?|softgels?|tinctures?"
)
DOSE_UNITS = r"iu|mg|mcg|µg|μg|ug|ml|milligrams?|micrograms?|millilit(?:er|re)s?|international units"


def phrase(*alternatives: str) -> re.Pattern[str]:
    """Return one pattern for whole words or phrases, in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


CONDITIONS = phrase(
    r"(?:anxi|depress|stress|psycho|schizo|neuro(?:sis|path)|bipolar|autis|dement|alzheimer|parkinson|epilep"
    r"|migrain|diabet|hypertens"
    r"|asthma|allerg|arthrit|obes|cancer|carcino|tumou?r|leuk[ae]?emia|melanoma|infect|inflamm|influenza"
    r"|pneumon|bronchi|hepat"
    r"|addict|alcoholi|insomni|fatigue|osteopor|an[ae]mi|eczema|psoria|infertil|menopaus|thrombo|arrhythm"
    r"|seizure)\w*",
    r"ptsd|adhd|ocd|ibs|copd|hiv|aids|covid(?:-19)?|flu|colds?|strokes?|heart (?:attacks?|disease|failure)"
    r"|post-traumatic stress disorder",
    r"(?:chronic |back |joint |muscle |chest )?pains?|headaches?|nausea|fever|coughs?|cravings?|withdrawal"
    r"|trauma(?:tic)?(?: memories)?"
    r"|panic|low mood|loneliness|grief|phobias?|acne|hair loss|constipation|bloating|diarrh?o?ea|heartburn"
    r"|dysregulation",
    r"(?:mental |substance use |sleep |eating |mood |autism spectrum |developmental |psychiatric )*"
    r"(?:disorders?|diseases?|illness(?:es)?|syndromes?|symptoms?|ailments?|deficienc(?:y|ies)|conditions?)",
    r"\w{3,}(?:itis|algia|opathy|aemia)",
)
OUTCOMES = phrase(
    r"(?:mental |physical |heart |gut |brain |bone |skin |social |public |sexual |general "
    r"|overall ){0,4}(?:health|well-?being)",
    r"(?:blood (?:pressure|sugar|glucose|flow)|cholesterol|triglycerides|heart rate|bone density|immunity"
    r"|immune (?:system|function))",
    r"(?:body )?weight(?: loss| gain)?|(?:belly |body )?fat|appetite|sleep(?: quality)?|memory|concentration"
    r"|focus|cognition|mood"
    r"|energy(?: levels)?|fertility|libido|longevity|lifespan|life expectancy|mortality|deaths?|survival"
    r"|recovery|healing|remission"
    r"|quality of life|abstinence|relapses?|emotion(?:s|al)?(?: \w+)?|empathy|trust(?:worthiness)?"
    r"|attachment|bonding|intimacy"
    r"|social (?:skills?|behaviou?rs?|bonding|cognition|interactions?|cues|connections?|difficulties)"
    r"|behaviou?r|metabolism|digestion"
    r"|hydration|strength|endurance|performance|vision|hearing|feelings of \w+|reducing \w+ feelings"
    r"|relationships"
    r"|hospitali[sz]ations?|complications?|infections?|side[- ]effects?",
)
MECHANISMS = phrase(
    r"brain(?:'s|’s)?(?: \w+)?|amygdala|hypothalamus|pituitary|hippocampus|cortex|neural(?: \w+)?"
    r"|neuro(?:transmitters?|chemi\w+|n\w*|plasticity)"
    r"|receptors?|pathways?|circuits?|reward (?:system|processing)|hormon(?:e|es|al)(?: \w+)?|serotonin"
    r"|dopamine|cortisol|insulin|enzymes?|genes?"
    r"|dna|cells?|cellular|mitochondria\w*|antioxidants?|free radicals|oxidative|toxins?|microbiome"
    r"|bloodstream|nervous system"
    r"|stress response(?: systems?)?|immune response|signal(?:l?ing)|neurotransmitter|oxytocin levels"
    r"|levels of \w+",
)
INTERVENTIONS = phrase(
    SUBSTANCE_FORMS,
    r"treat(?:ment|ments|s|ed|ing)?|therap(?:y|ies|eutic)(?: \w+)?|medic(?:ation|ations|ine|ines)|drugs?"
    r"|doses?|dosage|vaccin\w+|supplement\w*"
    r"|vitamins?(?: [a-k]\d{0,2})?|minerals?|herb(?:s|al)?|extracts?|oils?|teas?|diets?|fasting|exercis\w+"
    r"|yoga|meditation|mindfulness|massage"
    r"|acupuncture|surger(?:y|ies)|chemotherapy|antibiotics?|antidepressants?|statins?|insulin|probiotics?"
    r"|hormones?|administ\w+|peptides?",
)
LINKS = phrase(
    r"(?:is|are|been)?\s?(?:\w+ly )?(?:linked|related|associated|correlated|tied|connected) (?:to|with)",
    r"relationship between|links? between",
)
HARMS = phrase(
    r"risks?(?: of| for)?|side[- ]effects?|adverse (?:effects?|events?|reactions?)|harm(?:s|ful|ed)?"
    r"|danger(?:s|ous|ously)?|toxic(?:ity)?|poison\w*"
    r"|overdos\w+|complications?|fatal(?:ity|ities)?|deaths?|deadly|kill(?:s|ed)?|mortality|unsafe"
    r"|contraindicat\w+|withdrawal|dependence"
    r"|safe(?:ty|ly)?|interact(?:s|ions?)? with",
)
CAUSES_OF_HARM = phrase(
    r"(?:caus\w+|trigger\w*|lead(?:s|ing)? to|led to|linked (?:to|with)|associated with|increas\w+|rais\w+)"
    r"(?: \w+){0,5} (?:cancer|tumou?rs?|death|strokes?|autism|dementia|infertility|diabetes"
    r"|heart (?:attacks?|disease)|damage|disease)"
)
RISK_LOWERED = phrase(
    r"(?:reduc|lower|decreas|cut|prevent|minimi[sz]|protect|mitigat)\w*(?: [\w'’-]+){0,4} (?:risks?|deaths?"
    r"|mortality|side[- ]effects?|complications?|harms?|damage|withdrawal|danger)"
)
FREQUENCIES = phrase(
    r"\d[\d.,]{0,15}\s?(?:%|percent|per cent)\s(?:of (?:all |the )?)?(?:\w+\s){0,2}(?:people|adults|women|men"
    r"|children|patients|americans|individuals|population|kids|babies)",
    r"(?:one|two|three|four|\d+)\s(?:in|out of)(?: every)?\s(?:two|three|four|five|six|eight|ten|\d+)",
    r"(?:prevalence|incidence)|(?:affects?|affecting)\s(?:\w+\s){0,3}(?:million|thousand|percent|people"
    r"|adults|women|men)",
    r"(?:most|many|few|millions of|half of)\s(?:all )?(?:people|adults|women|men|patients|americans) (?:have"
    r"|suffer|get|develop|live with)",
    r"(?:is|are) (?:very |quite |increasingly |extremely )?(?:common|rare|widespread)|commonly (?:affects?"
    r"|occurs?|seen)|on the rise|epidemic",
)
DEFINITIONS = phrase(
    r"(?:is|are)(?: \w+ly)? (?:called|termed|named|known as|defined as|referred to as)|refers? to"
    r"|stands? for|also (?:called|known as)",
    r"(?:often|sometimes|commonly|famously)? ?(?:called|dubbed|nicknamed|termed) (?:the|a|an)?",
    r"(?:is|are) (?:a|an|the)(?: \w+){0,3} (?:hormone|peptide|molecule|protein|vitamin|mineral|drug|disease"
    r"|disorder|condition|enzyme|compound"
    r"|chemical|neurochemical|neurotransmitter|substance|acid|plant|herb|virus|bacterium|syndrome|medication"
    r"|medicine)",
    r"(?:is|are) (?:\w+ )?(?:produced|made|synthesi[sz]ed|released|secreted|found) (?:in|by|naturally|from)"
    r"|involves?",
)
META = phrase(
    r"(?:in )?this (?:\w+ )?(?:article|post|guide|blog|piece|section|review|page)(?:,| we| will| explores?"
    r"| examines?| looks?| discusses)",
    r"we(?:['’]ll| will)? (?:delve|explore|discuss|look|examine|cover|dive|take a look|break down|walk you)"
    r"|let(?:['’]s| us) (?:\w+ )?(?:explore|look|dive|delve|take|examine|discuss)",
    r"read on|keep reading|below,? (?:we|you)|as mentioned (?:above|earlier)",
)
OUTLOOK = phrase(
    r"as (?:researchers|scientists|experts) continue|(?:has|have) led (?:researchers|scientists) to|(?:has"
    r"|have) implications for|gaining attention(?! (?:as|because|for|since)\b)|avenues for|part of exploration",
    r"^understanding (?:[\w'’-]+ ){1,6}(?:provides|is (?:crucial|key|essential|important)|helps us)"
    r"|ha(?:s|ve) (?:unveiled|revealed|uncovered) (?:an?|new|the) (?:[\w-]+ )?(?:aspects?|sides?|facets?)",
)


ANATOMY = (
    r"amygdala|hippocampus|hypothalamus|cortex|brain|heart|liver|kidneys?|lungs?|gut|stomach|pancreas|thyroid"
    r"|immune system|nervous system"
)

HIGH_HARMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a dose",
        phrase(
            rf"\d[\d.,]{{0,15}}\s?(?:{DOSE_UNITS})",
            r"(?:daily|maximum|recommended|higher|lower|double|extra|safe) dos(?:e|es|age)|dos(?:e|es"
            r"|age) of",
            rf"(?:\d+|one|two|three|four|several)\s(?:{SUBSTANCE_FORMS}|teaspoons?"
            rf"|tablespoons?)\s(?:\w+\s){{0,2}}(?:daily|a day|per day|every)",
            r"(?:once|twice|\w+ times) (?:a day|daily|per day)",
        ),
    ),
    (
        "stopping or replacing a treatment",
        phrase(
            r"(?:stop(?:s|ped|ping)?|quit(?:s|ting)?|discontinu\w+|come off|coming off|wean\w* off|skip(?:s"
            r"|ped|ping)?|throw away|ditch(?:ed|ing)?"
            r"|replac(?:e|es|ed|ing)|instead of|rather than|without|alternatives? to"
            r"|no (?:longer )?need (?:for|to take)|give up|avoid(?:ing)?)"
            r"(?:\s[\w'’-]+){0,4}?\s(?:medic(?:ation|ations|ine|ines)|insulin|chemo(?:therapy)?|radiotherapy"
            r"|antidepressants?|antibiotics?|statins?"
            r"|prescriptions?|prescribed|treatments?|inhalers?|vaccin\w+|blood thinners?|surgery|drugs)"
        ),
    ),
    (
        "pregnancy or breastfeeding",
        phrase(
            r"pregnan(?:t|cy|cies)|breast-?fe(?:ed|eding)|nursing mothers?|expectant mothers?|unborn"
            r"|f(?:o)?etus(?:es)?|f(?:o)?etal|miscarriages?"
            r"|(?:first|second|third) trimester|trimesters?|morning sickness|induc(?:e|es|ed|ing) labou?r"
        ),
    ),
    (
        "children",
        phrase(
            r"child(?:ren)?(?:['’]s)?|infants?|bab(?:y|ies)|newborns?|toddlers?|kids|teen(?:s|agers?)"
            r"|adolescents?|p[ae]diatric"
        ),
    ),
    (
        "an emergency",
        phrase(
            r"emergenc(?:y|ies)|overdos(?:e|es|ed|ing)|suicid\w+|self-harm\w*|anaphyla\w+|chest pains?"
            r"|call (?:911|999|112|an ambulance)"
            r"|(?:signs?|symptoms?) of (?:a |an )?(?:stroke|heart attack|sepsis|meningitis)"
        ),
    ),
    ("an injection", phrase(r"(?:self-)?inject(?:s|ed|ing|ion|ions|able|ables)?")),
)
