"""A master and workers of Spark on this machine, as its own scripts start them, for as long as they are needed."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


@contextmanager
def running(workers, memory):
    """The address of a new master with so many workers, each with one core and so much memory.

    All of them are gone at the end, whatever ends the block, and so are the executors that the workers have started.
    """
    # Else a program that is told to end would leave the others behind.
    signal.signal(signal.SIGTERM, lambda *_: raise_exit())
    # What runs in this program is on the same network as they are.
    os.environ["SPARK_LOCAL_IP"] = HOST
    processes = []
    with tempfile.TemporaryDirectory(prefix="tagmata-spark-") as folder:
        try:
            port = free_port()
            address = f"spark://{HOST}:{port}"
            processes.append(start(folder, "master.Master", "--host", HOST, "--port", port, "--webui-port", 0))
            wait_for(port, processes)
            for _ in range(workers):
                place = ["--host", HOST, "--webui-port", 0, "--work-dir", f"{folder}/work"]
                processes.append(start(folder, "worker.Worker", *place, "--cores", 1, "--memory", memory, address))
            yield address
        finally:
            stop(processes)


def raise_exit():
    raise SystemExit("told to end")


def start(folder, name, *arguments):
    """One of Spark's own programs, with a log in the folder. It leads a group of processes, so that Ctrl-C is ours to answer."""
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *map(str, arguments)]
    settings = os.environ | {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m"}
    with open(f"{folder}/{name}.log", "ab") as log:
        return subprocess.Popen(command, env=settings, stdout=log, stderr=log, start_new_session=True)


def free_port():
    with socket.socket() as found:
        found.bind((HOST, 0))
        return found.getsockname()[1]


def wait_for(port, processes):
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and processes[-1].poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the master of Spark does not start: is Java 17 or later installed?")


def stop(processes):
    """Asks all to end, the workers first, and ends those that do not."""
    for how, seconds in [(signal.SIGTERM, SECONDS_TO_STOP), (signal.SIGKILL, None)]:
        for process in reversed(processes):
            if process.poll() is None or how == signal.SIGKILL:
                try:
                    os.killpg(process.pid, how)
                except ProcessLookupError:
                    pass  # the whole group has ended
        for process in processes:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                pass  # it is killed next
