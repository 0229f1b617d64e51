"""Rooms for editors. To import one is to open it on the desk, so the package imports them all."""

from reviews.admin import article, claim, feed, instrument, intake, notice, round, source, suppression, user

__all__ = ["article", "claim", "feed", "instrument", "intake", "notice", "round", "source", "suppression", "user"]
