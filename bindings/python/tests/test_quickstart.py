"""The quickstart prints what it prints in every language."""

import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "examples"


def test_the_quickstart_prints_the_same_everywhere():
    program = EXAMPLES / "python" / "quickstart.py"
    run = subprocess.run([sys.executable, program], capture_output=True, timeout=60, check=False)
    assert run.stderr.decode("utf-8") == ""
    assert run.stdout.decode("utf-8") == (EXAMPLES / "quickstart.txt").read_bytes().decode("utf-8")
