"""What an installed wheel has to do wherever it is installed. It needs nothing but Python and NumPy."""

import importlib.metadata
import platform
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import tagmata as tg

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


def fill(book):
    """Zoé is a VIP, and in the segment of those."""
    book.define_field("billed", "number", label="Montant facturé")
    book.create_segment("VIP FR", filter="status = vip and country = FR")
    zoe = book.create_contact(first_name="Zoé", country="FR", email="zoe@example.com", billed=120)
    outcome = book.set_status(np.array([zoe]), "vip")
    assert outcome.effects.entered["VIP FR"].tolist() == [zoe]
    report = book.import_csv(b"First name,Last name,E-mail,Country\nAna,Roy,ana@example.com,ES\n", dry_run=True)
    assert (report.created, report.problems) == (1, [])


def look(book):
    members = book.members("VIP FR")
    assert members.dtype == np.uint32
    assert members.tolist() == [0]
    assert "yes: all of" in str(book.explain(0, "VIP FR"))
    assert book.contact(0)["billed"] == 120
    assert book.filter("billed > 100").to_query_builder()["combinator"] == "and"
    try:
        book.count("biled > 100")
    except tg.FilterError as error:
        assert error.diagnostics[0].help == "did you mean `billed`?"
    else:
        raise AssertionError("a filter that is wrong was taken")


def main():
    book = tg.Book(timezone="Europe/Paris", clock=NOW)
    fill(book)
    look(book)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crm.db"
        with tg.Book.open(path, clock=NOW) as stored:
            fill(stored)
        with tg.Book.open(path, clock=NOW, read_only=True) as stored:
            look(stored)
            assert stored.check() == []
    assert importlib.metadata.version("tagmata") == tg.__version__
    licences = [file for file in importlib.metadata.files("tagmata") if "LICENSE" in file.name]
    assert len(licences) == 2
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    print(f"tagmata {tg.__version__} works on {versions}, {platform.system()} {platform.machine()}")


if __name__ == "__main__":
    sys.exit(main())
