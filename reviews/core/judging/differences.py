"""What one version of a report says that the one before did not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]
RULE_CHANGED = "the rule changed"
OVERALL_FINDING = "overall finding"
"""The aspect of a difference that tells of all claims together."""


@dataclass(frozen=True)
class Difference:
    """One thing that changed. ``words`` reads "claim 4: misleading -> disputed, because ..."."""

    subject: str
    aspect: str
    before: object
    after: object
    because: tuple[str, ...]
    words: str


def differences(before: Body, after: Body) -> list[Difference]:
    """Return what changed between the bodies of two reports of one round; empty only where they are equal."""
    found = [*_of_claims(before, after), *_of_article(before, after), *_of_frame(before, after)]
    if not found and before != after:
        return [_difference("report", "details", None, None, words="report: details changed")]
    return found


def _difference(
    subject: str,
    aspect: str,
    before: object,
    after: object,
    *,
    because: tuple[str, ...] = (),
    words: str = "",
) -> Difference:
    spoken = words or f"{subject}: {aspect}: {_spoken(before)} -> {_spoken(after)}"
    return Difference(subject, aspect, before, after, because, spoken)


def _spoken(value: object) -> str:
    return "none" if value is None or value == "" else str(value)


def _of_claims(before: Body, after: Body) -> Iterator[Difference]:
    old = {claim["number"]: claim for claim in before["claims"]}
    new = {claim["number"]: claim for claim in after["claims"]}
    same_rule = before["rule"] == after["rule"]
    for number in sorted(old.keys() | new.keys()):
        subject = f"claim {number}"
        if number not in new:
            yield _difference(subject, "removed", old[number]["wording"], None, words=f"{subject}: no longer there")
        elif number not in old:
            yield _difference(subject, "added", None, new[number]["wording"], words=f"{subject}: new")
        elif old[number] != new[number]:
            yield from _of_claim(subject, old[number], new[number], same_rule=same_rule)


def _of_claim(subject: str, old: Body, new: Body, *, same_rule: bool) -> Iterator[Difference]:
    found = [*_of_verdict(subject, old, new, same_rule=same_rule), *_of_evidence(subject, old, new)]
    yield from found
    if not found:
        words = f"{subject}: same verdict; {', '.join(_changed_parts(old, new))} changed"
        yield _difference(subject, "details", None, None, words=words)


def _changed_parts(old: Body, new: Body) -> list[str]:
    return [name.replace("_", " ") for name in sorted(old) if old[name] != new.get(name)]


def _of_verdict(subject: str, old: Body, new: Body, *, same_rule: bool) -> Iterator[Difference]:
    before, after = old["verdict"], new["verdict"]
    if (before["status"], before["level"]) == (after["status"], after["level"]):
        yield from _of_ruling(subject, old, new)
        return
    because = tuple(_causes(old, new, same_rule=same_rule)) or ("its inputs changed",)
    titles = _verdict_title(before), _verdict_title(after)
    words = f"{subject}: {titles[0]} -> {titles[1]}, because {'; '.join(because)}"
    yield _difference(subject, "verdict", before, after, because=because, words=words)


def _of_ruling(subject: str, old: Body, new: Body) -> Iterator[Difference]:
    """Tell what changed under a verdict that is the same: votes, the panel's label, what holds the claim."""
    if old["panel"]["words"] != new["panel"]["words"]:
        yield _difference(subject, "votes", old["panel"]["words"], new["panel"]["words"])
    if old["panel"]["label"] != new["panel"]["label"]:
        titles = (_spoken(part["panel"]["title"].lower()) for part in (old, new))
        yield _difference(subject, "the panel's label", *titles)
    for told, reasons, others in (("now held as well", new, old), ("no longer held", old, new)):
        known = [reason["name"] for reason in others["held"]]
        for reason in reasons["held"]:
            if reason["name"] not in known:
                words = f"{subject}: {told}: {_clause(reason['words'])}"
                yield _difference(subject, "held", None, reason["name"], words=words)


def _verdict_title(verdict: Body) -> str:
    by_editor = " (decided by an editor)" if verdict["status"] == "adjudicated" else ""
    return f"{verdict['title'].lower()}{by_editor}"


