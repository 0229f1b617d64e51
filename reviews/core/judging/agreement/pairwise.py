"""Pairs of ratings of one unit: what raw agreement, Fleiss' kappa and Gwet's coefficients have in common.

They differ in the agreement that they expect by chance, and in nothing else.
"""

from abc import ABC, abstractmethod

import numpy as np

from reviews.core.judging.agreement.ratings import Integers, Matrix


class Pairwise(ABC):
    """The totals: agreement of units with two ratings or more, their number, prevalence of values, rated units."""

    def __init__(self, weights: Matrix) -> None:
        self.weights = weights

    def shares(self, counts: Integers) -> Matrix:
        given = counts.sum(axis=1)
        alike = (counts * (counts @ self.weights - 1)).sum(axis=1)
        agreement = np.divide(alike, given * (given - 1), out=np.zeros(len(counts)), where=given > 1)
        shared = np.divide(counts, given[:, None], out=np.zeros(counts.shape), where=given[:, None] > 0)
        return np.column_stack([agreement, given > 1, given > 0, shared]).astype(np.float64)

    def disagreement(self, totals: Matrix) -> tuple[Matrix, Matrix]:
        agreement, pairable, rated, prevalence = totals[:, 0], totals[:, 1], totals[:, 2], totals[:, 3:]
        expected = self.chance(prevalence / rated[:, None])
        return 1 - agreement / pairable, 1 - expected

    @abstractmethod
    def chance(self, prevalence: Matrix) -> Matrix:
        """Return the agreement by chance for each row of prevalences (rows x values, each summing to 1)."""
