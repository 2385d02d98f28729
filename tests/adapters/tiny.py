"""Very small HTTP servers, for what no real one does on demand."""

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable, Iterator, List, Tuple


class Seen:
    """What a tiny server was sent: (method, path, body) each."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: List[Tuple[str, str, bytes]] = []


@contextmanager
def answering(status: int = 200, body: bytes = b"{}", before: Callable[[], None] = lambda: None) -> Iterator[Seen]:
    """A server that gives every request the same answer, after `before`."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.requests.append((self.command, self.path, content))
            before()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has given up

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    seen = Seen(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield seen
    server.shutdown()
    server.server_close()


@contextmanager
def closing_kept_connections(body: object) -> Iterator[Seen]:
    """A server that answers the first request of each connection and hangs up when a second one arrives on it."""
    listener = socket.create_server(("127.0.0.1", 0))
    seen = Seen(f"http://127.0.0.1:{listener.getsockname()[1]}")
    content = json.dumps(body).encode()

    def serve(connection: socket.socket) -> None:
        with connection:
            for turn in range(2):
                line = _request(connection)
                if line is None:
                    return
                method, path, _ = line.split(" ")
                seen.requests.append((method, path, b""))
                if turn == 0:
                    head = (
                        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
                    )
                    connection.sendall(head.encode() + content)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield seen
    listener.close()


def _request(connection: socket.socket) -> "str | None":
    """The first line of one request, with its whole body read."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    length = next((int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length")), 0)
    while len(rest) < length:
        rest += connection.recv(65536)
    return head.split(b"\r\n")[0].decode()


def nobody() -> str:
    """A URL where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
