"""A process of a few lines in place of Rasa: `stand_in_server.py PORT [dies-at-start | deaf | beats=FILE]`."""

import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


port, how = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
print(f"stand-in speaks on {port}", flush=True)
if how == "dies-at-start":
    print("ValueError: the table of answers is missing", flush=True)
    sys.exit(3)
if how == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if how.startswith("beats="):
    while True:
        Path(how[6:]).touch()
        time.sleep(0.2)
HTTPServer(("127.0.0.1", port), Ready).serve_forever()
