"""The programs that people start from print what they print in every language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "examples"


@pytest.mark.parametrize("example", ["quickstart", "automation"])
def test_an_example_prints_the_same_everywhere(example):
    program = EXAMPLES / "python" / f"{example}.py"
    run = subprocess.run([sys.executable, program], capture_output=True, timeout=60, check=False)
    assert run.stderr.decode("utf-8") == ""
    assert run.stdout.decode("utf-8") == (EXAMPLES / f"{example}.txt").read_bytes().decode("utf-8")
