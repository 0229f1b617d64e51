"""The tables of what is built to harm, and what becomes of it.

    .venv/bin/python -m tests.hostile            hostile addresses, and files that are bombs
    .venv/bin/python -m tests.hostile patterns   every regular expression on 1 MB made to wear it out (a minute)

The exit status is 1 where a socket was opened to anything but the public internet, where a bomb was not refused within
2 seconds and 200 MB, or where a pattern took more than linear time.
"""

import sys

from tests.hostile.addresses import table_of_addresses
from tests.hostile.bombs import table_of_bombs
from tests.hostile.patterns import table_of_patterns


def main() -> int:
    if "patterns" in sys.argv[1:]:
        return int(not table_of_patterns())
    return int(not all([table_of_addresses(), table_of_bombs()]))


if __name__ == "__main__":
    sys.exit(main())
