# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of bad input share: the real program on a data directory of its own, a client that may send anything,
and TAP. No client library stands between a test and the bytes on the wire."""
import base64
import glob
import hashlib
import hmac
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
from html.parser import HTMLParser

ANSWER_SECONDS = 60  # sanitizers on a loaded machine
PASSWORD = "Dat-du-14-ky-tu!"
REPORTS = (b"AddressSanitizer", b"LeakSanitizer", b"runtime error:", b"-CRITICAL **", b"-WARNING **")


class Answer:
    """Status, headers (names in lower case, of several the last) and body as they came; status 0: no whole head."""

    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        self.raw = raw
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            self.headers[name.strip().lower().decode("latin-1")] = value.strip().decode("latin-1")
        parts = lines[0].split(b" ")
        is_whole = raw.startswith(b"HTTP/1.1 ") and b"\r\n\r\n" in raw
        self.status = int(parts[1]) if is_whole else 0

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


def hear(connection, seconds=ANSWER_SECONDS):
    """Everything until the other side closes, or is silent for so long."""
    chunks = []
    connection.settimeout(seconds)
    try:
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    except (ConnectionError, TimeoutError):
        pass
    return b"".join(chunks)


def in_memory():
    """A folder that no disk slows down, for tests that ask nothing of the disk; the usual one where there is none."""
    return tempfile.mkdtemp(prefix="namro-faults-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)


class Program:
    """A data directory, the commands on it, and at times a server."""

    def __init__(self, namro, store_name, folder=None, location=None):
        self.namro = namro
        self.folder = folder or tempfile.mkdtemp(prefix="namro-faults-")
        self.data = os.path.join(self.folder, "du-lieu")
        self.env = dict(os.environ)
        self.store = location or on_store(store_name)
        self.is_store_its_own = location is None
        if self.store:
            self.env["NAMRO_DB"] = self.store
        self.child = None
        self.port = 0
        self.log_path = os.path.join(self.folder, "nhat-ky-may-chu.txt")

    def run(self, *arguments, expect=0, stdin=b""):
        """Gives what a command printed, both streams; fails where it ends otherwise than expected."""
        done = subprocess.run([self.namro, *arguments], input=stdin, env=self.env, capture_output=True, check=False,
                              timeout=120)
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert not any(report in done.stderr for report in REPORTS), said
        assert expect is None or done.returncode == expect, f"{arguments} → {done.returncode}, {said}"
        return said

    def init(self, *plans):
        self.run("init", self.data, "--commune", "xã Bình Nguyệt", "--code", "26734")
        if plans:
            self.run("import", self.data, *plans)

    def add_account(self, login, kind="tac-nghiep", role=None, name="Người Thử"):
        options = ["--role", role] if role else []
        self.run("user", "add", self.data, login, "--name", name, "--kind", kind, "--ask-password", *options,
                 stdin=f"{PASSWORD}\n".encode())

    def serve(self, *options, wrapper=()):
        with open(self.log_path, "ab") as log:
            self.child = subprocess.Popen([*wrapper, self.namro, "serve", "--port", "0", *options, self.data],
                                          env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        line = self.child.stdout.readline().decode()
        found = re.search(r"http://[^:]+:(\d+)/", line)
        assert found, f"serve: {line}{self.log()}"
        self.port = int(found[1])

    def log(self):
        with open(self.log_path, "rb") as stream:
            return stream.read().decode("utf-8", "replace")

    def stop(self):
        """Ends the server as a service manager does; it must end well and have had nothing to report."""
        if self.child is None:
            return
        child, self.child = self.child, None
        child.send_signal(signal.SIGTERM)
        child.stdout.read()
        code = child.wait(60)
        child.stdout.close()
        assert code == 0, f"serve ended with {code}: {self.log()}"
        assert not any(report.decode() in self.log() for report in REPORTS), self.log()

    def verify(self):
        return self.run("verify", self.data)

    def remove(self):
        try:
            self.stop()
        finally:
            if self.store and self.is_store_its_own:
                psql(f'DROP SCHEMA IF EXISTS "{schema_of(self.store)}" CASCADE')
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.remove()

    # Requests.

    def dial(self, source="127.0.0.1"):
        return socket.create_connection(("127.0.0.1", self.port), timeout=ANSWER_SECONDS, source_address=(source, 0))

    def send(self, raw, seconds=ANSWER_SECONDS, source="127.0.0.1"):
        """Sends bytes as they are and gives the answer; the request has to ask for the end of the connection."""
        with self.dial(source) as connection:
            connection.sendall(raw)
            return Answer(hear(connection, seconds))

    def request(self, method, target, headers=(), body=None, source="127.0.0.1"):
        lines = [f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        return self.send("\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + (body or b""),
                         source=source)


def kept_form(answer):
    """The form of a page that says "later": where it goes, and what was typed."""
    form = next(form for form in Page(answer.text).forms if any(name == "van-ban" for name, _, _ in form.fields))
    return form.action, [(name, value) for name, _, value in form.fields]


FORM_TYPE = "application/x-www-form-urlencoded"


def encode(fields):
    """Fields, whose values may be bytes, as a form."""
    quote = urllib.parse.quote_plus
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in fields).encode()


class Browser:
    """Somebody's browser: it keeps the cookie and sends what browsers send beside a form."""

    def __init__(self, program, cookie=None):
        self.program = program
        self.cookie = cookie
        self.source = "127.0.0.1"  # all of 127/8 is this machine

    def headers(self, extra=()):
        cookie = [("Cookie", self.cookie)] if self.cookie else []
        return [*cookie, *extra]

    def get(self, target, *extra):
        return self.program.request("GET", target, self.headers(extra), source=self.source)

    def post(self, target, fields, *extra, body=None, kind=FORM_TYPE):
        headers = extra or (("Sec-Fetch-Site", "same-origin"),)
        answer = self.program.request("POST", target, self.headers([*headers, ("Content-Type", kind)]),
                                      encode(fields) if body is None else body, self.source)
        given = re.match(r"namro_phien=([0-9A-Za-z_-]+);", answer.headers.get("set-cookie", ""))
        if given:
            self.cookie = f"namro_phien={given[1]}"
        return answer

    def mark(self):
        """What every form of this session carries."""
        found = re.search(r'name="dau-phien" value="([^"]+)"', self.get("/dang-nhap").text)
        return found[1] if found else ""

    def form(self, target, *fields):
        """Posts a form of this session."""
        return self.post(target, [*fields, ("dau-phien", self.mark())])

    def form_with_file(self, target, fields, field, name, content):
        """Posts a form of this session that carries a file."""
        parts = [(f'Content-Disposition: form-data; name="{key}"'.encode(), value.encode())
                 for key, value in [*fields, ("dau-phien", self.mark())]]
        body = multipart(b"ranh-gioi", *parts, file_part(field.encode(), name.encode(), content))
        return self.post(target, [], body=body, kind="multipart/form-data; boundary=ranh-gioi")

    def sign_in(self, login, code=""):
        return self.form("/dang-nhap", ("ten", login), ("mat-khau", PASSWORD), ("ma", code), ("tiep", "/"))

    def enrol(self, at=None):
        """Turns the second factor on; gives its key."""
        page = self.get("/xac-thuc-hai-lop").text
        key = re.search(r'name="khoa" value="([A-Z2-7]+)"', page)[1]
        answer = self.form("/xac-thuc-hai-lop", ("khoa", key), ("ma", totp(key, at)))
        assert answer.status == 200, answer.text
        return key


