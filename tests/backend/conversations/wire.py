"""Both ends of the gateway: a client on a real WebSocket, and an HTTP server that stands for Rasa."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]
Behaviour = Callable[[Frame], Frame | None]


def echoed(request: Frame) -> Frame:
    """What Rasa says unless a test wants something else."""
    return says(f"echo: {request['message']}", language=request["metadata"]["language"])


def says(*texts: str, buttons: list[tuple[str, str]] | None = None, language: str = "en") -> Frame:
    """An answer of these messages; the buttons, (title, payload), are on the first."""
    offered = [{"title": title, "payload": payload} for title, payload in buttons or []]
    messages = [{"text": text, "buttons": offered if not n else []} for n, text in enumerate(texts)]
    return {"messages": messages, "language": language, "intent": "tested", "confidence": 1.0, "misunderstood": False}


class Rasa:
    """Rasa's private channel and the action server's health, on one port; each conversation has its behaviour.

    A behaviour gives an answer, or None to drop the connection as a killed process does.
    """

    def __init__(self) -> None:
        self.requests: list[Frame] = []
        self.headers: list[dict[str, str]] = []
        self.behaviours: dict[str, Behaviour] = {}
        self.actions_answer = True
        self._server = self._listening(0)
        self.port = self._server.server_address[1]

    @property
    def url(self) -> str:
        """Where it listens, also while it is away."""
        return f"http://127.0.0.1:{self.port}"

    def heard(self, conversation_id: str) -> list[str]:
        """The messages that came for the conversation, one for each try."""
        return [request["message"] for request in self.requests if request["sender"] == conversation_id]

    def go(self) -> None:
        """Be away: nothing listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def come_back(self) -> None:
        """Listen on the same port again."""
        self._server = self._listening(self.port)

    def _listening(self, port: int) -> ThreadingHTTPServer:
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                actions_away = self.path == "/health" and not rasa.actions_answer
                self._answer(503 if actions_away else 200, {"status": "ok"})

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                rasa.requests.append(request)
                rasa.headers.append(dict(self.headers))
                answer = rasa.behaviours.get(request["sender"], echoed)(request)
                if answer is None:
                    self.close_connection = True
                else:
                    self._answer(200, answer)

            def _answer(self, status: int, body: Frame) -> None:
                data = json.dumps(body).encode()
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server


class Client:
    """One tab of a customer: says hello, keeps every frame it was sent."""

    _ids = count(1)

    def __init__(self, server: str, opened: Frame, resume_from: int = 0, headers: dict[str, str] | None = None) -> None:
        self.id: str = opened["conversationId"]
        self.token: str = opened["token"]
        self.frames: list[Frame] = []
        address = f"{server.replace('http', 'ws', 1)}/conversations/{self.id}/ws"
        self._open = ExitStack()
        tab = connect(address, additional_headers=headers, max_size=2**22)
        self.socket: ClientConnection = self._open.enter_context(tab)
        self.send({"type": "hello", "token": self.token, "resumeFrom": resume_from})

    @classmethod
    def of(cls, server: str, language: str | None = "en") -> "Client":
        """A new conversation, connected and welcomed."""
        opened = httpx.post(f"{server}/conversations", json={"language": language, "channel": "widget"}).json()
        client = cls(server, opened)
        client.until(lambda frame: frame["type"] == "token")
        return client

    def send(self, frame: Frame | str | bytes) -> None:
        """A frame as it is, or as JSON."""
        self.socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    def say(self, text: str, client_id: str | None = None) -> str:
        """Say something; the id under which it was said."""
        client_id = client_id or f"c{next(self._ids)}"
        self.send({"type": "message", "clientId": client_id, "text": text})
        return client_id

    def press(self, seq: int, index: int) -> str:
        """Press a button; the id under which that was done."""
        client_id = f"c{next(self._ids)}"
        self.send({"type": "choice", "clientId": client_id, "seq": seq, "index": index})
        return client_id

    def ask(self, text: str) -> list[str]:
        """Say something and wait until its turn is over; what others said meanwhile."""
        before = len(self.frames)
        self.over(self.say(text))
        return [f["text"] for f in self.frames[before:] if f["type"] == "message" and f["sender"] != "customer"]

    def over(self, client_id: str, *states: str, seconds: float = 15) -> Frame:
        """The frame that ends the turn (done or failed), or that has one of the states."""
        wanted = states or ("done", "failed")
        return self.until(
            lambda f: f["type"] == "turn" and f["clientId"] == client_id and f["state"] in wanted,
            seconds=seconds,
            also_seen=not states,
        )

    def refusal(self, client_id: str | None = None) -> Frame:
        """The next error, about that message if one is named."""
        return self.until(lambda f: f["type"] == "error" and client_id in (None, f["clientId"]))

    def heard(self, text: str, seconds: float = 15) -> Frame:
        """The message whose text holds these words, seen already or yet to come."""
        return self.until(lambda f: f["type"] == "message" and text in f["text"], seconds=seconds, also_seen=True)

    def until(self, wanted: Callable[[Frame], bool], *, seconds: float = 15, also_seen: bool = False) -> Frame:
        """The first frame that is wanted; all that come before it are kept too."""
        for frame in self.frames if also_seen else ():
            if wanted(frame):
                return frame
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(TimeoutError):
                frame = json.loads(self.socket.recv(timeout=max(end - time.monotonic(), 0.01)))
                self.frames.append(frame)
                if wanted(frame):
                    return frame
        raise AssertionError(f"waited {seconds} s in vain; got {self.frames[-5:]}")

    def closed(self, seconds: float = 5) -> int:
        """The code with which the server closes; frames that come before it are kept."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.frames.append(json.loads(self.socket.recv(timeout=seconds)))
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006
        raise AssertionError("still open")

    def messages(self) -> list[tuple[int, str, str]]:
        """Everything seen of the history: (seq, sender, text)."""
        return [(f["seq"], f["sender"], f["text"]) for f in self.frames if f["type"] == "message"]

    def turns(self, client_id: str) -> list[str]:
        """The states that the turn of the message went through."""
        return [f["state"] for f in self.frames if f["type"] == "turn" and f["clientId"] == client_id]

    def leave(self) -> None:
        """Close the tab."""
        self._open.close()
