"""A service in Python: answers commands and queries until it is told to stop. With a last argument it only holds on."""
import signal
import sys
import time

import jieli_bus

address, broker_key, public_key, secret_key, role = sys.argv[1:6]
hangs = len(sys.argv) > 6
running = True


def stop(*_):
    global running
    running = False


def answer(frame):
    if hangs:
        print("holding", flush=True)
        time.sleep(60)
    if frame["message"] == "python.refuse.do":
        return jieli_bus.REFUSED, b'{"slug":"python.no"}'
    words = [frame["caller"], frame["message"], str(frame["version"]), str(frame["command"][1])]
    return jieli_bus.DONE, " ".join(words).encode() + b" " + frame["context"] + frame["body"]


signal.signal(signal.SIGTERM, stop)
bus = jieli_bus.Bus(address, broker_key, public_key, secret_key, "python", "python-" + role, role=role, answer=answer,
                    answers={"python.add.do": "command", "python.refuse.do": "command", "python.file.get": "query"})
bus.join()
print("ready", flush=True)
while running:
    bus.step()
bus.close()
