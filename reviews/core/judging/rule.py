"""The numbers that the rulings rest on, under one version: a report names the rule that compiled it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """The thresholds of the rulings. Change a number or what it means, and change ``version`` with it.

    A split holds a claim when its lesser side has ``lesser_side_votes`` votes, or one in
    ``lesser_side_one_in`` of them; the sides of a wide split are ``levels_apart`` levels apart. An omission
    stands when one in ``omission_one_in`` reviewers named it. Where no claim is flagged, the worst level of
    one in ``finding_one_in`` claims caps the finding.
    """

    version: str = "1"
    lesser_side_votes: int = 2
    lesser_side_one_in: int = 3
    levels_apart: int = 2
    omission_one_in: int = 2
    finding_one_in: int = 3

    def counts_as_split(self, *, lesser: int, votes: int) -> bool:
        """Whether ``lesser`` of ``votes`` votes on the smaller side make a split that the editor must see."""
        enough = lesser >= self.lesser_side_votes or lesser * self.lesser_side_one_in >= votes
        return lesser > 0 and enough


RULE = Rule()
