# SPDX-License-Identifier: GPL-3.0-or-later
"""One year of a commune's plans, lived day by day through the real program.

    test_year.py NAMRO PLAN SUCCESSOR

Every day of the year begins with the daily work (`namro job run`). What people do on some days stands in STEPS; what has to be
seen stands in tables.py, written by hand from the plans, STEPS and the rules: each piece, each task and the figures of the
first page at the end of each month, and every reminder of the year. The commands are used where there is one, and the pages,
with a server of that day, where there is none.
"""
import collections
import csv
import datetime
import html
import io
import json
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "faults"), os.path.join(HERE, "..", "support")]
import tables  # noqa: E402
import xlsx  # noqa: E402
from harness import PASSWORD, Browser, Program, main, store_of_this_run, totp  # noqa: E402
from mailbox_of_test import Mailbox  # noqa: E402

namro, plan, successor = sys.argv[1:4]
YEAR = 2026
SENT = "Thư điện tử: Đã gửi"  # at the first try, or later where the day's server ended meanwhile
HANOI = datetime.timezone(datetime.timedelta(hours=7))
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" \
    b"trailer<</Root 1 0 R>>\n%%EOF\n"

ACCOUNTS = (
    ("chu.tich", "Trần Thị Mẫu", "lanh-dao", None, None),
    ("quyet.dinh", "Hoàng Văn Mẫu", "quyet-dinh", None, None),
    ("thuong.truc", "Lê Văn Mẫu", "thuong-truc", "Phòng Văn hóa - Xã hội", "Trưởng phòng"),
    ("to.giup.viec", "Vũ Thị Mẫu", "thuong-truc", None, None),
    ("van.phong", "Phạm Thị Mẫu", None, "Văn phòng HĐND và UBND", "Chánh Văn phòng"),
    ("cong.an", "Ngô Văn Mẫu", None, "Công an xã", "Trưởng Công an xã"),
    ("can.bo", "Lý Thị Mẫu", None, "Công an xã", "Cán bộ"),
    ("kinh.te", "Đỗ Thị Mẫu", None, "Phòng Kinh tế", "Trưởng phòng"),
    ("trung.tam", "Bùi Văn Mẫu", None, "Trung tâm Phục vụ hành chính công", "Giám đốc"),
)


class Year:
    """The program through a year: commands and pages of one day after the other."""

    def __init__(self, program, mailbox):
        self.program = program
        self.mailbox = mailbox
        self.day = datetime.date(YEAR, 1, 5)
        self.key = None  # of the administrator's second factor
        self.numbers = {}  # of pieces, by task and period

    def run(self, *arguments, **options):
        return self.program.run("--now", self.day.isoformat(), *arguments, **options)

    def prepare(self):
        data = self.program.data
        self.run("init", data, "--commune", "xã Bình Nguyệt", "--code", "26734")
        self.run("import", data, plan)
        for login, name, role, unit, position in ACCOUNTS:
            options = [("--role", role), ("--unit", unit), ("--position", position)]
            self.add(login, name, *[part for option in options if option[1] for part in option])
        self.add("quan.tri", "Quản Trị", "--kind", "quan-tri", "--role", "quan-tri")
        self.give_addresses()
        self.run("notify", data, "--mail-url", self.mailbox.url, "--mail-from", "namro@binhnguyet.vn")
        with self.served() as browser_of:
            answer = browser_of("thuong.truc").form("/nhac-viec/bat-tat", ("bat", "1"))
            assert answer.status == 303, answer.text

    def add(self, login, name, *options):
        self.run("user", "add", self.program.data, login, "--name", name, "--ask-password", *options,
                 stdin=f"{PASSWORD}\n".encode())

    def give_addresses(self):
        path = os.path.join(self.program.folder, "nhan-su.xlsx")
        xlsx.write(path, [("Họ và tên", "Thư điện tử", "Tên đăng nhập"),
                          *[(name, f"{login}@binhnguyet.vn", login) for login, name, *_ in ACCOUNTS]])
        self.run("user", "import", self.program.data, path)

    def number_of(self, key):
        if key not in self.numbers:
            self.states()
        return self.numbers[key]

    def states(self):
        """What each piece says on its line: by task, and by period where it has one."""
        said = {}
        for line in self.run("task", "list", self.program.data, "--stage", "tat-ca").splitlines():
            number, no, state, _, _, _, name = line.split("\t")
            key = f"{no} {name.partition(' · ')[2]}".strip()
            assert key not in said, (key, line)
            said[key] = state
            self.numbers[key] = number
        return said

    def command(self, who, command, key, *options):
        self.run("task", command, self.program.data, self.number_of(key), "--as", who, *options)

    def page(self, who, path, key, *fields):
        """Sends one form of a piece's card."""
        with self.served() as browser_of:
            answer = browser_of(who).form(f"/cong-viec/{self.number_of(key)}/{path}", *fields)
            assert answer.status == 303, answer.text

    def moment(self):
        """Eight o'clock in Việt Nam, as the program takes a day."""
        return datetime.datetime.combine(self.day, datetime.time(1), datetime.timezone.utc).timestamp()

    def served(self):
        return Served(self)


