"""The example for a cluster finds who the book finds. It starts Spark, and runs only where `TAGMATA_ENGINES` names `spark` or says `all`."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "examples"
WANTED = os.environ.get("TAGMATA_ENGINES", "").replace(",", " ").split()


def missing():
    if not {"spark", "all"} & set(WANTED):
        return "TAGMATA_ENGINES does not name it"
    packages = [name for name in ("pyspark", "pyarrow") if importlib.util.find_spec(name) is None]
    programs = [] if os.environ.get("JAVA_HOME") or shutil.which("java") else ["java"]
    return "not installed: " + ", ".join(packages + programs) if packages + programs else None


@pytest.mark.skipif(missing() is not None, reason=f"SKIPPED spark ({missing()})")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_cluster_finds_the_members_of_the_book(workers, tmp_path):
    command = [sys.executable, EXAMPLES / "python" / "cluster.py", tmp_path, "--contacts", "3000", "--workers", workers]
    run = subprocess.run([*command, "--memory", "1g", "--check"], capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "the book has the same members in all 24 segments"
