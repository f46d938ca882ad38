"""`python -m engines --required|--if-installed DATABASE PROGRAM [ARGUMENT…]`: asks a database all cases that the program writes for it."""

import importlib
import json
import signal
import subprocess
import sys

from .case import Missing, Outcome, run


def main(presence, name, program, *arguments):
    outcome = Outcome(name)
    try:
        with importlib.import_module(f".{name}", __package__).Database() as database:
            with subprocess.Popen([program, name, *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8") as cases:
                for line in cases.stdout:
                    run(json.loads(line), database, outcome)
            if cases.returncode != 0:
                sys.exit(f"{program} ended with {cases.returncode}")
    except Missing as missing:
        print(f"SKIPPED {name} (not installed: {missing})")
        return int(presence == "--required")
    except KeyboardInterrupt:
        print(f"{outcome} so far")
        return 1
    print(outcome)
    return int(outcome.mismatches > 0 or outcome.statements == 0)


# Who ends this program ends the server that it started, too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
sys.exit(main(*sys.argv[1:]))
