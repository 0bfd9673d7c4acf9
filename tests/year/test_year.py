# SPDX-License-Identifier: GPL-3.0-or-later
"""One year of a commune's plan, lived day by day through the real program.

    test_year.py NAMRO PLAN

Every day of the year begins with the daily work (`namro job run --now DAY`). What people do on some days stands in STEPS;
what has to be seen at the end of each month stands in TABLE, written by hand from the plan and STEPS. The commands are used
where there is one, and the pages, with a server of that day, where there is none.
"""
import datetime
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "faults"))
from harness import PASSWORD, Browser, Program, main, store_of_this_run, totp  # noqa: E402

namro, plan = sys.argv[1:3]
YEAR = 2026
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" \
    b"trailer<</Root 1 0 R>>\n%%EOF\n"

ACCOUNTS = (
    ("chu.tich", "Trần Thị Mẫu", "lanh-dao", None),
    ("quyet.dinh", "Hoàng Văn Mẫu", "quyet-dinh", None),
    ("thuong.truc", "Lê Văn Mẫu", "thuong-truc", "Phòng Văn hóa - Xã hội"),
    ("to.giup.viec", "Vũ Thị Mẫu", "thuong-truc", None),
    ("van.phong", "Phạm Thị Mẫu", None, "Văn phòng HĐND và UBND"),
    ("cong.an", "Ngô Văn Mẫu", None, "Công an xã"),
    ("kinh.te", "Đỗ Thị Mẫu", None, "Phòng Kinh tế"),
    ("trung.tam", "Bùi Văn Mẫu", None, "Trung tâm Phục vụ hành chính công"),
)


class Year:
    """The program through a year: commands and pages of one day after the other."""

    def __init__(self, program):
        self.program = program
        self.day = datetime.date(YEAR, 1, 5)
        self.key = None  # of the administrator's second factor

    def run(self, *arguments, **options):
        return self.program.run("--now", self.day.isoformat(), *arguments, **options)

    def prepare(self):
        data = self.program.data
        self.run("init", data, "--commune", "xã Bình Nguyệt", "--code", "26734")
        self.run("import", data, plan)
        for login, name, role, unit in ACCOUNTS:
            options = [*(["--role", role] if role else []), *(["--unit", unit] if unit else [])]
            self.add(login, name, *options)
        self.add("quan.tri", "Quản Trị", "--kind", "quan-tri", "--role", "quan-tri")

    def add(self, login, name, *options):
        self.run("user", "add", self.program.data, login, "--name", name, "--ask-password", *options,
                 stdin=f"{PASSWORD}\n".encode())

    def number_of(self, key):
        no, _, period = key.partition(" ")
        return self.pieces()[(no, period)]

    def pieces(self):
        """Number of each piece by task and period."""
        lines = [line.split("\t") for line in self.listing()]
        return {(no, name.partition(" · ")[2]): number for number, no, _, _, _, _, name in lines}

    def listing(self):
        return self.run("task", "list", self.program.data, "--stage", "tat-ca").splitlines()

    def states(self):
        """What each piece says on its line: by task, and by period where it has one."""
        said = {}
        for line in self.listing():
            _, no, state, _, _, _, name = line.split("\t")
            period = name.partition(" · ")[2]
            said[f"{no} {period}".strip()] = state
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
        # Whoever has not signed in for 45 days is let in again by the administrator.
        self.year.run("user", "enable", self.year.program.data, login, expect=None)
        browser = Browser(self.year.program)
        assert browser.sign_in(login).status == 303, login
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
    return lambda year, key: year.command(who, "update", key, "--state", "dang-thuc-hien", "--percent", str(percent),
                                          "--done", done)


def accept(who):
    return lambda year, key: year.command(who, "accept", key)


def send_back(who, reason):
    return lambda year, key: year.command(who, "return", key, "--reason", reason)


def issue(who, number, day):
    return lambda year, key: year.page(who, "ban-hanh", key, ("so-van-ban", number), ("ngay", day))


def ask_extension(who, day, reason):
    return lambda year, key: year.page(who, "gia-han", key, ("han", day), ("ly-do", reason))


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


