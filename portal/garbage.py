"""How a process that serves for long collects garbage."""

import gc

YOUNG = 10_000
"""New objects after which the young are looked through: a page makes about that many, and nearly all go with it."""


def keep_what_is_loaded() -> None:
    """Say that what is loaded lives as long as the process: the collector need not walk it."""
    gc.collect()
    gc.freeze()


def settle() -> None:
    """Do so in a web process, and let the pages that it makes go before anything is looked through."""
    keep_what_is_loaded()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
