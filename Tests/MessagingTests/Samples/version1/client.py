"""Asks a query and a command of a service, hears a stream's head, and prints what came."""
import json
import sys

import jieli_bus

address, broker_key, public_key, secret_key = sys.argv[1:5]
bus = jieli_bus.Bus(address, broker_key, public_key, secret_key, "python", "python-1", streams=["archives"])
bus.join()
for message in ("archives.file.get", "archives.file.do", "archives.file.unheard"):
    status, body = bus.ask("archives", message, "问".encode(), context=b'{"user":"7"}')
    print(status, body.decode() if status != jieli_bus.FAILED else json.loads(body)["slug"])
status, body = bus.ask("bus", "bus.status", b"")
print(status, sorted(instance["instance"] for instance in json.loads(body)["instances"]))
print(bus.heads.get("archives"))
bus.close()