def _causes(old: Body, new: Body, *, same_rule: bool) -> Iterator[str]:
    if old["adjudication"] != new["adjudication"]:
        yield "an editor decided" if new["adjudication"] else "the editor's decision was taken back"
    if old["panel"]["words"] != new["panel"]["words"]:
        same_votes = old["panel"]["counts"] == new["panel"]["counts"]
        yield f"{'the same votes now read' if same_votes else 'the votes are now'} “{new['panel']['words']}”"
    known = [reason["name"] for reason in old["held"]]
    yield from (_clause(reason["words"]) for reason in new["held"] if reason["name"] not in known)
    standing = [reason["name"] for reason in new["held"]]
    if not new["adjudication"] and any(name not in standing for name in known):
        yield "what held it is settled"
    if not same_rule:
        yield RULE_CHANGED


def _clause(sentence: str) -> str:
    """Return a sentence as it goes after "because"."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _of_evidence(subject: str, old: Body, new: Body) -> Iterator[Difference]:
    before, after = old["evidence"], new["evidence"]
    if before["words"] != after["words"]:
        yield _difference(subject, "evidence", before["words"], after["words"])
    known = {source["key"]: source for source in before["sources"]}
    for source in after["sources"]:
        earlier = known.get(source["key"])
        if earlier is None:
            yield _difference(subject, "source", None, source["key"], words=f"{subject}: new source {_named(source)}")
        elif earlier["retracted"] != source["retracted"]:
            state = "is retracted" if source["retracted"] else "is no longer retracted"
            words = f"{subject}: the source {_named(source)} {state}"
            yield _difference(subject, "retraction", earlier["retracted"], source["retracted"], words=words)
    for key in sorted(known.keys() - {source["key"] for source in after["sources"]}):
        words = f"{subject}: the source {_named(known[key])} is no longer put to it"
        yield _difference(subject, "source", key, None, words=words)


def _named(source: Body) -> str:
    title = source["record"].get("title")
    return f"“{title}” ({source['key']})" if title else str(source["key"])


def _of_article(before: Body, after: Body) -> Iterator[Difference]:
    old, new = before["article"], after["article"]
    if old["finding"] != new["finding"]:
        yield _difference("article", OVERALL_FINDING, old["finding"]["words"], new["finding"]["words"])
    named = [{omission["title"]: omission["count"] for omission in article["omissions"]} for article in (old, new)]
    for title in sorted(named[0].keys() | named[1].keys()):
        counts = named[0].get(title), named[1].get(title)
        if counts[0] != counts[1]:
            yield _difference("article", f"omission “{title}”", *counts)
    scores = [{part["title"]: part["score"] for part in body["instruments"]} for body in (before, after)]
    for title in sorted(scores[0].keys() | scores[1].keys()):
        words = [(score.get(title) or {}).get("words") for score in scores]
        if words[0] != words[1]:
            yield _difference("article", title, words[0], words[1])


def _of_frame(before: Body, after: Body) -> Iterator[Difference]:
    yield from _of_rule(before["rule"], after["rule"])
    if before["scale"] != after["scale"]:
        yield _difference("scale", "levels", None, None, words="scale: another scale")
    for name in ("reviewers", "outstanding", "quorum"):
        if before[name] != after[name]:
            yield _difference("panel", name, before[name], after[name])


def _of_rule(old: Body, new: Body) -> Iterator[Difference]:
    for name in ("name", "version", *sorted((old.keys() | new.keys()) - {"name", "version"})):
        before, after = old.get(name), new.get(name)
        spoken = name.replace("_", " ")
        if isinstance(before, list) and isinstance(after, list) and before != after:
            words = f"rule: {spoken}: {_apart(before, after)}"
            yield _difference("rule", spoken, ", ".join(before), ", ".join(after), words=words)
        elif before != after:
            yield _difference("rule", spoken, before, after)


def _apart(before: Sequence[str], after: Sequence[str]) -> str:
    """Return what a list has lost and what it has gained; only its order can have changed otherwise."""
    lost, gained = ([one for one in some if one not in others] for some, others in ((before, after), (after, before)))
    spoken = [f"{word} {', '.join(names)}" for word, names in (("without", lost), ("with", gained)) if names]
    return "; ".join(spoken) or "in another order"
