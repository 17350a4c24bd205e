"""Downloads a small file from somebody else's site: over https alone, up to a limit, and without being led into a private network.

A `Downloader` takes an address and returns bytes. It raises `NotDownloaded` with the reason.
"""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from macros.authoring.linkcheck.fetch import SECONDS, PrivateAddress, ascii_host, hang_up, open_socket, why_no_answer
from macros.files.layout import LARGEST_INVENTORY
from macros.problems.problem import short

Download = Callable[[str], bytes]
_MOST_STEPS = 5
"""How often an address may lead on to another one."""
_REDIRECTS = (301, 302, 303, 307, 308)


class NotDownloaded(Exception):
    """Why there is no file, as the end of a sentence about its address."""


@dataclass(frozen=True)
class Downloader:
    """Downloads files of up to `most` bytes. `agent` says who asks and how to complain; `tls` whom to trust.

    `seconds` is the longest wait for a connection, and for the next part of an answer; a whole answer may take three times as long.
    """

    agent: str
    seconds: float = SECONDS
    most: int = LARGEST_INVENTORY
    allow_private: bool = False
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def __call__(self, address: str) -> bytes:
        """The file at `address`, or at the address that this leads to.

        Raises: NotDownloaded.
        """
        for _ in range(_MOST_STEPS + 1):
            status, location, data = self._ask(address)
            if status not in _REDIRECTS:
                break
            if not location:
                raise NotDownloaded("it leads to another address, and does not say which")
            address = _joined(address, location)
        else:
            raise NotDownloaded(f"it leads on more than {_MOST_STEPS} times")
        if status != 200:
            raise NotDownloaded(f"it answers {status} {http.client.responses.get(status, '')}".rstrip())
        if len(data) > self.most:
            raise NotDownloaded(f"it has more than {self.most:,} bytes")
        return data

    def _ask(self, address: str) -> tuple[int, str, bytes]:
        host, port, path = _parts(address)
        connection = http.client.HTTPSConnection(host, port, timeout=self.seconds)
        connection.connect = lambda: self._connect(connection)
        too_late = threading.Event()
        watch = threading.Timer(3 * self.seconds, hang_up, [connection, too_late])
        watch.daemon = True
        watch.start()
        try:
            connection.request("GET", path, headers={"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"})
            answer = connection.getresponse()
            found = answer.status, (answer.getheader("Location") or "").strip(), answer.read(self.most + 1) if answer.status == 200 else b""
        except (OSError, http.client.HTTPException, ValueError, PrivateAddress) as error:
            found, reason = None, why_no_answer(error)[0]
        finally:
            watch.cancel()
            connection.close()
        if too_late.is_set():
            raise NotDownloaded(f"there is no whole answer within {3 * self.seconds:g} seconds")
        if found is None:
            raise NotDownloaded(reason)
        return found

    def _connect(self, connection: http.client.HTTPSConnection) -> None:
        plain = open_socket(connection.host, connection.port, seconds=self.seconds, allow_private=self.allow_private)
        connection.sock = self.tls.wrap_socket(plain, server_hostname=connection.host)


def _joined(address: str, location: str) -> str:
    """Where an address leads on to."""
    try:
        return urljoin(address, location)
    except ValueError:
        raise NotDownloaded(f"it leads to '{short(location)}', which is not a whole address") from None


def _parts(address: str) -> tuple[str, int | None, str]:
    """The host, the port and the path of an address that may be asked."""
    try:
        parts = urlsplit(address)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        raise NotDownloaded(f"'{short(address)}' is not a whole address") from None
    if parts.scheme != "https" or not host:
        raise NotDownloaded(f"it leads to '{short(address)}', and only addresses that begin with https:// are fetched")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return host, port, quote(parts.path or "/", safe=_KEPT) + query


_KEPT = "%/:=&?~+!$,;'@()*[]-._"
