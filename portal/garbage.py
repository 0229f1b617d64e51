"""How a web process collects garbage."""

import gc

YOUNG = 10_000
"""New objects after which the young are looked through: a page makes about that many, and nearly all go with it."""


def settle() -> None:
    """Say that all is loaded: it lives as long as the process, so the collector need not walk it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
