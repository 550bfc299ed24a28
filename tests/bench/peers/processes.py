"""Programs that are timed, and servers that run as long as a block does: their start in seconds, their memory."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.launcher.home import ROOT

READY_SECONDS = 180
STOP_SECONDS = 20
LOG_END = 2000


class PeerFailed(RuntimeError):
    """A program ended with an error or did not answer; the text holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server on loopback that has answered its health check."""

    port: int
    pid: int
    seconds_to_ready: float

    def memory(self) -> dict[str, float]:
        """Megabytes of the process and its children now, and at most since they began; nothing where /proc is none."""
        now, most = (sum(_status(pid, name) for pid in _family(self.pid)) / 1024 for name in ("VmRSS", "VmHWM"))
        return {"memory_mb": round(now), "memory_at_most_mb": round(most)} if most else {}


def run(command: list[str], log: Path, environment: Mapping[str, str] | None = None) -> float:
    """Run a program to its end, from the project's root; gives its seconds. Raises PeerFailed."""
    began = time.perf_counter()
    with log.open("w") as output:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False)
    if done.returncode != 0:
        raise PeerFailed(f"{command[0]} ended with {done.returncode}:\n{log.read_text()[-LOG_END:]}")
    return time.perf_counter() - began


@contextmanager
def serving(command: list[str], log: Path, port: int, **setting: Mapping[str, str] | Path | str) -> Iterator[Server]:
    """A server of that command. `setting`: health (path that answers 200), environment, folder. Raises PeerFailed."""
    began = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=setting.get("folder", ROOT), env=setting["environment"], stdout=output, stderr=output
        )  # type: ignore[call-overload]
        try:
            _await(process, port, str(setting["health"]), log)
            yield Server(port, process.pid, round(time.perf_counter() - began, 2))
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(process: "subprocess.Popen[bytes]", port: int, health: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _healthy(port, health):
        if process.poll() is not None or time.monotonic() > deadline:
            raise PeerFailed(f"the server of {log.stem} does not answer:\n{log.read_text()[-LOG_END:]}")
        time.sleep(0.05)


def _healthy(port: int, health: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", health)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _family(pid: int) -> list[int]:
    children = [int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in _words(file)]
    return [pid, *(one for child in children for one in _family(child))]


def _status(pid: int, name: str) -> int:
    """Kilobytes of one line of /proc/PID/status."""
    lines = [line.split() for line in _text(Path(f"/proc/{pid}/status")).splitlines()]
    return next((int(line[1]) for line in lines if line[0] == f"{name}:"), 0)


def _words(file: Path) -> list[str]:
    return _text(file).split()


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def without_hatif() -> dict[str, str]:
    """This process's environment without settings of another Hatif, and with Rasa's telemetry off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HATIF_", "POSTGRESQL_"))}
    return kept | {"RASA_TELEMETRY_ENABLED": "false", "PYTHONUNBUFFERED": "1"}
