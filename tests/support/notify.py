"""A GOV.UK Notify of our own on this machine, which keeps what it is given."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

KEY = "tests-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"


@dataclass
class FakeNotify:
    """What was sent, and how it stands; `refuses` and `is_down` make it answer otherwise."""

    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: str = "sending"
    refuses: str = ""
    is_down: bool = False
    url: str = ""

    def accept(self, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.is_down:
            return 503, {"errors": [{"error": "Exception", "message": "Try later"}]}
        if self.refuses:
            return 400, {"errors": [{"error": "ValidationError", "message": self.refuses}]}
        identifier = str(uuid4())
        self.sent[identifier] = given
        return 201, {"id": identifier, "reference": given["reference"]}

    def find(self, address: str) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(address)
        if self.is_down:
            return 503, {"errors": []}
        name = parts.path.rpartition("/")[2]
        if name == "notifications":
            (wanted,) = parse_qs(parts.query)["reference"]
            known = [key for key, each in self.sent.items() if each["reference"] == wanted]
            return 200, {"notifications": [{"id": key} for key in known]}
        if name not in self.sent:
            return 404, {"errors": [{"error": "NoResultFound", "message": "No result found"}]}
        return 200, {"id": name, "status": self.status}


@pytest.fixture
def notify() -> Iterator[FakeNotify]:
    """A Notify that answers as it is told."""
    fake = FakeNotify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Authorization"].startswith("Bearer ")
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.answer(*fake.accept(given))

        def do_GET(self) -> None:
            self.answer(*fake.find(self.path))

        def answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
