#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The daily work of every commune of a server: several workers do what one does, and a commune that fails holds up no
other.

    test_communes.py NAMRO PLAN
"""
import atexit
import os
import sys
import tempfile

from harness import Postgres, Program, main, psql

namro, plan = sys.argv[1:3]
CODES = ["26734", "26737", "26740", "26743"]
BEFORE, DAY = "2026-12-02", "2027-01-01"
# What the work leaves behind; keys and hashes are of each data directory's own.
ROWS = {
    "work_piece": "SELECT * FROM work_piece ORDER BY commune_id, piece_id",
    "work_entry": "SELECT * FROM work_entry ORDER BY commune_id, piece_id, entry_no",
    "task": "SELECT * FROM task ORDER BY commune_id, plan_id, task_no",
    "remind_sent": "SELECT * FROM remind_sent ORDER BY 1, 2, 3, 4, 5, 6",
    "ledger": "SELECT commune_id, at_us, actor, origin, object, before_state, after_state FROM ledger"
              " WHERE object LIKE 'work/%' OR object LIKE 'remind-run/%' ORDER BY commune_id, seq",
}


class Country:
    """A few communes on a server of their own, each with the plan and its work up to a day."""

    def __init__(self):
        self.server = Postgres()
        atexit.register(self.server.remove)
        self.folder = tempfile.mkdtemp(prefix="namro-communes-")
        self.programs = [Program(namro, "postgresql", os.path.join(self.folder, code), self.server.location)
                         for code in CODES]
        for code, program in zip(CODES, self.programs):
            os.mkdir(program.folder)
            atexit.register(program.remove)
            program.run("--now", BEFORE, "init", program.data, "--commune", f"xã {code}", "--code", code)
            program.run("--now", BEFORE, "import", program.data, plan)
            program.run("--now", BEFORE, "job", "run", program.data)

    def work(self, *options, expect=0):
        return self.programs[0].run("--now", DAY, "job", "run", "--all", *options, expect=expect)

    def rows(self):
        return {name: psql(sql, self.server.location) for name, sql in ROWS.items()}

    def query(self, sql):
        return psql(sql, self.server.location)

    def verify(self):
        for program in self.programs:
            assert "nguyên vẹn" in program.verify()


countries = []


def country(number):
    while len(countries) <= number:
        countries.append(Country())
    return countries[number]


def test_same():
    """three workers leave the same rows and tell the same figures as one"""
    one, three = country(0), country(1)
    before = one.rows()
    said_one, said_three = one.work("--workers", "1"), three.work("--workers", "3")
    assert said_one == said_three and f"của {len(CODES)} xã" in said_one, (said_one, said_three)
    after = one.rows()
    assert after["work_piece"] != before["work_piece"] and after["ledger"] != before["ledger"]
    for name, rows in three.rows().items():
        assert rows == after[name], name
    one.verify()
    three.verify()


def test_again():
    """asked again on the same day nothing is done twice"""
    one = country(0)
    before = one.rows()
    assert "mở 0 phần việc" in one.work("--workers", "2")
    assert one.rows() == before


def test_one_fails():
    """of a commune that fails nothing is left half, the others are done, and it is named; later it is made up for"""
    one = country(0)
    one.query("CREATE FUNCTION fail_here() RETURNS TRIGGER LANGUAGE plpgsql AS"
              " 'BEGIN RAISE EXCEPTION ''made to fail''; END'")
    for table in ("work_piece", "work_progress"):
        one.query(f"CREATE TRIGGER fail_here BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW"
                  f" WHEN (new.commune_id IN ({CODES[1]}, {CODES[3]})) EXECUTE FUNCTION fail_here()")
    count = "SELECT count(*) FROM work_piece WHERE commune_id = "
    before = {code: one.query(count + code) for code in CODES}
    said = one.programs[0].run("--now", "2027-04-01", "job", "run", "--all", "--workers", "3", expect=1)
    after = {code: one.query(count + code) for code in CODES}
    assert [code for code in CODES if after[code] == before[code]] == [CODES[1], CODES[3]], (before, after)
    assert f"của {len(CODES) - 2} xã" in said and "2 xã chưa làm được" in said, said
    assert 0 < said.index(f"xã số {CODES[1]}:") < said.index(f"xã số {CODES[3]}:"), said
    for table in ("work_piece", "work_progress"):
        one.query(f"DROP TRIGGER fail_here ON {table}")
    one.programs[0].run("--now", "2027-04-01", "job", "run", "--all", "--workers", "3")
    after = {one.query(count + code) for code in CODES}
    assert len(after) == 1, after
    one.verify()


def test_workers():
    """as many workers as the server gives connections; none, or too many, are refused"""
    one = country(0)
    assert f"của {len(CODES)} xã" in one.work("--workers", "64")
    for number in ("0", "65", "-1"):
        assert "từ 1 đến 64" in one.work("--workers", number, expect=2)


main(test_same, test_again, test_one_fails, test_workers)
