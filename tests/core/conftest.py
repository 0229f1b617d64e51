"""Properties are checked for what they say, not for how long a busy machine takes over one example."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
