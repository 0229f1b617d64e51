"""Ask the public services about one publication, and say what each knows."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.core.citing.designs import propose
from reviews.core.citing.identifiers import Identifier, NotAnIdentifier, identify
from reviews.gateways import registries
from reviews.gateways.polite import Unreachable
from reviews.gateways.registries import Registry, usable


class Command(BaseCommand):
    help = "Look a DOI, PMID or PMCID up at Crossref, PubMed, Europe PMC and OpenAlex, and print what each says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("identifier", help="as 10.1000/abc123, its address, 12345678 or PMC1234567")
        parser.add_argument("--json", action="store_true", help="print what was found as JSON, CSL records inside")

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            identifier = identify(options["identifier"])
        except NotAnIdentifier as refusal:
            raise CommandError(str(refusal)) from refusal
        told = [tell(registry, identifier) for registry in registries.REGISTRIES]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for one in told:
            self.stdout.write(f"{one['service']}: {one['said']}")
            for line in (*one["notices"], *one["design"]):
                self.stdout.write(f"  {line}")


def tell(registry: Registry, identifier: Identifier) -> dict[str, Any]:
    """Return what one service says of a publication, in words and as a record."""
    told: dict[str, Any] = {"service": registry.name, "record": None, "notices": [], "design": []}
    asked = usable(registry, [identifier])
    if asked is None:
        return told | {"said": f"cannot be asked by {identifier.kind.upper()}."}
    try:
        finding = registry.look_up(asked)
    except Unreachable as failure:
        return told | {"said": f"no answer. {failure}"}
    if finding is None:
        return told | {"said": "knows nothing of it."}
    entry = finding.entry
    proposal = propose(title=entry.record.title, abstract=entry.abstract, types=entry.types, keywords=entry.keywords)
    return told | {
        "said": entry.record.formatted(),
        "record": entry.record.as_csl(),
        "notices": [
            f"{one.nature} {one.said_on or ''} {one.notice_doi} {one.reasons}".rstrip() for one in finding.notices
        ],
        "design": [f"proposed design: {proposal.design}. {' '.join(map(str, proposal.reasons))}"] if proposal else [],
    }
