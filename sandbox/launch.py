"""Runs a workspace as a process of its own, for tests and demos."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sandbox.client import SandboxClient
from sandbox.seed import Seed

STOP_SECONDS = 10


@contextmanager
def running_sandbox(seed: Seed, *, page: bool = False, port: int = 0) -> Iterator[SandboxClient]:
    """A workspace on a free loopback port; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="sandbox-") as folder:
        seed_file = Path(folder, "seed.json")
        seed_file.write_text(seed.model_dump_json(), "utf-8")
        command = [sys.executable, "-m", "sandbox", "--port", str(port), "--seed", str(seed_file)]
        command += ["--page"] if page else []
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 our own program
            try:
                yield SandboxClient(_url(process))
            finally:
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()


def _url(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError("the sandbox did not start; see its error output above")
    return str(json.loads(line)["url"])
