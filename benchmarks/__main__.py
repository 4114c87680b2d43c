"""``make bench``: every bench, each against its peers in the same run."""

import os
import subprocess
import sys

from benchmarks import (
    checking,
    febrl_register,
    importing,
    lists,
    lookup,
    purging,
    recording,
    sharing,
)
from benchmarks.site import intranet
from tests.servers.postgres import postgres


def main() -> None:
    lookup.main()
    with intranet():
        febrl_register.main()
        importing.main()
        lists.main()
        checking.main()
        purging.main()
        recording.main()
        sharing.main()
    with postgres() as variables:
        command = [sys.executable, "-m", "benchmarks.checking"]
        subprocess.run(command, env={**os.environ, **variables}, check=True)


if __name__ == "__main__":  # workers of the lookup bench import this module anew
    main()
