"""The editorial review portal: one Django app."""