class Served:
    """A server of the day, and people who sign in at it."""

    def __init__(self, year):
        self.year = year

    def __enter__(self):
        self.year.program.serve("--now", self.year.day.isoformat())
        return self.browser

    def __exit__(self, *unused):
        self.year.program.stop()

    def browser(self, login):
        browser = Browser(self.year.program)
        code = totp(self.year.key, self.year.moment()) if login == "quan.tri" and self.year.key else ""
        if browser.sign_in(login, code).status != 303:
            # Whoever has not signed in for 45 days is let in again by the administrator.
            self.year.run("user", "enable", self.year.program.data, login)
            assert browser.sign_in(login, code).status == 303, login
        return browser


def submit(who, product):
    return lambda year, key: year.command(who, "update", key, "--submit", "--product", product)


def hand_in(who, product, kind, number=None):
    """Submits with the file that shows it, on the card; a document has its number, issued on the day itself."""
    def act(year, key):
        issued = [("so-van-ban", number), ("ngay", year.day.isoformat())] if number else []
        fields = [("trang-thai", "cho-nghiem-thu"), ("san-pham", product), ("loai-tep", kind), *issued]
        with year.served() as browser_of:
            answer = browser_of(who).form_with_file(f"/cong-viec/{year.number_of(key)}/cap-nhat-kem-tep", fields,
                                                    "tep", "ban-ky.pdf", PAPER)
            assert answer.status == 303, answer.text
    return act


def report(who, percent, done):
    """A percentage alone begins the piece."""
    return lambda year, key: year.command(who, "update", key, "--percent", str(percent), "--done", done)


def accept(who):
    return lambda year, key: year.command(who, "accept", key)


def send_back(who, reason):
    return lambda year, key: year.command(who, "return", key, "--reason", reason)


def issue(who, number, day):
    return lambda year, key: year.page(who, "ban-hanh", key, ("so-van-ban", number), ("ngay", day))


def ask_extension(who, day, reason):
    return lambda year, key: year.page(who, "gia-han", key, ("han", day), ("ly-do", reason))


def assign_and_link(who, name, indicator):
    """Gives a piece to somebody of its unit, and says which indicator the task serves."""
    def act(year, key):
        number = year.number_of(key)
        with year.served() as browser_of:
            browser = browser_of(who)
            card = browser.get(f"/cong-viec/{number}").text
            person = re.search(rf'<option value="([0-9]+)"[^>]*>{name}', card)[1]
            answer = browser.form(f"/cong-viec/{number}/giao", ("nguoi", person))
            assert answer.status == 303, answer.text
            answer = browser.form("/lien-ket", ("ke-hoach", "1"), ("nhiem-vu", "5"), ("chi-tieu", indicator),
                                  ("viec", "xac-nhan"), ("loc", "de-xuat"))
            assert answer.status == 303, answer.text
    return act


