"""The product's processes as the supervisor keeps them: a killed one is started again."""

import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from backend.launcher.home import ROOT, Home
from backend.launcher.model import PYTHON as ASSISTANT_PYTHON

STOP_SECONDS = 20
HEADER = """[supervisord]
nodaemon = true
silent = true
logfile = {logs}/supervisord.log
pidfile = {pid}
directory = {root}

"""
PROGRAM = """[program:{name}]
command = {command}
stdout_logfile = {logs}/{name}.log
redirect_stderr = true
autorestart = true
startretries = 1000000
startsecs = 2
stopwaitsecs = 10
stopasgroup = true
killasgroup = true

"""


@dataclass(frozen=True, slots=True)
class Programs:
    """The four processes of the product beside PostgreSQL."""

    host: str
    port: int
    model: Path

    def commands(self) -> dict[str, str]:
        """Name to command line, quoted."""
        python, assistant = [sys.executable, "-m"], [str(ASSISTANT_PYTHON), "-m"]
        serve = ["uvicorn", "backend.main:app_from_environment", "--factory", "--no-access-log"]
        listen = ["--host", self.host, "--port", str(self.port)]
        limits = ["--ws-max-size", "262144", "--timeout-graceful-shutdown", "3"]
        lines = {
            "backend": [*python, *serve, *listen, *limits],
            "worker": [*python, "backend.cli", "worker"],
            "actions": [*assistant, "actions"],
            "rasa": [*assistant, "assistant.serve", str(self.model)],
        }
        return {name: shlex.join(line) for name, line in lines.items()}


class Supervisor:
    """supervisord in a process of its own; everything it started ends with it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, programs: Programs, environment: dict[str, str]) -> None:
        """Write the configuration and start every program with that environment."""
        self.stop_left_over()
        config = self._home.path / "supervisord.conf"
        text = HEADER.format(logs=self._home.logs, pid=self._home.supervisor_pid, root=ROOT)
        for name, line in programs.commands().items():
            text += PROGRAM.format(name=name, command=line, logs=self._home.logs)
        config.write_text(text)
        command = [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-c", str(config)]
        self._process = subprocess.Popen(  # noqa: S603 - our own configuration
            command, env=os.environ | environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
        )

    @property
    def runs(self) -> bool:
        """Whether the supervisor is alive."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End every process, gently first."""
        if self._process is not None:
            _end(psutil.Process(self._process.pid) if self.runs else None)
            self._process.wait(STOP_SECONDS)

    def stop_left_over(self) -> None:
        """End a supervisor that an earlier, killed launcher of this home left behind."""
        if not self._home.supervisor_pid.exists():
            return
        pid = int(self._home.supervisor_pid.read_text() or 0)
        if psutil.pid_exists(pid):
            process = psutil.Process(pid)
            if any("supervisord" in part for part in process.cmdline()):
                _end(process)
        self._home.supervisor_pid.unlink(missing_ok=True)


def _end(process: psutil.Process | None) -> None:
    if process is None:
        return
    family = [process, *process.children(recursive=True)]
    process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    _, alive = psutil.wait_procs(family, timeout=max(deadline - time.monotonic(), 0.1))
    for left in alive:
        left.kill()
    psutil.wait_procs(alive, timeout=5)
