"""Scales, panel verdicts, agreement, evidence, instruments, and the report as one value."""
