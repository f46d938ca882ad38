"""A PostgreSQL server in a temporary folder, which nobody else can reach and which is gone at the end."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

# What a person who knows the database gives it on a machine with two cores and some memory.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "2GB",
    "effective_cache_size": "4GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "512MB",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "1",
    "jit": "off",
    "fsync": "off",
    "max_wal_size": "4GB",
}
# The server refuses to run as root, who then takes the user that packages of PostgreSQL make.
USER = "postgres"


@contextmanager
def running():
    """The arguments with which psycopg connects to a new server."""
    unprivileged = {"user": USER} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="tagmata-postgres-") as folder:
        if unprivileged:
            shutil.chown(folder, USER)
        cluster = Path(folder) / "cluster"

        def call(program, *arguments):
            command = [programs() / program, *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **unprivileged)
            if done.returncode:
                raise SystemExit(f"{program} failed: {done.stdout}{done.stderr}")

        arguments = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={USER}", "--no-sync"]
        call("initdb", *arguments, f"--pgdata={cluster}")
        settings = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
        log = Path(folder) / "log"
        options = f"-k {folder} {settings}"
        call("pg_ctl", "start", "--wait", f"--pgdata={cluster}", f"--log={log}", f"--options={options}")
        try:
            yield {"host": folder, "user": USER, "dbname": "postgres"}
        finally:
            call("pg_ctl", "stop", "--mode=immediate", f"--pgdata={cluster}")


def programs():
    """Where the programs of the server are."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    if config := shutil.which("pg_config"):
        return Path(subprocess.run([config, "--bindir"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip())
    raise SystemExit("no PostgreSQL was found: install it (`apt-get install postgresql`)")
