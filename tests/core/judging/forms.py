"""A form with every kind of item, for the tests of instruments."""

from reviews.core.judging.definitions import read_instrument

FORM = """
slug = "form"
version = 2
title = "A form"
about = "claim"

[[options.degree]]
code = "0"
title = "None"
[[options.degree]]
code = "3"
title = "All"
[[options.degree]]
code = "not_applicable"
title = "Not applicable"
[[options.yesno]]
code = "yes"
title = "Yes"
[[options.yesno]]
code = "no"
title = "No"

[[items]]
key = "sourced"
kind = "choice"
options = "yesno"
wording = "Sourced?"

[[items]]
key = "how_well"
kind = "scale"
options = "degree"
wording = "How well?"
show_if = { item = "sourced", answers = ["yes"] }

[[items]]
key = "why"
kind = "text"
wording = "Why?"
show_if = { item = "how_well", answers = [0, 1] }

[[options.setting]]
code = "home"
title = "At home"
[[options.setting]]
code = "clinic"
title = "In a clinic"
[[options.setting]]
code = "none"
title = "None of these"
alone = true

[[items]]
key = "settings"
kind = "multi_choice"
options = "setting"
wording = "Where?"
required = false

[[items]]
key = "dose"
kind = "number"
wording = "How much?"
lowest = 0
highest = 500
decimals = 1
unit = "mg"
may_not_apply = true
show_if = [{ item = "settings", answers = ["home"] }, { item = "sourced" }]

[[items]]
key = "seen_on"
kind = "date"
wording = "When was it looked up?"
required = false
show_if = { item = "dose", at_least = 100 }

[[items]]
key = "read"
kind = "attestation"
wording = "I have read the source itself."

[scoring]
method = "total"
items = ["how_well"]
"""
FORM_VALUE = read_instrument(FORM)
