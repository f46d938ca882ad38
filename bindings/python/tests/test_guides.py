"""The programs in Python of the guides run."""

import os
import re
from pathlib import Path

import pytest

DOCS = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "docs"


@pytest.mark.parametrize("guide", ["durable-books"])
def test_the_programs_of_a_guide_run(guide, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    programs = re.findall(r"^```python\n(.*?)^```", (DOCS / f"{guide}.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert programs
    for program in programs:
        exec(compile(program, f"{guide}.md", "exec"), {})
