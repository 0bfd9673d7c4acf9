#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program is killed while something large is changed: a decision about a proposal, a plan that replaces another, a
register that comes back from Excel. All of it is there afterwards, or nothing; the ledger agrees.

    test_changes.py NAMRO PLAN [KILLS]
"""
import datetime
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import xlsx  # noqa: E402
from harness import Browser, Program, main, psql, schema_of, store_of_this_run  # noqa: E402

namro, plan = sys.argv[1:3]
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 4  # of each kind; the moments lie in the time that one undisturbed change takes


def rows(program, sql):
    """What the tables hold, as texts."""
    if program.store:
        found = psql(f'SET search_path = "{schema_of(program.store)}"; {sql}').splitlines()
        return [tuple(line.split("|")) for line in found]
    with sqlite3.connect(os.path.join(program.data, "namro.db")) as connection:
        return [tuple(str(value) for value in row) for row in connection.execute(sql)]


def number(program, sql):
    return int(rows(program, sql)[0][0])


def kill_command(program, after_seconds, *arguments):
    """Runs a command and kills it; True where it came to its end before."""
    with subprocess.Popen([namro, *arguments], env=program.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        try:
            return child.wait(after_seconds) == 0
        except subprocess.TimeoutExpired:
            child.kill()
            return False


def moments(whole_seconds):
    """When to kill: more often towards the end, where it writes."""
    return [whole_seconds * (0.3 + 0.7 * (i + 0.8) / KILLS) for i in range(KILLS)]


def timed(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


# A decision makes a version of a row, an entry, a ledger row, and words to be searched for.

def raise_and_forward(program, standing, task):
    wanted = [("ke-hoach", "1"), ("nhiem-vu", str(task)), ("loai", "dieu-chinh"), ("tom-tat", "Đổi sản phẩm"),
              ("noi-dung", "Không còn cần"), ("truong", "san-pham"), ("gia-tri-moi", f"Sổ bàn giao {task}")]
    answer = standing.form("/kien-nghi", *wanted)
    assert answer.status == 303, answer.text
    proposal = re.search(r"/kien-nghi/(\d+)", answer.headers["location"])[1]
    answer = standing.form(f"/kien-nghi/{proposal}/xu-ly", ("phien-ban", "1"), ("viec", "chuyen"), ("noi-dung", "Trình"))
    assert answer.status == 303, answer.text
    return proposal


def decide(leader, mark, proposal):
    fields = [("phien-ban", "2"), ("viec", "dong-y"), ("so-van-ban", "15/QĐ-UBND"),
              ("ngay", datetime.date.today().isoformat()), ("noi-dung", "Đồng ý"), ("dau-phien", mark)]
    try:
        return leader.post(f"/kien-nghi/{proposal}/xu-ly", fields).status
    except OSError:
        return 0  # the server is gone


def kill_server(program):
    program.child.send_signal(signal.SIGKILL)
    program.child.wait()
    program.child.stdout.close()
    program.child = None


def check_decision(program, proposal, task, status):
    # In one statement: a server may still be at what a program sent before it was killed.
    is_decided, n_changes, output, n_noted, n_all = rows(program, f"""SELECT
        (SELECT COUNT(*) FROM proposal_entry WHERE proposal_id = {proposal} AND kind = 6),
        (SELECT COUNT(*) FROM plan_change WHERE source = 'proposal/{proposal}'),
        (SELECT COALESCE(output, '') FROM task WHERE plan_id = 1 AND task_no = {task}),
        (SELECT COUNT(*) FROM ledger WHERE object LIKE 'plan-change/%'),
        (SELECT COUNT(*) FROM plan_change)""")[0]
    assert is_decided == n_changes, (is_decided, n_changes)
    assert (output == f"Sổ bàn giao {task}") == (is_decided == "1"), output
    assert n_noted == n_all, (n_noted, n_all)
    assert status != 303 or is_decided == "1"  # what was acknowledged is there


def test_decisions():
    """kill -9 while decisions about proposals are taken: each is there whole, or not at all"""
    with Program(namro, store_of_this_run()) as program:
        program.init(plan)
        program.add_account("thuong", role="thuong-truc")
        program.add_account("lanh", role="quyet-dinh")
        for i in range(KILLS):
            program.serve()
            standing, leader = Browser(program), Browser(program)
            assert standing.sign_in("thuong").status == 303
            assert leader.sign_in("lanh").status == 303
            mark = leader.mark()
            proposal = raise_and_forward(program, standing, i + 2)
            statuses = []
            thread = threading.Thread(target=lambda: statuses.append(decide(leader, mark, proposal)))
            thread.start()
            time.sleep(0.02 * (i + 1))
            kill_server(program)
            thread.join()
            check_decision(program, proposal, i + 2, statuses[0])
        assert "nguyên vẹn" in program.verify()


# A plan replaces another: rows, work, evidence, proposals, links, roles.

def successor(program):
    with open(plan, encoding="utf-8") as stream:
        text = stream.read()
    path = os.path.join(program.folder, "ke-hoach-moi.md")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(re.sub(r"Số: \d+/", "Số: 99/", text, count=1).replace("31/12/2026", "31/3/2027", 1))
    return path


def standing_of(program):
    """What tells that nothing was done; and, after it, that all was."""
    return tuple(int(value) for value in rows(program, """SELECT
        (SELECT COUNT(*) FROM plan_succession),
        (SELECT COUNT(*) FROM plan WHERE is_current = 1 AND plan_id = 1),
        (SELECT COUNT(*) FROM work_piece WHERE plan_id = 1 AND stage IN (1, 2))""")[0])


def kill_replacing(program):
    before = standing_of(program)
    assert before[:2] == (0, 1) and before[2] > 10, before
    arguments = ("plan", "replace", program.data, "1", "2", "--accept", "all")
    whole = timed(lambda: program.run(*arguments, "--dry-run"))
    is_done = False
    for moment in moments(whole * 1.1):
        is_done = kill_command(program, moment, *arguments)
        now = standing_of(program)
        assert now == before or now == (1, 0, 0), (before, now)
        assert "nguyên vẹn" in program.verify()
        if now != before:
            break
    if standing_of(program) == before:
        assert not is_done
        program.run(*arguments)
    assert standing_of(program) == (1, 0, 0)
    assert "nguyên vẹn" in program.verify()


# The register comes back from Excel.

def fill_register(path):
    """Writes what was done into every row that has a code and nothing written yet; gives how many."""
    files = xlsx.parts(path)
    n_filled = 0
    for sheet in [name for name in files if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]:
        texts = xlsx.texts(files, sheet)
        heads = {text: address for address, text in texts.items() if text in ("Việc đã làm", "Mã dòng")}
        if len(heads) < 2:
            continue
        done, code = (xlsx.column(heads[title]) for title in ("Việc đã làm", "Mã dòng"))
        text = files[sheet].decode()
        for row in [address[len(code):] for address in texts if xlsx.column(address) == code and address != heads["Mã dòng"]]:
            if f"{done}{row}" not in texts:
                text = xlsx.put(text, f"{done}{row}", f"Đã làm dòng {row}")
                n_filled += 1
        files[sheet] = text.encode()
    xlsx.save(path, files)
    return n_filled


def kill_importing(program):
    path = os.path.join(program.folder, "so.xlsx")
    program.run("task", "export", program.data, "1", path)
    n_filled = fill_register(path)
    assert n_filled > 10, n_filled
    count = "SELECT COUNT(*) FROM work_entry WHERE done LIKE 'Đã làm dòng %'"
    arguments = ("task", "import", program.data, path)
    whole = timed(lambda: program.run(*arguments, "--dry-run"))
    for moment in moments(whole * 1.2):
        kill_command(program, moment, *arguments)
        n_there = number(program, count)
        assert n_there in (0, n_filled), (n_there, n_filled)
        assert "nguyên vẹn" in program.verify()
        if n_there > 0:
            break
    if number(program, count) == 0:
        program.run(*arguments)
    assert number(program, count) == n_filled
    assert "nguyên vẹn" in program.verify()


def test_carrying():
    """kill -9 while a register comes back from Excel, and while a plan replaces another: all of each, or nothing"""
    with Program(namro, store_of_this_run()) as program:
        program.init(plan, successor(program))
        program.run("job", "run", program.data)
        kill_importing(program)
        kill_replacing(program)


main(test_decisions, test_carrying)