def totp(key, at=None):
    """RFC 6238, as a telephone has it."""
    step = int(time.time() if at is None else at) // 30
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


def multipart(boundary, *parts):
    """Parts of (header lines, content) as a body."""
    out = b""
    for head, content in parts:
        out += b"--" + boundary + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"
    return out + b"--" + boundary + b"--\r\n"


def file_part(field, name, content):
    return (b'Content-Disposition: form-data; name="' + field + b'"; filename="' + name + b'"', content)


# Pages.

class Form:
    def __init__(self, method, action):
        self.method, self.action, self.fields = method, action, []  # fields: [name, kind, value]


class Page(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.by_id, self.n_options = [], [], {}, 0
        self.form = None
        self.feed(text)

    def add(self, attributes, kind):
        form = self.by_id.get(attributes.get("form"), self.form)
        if form and attributes.get("name"):
            form.fields.append([attributes["name"], kind, attributes.get("value") or ""])

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.form = Form(attributes.get("method", "get").upper(), attributes.get("action", ""))
            self.forms.append(self.form)
            self.by_id[attributes.get("id", "")] = self.form
        elif tag == "input":
            self.add(attributes, attributes.get("type", "text"))
        elif tag in ("select", "textarea", "button"):
            self.add(attributes, tag)
            self.n_options = 0
        elif tag == "option" and self.form and self.form.fields and self.form.fields[-1][1] == "select":
            field = self.form.fields[-1]
            if "selected" in attributes or self.n_options == 0:
                field[2] = attributes.get("value") or ""
            self.n_options += 1
        elif tag == "a" and attributes.get("href", "").startswith("/"):
            self.links.append(attributes["href"].partition("#")[0])

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


# Stores.

def on_store(name):
    """The address of a schema of its own on the test server; None for SQLite."""
    server = os.environ.get("NAMRO_TEST_PG")
    if name != "postgresql" or not server:
        return None
    mark = "&" if "?" in server else "?"
    return f"{server}{mark}options=-csearch_path%3Dfaults{os.getpid()}_{time.monotonic_ns()}"


def schema_of(location):
    return location.rpartition("%3D")[2]


def psql(sql, server=None):
    return subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql,
                           server or os.environ["NAMRO_TEST_PG"]], check=True, capture_output=True, text=True).stdout


