"""Identifiers, bibliographic records, and whether a quote stands in its source."""
