# SPDX-License-Identifier: GPL-3.0-or-later
"""The register in Excel through the real program: `namro task export`, `namro task import`, and the filters of `task list`.

    test_register_cli.py NAMRO PLAN
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "faults"), os.path.join(HERE, "..", "support")]
import xlsx  # noqa: E402
from harness import Program, main, store_of_this_run  # noqa: E402

namro, plan = sys.argv[1:3]
SHEET = "xl/worksheets/sheet1.xml"
NAME = "Nguyễn Thị Không Được Nhắc"  # what somebody typed is never repeated
programs = []


def program():
    """One data directory for all tests: what one of them must not write, the next would see."""
    if programs:
        return programs[0]
    made = Program(namro, store_of_this_run())
    programs.append(made)
    made.run("--now", "2026-01-05", "init", made.data, "--commune", "xã Bình Nguyệt", "--code", "26734")
    run("import", made.data, plan)
    for login, unit in (("van.phong", "Văn phòng HĐND và UBND"), ("cong.an", "Công an xã")):
        run("user", "add", made.data, login, "--name", f"Người {unit}", "--unit", unit)
    run("job", "run", made.data)
    return made


def run(*arguments, **options):
    return programs[0].run("--now", "2026-01-12", *arguments, **options)


def data():
    return program().data


def exported(name="so.xlsx"):
    path = os.path.join(program().folder, name)
    run("task", "export", data(), "1", path)
    return path, xlsx.parts(path)


def place(files, title, task):
    """The cell of a task (its name) under a title."""
    texts = xlsx.texts(files, SHEET)
    column = next(xlsx.column(address) for address, text in texts.items() if text == title)
    row = next(re.sub("[A-Z]", "", address) for address, text in texts.items() if text == task)
    return column + row


def changed(files, *cells, name="so-sua.xlsx", sheet=SHEET):
    """A copy of a workbook with other cells: ((address, content), …)."""
    copy = dict(files)
    text = copy[sheet].decode()
    for address, content in cells:
        text = xlsx.put(text, address, content)
    copy[sheet] = text.encode()
    path = os.path.join(program().folder, name)
    xlsx.save(path, copy)
    return path


def listed():
    return json.loads(run("task", "list", data(), "--json"))


def versions():
    return {piece["id"]: piece["version"] for piece in listed()}


RULES = "Ban hành quy chế sử dụng hệ thống giao việc"
CLEAN = "Làm sạch dữ liệu dân cư"


def test_untouched():
    """a file that nobody touched changes nothing, and comes out the same again"""
    path, first = exported()
    said = run("task", "import", data(), path)
    assert "Đã ghi 0 lần cập nhật; 6 dòng giữ nguyên." in said, said
    _, second = exported("so-2.xlsx")
    sheets = [name for name in first if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"]
    assert len(sheets) >= 3 and all(first[name] == second[name] for name in sheets)


def test_round_trip():
    """what was filled in is tried, written once, and stands in the next file"""
    _, files = exported()
    done, percent = place(files, "Việc đã làm", RULES), place(files, "Tỷ lệ (%)", RULES)
    path = changed(files, (done, "Đã họp & lấy ý kiến <2 phòng>"), (percent, "30"))
    before = versions()
    said = run("task", "import", data(), path, "--as", "van.phong", "--dry-run")
    assert "Sẽ ghi 1 lần cập nhật; 5 dòng giữ nguyên." in said and "“” → “30”" in said, said
    assert versions() == before
    assert "Đã ghi 1 lần cập nhật" in run("task", "import", data(), path, "--as", "van.phong")
    piece = next(piece for piece in listed() if before[piece["id"]] != piece["version"])
    shown = json.loads(run("task", "show", data(), str(piece["id"]), "--json"))
    last = shown["entries"][-1]
    # A percentage alone begins the work.
    assert (last["by"], last["percent"], last["done"], last["state"]) == (
        "Người Văn phòng HĐND và UBND", 30, "Đã họp & lấy ý kiến <2 phòng>", "dang-thuc-hien"), last
    again = run("task", "import", data(), path, "--as", "van.phong")
    assert "Đã ghi 0 lần cập nhật" in again, again
    _, after = exported("so-3.xlsx")
    texts = xlsx.texts(after, SHEET)
    assert texts[done] == "Đã họp & lấy ý kiến <2 phòng>" and texts[percent] == "30"
    assert texts[place(after, "Trạng thái", RULES)] == "Đang thực hiện"


def refused(path, *words, who="van.phong"):
    """An import that writes nothing, says these words, and never what was typed."""
    before = versions()
    said = run("task", "import", data(), path, "--as", who, expect=3 if "quá nhiều ô" in words[0] else 1)
    for word in words:
        assert word in said, (word, said)
    assert NAME not in said and "123.456" not in said, said
    assert words and versions() == before
    return said


def test_all_or_nothing():
    """one wrong cell keeps all the others from being written"""
    _, files = exported()
    bad = place(files, "Tỷ lệ (%)", CLEAN)
    path = changed(files, (place(files, "Việc đã làm", RULES), "Việc đúng"), (bad, NAME),
                   (place(files, "Người thực hiện", CLEAN), NAME), (place(files, "Ngày văn bản", CLEAN), "123.456"))
    said = refused(path, f"!{bad}: Tỷ lệ là số nguyên từ 0 đến 100", "Không có người nào tên như vậy",
                   f"!{place(files, 'Số văn bản', CLEAN)}: Phải ghi cả số và ngày văn bản", "chưa ghi gì")
    assert said.count("!") >= 3, said


def test_whose_row():
    """nobody writes a row of another unit by file"""
    _, files = exported()
    path = changed(files, (place(files, "Việc đã làm", CLEAN), "Không phải việc của văn phòng"))
    refused(path, "chưa ghi gì")
    assert "Đã ghi 1 lần cập nhật" in run("task", "import", data(), path, "--as", "cong.an")


def test_formulas_and_merged_cells():
    """formulas and merged cells are told cell by cell"""
    _, files = exported()
    done, percent = place(files, "Việc đã làm", RULES), place(files, "Tỷ lệ (%)", RULES)
    formula = f'<c r="{percent}"><f>10+35</f><v>45</v></c>'
    refused(changed(files, (percent, formula)), f"!{percent}: Ô này là công thức")
    path = changed(files, (done, "Gộp ba dòng"))
    merged = xlsx.parts(path)
    row = int(re.sub("[A-Z]", "", done))
    ranges = f'<mergeCell ref="{done}:{xlsx.column(done)}{row + 2}"/>'.encode()
    assert b"</mergeCells>" in merged[SHEET]
    merged[SHEET] = merged[SHEET].replace(b"</mergeCells>", ranges + b"</mergeCells>")
    xlsx.save(path, merged)
    refused(path, f"!{done}: Ô này bị gộp với ô khác")


def test_other_templates():
    """a file of an older template, of another commune, or none of ours is refused as a whole"""
    _, files = exported()
    meta = max(name for name in files if name.startswith("xl/worksheets/sheet"))
    texts = xlsx.texts(files, meta)
    facts = {text: address for address, text in texts.items()}
    version = next("B" + address[1:] for text, address in facts.items() if texts.get("B" + address[1:]) == "1"
                   and address == "A1")
    refused(changed(files, (version, "0"), sheet=meta), "mẫu số 0")
    gone = dict(files)
    gone[SHEET] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", gone[SHEET], flags=re.DOTALL)
    path = os.path.join(program().folder, "rong.xlsx")
    xlsx.save(path, gone)
    refused(path, "xuất lại sổ")
    xlsx.write(path, [("Họ và tên", "Ghi chú"), (NAME, "123.456")])
    refused(path, "Không phải sổ do chương trình xuất")
    with open(path, "wb") as out:
        out.write(b"PK\x03\x04 not a workbook")
    assert "không phải tệp Excel" in run("task", "import", data(), path, expect=3)


def test_50_000_rows():
    """a file of too many rows is refused with what to do, before or behind the reader"""
    _, files = exported()
    row = re.search(r'<row r="6".*?</row>', files[SHEET].decode(), re.DOTALL)[0]
    cells = re.findall(r'<c r="([A-Z]+)6"[^>]*t="s"[^>]*><v>\d+</v></c>', row)
    for n_rows, words in ((6000, "hơn 5000 dòng. Hãy xuất sổ theo từng kế hoạch"), (50000, "bảng tính có quá nhiều ô")):
        many = "".join(f'<row r="{number}">' + xlsx.cell(f"{cells[-1]}{number}", "1-ABCD") + "</row>"
                       for number in range(1000, 1000 + n_rows))
        path = changed(files)
        large = xlsx.parts(path)
        large[SHEET] = large[SHEET].replace(b"</sheetData>", many.encode() + b"</sheetData>")
        xlsx.save(path, large)
        assert len(refused(path, words).splitlines()) <= 210


def test_filters():
    """the list by stage, lateness, agency, task and whose it is"""
    every = listed()
    numbers = {piece["id"] for piece in every}
    assert len(numbers) == 6
    office = next(piece for piece in every if piece["task"] == 1)

    def ids(*options):
        return {piece["id"] for piece in json.loads(run("task", "list", data(), "--json", *options))}

    assert ids("--stage", "dang-mo") == numbers
    assert ids("--stage", "da-khep") == ids("--stage", "cho-nghiem-thu") == set()
    assert ids("--plan", "1", "--task", "1") == {office["id"]}
    assert ids("--plan", "7") == set()
    shares = [ids("--agency", str(agency)) for agency in range(1, 8)]
    assert sum(len(share) for share in shares) == 6 and set().union(*shares) == numbers and {office["id"]} in shares
    assert ids("--whose", "cua-toi", "--as", "van.phong") <= numbers
    assert ids("--late") == set()
    late = json.loads(programs[0].run("--now", "2026-02-16", "task", "list", data(), "--late", "--json"))
    assert [piece["id"] for piece in late] == [office["id"]]
    run("task", "list", data(), "--stage", "x", expect=1)
    run("task", "list", data(), "--whose", "x", expect=1)
    assert "nguyên vẹn" in run("verify", data())


try:
    main(test_untouched, test_round_trip, test_all_or_nothing, test_whose_row, test_formulas_and_merged_cells,
         test_other_templates, test_50_000_rows, test_filters)
finally:
    for made_program in programs:
        made_program.remove()
