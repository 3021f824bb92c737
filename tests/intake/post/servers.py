"""A mail server and a gateway for text messages on this machine, which take, refuse or stay silent as they are told."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from config.post import Gateway, MailServer, gateway, mail_server


@dataclass
class Mailbox:
    """What a mail server took; `answers` are its answers to the next recipients (else it takes them)."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    hangs_up: bool = False

    @property
    def server(self) -> MailServer:
        return mail_server(f"smtp+open://127.0.0.1:{self.port}", "toegang@voorbeeld.test")


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """Speaks as much of SMTP (RFC 5321) as handing in one mail takes."""
    box = Mailbox()

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if box.hangs_up:
                return
            self.say("220 proef")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.say("354 ga uw gang")
                    self.take()
                elif verb == b"QUIT":
                    self.say("221 dag")
                    return
                elif verb == b"RCPT" and box.answers:
                    self.say(box.answers.pop(0))
                else:
                    self.say("250 goed")

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b"."))
            box.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
            self.say("250 goed")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)) as port:
        box.port = port
        yield box


@dataclass
class TextBox:
    """What a gateway took; `codes` are its answers to the next (else 202)."""

    port: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)

    @property
    def gateway(self) -> Gateway:
        return gateway(f"http://127.0.0.1:{self.port}/sms", "sleutel")


@contextmanager
def a_gateway() -> Iterator[TextBox]:
    """Takes JSON, as `docs/beheer.md` describes it."""
    box = TextBox()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            code = box.codes.pop(0) if box.codes else 202
            if code == 202:
                box.taken.append(body)
                box.keys.append(self.headers["Authorization"])
            self.send_response(code)
            self.end_headers()

        def log_message(self, *told: object) -> None:
            del told

    with _served(HTTPServer(("127.0.0.1", 0), Answer)) as port:
        box.port = port
        yield box


@contextmanager
def _served(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
