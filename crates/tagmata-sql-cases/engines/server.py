"""Servers that are started for a run, in a temporary folder, and are gone at its end."""

import os
import pwd
import shutil
import subprocess
import tempfile


def start_as(user):
    """Arguments of `subprocess` that run a program as a user if this is root: servers refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Folder:
    """A temporary folder that belongs to whom the server runs as."""

    def __init__(self, user):
        self.path = tempfile.mkdtemp(prefix="tagmata-")
        if os.geteuid() == 0:
            entry = pwd.getpwnam(user)
            os.chown(self.path, entry.pw_uid, entry.pw_gid)

    def __truediv__(self, name):
        return os.path.join(self.path, name)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def call(arguments, user, folder):
    """Runs a program to its end; what it says is shown only if it fails."""
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=folder, check=False, **start_as(user))
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
