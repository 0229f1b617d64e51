"""Why what somebody typed is not taken."""


class NotTaken(ValueError):
    """This cannot be taken as it was typed."""

    def __init__(self, words: str = "", **values: object) -> None:
        """``words`` is the sentence with ``%(name)s`` where a value stands: the forms translate it, and put them in."""
        self.words = words or " ".join((self.__doc__ or "").split())
        self.values = values
        super().__init__(self.words % values if values else self.words)