def decide(who, day):
    def act(year, key):
        number = year.number_of(key)
        with year.served() as browser_of:
            browser = browser_of(who)
            card = browser.get(f"/cong-viec/{number}").text
            request = re.search(r'name="de-nghi" value="([0-9]+)"', card)[1]
            answer = browser.form(f"/cong-viec/{number}/quyet-dinh", ("de-nghi", request), ("han", day),
                                  ("tra-loi", "dong-y"))
            assert answer.status == 303, answer.text
    return act


def money(who, where, kind, amount, number):
    """Writes an entry of a task ("plan/task")."""
    return entry(who, "/kinh-phi/{1}?ke-hoach={0}".format(*where.split("/")), ("loai", kind), ("so-tien", amount),
                 ("so", number))


def correct_money(who, number, amount, why):
    """Entries are counted from 1."""
    return entry(who, f"/kinh-phi/dinh-chinh/{number}", ("so-tien", amount), ("ghi-chu", why), ("so", "8/QĐ-UBND"))


def entry(who, path, *fields):
    def act(year, _):
        with year.served() as browser_of:
            answer = browser_of(who).form(path, ("nguon", "xa"), ("nam", str(YEAR)), ("don-vi", "0"),
                                          ("ngay", year.day.isoformat()), *fields)
            assert answer.status == 303, answer.text
    return act


def correct_product(who, kind, expected, why):
    return lambda year, key: year.page(who, "san-pham", key, ("loai-san-pham", kind), ("san-pham-phai-co", expected),
                                       ("ly-do", why))


def merge_units(gone, into, decision):
    """The administrator merges one unit into another from this day on."""
    def act(year, _):
        with year.served() as browser_of:
            browser = browser_of("quan.tri")
            year.key = browser.enrol(year.moment())
            numbers = {unit["name"]: str(unit["id"]) for unit in json.loads(browser.get("/don-vi.json").text)["units"]}
            answer = browser.form(f"/don-vi/{numbers[into]}/thay-doi", ("viec", "sap-nhap"),
                                  ("chon", numbers[gone]), ("chon", numbers[into]), ("con-lai", numbers[into]),
                                  ("tu-ngay", year.day.isoformat()), ("so-quyet-dinh", decision),
                                  ("ngay-quyet-dinh", year.day.isoformat()), ("chuyen-nguoi", "1"), ("buoc", "ghi"))
            assert answer.status == 303, answer.text
    return act


def replace_plan(year, _):
    """The second plan takes over; its daily work is done again on the same day, and says nothing twice."""
    data = year.program.data
    year.run("import", data, successor)
    said = year.run("plan", "replace", data, "1", "2", "--accept", "all")
    # Three that are done, the wifi and the report of three quarters go on; the wifi has another day, the quarter that is open
    # another unit (those that are done stay with who did them); the open quarter of what is no longer there is closed.
    assert "7 phần việc đi theo, 1 đổi hạn, 1 sang đơn vị khác, 1 khép lại" in said, said
    assert "1 liên kết" in said, said
    # The wifi's estimate, its allocation with the correction, its bill, and what its product was said to be.
    assert "4 khoản kinh phí đi theo, 3 ở lại kế hoạch cũ; 1 sản phẩm đã sửa đi theo, 0 không" in said, said
    year.numbers.clear()
    year.run("job", "run", data)
    gone = json.loads(year.run("task", "list", data, "--json"))
    assert all(piece["plan"] == 2 for piece in gone), gone
    with year.served() as browser_of:
        browser = browser_of("thuong.truc")
        links = json.loads(browser.get("/lien-ket.json?loc=da-xac-nhan").text)["links"]
        # The report was task 5.
        assert [(link["task"], link["indicator"]) for link in links] == [(4, 1)], links
        before = browser.get("/nhiem-vu/6?ke-hoach=1").text
        assert "Hủy" in before and "Tuyên truyền về an toàn thông tin" in before
        assert "kinh phí ở lại đây, không chuyển theo" in before and "12.000.000 đồng" in before
        assert "ở lại kế hoạch cũ: dự toán 20.000.000 đồng" in browser.get("/chuyen-tiep/1?loc=khong-con").text
        assert browser.get("/nhiem-vu/5?ke-hoach=1").status == 200
        card = browser.get(f"/cong-viec/{year.number_of('5')}").text
        assert "biên bản bàn giao" in card and "theo từ kế hoạch trước" in card


