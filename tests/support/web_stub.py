"""Other people's sites for tests: one server on this machine that answers as well and as badly as the web does.

Gives its address, and a record of who asked what and when.
"""

from __future__ import annotations

import http.server
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STATUSES = {"fine": 200, "gone": 404, "closed": 410, "members": 403, "busy": 429, "broken": 503, "odd": 999, "see-nothing": 302}
REDIRECTS = {
    "moved": (301, "/fine"),
    "moved-308": (308, "fine#part"),
    "moved-twice": (301, "/moved"),
    "elsewhere-today": (302, "/fine"),
    "moved-then-today": (301, "/elsewhere-today"),
    "moved-away": (301, "/gone"),
    "circle": (302, "/circle-back"),
    "circle-back": (302, "/circle"),
    "to-a-file": (301, "file:///etc/passwd"),
    "to-nonsense": (301, "http://[broken"),
    "moved-to-http": (301, "http://127.0.0.1:1/"),
    "moved-to-copy": (301, "/copy.inv"),
    "moved-to-umlaut": (301, "/f%C3%BCr"),
}


@dataclass
class WebStub:
    """A running server: where it is, and what it was asked."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    """What it has at some paths, beside its usual answers."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def count(self, path: str) -> int:
        """How often a path was asked for, with any method."""
        return sum(asked == path for _, asked in self.asked)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    record: WebStub
    lock = threading.Lock()

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = self.path.strip("/")
        with self.lock:
            self.record.asked.append((self.command, self.path))
            self.record.agents.add(self.headers["User-Agent"])
            self.record.times.append(time.monotonic())
            self.record.at_once += 1
            self.record.most_at_once = max(self.record.most_at_once, self.record.at_once)
        try:
            self._say(path)
        finally:
            with self.lock:
                self.record.at_once -= 1

    def _say(self, path: str) -> None:
        if path in self.record.files:
            self._file(self.record.files[path])
        elif path in REDIRECTS:
            self._status(*REDIRECTS[path])
        elif path.startswith("further-"):
            self._status(302, f"/further-{int(path.removeprefix('further-')) + 1}")
        else:
            getattr(self, f"_{path.replace('-', '_')}", lambda: self._status(STATUSES.get(path, 200)))()
        self.close_connection = True

    def _needs_get(self) -> None:
        self._status(200 if self.command == "GET" else 405)

    def _hangs_up_on_head(self) -> None:
        if self.command == "GET":
            self._status(200)

    def _back_again(self) -> None:
        self._status(200 if self.record.count(self.path) > 2 else 404)

    def _slow(self) -> None:
        time.sleep(0.3)
        self._status(200)

    def _never(self) -> None:
        time.sleep(3)

    def _drips(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(30):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def _not_http(self) -> None:
        self.wfile.write(b"220 mail.example ESMTP\r\n")

    def _hangs_up(self) -> None:
        """Say nothing."""

    def _file(self, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _status(self, status: int, location: str = "") -> None:
        self.send_response(status, "Said")
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever asked has gone; that is meant."""


@contextmanager
def web_stub(*, certificate: tuple[Path, Path] | None = None) -> Iterator[WebStub]:
    """The server, with TLS where it has a certificate and its key."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    handler.record = WebStub(f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}/")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield handler.record
    server.shutdown()
    server.server_close()


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody vouches for, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
