"""Why what somebody typed is not taken."""

from reviews.core.phrases import Phrase, Said


class NotTaken(ValueError):
    """This cannot be taken as it was typed."""

    def __init__(self, words: str = "", **values: Said) -> None:
        """``words`` is the sentence with ``%(name)s`` where a value stands; without any, it is the docstring."""
        self.phrase = Phrase(words or " ".join((self.__doc__ or "").split()), **values)
        super().__init__(str(self.phrase))
