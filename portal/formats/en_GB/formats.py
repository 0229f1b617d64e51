"""British English, the month written out and with a clock of 24 hours. Other languages have Django's forms."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
