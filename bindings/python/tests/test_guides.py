"""The programs in Python of the guides, and of other pages, run, and print what stands below them.

`crates/tagmata-guides` says how the pages of `docs/guides` are written.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WORKSPACE = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3])
DOCS = WORKSPACE / "docs"
BLOCK = re.compile(r"^```(\w+)(?: (\w+)=(\S+))?\n(.*?)^```", re.DOTALL | re.MULTILINE)


# Other pages with programs.
PAGES = ["automation.md", "durable-books.md", "membership.md"]


def programs():
    """Each program, the files of its page, and the next block of text in its section."""
    for path in [*sorted((DOCS / "guides").glob("*.md")), *(DOCS / page for page in PAGES)]:
        page = path.read_text(encoding="utf-8")
        files = {name: text for _, key, name, text in BLOCK.findall(page) if key == "file"}
        for section in re.split(r"^## ", page, flags=re.MULTILINE):
            blocks = BLOCK.findall(section)
            for at, (language, key, _, program) in enumerate(blocks):
                if (language, key) == ("python", ""):
                    output = next((text for language, key, _, text in blocks[at:] if (language, key) == ("text", "")), None)
                    yield pytest.param(path.stem, files, program, output, id=f"{path.parent.name}/{path.stem}-{at}")


# What lies in the folder in which the programs of a guide run, and what they need.
FOLDERS = {"django": WORKSPACE / "examples" / "python" / "django_app"}
LIBRARIES = {"django": "django"}


@pytest.mark.parametrize(("guide", "files", "program", "output"), list(programs()))
def test_a_program_prints_what_stands_below_it(guide, files, program, output, tmp_path):
    if guide in LIBRARIES:
        pytest.importorskip(LIBRARIES[guide])
    if guide in FOLDERS:
        shutil.copytree(FOLDERS[guide], tmp_path, dirs_exist_ok=True)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False
    )
    assert run.stderr.decode("utf-8") == ""
    assert run.stdout.decode("utf-8").replace("\r\n", "\n") == output


def test_there_are_programs():
    guides = {param.values[0] for param in programs()}
    assert guides >= {"automation", "csv", "django", "durable-books", "membership", "segments", "sql"}
