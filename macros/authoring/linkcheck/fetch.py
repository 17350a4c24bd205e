"""Asks other people's sites, politely, and without being led into a private network.

Takes addresses. Returns the answer of each, or why there is none. Only the head of an answer is read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, urlsplit

from macros.authoring.linkcheck.verdict import Answer, NoAnswer, Verdict, check_link
from macros.playbook.urls import host_of

HOSTS_AT_ONCE = 4
SECONDS = 20.0
"""The longest wait for a connection, and for the next part of an answer. A whole answer may take twice as long."""
PAUSE = 1.0
"""Seconds between two questions to the same host."""
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
_KEPT = "%/:=&?~+!$,;'@()*[]-._"


class PrivateAddress(Exception):
    """An address leads into a private network, or to this machine."""


@dataclass(frozen=True)
class Fetcher:
    """Asks one question at a time of each host, with a pause between two. `agent` says who asks and how to complain."""

    agent: str
    seconds: float = SECONDS
    pause: float = PAUSE
    allow_private: bool = False
    _turns: dict[str, threading.Lock] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def __call__(self, method: str, address: str) -> Answer | NoAnswer:
        """What `address` answers to `method`."""
        try:
            parts = urlsplit(address)
            host, port, scheme = ascii_host(parts.hostname or ""), parts.port, parts.scheme.lower()
        except ValueError:
            return NoAnswer(address, "it is not a whole address", final=True)
        if scheme not in ("http", "https"):
            return NoAnswer(address, f"it begins with {scheme}:, which is not asked", final=True)
        if not host:
            return NoAnswer(address, "it names no host", final=True)
        path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
        with self._turn(host):
            return self._ask(method, address, self._connection(scheme, host, port), path)

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        with self._turns.setdefault(host, threading.Lock()):
            time.sleep(max(0.0, self._asked.get(host, 0.0) + self.pause - time.monotonic()))
            try:
                yield
            finally:
                self._asked[host] = time.monotonic()

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        safe = scheme == "https"
        connection = (http.client.HTTPSConnection if safe else http.client.HTTPConnection)(host, port, timeout=self.seconds)
        connection.connect = lambda: self._connect(connection, safe=safe)
        return connection

    def _connect(self, connection: http.client.HTTPConnection, *, safe: bool) -> None:
        connection.sock = open_socket(connection.host, connection.port, seconds=self.seconds, allow_private=self.allow_private)
        if safe:
            connection.sock = self._tls.wrap_socket(connection.sock, server_hostname=connection.host, do_handshake_on_connect=False)
            connection.sock.do_handshake()  # by itself, so that it can be hung up on

    def _ask(self, method: str, address: str, connection: http.client.HTTPConnection, path: str) -> Answer | NoAnswer:
        too_late = threading.Event()
        watch = threading.Timer(2 * self.seconds, hang_up, [connection, too_late])
        watch.daemon = True
        watch.start()
        try:
            connection.request(method, path, headers={"User-Agent": self.agent, "Accept": _ACCEPT, "Connection": "close"})
            answer = connection.getresponse()
            location = answer.getheader("Location", "").encode("latin-1", "replace").decode("utf-8", "replace").strip()
        except (OSError, http.client.HTTPException, ValueError, PrivateAddress) as error:
            result = NoAnswer(address, *why_no_answer(error))
        else:
            result = Answer(address, answer.status, location)
        finally:
            watch.cancel()
            connection.close()
        return NoAnswer(address, f"there is no whole answer within {2 * self.seconds:g} seconds") if too_late.is_set() else result

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def check_all(addresses: Iterable[str], ask: Fetcher, *, done: Callable[[Verdict], None] = lambda _: None) -> tuple[Verdict, ...]:
    """The verdict on each address: a few hosts side by side, one address of a host after another. `done` is called with each, never two at a time."""
    done_lock = threading.Lock()
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        by_host[host_of(address)].append(address)

    def look_at(group: list[str]) -> list[Verdict]:
        verdicts = []
        for address in group:
            verdicts.append(check_link(address, ask))
            with done_lock:
                done(verdicts[-1])
        return verdicts

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return tuple(verdict for verdicts in pool.map(look_at, by_host.values()) for verdict in verdicts)


def agent_of(title: str, contact: str, command: str = "link-check") -> str:
    """Who asks, for the logs of the sites that are asked: honest, and in the characters that a header may have."""
    agent = f"playbook-{command} ({title}; {contact})"
    return "".join(char if " " <= char <= "~" else "?" for char in agent)


def open_socket(host: str, port: int, *, seconds: float, allow_private: bool) -> socket.socket:
    """A connection to one of the host's addresses, all of which are public. The addresses that were looked up are those that are connected to.

    Raises: PrivateAddress, OSError.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, where in found:
        if not allow_private and not is_public(where[0]):
            raise PrivateAddress(where[0])
    error: OSError = OSError("no address")
    for family, kind, protocol, _, where in found:
        plain = socket.socket(family, kind, protocol)
        try:
            plain.settimeout(seconds)
            plain.connect(where)
        except OSError as refused:
            plain.close()
            error = refused
        else:
            return plain
    raise error


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public internet; also one that is wrapped in an IPv6 address."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    return address.is_global and not address.is_multicast


def ascii_host(host: str) -> str:
    """The name of a host as the network knows it."""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def hang_up(connection: http.client.HTTPConnection, too_late: threading.Event) -> None:
    """Ends an answer that comes too slowly, so that the waiting thread goes on. It bypasses TLS, which would close politely and wait."""
    too_late.set()
    with suppress(OSError, AttributeError, TypeError):
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


_REASONS: tuple[tuple[type[Exception], str, bool], ...] = (
    (PrivateAddress, "it leads to {error}, inside a private network, and is not asked", True),
    (socket.gaierror, "its host's name is not found: the site is closed, or the network here is down", True),
    (TimeoutError, "it does not answer in time", False),
    (ssl.SSLCertVerificationError, "its certificate is not valid ({error.verify_message})", True),
    (ssl.SSLError, "no safe connection can be made", True),
    (ConnectionRefusedError, "it refuses the connection", True),
    (ConnectionError, "it closes the connection without an answer", False),
    (http.client.HTTPException, "what it answers is not HTTP", False),
    (ValueError, "what it answers is not HTTP", False),
    (OSError, "it cannot be reached ({error.strerror})", True),
)
"""The first that fits says why there is no answer, and whether asking in another way cannot help."""


def why_no_answer(error: Exception) -> tuple[str, bool]:
    """Why a site gave no answer, and whether asking in another way cannot help."""
    return next((reason.format(error=error), final) for kind, reason, final in _REASONS if isinstance(error, kind))
