import pytest, json
from tests.test_translation import *
from tests.test_translation import shown, world
def test_desk(world):
    own = stored_words()
    res = {}
    with spoken(LEFT_TO_RIGHT):
        for who in ("superuser","editor"):
          for method in ("get","post"):
            for name in DOORS:
                if name.startswith("admin:"):
                    try: w = unmarked(shown(world.client(who), address_of(name, world), method), own_words=own)
                    except Exception as e: w = [f"!! {type(e).__name__} {e}"]
                    for x in w: res.setdefault(x, []).append(name.removeprefix("admin:"))
    with open("/tmp/words/unm.txt","w") as f:
        for x, n in sorted(res.items()): f.write(f"{x!r}  <- {sorted(set(n))[:3]}\n")
