#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SQL, HTML and bytes that are no text in every field of every form, and in every part of every address.

The forms are found on the pages, the pages by links and by `namro admin access`: a new form is tried without a word
here. On both stores.

    test_fields.py NAMRO PLAN
"""
import atexit
import json
import re
import sys
import time

from harness import PASSWORD, Browser, Page, Program, encode, in_memory, main, store_of_this_run, totp

SCRIPT = "\"'><script>namro(1)</script><img src=x onerror=namro(2)>"
SQL = "x'; DROP TABLE task; --"
VALUES = (
    SCRIPT, SQL, "' OR '1'='1", "%s%n%x {{ 7*7 }} ${7*7} <%= 7 %> {% page %}", "javascript:namro(3)", "\u202e\u2066đảo\u2069\u200f",
    "=HYPERLINK(\"http://ke-xau.example\")", "a" * 5000, "a" * 70000, "\u0000", "e\u0301" * 50, "ﷺ" * 300, "-1", "99999999999999999999999",
    "1e999", "NaN", "../../etc/passwd", "a\r\nSet-Cookie: a=b", "\x01\x02\x1b[31m\x7f", "\ud7ff\ue000\ufffe\uffff",
)
BYTES = (b"\xff\xfe\xfd", b"\xc0\xaf", b"\xed\xa0\x80", b"abc\xe1\xbb", b"\x00abc")
RAW = (b"<script>namro", b"<img src=x", b"{{ 7*7 }}49")
FREE = ("text", "search", "textarea", "password", "date", "number", "email", "tel")  # kinds that a person fills in
FINE = {200, 303, 400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429}
PAGES_MAX = 400
ADDRESS_MAX = 14000  # what is longer is test_requests' matter

# A draft that asks its reader something.
PLAN = """ỦY BAN NHÂN DÂN
XÃ BÌNH NGUYỆT
Số: 19/KH-UBND
Bình Nguyệt, ngày 11 tháng 3 năm 2026

KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW năm 2026

I. MỤC ĐÍCH, YÊU CẦU
- Rõ người, rõ việc.

II. CHỈ TIÊU
- Tỷ lệ hồ sơ trực tuyến toàn trình đạt 80% năm 2026.

III. NHIỆM VỤ
1. Phòng Văn hóa - Xã hội chủ trì mở 12 lớp tập huấn; hoàn thành trước ngày 30/6/2026.
2. Công an xã rà soát thiết bị mạng hằng quý.

