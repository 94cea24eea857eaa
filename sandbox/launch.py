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
def running_sandbox(
    seed: Seed, *, page: bool = False, port: int = 0, limits: float | None = None
) -> Iterator[SandboxClient]:
    """A workspace on a free loopback port; it ends with the block, or with this process however that ends.

    With `limits` it enforces Slack's rates, multiplied by so much.

    It is in a process group of its own, so that Ctrl-C reaches its parent alone, who can end things in order.
    """
    with tempfile.TemporaryDirectory(prefix="sandbox-") as folder:
        seed_file = Path(folder, "seed.json")
        seed_file.write_text(seed.model_dump_json(), "utf-8")
        command = [sys.executable, "-m", "sandbox", "--port", str(port), "--seed", str(seed_file)]
        command += ["--until-stdin-ends", *(["--page"] if page else [])]
        command += [] if limits is None else ["--limits", str(limits)]
        with subprocess.Popen(  # noqa: S603 our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0
        ) as process:
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