class Postgres:
    """A server of this test's own, to be stopped and started. As root it runs as another user, which it demands."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="namro-pg-", dir="/tmp")
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))[-1]
        self.data = os.path.join(self.folder, "data")
        self.location = f"postgresql://namro@/postgres?host={self.folder}"
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.call("initdb", "-D", self.data, "-U", "namro", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def call(self, command, *arguments):
        owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run([*owner, os.path.join(self.bin, command), *arguments], check=True, cwd=self.folder,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def start(self):
        self.call("pg_ctl", "-D", self.data, "-l", os.path.join(self.folder, "log"), "-w", "-o",
                  f"-k {self.folder} -c listen_addresses='' -c fsync=off", "start")

    def stop(self, mode="immediate"):
        self.call("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def remove(self):
        try:
            self.stop()
        except subprocess.CalledProcessError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)


def store_of_this_run():
    return os.environ.get("NAMRO_TEST_STORE", "sqlite")


# TAP.

class Skip(Exception):
    """Why a test cannot be run here."""


def main(*tests):
    """Runs functions as tests; each is named by its first line of documentation."""
    print(f"1..{len(tests)}", flush=True)
    n_failed = 0
    for number, test in enumerate(tests, 1):
        name = f"{number} - {test.__doc__.splitlines()[0]}"
        start = time.monotonic()
        try:
            test()
            print(f"ok {name}\n# {time.monotonic() - start:.1f} s", flush=True)
        except Skip as reason:
            print(f"ok {name} # SKIP {reason}", flush=True)
        except Exception:  # pylint: disable=broad-except
            n_failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {name}", flush=True)
    sys.exit(1 if n_failed else 0)


def readable(connection, seconds):
    return bool(select.select([connection], [], [], seconds)[0])
