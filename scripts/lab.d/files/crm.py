"""The lab's "crm": a small real web service that needs its database."""
import http.server
import json
import os
import socket

import pymysql

VERSION = "@VERSION@"


def query(sql):
    connection = pymysql.connect(
        host=os.environ["CRM_DB"], user="crm", password="crm", database="crm",
        connect_timeout=2, read_timeout=2, write_timeout=2)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, code, body):
        data = json.dumps(body).encode() + b"\n"
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path == "/version":
            return self.answer(200, {"version": VERSION})
        try:
            rows = query("SELECT id, name FROM customer ORDER BY id LIMIT 50")
        except Exception as failure:
            return self.answer(503, {"status": "down", "db": str(failure), "version": VERSION})
        if self.path == "/health":
            return self.answer(200, {"status": "up", "version": VERSION})
        return self.answer(200, {"customers": [{"id": id, "name": name} for id, name in rows]})

    def log_message(self, format, *args):
        print(format % args, flush=True)


def tell_systemd_ready():
    if os.environ.get("NOTIFY_SOCKET"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.connect(os.environ["NOTIFY_SOCKET"])
            notify.send(b"READY=1")


server = http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ.get("CRM_PORT", "8080"))), Handler)
tell_systemd_ready()
server.serve_forever()
