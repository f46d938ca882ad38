"""Type checkers take the package, its examples, and what `typed.py` says; and they know the type of everything that is public."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "bindings" / "python"
EXAMPLES = PACKAGE.parents[1] / "examples" / "python"
# The cluster needs PySpark, and Django's models are typed by a plugin of mypy: neither is installed here.
TYPED = ["quickstart", "automation", "filter", "dataframes", "sqlalchemy_segments"]


def check(folder, *arguments):
    """Runs a type checker, which asks the first Python on the path for packages."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = [sys.executable, "-m", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env={**os.environ, "PATH": path}, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_mypy_is_content():
    for library in ("mypy", "pandas"):
        pytest.importorskip(library)
    examples = [EXAMPLES / f"{name}.py" for name in TYPED]
    check(PACKAGE, "mypy", "--config-file", "pyproject.toml", "python/tagmata", "tests/typed.py", *examples)


def test_pyright_is_content():
    for library in ("basedpyright", "pandas"):
        pytest.importorskip(library)
    check(PACKAGE, "basedpyright")


def test_all_that_is_public_has_a_type(tmp_path):
    pytest.importorskip("basedpyright")
    assert "Type completeness score: 100%" in check(tmp_path, "basedpyright", "--verifytypes", "tagmata", "--ignoreexternal")
