"""The bus protocol as docs/protocol.md has it, for programs in Python: pyzmq and struct are all it needs."""
import json
import os
import struct
import time

import zmq

# magic, protocol version, kind, status; correlation; remaining time; session; counter; version; context length
HEADER = ">4sQqQQHI"
HELLO, WELCOME, REFUSED_HELLO, BEAT, BEAT_BACK, WHO, BYE, REQUEST, REPLY, HINT = range(1, 11)
DONE, REFUSED, FAILED = range(3)


def pack(kind, status=0, correlation=0, remaining=0, command=(0, 0), service="", message="", version=0, instance="",
         caller="", context=b"", body=b""):
    head = struct.pack(HEADER, bytes([0x4A, 2 if remaining else 1, kind, status]), correlation, remaining, *command, version,
                       len(context))
    for name in (service, message, instance, caller):
        encoded = name.encode()
        head += bytes([len(encoded)]) + encoded
    return head + context + body


def unpack(frame):
    fixed, correlation, remaining, session, counter, version, length = struct.unpack_from(HEADER, frame)
    assert fixed[:1] == b"J" and fixed[1] in (1, 2), "not a frame of protocol version 1 or 2"
    assert fixed[1] == 2 or not remaining, "a deadline, though we said that we speak version 2"
    offset, names = 42, []
    for _ in range(4):
        end = offset + 1 + frame[offset]
        names.append(frame[offset + 1:end].decode())
        offset = end
    return {
        "kind": fixed[2], "status": fixed[3], "correlation": correlation, "remaining": remaining,
        "command": (session, counter), "version": version, "service": names[0], "message": names[1],
        "instance": names[2], "caller": names[3], "context": frame[offset:offset + length],
        "body": frame[offset + length:],
    }


class Bus:
    """A peer: registers, beats, answers requests with `answer(frame) -> (status, body)`, and asks."""

    def __init__(self, address, broker_key, public_key, secret_key, service, instance, role="client", streams=(),
                 answer=None, answers=None):
        self.service, self.instance, self.role, self.streams, self.answer = service, instance, role, streams, answer
        self.answers = answers or {}  # the messages that it answers: name -> "command" or "query"
        self.session = int.from_bytes(os.urandom(7), "big") | 1
        self.started = int(time.time() * 1000)
        self.counter = self.hellos = 0
        self.joined = False
        self.heads = {}
        self.last_beat = self.last_heard = time.monotonic()
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 500)
        self.socket.setsockopt(zmq.IMMEDIATE, 1)
        self.socket.curve_serverkey = broker_key.encode()
        self.socket.curve_publickey = public_key.encode()
        self.socket.curve_secretkey = secret_key.encode()
        self.socket.connect(address)
        self.hello()

    def hello(self):
        self.joined = False
        self.hellos += 1
        body = {"role": self.role, "credit": 16, "streams": list(self.streams), "writerEpoch": 0,
                "session": self.session, "startedAt": self.started, "heads": [], "speaks": 2, "answers": self.answers}
        self.last_beat = time.monotonic()
        self.socket.send(pack(HELLO, correlation=self.hellos, service=self.service, instance=self.instance,
                              body=json.dumps(body).encode()))

    def step(self, seconds=0.1):
        """Waits for one frame and does what it asks for; gives it back."""
        if time.monotonic() - self.last_beat >= 1:
            if self.joined:
                self.last_beat = time.monotonic()
                self.socket.send(pack(BEAT))
            else:
                self.hello()
        if self.joined and time.monotonic() - self.last_heard > 3:
            self.hello()
        if not self.socket.poll(seconds * 1000):
            return None
        frame = unpack(self.socket.recv())
        self.last_heard = time.monotonic()
        if frame["kind"] == WELCOME and frame["correlation"] == self.hellos:
            self.joined = True
            self.learn(json.loads(frame["body"])["heads"])
        elif frame["kind"] == WHO and self.joined:
            self.hello()
        elif frame["kind"] in (BEAT_BACK, HINT) and frame["body"]:
            self.learn(json.loads(frame["body"])["heads"])
        elif frame["kind"] == REQUEST:
            status, body = self.answer(frame)
            self.socket.send(pack(REPLY, status=status, correlation=frame["correlation"], body=body))
        return frame

    def learn(self, heads):
        for head in heads:
            self.heads[head["stream"]] = (head["epoch"], head["seq"])

    def join(self, seconds=10):
        end = time.monotonic() + seconds
        while not self.joined and time.monotonic() < end:
            self.step()
        if not self.joined:
            raise TimeoutError("the broker did not welcome us")

    def ask(self, service, message, body, version=1, context=b"", seconds=5):
        """Asks until time is up, sending again each second under the same numbers; gives back (status, body)."""
        self.counter += 1
        number, end, sent = self.counter, time.monotonic() + seconds, 0
        while time.monotonic() < end:
            if self.joined and time.monotonic() - sent >= 1:
                sent = time.monotonic()
                remaining = max(1, int((end - sent) * 1000))
                self.socket.send(pack(REQUEST, correlation=number, remaining=remaining, command=(self.session, number),
                                      service=service, message=message, version=version, context=context, body=body))
            frame = self.step()
            if frame and frame["kind"] == REPLY and frame["correlation"] == number:
                return frame["status"], frame["body"]
        raise TimeoutError("no answer in time")

    def close(self):
        self.socket.send(pack(BYE, status=1, service=self.service, instance=self.instance))
        self.socket.close()
        zmq.Context.instance().term()
