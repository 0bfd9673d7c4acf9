#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions that are planted, stolen or sent again, and forms of other sites.

    test_sessions.py NAMRO PLAN
"""
import atexit
import sys

from harness import PASSWORD, Browser, Program, in_memory, main, store_of_this_run, totp

program = Program(sys.argv[1], store_of_this_run(), in_memory())
atexit.register(program.remove)


def start():
    program.init()
    program.add_account("qt", "quan-tri")
    program.add_account("an", role="thuong-truc")
    program.serve()


def is_signed_in(browser):
    return browser.get("/tai-khoan").status == 200


def test_fixation():
    """a session that somebody planted is never taken over by signing in"""
    planted = "namro_phien=" + "A" * 43
    victim = Browser(program, planted)
    assert victim.get("/").status == 303
    answer = victim.sign_in("an")
    assert answer.status == 303
    assert victim.cookie != planted
    assert not is_signed_in(Browser(program, planted))
    # A session that is in use is not reused either: the one before stays somebody else's matter.
    before = victim.cookie
    assert victim.sign_in("an").status == 303
    assert victim.cookie != before
    flags = answer.headers["set-cookie"]
    assert "HttpOnly" in flags and "SameSite=Strict" in flags and "Path=/" in flags


def test_two_cookies():
    """of two session cookies, a planted one in front opens nothing"""
    own = Browser(program)
    own.sign_in("an")
    both = Browser(program, f"namro_phien={'B' * 43}; {own.cookie}")
    assert not is_signed_in(both)
    assert is_signed_in(own)


def test_replay():
    """a token is worth nothing after signing out, and neither after a changed password"""
    browser = Browser(program)
    browser.sign_in("an")
    stolen = Browser(program, browser.cookie)
    assert is_signed_in(stolen)
    assert browser.form("/dang-xuat").status == 303
    assert not is_signed_in(stolen)
    browser.sign_in("an")
    stolen = Browser(program, browser.cookie)
    program.run("user", "passwd", program.data, "an", "--ask-password", stdin=b"Mot-mat-khau-khac-9!\n")
    assert not is_signed_in(stolen)
    program.run("user", "passwd", program.data, "an", "--ask-password", stdin=f"{PASSWORD}\n".encode())


def test_damaged_tokens():
    """a token that is cut, altered, lengthened or not text opens nothing and breaks nothing"""
    browser = Browser(program)
    browser.sign_in("an")
    token = browser.cookie.partition("=")[2]
    flipped = token[:-2] + ("b" if token[-2] != "b" else "c") + token[-1]
    for bad in ("", token[:-1], token + "a", flipped, token.swapcase(), "'" + token, token * 100, "%00", "é",
                "\udcff\udcfe", '"' + token, "../" + token):
        answer = Browser(program, f"namro_phien={bad}").get("/tai-khoan")
        assert answer.status in (303, 400), f"{bad!r}: {answer.status}"
    assert is_signed_in(browser)


def test_disabled():
    """a session ends at once when its account is disabled"""
    program.add_account("binh", role="thuong-truc")
    browser = Browser(program)
    browser.sign_in("binh")
    assert is_signed_in(browser)
    program.run("user", "disable", program.data, "binh")
    assert not is_signed_in(browser)


def test_code_replayed():
    """a code of the second factor counts once"""
    program.add_account("qt2", "quan-tri")
    first = Browser(program)
    first.sign_in("qt2")
    key = first.enrol()
    code = totp(key)
    answer = Browser(program).sign_in("qt2", code)  # the one that turned it on
    assert answer.status == 401, answer.status


def test_marks():
    """a form without the session's mark, with another's or a damaged one changes nothing"""
    browser, other = Browser(program), Browser(program)
    browser.sign_in("an")
    other.sign_in("an")
    mark = browser.mark()
    assert mark and mark != other.mark()
    for bad in (None, "", other.mark(), mark[:-1], mark + "a", "'" + mark):
        fields = [("van-ban", "KẾ HOẠCH\n1. A."), ("nhap-lai", "1")]
        fields += [("dau-phien", bad)] if bad is not None else []
        answer = browser.post("/nhap-ke-hoach", fields)
        assert answer.status == 403, f"{bad!r}: {answer.status}"
        assert "Không nhận biểu mẫu này" in answer.text
        assert browser.post("/dang-xuat", fields).status == 403
    assert is_signed_in(browser)
    assert browser.get("/nhap-ke-hoach/1").status == 404


def test_cross_site():
    """a form sent from another site is refused, whatever it carries"""
    browser = Browser(program)
    browser.sign_in("an")
    here = f"127.0.0.1:{program.port}"
    fields = [("van-ban", "KẾ HOẠCH\n1. A."), ("nhap-lai", "1"), ("dau-phien", browser.mark())]
    for headers in ([("X-Nothing", "1")],
                    [("Sec-Fetch-Site", "cross-site")],
                    [("Sec-Fetch-Site", "same-site")],
                    [("Sec-Fetch-Site", "cross-site"), ("Origin", f"http://{here}")],
                    [("Origin", "https://ke-xau.example")],
                    [("Origin", "null")],
                    [("Origin", "")],
                    [("Origin", f"http://{here}.ke-xau.example")],
                    [("Origin", f"http://ke-xau.example/?://{here}")],
                    [("Origin", f"file://{here}")],
                    [("Referer", f"http://{here}/nhap-ke-hoach")]):
        answer = browser.post("/nhap-ke-hoach", fields, *headers)
        assert answer.status == 403, f"{headers}: {answer.status}"
        # Signing somebody in as another is an attack too.
        assert Browser(program).post("/dang-nhap", [("ten", "an"), ("mat-khau", PASSWORD)], *headers).status == 403
    assert browser.get("/nhap-ke-hoach/1").status == 404
    assert browser.post("/nhap-ke-hoach", fields, ("Origin", f"http://{here}")).status == 303


def test_other_methods():
    """what changes something is never done by GET, HEAD, PUT, DELETE or OPTIONS"""
    browser = Browser(program)
    browser.sign_in("an")
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = program.request(method, "/dang-xuat", browser.headers([("Sec-Fetch-Site", "same-origin")]))
        assert answer.status == 405, f"{method}: {answer.status}"
    assert is_signed_in(browser)


def test_other_host():
    """before there are accounts, a page of a strange name that points at this machine reads nothing"""
    with Program(sys.argv[1], store_of_this_run()) as open_program:
        open_program.init()
        open_program.serve()
        port = open_program.port
        for host, status in ((f"127.0.0.1:{port}", 200), (f"localhost:{port}", 200), (f"[::1]:{port}", 200),
                             ("ke-xau.example", 403), (f"ke-xau.example:{port}", 403),
                             ("127.0.0.1.ke-xau.example", 403), ("localhost.ke-xau.example", 403), ("", 403)):
            answer = open_program.send(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            assert answer.status == status, f"{host}: {answer.status}"


def test_all_is_sound():
    """nothing of this is left in the data, and the refusals stand in the ledger"""
    program.stop()
    assert "nguyên vẹn" in program.verify()


start()
main(test_fixation, test_two_cookies, test_replay, test_damaged_tokens, test_disabled, test_code_replayed, test_marks,
     test_cross_site, test_other_methods, test_other_host, test_all_is_sound)