# Day, which work (task, and period where it repeats), what somebody does.
STEPS = (
    ("01-12", "1", report("van.phong", 40, "Đã soạn dự thảo")),
    ("02-02", "3", assign_and_link("thuong.truc", "Lý Thị Mẫu", "1")),
    ("02-03", None, money("kinh.te", "1/4", "du-toan", "140 triệu", "")),
    ("02-03", None, money("thuong.truc", "1/6", "du-toan", "20 triệu", "")),
    ("02-05", "1", submit("van.phong", "Quyết định ban hành quy chế")),
    ("02-06", "1", issue("van.phong", "03/QĐ-UBND", "2026-02-06")),
    ("02-09", "1", send_back("thuong.truc", "Thiếu phụ lục")),
    ("02-11", "1", hand_in("van.phong", "Quyết định, có phụ lục", "van-ban", "03/QĐ-UBND")),
    ("02-12", "1", accept("thuong.truc")),
    ("03-02", None, money("kinh.te", "1/4", "phan-bo", "120 triệu", "7/QĐ-UBND")),
    ("03-02", None, money("thuong.truc", "1/6", "phan-bo", "20 triệu", "7/QĐ-UBND")),
    ("03-03", None, correct_money("kinh.te", 3, "100 triệu", "Theo quyết định điều chỉnh")),
    ("03-04", "4", correct_product("thuong.truc", "khac", "14 điểm truy cập, có biên bản bàn giao", "Quy chế")),
    ("03-10", "2", report("thuong.truc", 60, "Đã mở 3 lớp")),
    ("03-25", "5 Quý I/2026", hand_in("trung.tam", "Báo cáo quý I", "bao-cao", "11/BC-UBND")),
    ("03-26", "5 Quý I/2026", accept("thuong.truc")),
    ("03-27", "2", hand_in("thuong.truc", "5 lớp, 120 người", "danh-sach")),
    ("03-30", "2", accept("to.giup.viec")),
    ("03-30", "6 Quý I/2026", submit("thuong.truc", "12 tin, bài")),
    ("04-01", "6 Quý I/2026", accept("to.giup.viec")),
    ("06-10", None, money("thuong.truc", "1/6", "giai-ngan", "12 triệu", "15")),
    ("06-15", "3", ask_extension("cong.an", "2026-07-31", "Chờ phần mềm của tỉnh")),
    ("06-18", "3", decide("quyet.dinh", "2026-07-20")),
    ("06-29", "6 Quý II/2026", submit("thuong.truc", "9 tin, bài")),
    ("06-30", "6 Quý II/2026", accept("to.giup.viec")),
    ("07-03", "5 Quý II/2026", hand_in("trung.tam", "Báo cáo quý II", "bao-cao", "12/BC-UBND")),
    ("07-06", "5 Quý II/2026", accept("thuong.truc")),
    ("07-15", "3", hand_in("cong.an", "Báo cáo", "bao-cao", "13/BC-UBND")),
    ("07-17", "3", accept("thuong.truc")),
    ("08-03", None, merge_units("Trung tâm Phục vụ hành chính công", "Văn phòng HĐND và UBND", "45/QĐ-UBND")),
    ("08-10", None, money("kinh.te", "1/4", "giai-ngan", "60 triệu", "21")),
    ("09-07", None, replace_plan),
    ("09-15", "5", report("kinh.te", 50, "Đã lắp 7 nhà văn hóa")),
    ("09-30", "4 Quý III/2026", hand_in("van.phong", "Báo cáo quý III", "bao-cao", "14/BC-UBND")),
    ("10-12", "4 Quý III/2026", accept("thuong.truc")),
    ("10-20", None, money("kinh.te", "2/5", "giai-ngan", "40 triệu", "30")),
    ("11-20", "5", submit("kinh.te", "14 điểm truy cập")),
    ("11-23", "5", accept("thuong.truc")),
    ("12-01", None, money("thuong.truc", "1/6", "giai-ngan", "5 triệu", "41")),
)


