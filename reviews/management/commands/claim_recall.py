"""Say how well the machine's suggestions meet the desk's decisions."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from reviews.core.reading.learning import CUTS, FEWEST_DECISIONS, Decision, compare, recall_at
from reviews.models import Claim


class Command(BaseCommand):
    help = (
        "Print the recall at k of suggested claims over the desk's decisions; from "
        f"{FEWEST_DECISIONS} decisions on also that of a learnt order, on articles it has not seen. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--decisions", action="store_true", help="print the decisions themselves, one JSON a line")

    def handle(self, *_args: object, **options: Any) -> None:
        decisions = [decision_of(claim) for claim in Claim.objects.decided().select_related("revision")]
        if options["decisions"]:
            for decision in decisions:
                self.stdout.write(json.dumps(asdict(decision)))
            return
        figures = figures_of(decisions)
        self.stdout.write(json.dumps(figures) if options["json"] else in_words(figures))


def decision_of(claim: Claim) -> Decision:
    """Return a decided claim as training data: accepted or merged is kept, rejected is not."""
    return Decision(
        article=claim.revision.article_id,
        kept=claim.state != Claim.State.REJECTED,
        rank=claim.rank,
        score=claim.score or 0.0,
        cues=tuple(claim.cues),
        kind=claim.kind,
        is_headline=claim.is_headline,
        is_high_harm=claim.is_high_harm,
        words=len(claim.quote.split()),
    )


def figures_of(decisions: list[Decision]) -> dict[str, Any]:
    """Return the counts, the recall at each cut, and the comparison, ``None`` where there is too little to compare."""
    found = compare(decisions)
    return {
        "decisions": len(decisions),
        "kept": sum(decision.kept for decision in decisions),
        "added_by_hand": sum(decision.rank is None for decision in decisions),
        "recall": {str(k): recall_at(decisions, k) for k in CUTS},
        "unseen_articles": found
        and {
            "as_it_is": {str(k): share for k, share in found.as_it_is.items()},
            "learnt": {str(k): share for k, share in found.learnt.items()},
        },
    }


def in_words(figures: dict[str, Any]) -> str:
    """Return the figures as lines to read."""
    lines = [f"{figures['decisions']} decisions: {figures['kept']} kept, {figures['added_by_hand']} added by hand."]
    if not figures["kept"]:
        return "\n".join([*lines, "Accept or reject suggestions first: there is nothing to recall yet."])
    lines += [f"recall at {k:>2}: {share:.2f}" for k, share in figures["recall"].items()]
    if not figures["unseen_articles"]:
        lines.append(f"A model is compared from {FEWEST_DECISIONS} decisions on five articles or more.")
        return "\n".join(lines)
    lines.append("On articles it has not seen, the order as it is and a learnt one (nothing is switched on):")
    both = figures["unseen_articles"]
    lines += [
        f"recall at {k:>2}: {both['as_it_is'][k]:.2f} as it is, {both['learnt'][k]:.2f} learnt" for k in both["learnt"]
    ]
    return "\n".join(lines)
