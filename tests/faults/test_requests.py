#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that are too large, too slow, cut, malformed, or lead out of their folder.

    test_requests.py NAMRO PLAN
"""
import atexit
import os
import re
import sys
import threading
import time

from harness import FORM_TYPE, Answer, Browser, Program, file_part, hear, main, multipart, readable, store_of_this_run

MB = 1024 * 1024
FILE_MB = 64  # src/base/ceilings.h
QUIET_SECONDS = 1  # after what leaves the server waiting for more
HEADER_SECONDS, BODY_SECONDS, CONNECTIONS_PER_ADDRESS = 10, 20, 400  # src/http/limits.h
UPLOAD = "/nhap-ke-hoach"
SLOW_ADDRESS = "127.0.0.2"  # all of 127/8 is this machine
SECRET = "khong-duoc-doc-tep-nay"  # in a file beside the data directory

program = Program(sys.argv[1], store_of_this_run())
atexit.register(program.remove)
plan = sys.argv[2]
slow = {}  # what runs beside the other tests


def start():
    program.init()
    program.run("import", program.data, plan)
    program.run("import", "--draft", program.data, plan)
    with open(os.path.join(program.folder, "bi-mat.txt"), "w", encoding="utf-8") as stream:
        stream.write(SECRET)
    program.serve()


def check_serves():
    answer = program.request("GET", "/nhiem-vu")
    assert answer.status == 200 and answer.body.endswith(b"</html>\n"), answer.status


def check_clean():
    """No file of a request that was refused is left."""
    waiting = os.path.join(program.data, "work")
    left = [name for folder, _, names in os.walk(waiting) for name in names if name.startswith("den-")]
    assert not left, left


def post_head(length=None, kind="multipart/form-data; boundary=b", extra=""):
    size = f"Content-Length: {length}\r\n" if length is not None else ""
    return (f"POST {UPLOAD} HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nConnection: close\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n{size}{extra}\r\n").encode()


# Slow clients: begun first, looked at last; all other tests run beside them.

def begin_slow(name, first, more, pause):
    """A client that sends `first`, then `more` a byte at a time; from an address of its own."""
    def run():
        began = time.monotonic()
        with program.dial(SLOW_ADDRESS) as connection:
            try:
                connection.sendall(first)
                for i in range(10000):
                    if readable(connection, pause):
                        break
                    connection.sendall(more[i % len(more):i % len(more) + 1])
            except ConnectionError:
                pass
            said = hear(connection, 5)
        slow[name] = (time.monotonic() - began, Answer(said))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def begin_slow_reader():
    """Asks for answers again and again on one connection and reads none of them."""
    connection = program.dial()
    connection.setblocking(False)
    ask = f"GET /nhiem-vu HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\n\r\n".encode()
    try:
        for _ in range(20000):
            connection.send(ask)
    except BlockingIOError:
        pass
    return connection


def test_slow_clients_begin():
    """slow clients hold up nobody: pages are served while dozens of them dawdle"""
    for i in range(20):
        slow[f"thread {i}"] = [
            begin_slow(f"header {i}", b"GET / HTTP/1.1\r\nX-A: ", b"a", 0.5),
            begin_slow(f"body {i}", post_head(100000) + b"--b\r\n", b"a", 0.5),
            begin_slow(f"field {i}", post_head(100000, FORM_TYPE) + b"van-ban=", b"a", 0.5),
        ]
    slow["readers"] = [begin_slow_reader() for _ in range(8)]
    for _ in range(10):
        check_serves()
    # Their uploads leave room for other people's.
    body = multipart(b"b", file_part(b"tep", b"ke-hoach-khac.md", "KẾ HOẠCH\n1. Mở lớp.\n".encode()))
    answer = program.send(post_head(len(body)) + body)
    assert answer.status == 303, answer.status


def test_slow_clients_end():
    """slow headers are cut off after 10 s, slow bodies after 20 s"""
    for i in range(20):
        for thread in slow[f"thread {i}"]:
            thread.join(60)
            assert not thread.is_alive()
        for name, least, most in ((f"header {i}", HEADER_SECONDS, BODY_SECONDS), (f"body {i}", BODY_SECONDS, 40),
                                  (f"field {i}", BODY_SECONDS, 40)):
            seconds, answer = slow[name]
            assert least - 1 <= seconds <= most + 5, f"{name}: {seconds}"
            assert answer.status in (0, 408, 503), f"{name}: {answer.status}"
    for reader in slow["readers"]:
        reader.close()
    check_serves()
    check_clean()


def test_many_connections():
    """an address has so many connections and no more; when they are gone it is served again"""
    taken = []
    try:
        for _ in range(CONNECTIONS_PER_ADDRESS + 30):
            taken.append(program.dial())
        refused = Answer(hear(taken[-1], 10))
        assert refused.status == 503, refused.status
        assert "quá nhiều kết nối" in refused.text, refused.text
    finally:
        for connection in taken:
            connection.close()
    for _ in range(100):
        if program.request("GET", "/nhiem-vu").status == 200:
            break
        time.sleep(0.1)
    check_serves()


# Bodies.

def test_declared_too_large():
    """a body that is declared larger than anything that is taken is refused before it is sent"""
    for length in (10**9, 10**15, 2**63, 2**64 + 1, "1" * 40):
        answer = program.send(post_head(length))
        assert answer.status in (400, 413), f"{length}: {answer.status}"
    for length in (-1, "1x", "", "1,2", "0x10", " ", "+5"):
        answer = program.send(post_head(length))
        assert answer.status in (400, 411), f"{length!r}: {answer.status}"
    check_serves()


def send_pieces(head, pieces):
    """Sends until it is cut off; gives the answer."""
    with program.dial() as connection:
        try:
            connection.sendall(head)
            for piece in pieces:
                connection.sendall(piece)
        except ConnectionError:
            pass
        return Answer(hear(connection, 60))


def chunk(content):
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def test_too_large():
    """a file over the ceiling, declared or in chunks, gets a page that names the ceiling, and nothing stays"""
    begin = b"--b\r\n" + file_part(b"tep", b"lon.txt", b"")[0] + b"\r\n\r\n"
    end = b"\r\n--b--\r\n"
    block = b"a" * MB
    n = FILE_MB + 1
    answer = send_pieces(post_head(len(begin) + n * MB + len(end)), [begin, *[block] * n, end])
    assert answer.status == 413, answer.status
    assert "lon.txt" in answer.text and " MB" in answer.text, answer.text
    answer = send_pieces(post_head(extra="Transfer-Encoding: chunked\r\n"),
                         [chunk(begin), *[chunk(block)] * n, chunk(end), b"0\r\n\r\n"])
    assert answer.status == 413 and "lon.txt" in answer.text, answer.status
    # Fields have a lower ceiling of their own.
    kind = "application/x-www-form-urlencoded"
    answer = send_pieces(post_head(2 * MB, kind), [b"van-ban=" + b"a" * (2 * MB - 8)])
    assert answer.status == 413, answer.status
    answer = send_pieces(post_head(None, kind, "Transfer-Encoding: chunked\r\n"),
                         [chunk(b"van-ban="), *[chunk(block)] * 3, b"0\r\n\r\n"])
    assert answer.status == 413, answer.status
    check_clean()
    check_serves()


def test_bad_chunks():
    """chunks that are cut, negative, endless or no numbers get 400 or the end of the connection"""
    for bad in (b"zz\r\nabc\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"5\r\nabc", b"3\r\nabcdef\r\n0\r\n\r\n",
                b"3;" + b"a" * 40000 + b"\r\nabc\r\n", b"\r\n", b"0\r\nX: " + b"b" * 40000):
        with program.dial() as connection:
            connection.sendall(post_head(extra="Transfer-Encoding: chunked\r\n"))
            try:
                connection.sendall(bad)
                connection.shutdown(1)
            except (ConnectionError, OSError):
                pass
            answer = Answer(hear(connection, QUIET_SECONDS))
        # 500 is the HTTP library's own word for an extension of a chunk that does not fit its buffer.
        assert answer.status in (0, 400, 413, 414, 431, 500), f"{bad[:40]}: {answer.status}"
        assert answer.status != 500 or b"libmicrohttpd" in answer.body
    check_clean()
    check_serves()


def test_smuggling():
    """two lengths, or a length beside chunks, are never read as two requests"""
    for extra in ("Content-Length: 4\r\nContent-Length: 40\r\n", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                  "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                  "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding : chunked\r\n"):
        hidden = f"a=1&0\r\n\r\nGET /nhiem-vu/999999 HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\n\r\n".encode()
        kind = "application/x-www-form-urlencoded"
        answer = program.send(post_head(None, kind, extra) + hidden, QUIET_SECONDS)
        assert answer.raw.count(b"HTTP/1.1 ") <= 1, f"{extra}: {answer.raw[:200]}"


def test_multipart():
    """forms that are cut or malformed at any place are refused, and nothing of them is kept"""
    good = multipart(b"b", (b'Content-Disposition: form-data; name="nhap-lai"', b"1"),
                     file_part(b"tep", b"ke-hoach.md", "KẾ HOẠCH\n1. Mở lớp.\n".encode()))
    for cut in range(1, len(good) - 4, 7):
        answer = program.send(post_head(len(good[:cut])) + good[:cut])
        assert answer.status == 400, f"cut at {cut}: {answer.status}"
        assert "Hãy" in answer.text
    bad = (
        good.replace(b"--b\r\n", b"--c\r\n"), good.replace(b"form-data", b"attachment"), b"", b"--b--", b"\0" * 1000,
        good.replace(b"\r\n", b"\n"), good.replace(b'name="tep"', b'name="t\0ep"'),
        good.replace(b'name="tep"', b'name="tep'), good.replace(b"Content-Disposition", b"Content-Disposition\0"),
        good.replace(b"ke-hoach.md", b"a" * 5000), good[:-4] + b"xx" + good[-4:],
        multipart(b"b", *[file_part(b"tep", b"a.md", b"1")] * 50),
        multipart(b"b", *[(b'Content-Disposition: form-data; name="a"', b"1")] * 400),
        good.replace(b'name="nhap-lai"\r\n\r\n1', b'name="nhap-lai"\r\n\r\n\xff\xfe'),
    )
    for number, body in enumerate(bad):
        answer = program.send(post_head(len(body)) + body)
        # An empty form is one that a person can send: the page itself says what is missing.
        assert answer.status in (400, 413, 422), f"{number}: {answer.status}"
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 80,
                 "application/json", "text/plain", "multipart/mixed; boundary=b"):
        assert program.send(post_head(len(good), kind) + good).status == 415, kind
    check_clean()
    check_serves()


def test_abandoned():
    """a client that goes away in the middle of its file leaves nothing behind"""
    body = multipart(b"b", file_part(b"tep", b"ke-hoach.md", b"a" * MB))
    for cut in (10, 200, 5000, len(body) - 3):
        with program.dial() as connection:
            connection.sendall(post_head(len(body)) + body[:cut])
    for _ in range(100):
        try:
            check_clean()
            break
        except AssertionError:
            time.sleep(0.1)
    check_clean()
    assert program.request("GET", "/nhap-ke-hoach/3").status == 404


# Requests that are none.

def test_not_http():
    """bytes that are no request get 400 or the end of the connection, and never stop the server"""
    for bad in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00" * 1000, b"GET\r\n\r\n", b"GET / \r\n\r\n",
                b"GET / HTTP/9.9\r\n\r\n", b"GET  /  HTTP/1.1\r\n\r\n", b" GET / HTTP/1.1\r\n\r\n",
                b"GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nnocolon\r\n\r\n",
                b"GET / HTTP/1.1\nHost: a\n\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                b"GET http://ke-xau.example/ HTTP/1.1\r\nHost: a\r\n\r\n", b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n",
                b"GET / HTTP/1.1\r\nCookie: " + b"a" * 100000 + b"\r\n\r\n", b"A" * 1000000):
        with program.dial() as connection:
            try:
                connection.sendall(bad)
                connection.shutdown(1)
            except (ConnectionError, OSError):
                pass
            status = Answer(hear(connection, QUIET_SECONDS)).status
        assert status < 500 or status in (501, 505), f"{bad[:40]}: {status}"
    check_serves()


# Paths.

ESCAPES = ("..", "../", "../..", "..%2f..%2f", "%2e%2e", "%2e%2e%2f%2e%2e%2fbi-mat.txt", "....//....//", "..%5c..%5c",
           "..\\..\\", "%00", "1%00", "1%0a", "%c0%ae%c0%ae%c0%af", "%ff", "..%252f..%252f", "/etc/passwd",
           "%2fetc%2fpasswd", "1/../../bi-mat.txt", "~root", "-1", "0", "00", "+1", "%201", "1%20", "1.5", "1e3", "0x1",
           "99999999999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
           "1'", "1%27%20OR%20%271%27%3D%271", "1;DROP%20TABLE%20task", "%EF%BC%91", "%E2%80%AE1", "a" * 900, "a" * 9000,
           "%", "%1", "%zz", "{id}", "CON", "1.csv.json", ".csv", "1.exe")


def get_routes():
    """Every pattern of the program, by `admin access` of every role."""
    with Program(sys.argv[1], "sqlite") as other:
        other.init()
        other.add_account("qt", "quan-tri")
        other.serve()
        roles = set(re.findall(r'<option value="([a-z-]+)"', roles_page(other)))
        lines = "".join(other.run("admin", "access", other.data, "--role", role, expect=None) for role in roles)
    found = set(re.findall(r"^(GET|POST) +(/\S*) ", lines, re.MULTILINE))
    assert len(roles) > 5 and len(found) > 40, (roles, len(found))
    return found


def roles_page(other):
    browser = Browser(other)
    browser.sign_in("qt")
    browser.enrol()
    return browser.get("/quan-tri/tai-khoan").text


def test_paths():
    """no path parameter of any route, and no other address, leads out of the program or breaks it"""
    targets = ["/" + bad for bad in ESCAPES] + ["/static/" + bad for bad in ESCAPES]
    n_routes = 0
    for method, pattern in sorted(get_routes()):
        for name in re.findall(r"\{[a-z]+\}", pattern):
            n_routes += 1
            targets += [(method, re.sub(r"\{[a-z]+\}", "1", pattern.replace(name, bad))) for bad in ESCAPES]
    assert n_routes > 15
    for target in targets:
        method, path = target if isinstance(target, tuple) else ("GET", target)
        body = b"" if method == "POST" else None
        answer = program.request(method, path, [("Sec-Fetch-Site", "same-origin")], body)
        # "1" and what is read as a page of a list may be there; what is not is refused.
        assert answer.status < 500 or answer.status == 505, f"{method} {path}: {answer.status}"
        assert SECRET.encode() not in answer.body and b"root:" not in answer.body, f"{method} {path} → {answer.status}"
        assert "content-security-policy" in answer.headers or answer.status in (400, 414, 431, 505), f"{method} {path} → {answer.status}"
    check_serves()


def test_file_names():
    """a file that is sent under any name is kept by its content alone, and its name shown as text"""
    before = set(os.listdir(program.folder))
    names = (b"../../../bi-mat.txt", b"/etc/passwd", b"..", b".", b"C:\\Windows\\system.ini", b"..\\..\\a.md",
             b"%2e%2e%2fa.md", b"a\0.md", b"con", b"a" * 250 + b".md", "\u202egpj.exe".encode(), b"<script>alert(1)</script>.md",
             b"a\r\nX-Planted: 1", b'a\\".md', b"-rf", b"'; DROP TABLE task; --.md", "Kế hoạch số 1.md".encode(), b"\xff\xfe.md")
    for number, name in enumerate(names):
        body = multipart(b"b", (b'Content-Disposition: form-data; name="nhap-lai"', b"1"),
                         file_part(b"tep", name, f"KẾ HOẠCH {number}\n1. Mở lớp {number}.\n".encode()))
        answer = program.send(post_head(len(body)) + body)
        assert answer.status in (303, 400, 422), f"{name}: {answer.status}"
        if answer.status != 303:
            continue
        page = program.request("GET", answer.headers["location"])
        page = page if page.status == 200 else program.request("GET", "/nhap-ke-hoach")
        assert b"<script>alert" not in page.body, name
        file = program.request("GET", f"{answer.headers['location'].partition('?')[0]}/tep")
        if file.status == 200:
            assert "x-planted" not in file.headers and file.headers["content-disposition"].startswith("attachment")
            assert file.headers["x-content-type-options"] == "nosniff"
    assert set(os.listdir(program.folder)) == before
    for folder, _, files in os.walk(os.path.join(program.data, "files")):
        for file in files:
            assert re.fullmatch(r"[0-9a-f]{62}", file), os.path.join(folder, file)


def test_all_is_sound():
    """after all this the data are sound"""
    program.stop()
    assert "nguyên vẹn" in program.verify()


start()
main(test_slow_clients_begin, test_declared_too_large, test_too_large, test_bad_chunks, test_smuggling, test_multipart,
     test_abandoned, test_not_http, test_paths, test_file_names, test_slow_clients_end, test_many_connections,
     test_all_is_sound)
