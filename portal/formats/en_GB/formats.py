"""British English, with the clock of 24 hours that every other line of the portal has."""

DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
