"""Unpacks an sdist over what was unpacked before: `unpack_sdist.py SDIST FOLDER`.

All files in an sdist have the same time, by which cargo sees what has changed. So a file that is as it was keeps its time here, and others
get the time of now: what is built from the folder is built from the sdist, but not all of it anew each time.
"""

import sys
import tarfile
from pathlib import Path


def main(sdist, folder):
    wanted = {}
    with tarfile.open(sdist) as archive:
        for member in archive:
            if member.isfile():
                _, path = member.name.split("/", 1)
                wanted[folder / path] = archive.extractfile(member).read()
    for path in folder.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
