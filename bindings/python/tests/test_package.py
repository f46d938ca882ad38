"""What the installed package says of itself, and brings with it."""

import os
from importlib import metadata
from pathlib import Path

import pytest
import tagmata as tg

WORKSPACE = Path(os.environ.get("TAGMATA_WORKSPACE") or Path(__file__).parents[3])


def test_it_says_what_it_is():
    package = metadata.metadata("tagmata")
    assert package["Version"] == tg.__version__
    assert package["License-Expression"] == "MIT OR Apache-2.0"
    assert package["Requires-Python"] == ">=3.10"
    assert package["Description-Content-Type"].startswith("text/markdown")
    assert package.get_payload().strip() == (WORKSPACE / "bindings/python/README.md").read_text(encoding="utf-8").strip()
    assert metadata.requires("tagmata") == [
        "numpy>=1.26",
        "matplotlib>=3.8 ; extra == 'plot'",
        "tqdm>=4.64 ; extra == 'progress'",
    ]


@pytest.mark.parametrize("licence", ["LICENSE-APACHE", "LICENSE-MIT"])
def test_it_has_the_licences_of_the_repository(licence):
    [installed] = [file for file in metadata.files("tagmata") if file.name == licence]
    assert installed.read_binary() == (WORKSPACE / licence).read_bytes()


def test_pages_elsewhere_have_no_links_into_the_repository():
    assert "](" not in (WORKSPACE / "bindings/python/README.md").read_text(encoding="utf-8")
