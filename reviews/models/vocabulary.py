"""The titles that reviewers choose from, in the reader's language: what ``core/`` keeps as plain text.

``makemessages`` finds them there (``management/commands/makemessages.py``).
"""

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from reviews.core.citing import records
from reviews.core.judging import certainty, vocabulary

Titles = tuple[tuple[str, StrPromise], ...]


def spoken(choices: vocabulary.Choices) -> Titles:
    """Return the same codes, each title translated when it is shown."""
    return tuple((code, gettext_lazy(title)) for code, title in choices)


ATTRIBUTIONS = spoken(vocabulary.ATTRIBUTIONS)
CERTAINTIES = spoken(vocabulary.CERTAINTIES)
CLAIM_KINDS = spoken(vocabulary.CLAIM_KINDS)
CONFIDENCES = spoken(vocabulary.CONFIDENCES)
COULD_NOT_ASSESS = spoken(vocabulary.COULD_NOT_ASSESS)
CUE_KINDS = spoken(vocabulary.CUE_KINDS)
DESIGNS = spoken(vocabulary.DESIGNS)
DIRECTNESS = spoken(vocabulary.DIRECTNESS)
DISAGREEMENTS = spoken(vocabulary.DISAGREEMENTS)
FLAWS = spoken(vocabulary.FLAWS)
INDIRECT_IN = spoken(vocabulary.INDIRECT_IN)
OMISSIONS = spoken(vocabulary.OMISSIONS)
REGION_KINDS = spoken(vocabulary.REGION_KINDS)
RISKS_OF_BIAS = spoken(vocabulary.RISKS_OF_BIAS)
STANCES = spoken(vocabulary.STANCES)
SOURCE_KINDS = spoken(records.KINDS)

LOWERING = spoken(certainty.LOWERING)
RAISING = spoken(certainty.RAISING)
STARTS = spoken(certainty.STARTS)
