"""The control socket between the grader and its warm parent: lines of JSON, and open files."""

import json
import socket
from typing import Any

MESSAGE_BYTES = 4096


def send(control: socket.socket, message: dict[str, Any], *descriptors: int) -> None:
    """Send a line of JSON, and open files with it."""
    data = json.dumps(message).encode() + b"\n"
    socket.send_fds(control, [data], list(descriptors))


def receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Receive a line of JSON and the open files that came with it; EOFError at the end."""
    data = b""
    descriptors: list[int] = []
    while not data.endswith(b"\n"):
        part, files, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not part:
            raise EOFError
        data += part
        descriptors += files
    return json.loads(data), descriptors