# Day, which work (task, and period where it repeats), what somebody does.
STEPS = (
    ("01-12", "1", report("van.phong", 40, "Đã soạn dự thảo")),
    ("02-05", "1", submit("van.phong", "Quyết định ban hành quy chế")),
    ("02-06", "1", issue("van.phong", "03/QĐ-UBND", "2026-02-06")),
    ("02-09", "1", send_back("thuong.truc", "Thiếu phụ lục")),
    ("02-11", "1", hand_in("van.phong", "Quyết định, có phụ lục", "van-ban", "03/QĐ-UBND")),
    ("02-12", "1", accept("thuong.truc")),
    ("03-10", "2", report("thuong.truc", 60, "Đã mở 3 lớp")),
    ("03-25", "5 Quý I/2026", hand_in("trung.tam", "Báo cáo quý I", "bao-cao", "11/BC-UBND")),
    ("03-26", "5 Quý I/2026", accept("thuong.truc")),
    ("03-27", "2", hand_in("thuong.truc", "5 lớp, 120 người", "danh-sach")),
    ("03-30", "2", accept("to.giup.viec")),
    ("03-30", "6 Quý I/2026", submit("thuong.truc", "12 tin, bài")),
    ("04-01", "6 Quý I/2026", accept("to.giup.viec")),
    ("06-15", "3", ask_extension("cong.an", "2026-07-31", "Chờ phần mềm của tỉnh")),
    ("06-18", "3", decide("quyet.dinh", "2026-07-20")),
    ("06-29", "6 Quý II/2026", submit("thuong.truc", "9 tin, bài")),
    ("06-30", "6 Quý II/2026", accept("to.giup.viec")),
    ("07-03", "5 Quý II/2026", hand_in("trung.tam", "Báo cáo quý II", "bao-cao", "12/BC-UBND")),
    ("07-06", "5 Quý II/2026", accept("thuong.truc")),
    ("07-15", "3", hand_in("cong.an", "Báo cáo", "bao-cao", "13/BC-UBND")),
    ("07-17", "3", accept("thuong.truc")),
    ("08-03", None, merge_units("Trung tâm Phục vụ hành chính công", "Văn phòng HĐND và UBND", "45/QĐ-UBND")),
    ("09-15", "4", report("kinh.te", 50, "Đã lắp 7 nhà văn hóa")),
    ("09-30", "5 Quý III/2026", hand_in("van.phong", "Báo cáo quý III", "bao-cao", "14/BC-UBND")),
    ("10-01", "5 Quý III/2026", accept("thuong.truc")),
    ("10-05", "6 Quý III/2026", submit("thuong.truc", "10 tin, bài")),
    ("10-06", "6 Quý III/2026", accept("to.giup.viec")),
    ("11-20", "4", submit("kinh.te", "14 điểm truy cập")),
    ("11-23", "4", accept("thuong.truc")),
    ("12-30", "6 Quý IV/2026", submit("thuong.truc", "15 tin, bài")),
)

NOT_YET, WAITING, DONE, REPORTED = "Chưa thực hiện", "Chờ nghiệm thu", "Hoàn thành đúng hạn", "Đã báo cáo"

# At the end of each month: what is new, or says something else than the month before.
TABLE = (
    ("01-31", {"1": "Còn 15 ngày", "2": NOT_YET, "3": NOT_YET, "4": NOT_YET, "5 Quý I/2026": NOT_YET,
               "6 Quý I/2026": NOT_YET}),
    ("02-28", {"1": DONE}),
    ("03-31", {"2": DONE, "5 Quý I/2026": REPORTED, "6 Quý I/2026": WAITING}),
    ("04-30", {"6 Quý I/2026": REPORTED, "5 Quý II/2026": NOT_YET, "6 Quý II/2026": NOT_YET}),
    ("05-31", {"3": "Còn 30 ngày", "5 Quý II/2026": "Còn 30 ngày", "6 Quý II/2026": "Còn 30 ngày"}),
    ("06-30", {"3": "Còn 20 ngày", "5 Quý II/2026": "Hạn cuối hôm nay", "6 Quý II/2026": REPORTED}),
    ("07-31", {"3": "Hoàn thành đúng hạn đã gia hạn", "5 Quý II/2026": "Đã báo cáo, trễ 3 ngày",
               "5 Quý III/2026": NOT_YET, "6 Quý III/2026": NOT_YET}),
    ("08-31", {"4": "Còn 30 ngày", "5 Quý III/2026": "Còn 30 ngày", "6 Quý III/2026": "Còn 30 ngày"}),
    ("09-30", {"4": "Hạn cuối hôm nay", "5 Quý III/2026": WAITING, "6 Quý III/2026": "Hạn cuối hôm nay"}),
    ("10-31", {"4": "Quá hạn 31 ngày", "5 Quý III/2026": REPORTED, "6 Quý III/2026": "Đã báo cáo, trễ 5 ngày",
               "5 Quý IV/2026": NOT_YET, "6 Quý IV/2026": NOT_YET}),
    ("11-30", {"4": "Hoàn thành quá hạn 51 ngày"}),
    ("12-31", {"5 Quý IV/2026": "Hạn cuối hôm nay", "6 Quý IV/2026": WAITING}),
)


def test_year():
    """a year of a plan: every state at the end of every month"""
    with Program(namro, store_of_this_run()) as program:
        year = Year(program)
        year.prepare()
        steps, rows, seen, wrong = list(STEPS), list(TABLE), {}, []
        while year.day.year == YEAR:
            year.run("job", "run", program.data)
            today = year.day.strftime("%m-%d")
            while steps and steps[0][0] == today:
                _, key, act = steps.pop(0)
                act(year, key)
            if rows and rows[0][0] == today:
                seen.update(rows.pop(0)[1])
                said = year.states()
                wrong += [f"{today} {key}: {said.get(key)}, not {seen.get(key)}"
                          for key in sorted(said.keys() | seen.keys()) if said.get(key) != seen.get(key)]
            year.day += datetime.timedelta(days=1)
        assert not wrong, "\n".join(wrong)
        assert not steps and not rows
        assert "nguyên vẹn" in year.run("verify", program.data)


main(test_year)