class Ends:
    """What is to be seen at the ends of months, against what is seen."""

    def __init__(self):
        self.rows = {day: {} for day, _ in tables.STATES}
        for name, table in (("phần việc", tables.STATES), ("nhiệm vụ", tables.TASKS), ("kinh phí", tables.MONEY),
                            ("điểm lệch", tables.FINDINGS)):
            seen = {}
            for day, news in table:
                seen.update(news)
                self.rows[day][name] = {key: words for key, words in seen.items() if words is not None}
        for day, figures in tables.FIGURES:
            self.rows[day]["con số"] = figures
        self.wrong = []

    def compare(self, today, name, said):
        wanted = self.rows[today][name]
        self.wrong += [f"{today}, {name} {key}: {said.get(key)}, not {wanted.get(key)}"
                       for key in sorted(said.keys() | wanted.keys()) if said.get(key) != wanted.get(key)]

    def look(self, year, today):
        self.compare(today, "phần việc", year.states())
        with year.served() as browser_of:
            browser = browser_of("chu.tich")
            tasks = json.loads(browser.get("/nhiem-vu.json").text)["tasks"]
            self.compare(today, "nhiệm vụ", {task["no"]: task["state_text"] for task in tasks})
            self.compare(today, "con số", figures_of(browser.get("/").text))
            self.compare(today, "kinh phí", money_of(browser))
            self.compare(today, "điểm lệch", findings_of(browser, self.rows[today]["điểm lệch"]))


