"""What a report says of the whole article: the overall finding, omissions, instruments."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from reviews.core.judging.inputs import PanelInputs
from reviews.core.judging.instruments import Answer, Instrument, Item
from reviews.core.judging.rule import Rule
from reviews.core.judging.scales import Scale
from reviews.core.judging.scoring import ItemResult, Score, panel_answers, score
from reviews.core.judging.vocabulary import OMISSIONS, title_of

Plain = dict[str, Any]


def article_of(claims: Sequence[Plain], *, inputs: PanelInputs) -> Plain:
    """Return what the claims in title and body come to. There is no mean of verdicts."""
    counting = [claim for claim in claims if claim["counts_for_article"]]
    sourced = sum(claim["evidence"]["article_gives_source"] for claim in counting)
    return {
        "claims": len(counting),
        "distribution": _distribution(counting, scale=inputs.scale),
        "finding": overall_finding(counting, scale=inputs.scale, rule=inputs.rule),
        "with_source": sourced,
        "with_source_share": Fraction(sourced, len(counting)) if counting else None,
        "omissions": omissions_of(inputs),
    }


def _distribution(claims: Sequence[Plain], *, scale: Scale) -> dict[str, int]:
    """Count final verdicts: every level of the scale, then disputed, left open and pending."""
    counts = Counter(claim["verdict"]["level"] or claim["verdict"]["status"] for claim in claims)
    return {name: counts[name] for name in (*scale.names, "disputed", "left_open", "pending")}


def overall_finding(claims: Sequence[Plain], *, scale: Scale, rule: Rule) -> Plain:
    """Return the overall finding: the commonest verdict (of several the worst), capped, in words.

    The cap is the worst headline or high-harm claim; where none is flagged, the worst verdict that one in
    ``finding_one_in`` of all claims have. A flagged claim without a verdict leaves the finding open, unless
    another is as bad as can be. ``capped_by`` are the numbers of the claims that made the cap.
    """
    verdicts = {claim["number"]: claim["verdict"]["level"] for claim in claims if claim["verdict"]["level"]}
    flagged = [claim["number"] for claim in claims if claim["is_headline"] or claim["is_high_harm"]]
    if not verdicts:
        return _finding(None, [], "No claim of the article itself has a verdict yet.")
    cap = (
        _worst_flagged(flagged, verdicts, scale=scale)
        if flagged
        else _worst_common(verdicts, claims=len(claims), scale=scale, rule=rule)
    )
    undecided = [number for number in flagged if number not in verdicts]
    if undecided and cap != scale.worst.name:
        return _finding(None, undecided, f"No overall finding: {_claims(undecided)} {_has(undecided)} no verdict.")
    level = max((name for name in (_commonest(verdicts, scale=scale), cap) if name), key=scale.severity)
    capped_by = [number for number in (flagged or verdicts) if verdicts.get(number) == level == cap]
    return _finding(level, capped_by, _finding_words(scale.level(level).title, capped_by, flagged=bool(flagged)))


def _worst_flagged(flagged: Sequence[int], verdicts: Mapping[int, str], *, scale: Scale) -> str | None:
    return max((verdicts[number] for number in flagged if number in verdicts), key=scale.severity, default=None)


def _worst_common(verdicts: Mapping[int, str], *, claims: int, scale: Scale, rule: Rule) -> str | None:
    """Return the worst verdict that one in ``finding_one_in`` of the claims have; ``None`` where none is so
    common.
    """
    counts = Counter(verdicts.values())
    common = [name for name, count in counts.items() if count * rule.finding_one_in >= claims]
    return max(common, key=scale.severity, default=None)


def _commonest(verdicts: Mapping[int, str], *, scale: Scale) -> str:
    counts = Counter(verdicts.values())
    return max(counts, key=lambda name: (counts[name], scale.severity(name)))


def _finding(level: str | None, capped_by: list[int], words: str) -> Plain:
    return {"level": level, "capped_by": capped_by, "words": words}


def _finding_words(title: str, capped_by: Sequence[int], *, flagged: bool) -> str:
    if not capped_by:
        return f"{title}: the commonest verdict of its claims."
    if flagged:
        return f"{title}: no better than its worst headline or high-harm claim ({_claims(capped_by)})."
    return f"{title}: {_claims(capped_by)} {'is' if len(capped_by) == 1 else 'are'}."


def _claims(numbers: Sequence[int]) -> str:
    return f"claim{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"


def _has(numbers: Sequence[int]) -> str:
    return "has" if len(numbers) == 1 else "have"


def omissions_of(inputs: PanelInputs) -> list[Plain]:
    """Return what at least one in ``omission_one_in`` reviewers say the article leaves out, most often named
    first.
    """
    notes: dict[str, list[str]] = {}
    for review in inputs.reviews:
        for kind, note in review.omissions.items():
            notes.setdefault(kind, []).append(note.strip())
    named = [kind for kind in notes if len(notes[kind]) * inputs.rule.omission_one_in >= len(inputs.reviews)]
    return [
        {
            "kind": kind,
            "title": title_of(kind, choices=OMISSIONS),
            "count": len(notes[kind]),
            "reviewers": len(inputs.reviews),
            "notes": sorted(note for note in notes[kind] if note),
        }
        for kind in sorted(named, key=lambda kind: (-len(notes[kind]), kind))
    ]


def instruments_of(inputs: PanelInputs, *, claim: int | None = None) -> list[Plain]:
    """Return what each instrument about the article, or about one claim by its number, came to, in order of key.

    Where a panel was asked two versions of one instrument, each is told by itself, and its title says which it is.
    """
    about = "article" if claim is None else "claim"
    asked = sorted((one for one in inputs.instruments if one.about == about), key=lambda instrument: instrument.key)
    versions = Counter(one.slug for one in asked)
    parts = [_instrument_part(one, answers=_answers_to(one, claim, inputs=inputs)) for one in asked]
    return [_named_by_version(part) if versions[part["slug"]] > 1 else part for part in parts]


def _named_by_version(part: Plain) -> Plain:
    return {**part, "title": f"{part['title']} (version {part['version']})"}


def _answers_to(instrument: Instrument, claim: int | None, *, inputs: PanelInputs) -> list[Mapping[str, Answer]]:
    if claim is None:
        return [review.answers.get(instrument.key, {}) for review in inputs.reviews]
    return [review.claim_answers.get((claim, instrument.key), {}) for review in inputs.reviews]


def _instrument_part(instrument: Instrument, *, answers: Sequence[Mapping[str, Answer]]) -> Plain:
    results = panel_answers(instrument, answers)
    result = score(instrument, results)
    return {
        "key": instrument.key,
        "slug": instrument.slug,
        "version": instrument.version,
        "title": instrument.title,
        "about": instrument.about,
        "reviewers": sum(bool(one) for one in answers),
        "items": [_item_part(instrument.item(one.key), result=one) for one in results],
        "score": {**vars(result), "words": score_words(result)} if result else None,
    }


def _item_part(item: Item, *, result: ItemResult) -> Plain:
    answer = result.answer
    unanswered = "Answered in words" if item.kind == "text" else "Not settled" if result.counts else "Not answered"
    if isinstance(answer, Fraction) and answer.denominator == 1:
        answer = int(answer)
    return {
        "key": item.key,
        "section": item.section,
        "wording": item.wording,
        "kind": item.kind,
        "answer": answer,
        "title": _answer_title(item, answer=answer) or unanswered,
        "counts": result.counts,
    }


def _answer_title(item: Item, *, answer: Answer | None) -> str:
    return item.title_of(answer) if answer is not None else ""


def score_words(result: Score) -> str:
    """Return a score as a person reads it."""
    if result.value is None:
        return result.reason
    if result.stars is not None:
        satisfactory = int(result.value * result.rated)
        return f"{satisfactory} of {result.rated} items satisfactory: {result.stars} of 5 stars."
    words = f"{float(result.value):g} on a range of {result.lowest} to {result.highest}."
    return f"{words} {result.note}" if result.note else words