IV. TỔ CHỨC THỰC HIỆN
- Văn phòng HĐND và UBND báo cáo trước ngày 25 hằng tháng.
"""

program = Program(sys.argv[1], store_of_this_run(), in_memory())
atexit.register(program.remove)
people, sources, granted, marks, tally, forms, tried, known_links, routes = [], [], [], {}, {}, {}, set(), set(), set()


def start():
    program.init()
    program.run("import", program.data, sys.argv[2])
    with open(f"{program.folder}/ke-hoach.md", "w", encoding="utf-8") as stream:
        stream.write(PLAN)
    program.run("import", "--draft", program.data, stream.name)
    program.add_account("qt", "quan-tri")
    program.serve()
    roles = roles_of_the_program()
    program.add_account("an")
    for role in roles:
        said = program.run("admin", "access", program.data, "--role", role, expect=None)
        found = set(re.findall(r"^(GET|POST) +(/\S*) ", said, re.MULTILINE))
        if found - routes and role != "quan-tri":
            granted.append(role)
        routes.update(found)
    people.extend([Browser(program), Browser(program), Browser(program)])
    come_back()


def roles_of_the_program():
    """The roles, off the page that gives them."""
    admin = Browser(program)
    sign_in(admin, "qt")
    admin.enrol()
    return ["quan-tri", *re.findall(r'<option value="([a-z-]+)"', admin.get("/quan-tri/tai-khoan").text)]


def sign_in(browser, login, key=None):
    # An address may try only so often, and a code counts once: the next one is taken half a minute early.
    browser.cookie, browser.source = None, f"127.0.1.{len(sources) + 1}"
    sources.append(browser.source)
    for ahead in (0, 30, -30):
        if browser.sign_in(login, totp(key, time.time() + ahead) if key else "").status == 303:
            return
    raise AssertionError(f"{login} cannot sign in")


def come_back():
    """Signs in whom a form has signed out, after undoing what else it did to the account."""
    for browser, login in zip(people, ("qt", "an")):
        if login == "an":
            for role in granted if browser.get("/nhiem-vu").status != 200 else ():
                program.run("user", "grant", program.data, "an", "--role", role, expect=None)
        if browser.get("/tai-khoan").status != 200:
            program.run("user", "passwd", program.data, login, "--ask-password", stdin=f"{PASSWORD}\n".encode())
            program.run("user", "enable", program.data, login, expect=None)
            program.run("user", "no-totp", program.data, login)
            sign_in(browser, login)
            if login == "qt":
                browser.enrol()
        marks[browser] = browser.mark()


def check(answer, what):
    """What holds for every answer there is."""
    tally[answer.status] = tally.get(answer.status, 0) + 1
    assert answer.status in FINE, f"{what}: {answer.status} {answer.text[-1500:]}"
    policy = answer.headers.get("content-security-policy", "")
    if answer.status not in (400, 413, 414):  # the HTTP library's own pages have none
        assert "default-src 'none'" in policy and "unsafe" not in policy, f"{what}: {policy}"
        assert answer.headers["x-content-type-options"] == "nosniff", what
    assert "a" not in answer.headers.get("set-cookie", "namro_phien=").split("=")[0][:1] or \
        answer.headers["set-cookie"].startswith("namro_phien="), what
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        for raw in RAW:
            assert raw not in answer.body, f"{what}: {raw} stands in the page"
        assert not re.search(rb"(href|src|action|formaction)=\"\s*javascript:", answer.body, re.IGNORECASE), what
        assert b"\x00" not in answer.body, what
    elif kind.startswith("application/json") and answer.status == 200:
        json.loads(answer.body)
    elif kind.startswith("text/csv"):
        assert not re.search(rb'(^|\n|,)"?[=@+]', answer.body), f"{what}: a formula for a spreadsheet"


def tell(what):
    print(f"# {what}; answers: {dict(sorted(tally.items()))}")
    tally.clear()


def crawl(browser):
    """Every page that links lead to, one of a kind of query; gives the pages."""
    waiting, seen, pages = ["/", *sorted(addresses())], set(), {}
    while waiting and len(pages) < PAGES_MAX:
        target = waiting.pop(0)
        shape = re.sub(r"\d+", "1", re.sub(r"=[^&]*", "=", target))
        if shape in seen:
            continue
        seen.add(shape)
        answer = browser.get(target)
        check(answer, f"GET {target}")
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            pages[target] = answer
            page = Page(answer.text)
            waiting += page.links
            for form in page.forms:
                form.action = form.action or target.partition("?")[0]
                key = (form.method, re.sub(r"\d+", "1", form.action), tuple(kinds_of(field[0] for field in form.fields)))
                forms.setdefault(key, (browser, form))
    return pages


def kinds_of(names):
    """Of fields that a form has for each of its rows, the first: kind of name -> name."""
    found = {}
    for name in names:
        found.setdefault(re.sub(r"\d+", "1", name), name)
    return found


def addresses():
    return {re.sub(r"\{[a-z]+\}", "1", pattern) for method, pattern in routes if method == "GET"}


def as_bytes(value):
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def usual(name, kind, value):
    """What a person would enter."""
    if value or kind not in FREE:
        return value
    return PASSWORD if kind == "password" else f"{name[:8]}{len(tried)}"


def send(browser, form, changes):
    """Sends a form as a person would, but for some fields."""
    changes = {"dau-phien": marks.get(browser, ""), **changes}
    fields = [(name, as_bytes(changes.get(name, usual(name, kind, value)))) for name, kind, value in form.fields
              if kind != "file"]
    if form.method == "POST":
        answer = browser.post(form.action, fields)
    else:
        address = f"{form.action}?{encode(fields).decode()}"
        if len(address) > ADDRESS_MAX:
            return
        answer = browser.get(address)
    tried.add(len(tried))
    check(answer, f"{form.method} {form.action} {str(changes)[:200]}")


def is_slow(form):
    """A password is hashed for each try."""
    return any(kind == "password" for _, kind, _ in form.fields) or "/mat-khau" in form.action or \
        form.action == "/quan-tri/tai-khoan"


def try_form(browser, form):
    free = [name for name, kind, _ in form.fields if kind in FREE]
    fixed = [name for name, kind, _ in form.fields if kind not in FREE and kind != "file" and name != "dau-phien"]
    for value in (SCRIPT, BYTES[0]) if is_slow(form) else (*VALUES, *BYTES) if free else ():
        send(browser, form, {name: value for name in free})
    for name in kinds_of(free).values():
        for value in (SCRIPT,) if is_slow(form) else (SCRIPT, SQL, "\u0000"):
            send(browser, form, {name: value})
    for name in () if is_slow(form) else kinds_of(fixed).values():
        for value in (SCRIPT, SQL, b"\xff", "a" * 5000, ""):
            send(browser, form, {name: value})


def test_pages():
    """every page there is can be opened by who may, and has the headers that keep scripts out"""
    for browser in people:
        assert len(crawl(browser)) >= 1
    posts = {re.sub(r"\{[a-z]+\}", "1", pattern) for method, pattern in routes if method == "POST"}
    found = {action.partition("?")[0] for method, action, _ in forms if method == "POST"}
    assert len(found) > 8, found
    tell(f"{len(forms)} forms on pages; without one: {' '.join(sorted(posts - found))}")


def test_fields():
    """no field of any form takes SQL, markup or broken text for anything but text"""
    # Those that end something come last.
    order = sorted(forms.items(), key=lambda item: (is_slow(item[1][1]), -len(item[1][1].fields), item[0][1]))
    for _, (browser, form) in order:
        try_form(browser, form)
        come_back()
    tell(f"{len(forms)} forms, {len(tried)} requests")


def test_bare_forms():
    """a form that stands on no page, or lacks its fields, breaks nothing"""
    for browser in people[:2]:
        come_back()
        mark = browser.mark()
        for method, pattern in sorted(routes):
            if method != "POST":
                continue
            for param in ("1", "999999"):
                target = re.sub(r"\{[a-z]+\}", param, pattern)
                if target == "/dang-xuat":
                    continue
                fields = [("dau-phien", mark)]
                check(browser.post(target, fields), f"POST {target}")
                check(browser.post(target, [*fields, (SCRIPT, SQL), ("viec", SCRIPT), ("", "")]), f"POST {target}")


def test_addresses():
    """no part of an address takes SQL, markup or broken text for anything but text"""
    come_back()
    browser = people[1]
    names = {name for _, form in forms.values() for name, _, _ in form.fields}
    shapes = {}  # the pages on which a name is known
    for target in known_links:
        for name in re.findall(r"[?&]([a-z-]+)=", target):
            shapes.setdefault(name, set()).add(target.partition("?")[0])
    names |= set(shapes)
    assert len(names) > 10
    for pattern in sorted({pattern for method, pattern in routes if method == "GET"}):
        target = re.sub(r"\{[a-z]+\}", "1", pattern)
        for suffix in ("", ".csv", ".json"):
            address = target.rstrip("/") + suffix or "/"
            for value in (SCRIPT, SQL, "\u202e", b"\xff"):
                query = encode([(name, as_bytes(value)) for name in sorted(names)][:60]).decode()
                check(browser.get(f"{address}?{query}"), f"GET {address} of all {value!r}")
        for name in sorted(name for name in names if pattern in shapes.get(name, ())):
            for value in (SCRIPT, SQL):
                check(browser.get(f"{target}?{encode([(name, value)]).decode()}"), f"GET {target} {name} {value}")


    tell("addresses")


def test_shown_again():
    """what was taken is shown as the text it is, on every page and in every list"""
    n_escaped = 0
    come_back()
    for browser in people:
        for target, answer in crawl(browser).items():
            n_escaped += answer.text.count("&lt;script&gt;namro(1)")
            known_links.update(Page(answer.text).links)
    assert n_escaped > 3, n_escaped
    tell(f"shown {n_escaped} times")


def test_all_is_sound():
    """the tables are all there, and the data are as the ledger says"""
    come_back()
    assert people[1].get("/nhiem-vu").status == 200
    program.stop()
    assert "nguyên vẹn" in program.verify()


start()
main(test_pages, test_fields, test_bare_forms, test_shown_again, test_addresses, test_all_is_sound)