def money_of(browser):
    """Estimate, allocation and disbursement of each task that has money, in million đồng; the sum on the page is theirs."""
    said, total = {}, collections.Counter()
    for line in json.loads(browser.get("/kinh-phi.json").text)["money"]:
        key = f"{line['plan']}/{line['task']}"
        amounts = [line[kind] // 1000000 for kind in ("estimate", "allocation", "disbursement")]
        assert key not in said, (key, line)
        said[key] = " ".join(map(str, amounts)) + ("" if line["plan_is_current"] else ", kế hoạch cũ")
        for kind, amount in enumerate(amounts):
            total[kind] += amount
    page = browser.get("/kinh-phi").text
    assert not said or f'<b>{total[0]}.000.000</b>' in page, (total, page)
    return said


def findings_of(browser, wanted):
    """What is open, as soon as it is what is wanted: it is compared behind the pages, from the start of the server on."""
    for _ in range(100):
        said = {f"{finding['plan']}/{finding['task']} {finding['rule']}": finding["facts"]
                for finding in json.loads(browser.get("/doi-soat.json").text)["findings"]}
        if said == wanted:
            break
        time.sleep(0.1)
    return said


def figures_of(page):
    """The figures by state that are not nought, with what is below those that say more."""
    found = re.findall(r'<div class="text-secondary">([^<]*)</div>\s*<div class="kpi"><a[^>]*>([^<]*)</a>.*?</div>\s*'
                       r'<div class="small text-secondary">([^<]*)</div>', page)
    figures = {html.unescape(label): (value, html.unescape(note)) for label, value, note in found}
    assert figures.pop("Tổng nhiệm vụ")[0] == "6", figures
    states = ("Hoàn thành", "Chờ nghiệm thu", "Trong hạn", "Đã gia hạn", "Sắp đến hạn", "Quá hạn", "Định kỳ", "Thường xuyên",
              "Chờ điều kiện", "Chưa có thời hạn", "Tạm dừng", "Hủy")
    says_more = ("Hoàn thành", "Sắp đến hạn", "Quá hạn")
    return {label: f"{value}, {note}" if label in says_more else value
            for label, (value, note) in figures.items() if label in states and value != "0"}


RUNG = re.compile(r"(Còn \d+ việc chưa cập nhật tháng \d+/\d+|Còn \d+ ngày|Hôm nay hết hạn|Quá hạn \d+ ngày|"
                  r"Đã gia hạn, quá hạn gốc \d+ ngày|Chưa cập nhật \d+ ngày|Chờ nghiệm thu \d+ ngày|"
                  r"Đề nghị chờ quyết định \d+ ngày)(?:: (\d+)\. .*)?$")


def check_reminders(year):
    """Every rung of the year was told to whom it concerns, on its day, once; and went out in one mail a day and person."""
    year.day = datetime.date(YEAR + 1, 1, 4)
    with year.served() as browser_of:
        notices = sent_notices(browser_of("thuong.truc"))
        deliveries = list(csv.DictReader(io.StringIO(browser_of("quan.tri").get("/gui-thong-bao.csv").text.lstrip("\ufeff"))))
    told = []
    for notice in notices:
        rung = RUNG.match(notice["subject"])
        if rung:
            told.append((day_of(notice["created_us"]), rung[2] or "-", rung[1], notice["to"].split()[0]))
    wanted, said = collections.Counter(tables.reminders()), collections.Counter(told)
    assert said == wanted, f"too many: {sorted((said - wanted).elements())}\nmissing: {sorted((wanted - said).elements())}"
    # Nothing else was told twice either.
    assert len({(notice["to"], notice["subject"], notice["created_us"]) for notice in notices}) == len(notices)
    mails = collections.Counter((row["Lập lúc"], row["Người nhận"]) for row in deliveries)
    assert mails and max(mails.values()) == 1, mails.most_common(3)
    posted = collections.Counter()
    for _, text in year.mailbox.mails.values():
        posted.update(re.findall(r"^\d+\. (.*?)\r?$", text, re.MULTILINE))
    assert len(year.mailbox.mails) == len(deliveries), (len(year.mailbox.mails), len(deliveries))
    noticed = collections.Counter(notice["subject"] for notice in notices)
    assert posted == noticed, ((posted - noticed).most_common(3), (noticed - posted).most_common(3))


def sent_notices(browser):
    """All messages of the year, when all of them have gone out."""
    new_year = datetime.datetime(YEAR + 1, 1, 1, tzinfo=HANOI).timestamp() * 1e6
    for _ in range(300):
        notices = [notice for notice in json.loads(browser.get("/thong-bao-da-lap.json").text)["notices"]
                   if notice["created_us"] < new_year]
        if all(notice["sent"].startswith(SENT) for notice in notices):
            return notices
        time.sleep(0.2)
    raise AssertionError([notice for notice in notices if not notice["sent"].startswith(SENT)][:3])


def day_of(us):
    return datetime.datetime.fromtimestamp(us / 1e6, HANOI).strftime("%m-%d")


def check_histories(year):
    for key, words in tables.HISTORIES.items():
        shown = json.loads(year.run("task", "show", year.program.data, year.number_of(key), "--json"))
        assert " ".join(entry["kind"] for entry in shown["entries"]) == words, (key, shown["entries"])


def live(year, ends):
    """All days of the year."""
    steps, since = list(STEPS), year.day
    busy = {day for day, _, _ in STEPS} | set(ends.rows)
    while year.day.year == YEAR:
        today = year.day.strftime("%m-%d")
        if today in busy:
            # Each day by itself; a program for all days on which nobody does anything.
            year.run("job", "--from", since.isoformat(), "run", year.program.data)
            since = year.day + datetime.timedelta(days=1)
        while steps and steps[0][0] == today:
            _, key, act = steps.pop(0)
            act(year, key)
        if today in ends.rows:
            ends.look(year, today)
        year.day += datetime.timedelta(days=1)
    assert not steps


def test_year():
    """a year of two plans: every state and figure at the end of every month, every reminder"""
    with Program(namro, store_of_this_run()) as program:
        # A hundred programs: whether each of them gave its memory back is asked by other tests.
        program.env["ASAN_OPTIONS"] = program.env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        year, ends = Year(program, Mailbox()), Ends()
        year.prepare()
        live(year, ends)
        assert not ends.wrong, "\n".join(ends.wrong)
        check_histories(year)
        check_reminders(year)
        assert "nguyên vẹn" in year.run("verify", program.data)


main(test_year)
