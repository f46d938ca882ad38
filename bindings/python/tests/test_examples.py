"""The programs that people start from print what they print in every language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3]) / "examples"


@pytest.mark.parametrize("example", ["quickstart", "automation", "filter"])
def test_an_example_prints_the_same_everywhere(example):
    program = EXAMPLES / "python" / f"{example}.py"
    run = subprocess.run([sys.executable, program], capture_output=True, timeout=60, check=False)
    assert run.stderr.decode("utf-8") == ""
    assert run.stdout.decode("utf-8") == (EXAMPLES / f"{example}.txt").read_bytes().decode("utf-8")


INTEGRATIONS = {
    "sqlalchemy_segments": """\
VIP FR: Zoé
Key accounts: Ana, Zoé
Fair: Max
  ES 30000.00
  FR 120.50
not in Key accounts, nor German: 1
in Key accounts and VIP FR: Zoé

sqlite: SELECT contacts.name \nFROM contacts \nWHERE contacts.id IN (SELECT c."id" FROM "contacts" AS c WHERE \
(c."status" COLLATE BINARY = ? AND c."country" COLLATE BINARY = ?))
  {'segment_0_1': 'vip', 'segment_1_1': 'FR'}
postgres: SELECT contacts.name \nFROM contacts \nWHERE contacts.id IN (SELECT c."id" FROM "contacts" AS c WHERE \
(c."status" COLLATE "C" = CAST(%(segment_0_1)s::VARCHAR AS text) AND c."country" COLLATE "C" = CAST(%(segment_1_1)s::VARCHAR AS text)))
  {'segment_0_1': 'vip', 'segment_1_1': 'FR'}
""",
    "dataframes": """\
<ImportReport: 3 created, 0 updated, 0 unchanged, 1 rejected>
  Max: `nonsense` is not an e-mail address; missing separator character `@`

   first_name country  Large    New   Fair
id                                        \n\
0         Zoé      FR   True  False   True
1         Léo      FR  False   True  False
2         Ana      ES   True  False   True

segment  contacts  billed
  Large         2 60000.5
    New         1     NaN
   Fair         2 60000.5

shape: (2, 4)
┌─────┬────────────┬─────────┬───────┐
│ id  ┆ first_name ┆ billed  ┆ share │
│ --- ┆ ---        ┆ ---     ┆ ---   │
│ i64 ┆ str        ┆ f64     ┆ f64   │
╞═════╪════════════╪═════════╪═══════╡
│ 0   ┆ Zoé        ┆ 12000.0 ┆ 20.0  │
│ 2   ┆ Ana        ┆ 48000.5 ┆ 80.0  │
└─────┴────────────┴─────────┴───────┘
most of it by: Ana
""",
}


@pytest.mark.parametrize("program", INTEGRATIONS)
def test_the_examples_with_other_libraries_run(program):
    for library in {"sqlalchemy_segments": ["sqlalchemy"], "dataframes": ["pandas", "polars"]}[program]:
        pytest.importorskip(library)
    command = [sys.executable, "-W", "error", EXAMPLES / "python" / f"{program}.py"]
    run = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert run.stderr.decode("utf-8") == ""
    assert run.stdout.decode("utf-8") == INTEGRATIONS[program]
