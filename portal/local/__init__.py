"""The whole portal on one machine, behind ./assay: embedded servers, their supervisor, tests and linters.

Production code never imports this package. It runs on Linux and macOS.
"""
