#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is full, or may only be read.

    test_disk.py NAMRO PLAN
"""
import os
import shutil
import subprocess
import sys
import tempfile

from harness import Browser, Program, Skip, file_part, kept_form, main, multipart

namro, plan = sys.argv[1:3]
DISK_MB = 48
TEXT = "KẾ HOẠCH số 5\n1. Mở lớp tập huấn.\n" + "Nội dung dài. " * 3000


class Disk:
    """A small disk of this test's own, where mounting is allowed."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="namro-disk-")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "namro", self.folder], check=False,
                              capture_output=True)
        if done.returncode != 0:
            os.rmdir(self.folder)
            raise Skip(f"no right to mount a small disk: {done.stderr.decode().strip()}")

    def fill(self, spare=0):
        """Leaves so many bytes."""
        with open(os.path.join(self.folder, "day"), "wb", buffering=0) as stream:
            try:
                while stream.write(b"\0" * 65536):
                    pass
            except OSError:
                pass
            stream.truncate(max(0, stream.tell() - spare))

    def clear(self):
        os.remove(os.path.join(self.folder, "day"))

    def remount(self, mode):
        subprocess.run(["mount", "-o", f"remount,{mode}", self.folder], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        subprocess.run(["umount", "-l", self.folder], check=False)
        os.rmdir(self.folder)


def on_disk(disk):
    folder = os.path.join(disk.folder, "noi-de")
    os.mkdir(folder)
    return Program(namro, "sqlite", folder)


def post(browser):
    return browser.form("/nhap-ke-hoach", ("van-ban", TEXT), ("nhap-lai", "1"))


def check_full(answer):
    assert answer.status == 507, answer.status
    assert "Ổ đĩa" in answer.text and "quản trị" in answer.text, answer.text
    action, fields = kept_form(answer)
    assert dict(fields)["van-ban"] == TEXT
    return action, fields


def until_full(ask):
    """(the answer that says so, how many were taken before). The store uses the room that its log has already before
    it asks the disk for more, and gets it anew whenever the log is emptied: on a busy machine that may be at any time."""
    for taken in range(500):
        answer = ask()
        if answer.status == 507:
            return answer, taken
    raise AssertionError("the disk never became full")


def upload(browser, size):
    body = multipart(b"b", (b'Content-Disposition: form-data; name="dau-phien"', browser.mark().encode()),
                     (b'Content-Disposition: form-data; name="nhap-lai"', b"1"),
                     file_part(b"tep", b"lon.md", b"1. Viec.\n" * (size // 9)))
    return browser.post("/nhap-ke-hoach", [], body=body, kind="multipart/form-data; boundary=b")


def test_full():
    """on a full disk everything can be read, and what is sent is answered for and kept until there is room"""
    with Disk() as disk, on_disk(disk) as program:
        program.init(plan)
        program.add_account("an", role="thuong-truc")
        program.serve()
        browser = Browser(program)
        assert browser.sign_in("an").status == 303
        assert post(browser).status == 303
        disk.fill()
        drafts = 1
        for _ in range(3):
            answer, taken = until_full(lambda: post(browser))
            action, fields = check_full(answer)
            drafts += taken
        drafts += until_full(lambda: upload(browser, 1000))[1]
        for target in ("/", "/nhiem-vu", "/nhiem-vu/1", "/van-ban", "/tai-khoan", "/nhap-ke-hoach"):
            assert browser.get(target).status == 200, target
        # A file that holds personal data does not leave without a line in the ledger.
        answer, _ = until_full(lambda: browser.get("/nhap-ke-hoach/1/tep"))
        assert answer.status == 507 and "nhật ký" in answer.text, answer.status
        answer, _ = until_full(lambda: Browser(program).sign_in("an"))
        assert answer.status == 507 and "Gửi lại" not in answer.text, answer.status
        assert browser.get(f"/nhap-ke-hoach/{drafts}").status in (200, 303), drafts
        assert browser.get(f"/nhap-ke-hoach/{drafts + 1}").status == 404, drafts
        said = program.run("import", program.data, plan, expect=None)
        disk.clear()
        assert browser.post(action, fields).status == 303
        assert browser.get("/nhap-ke-hoach/1/tep").status == 200
        assert upload(browser, 1000).status == 303
        assert Browser(program).sign_in("an").status == 303
        program.stop()
        assert "nguyên vẹn" in program.verify()
        print(f"# {said.strip().splitlines()[-1]}")


def test_filling():
    """a disk that becomes full in the middle of files leaves none of them half"""
    with Disk() as disk, on_disk(disk) as program:
        program.init()
        program.serve()
        browser = Browser(program)
        assert upload(browser, 1000).status == 303
        for spare in (100000, 300000, 700000, 1500000):
            disk.fill(spare)
            answer = upload(browser, 2000000)
            assert answer.status == 507, f"{spare}: {answer.status}"
            disk.clear()
            left = [name for _, _, names in os.walk(program.data) for name in names
                    if name.startswith(("den-", ".moi-"))]
            assert not left, left
        assert upload(browser, 2000000).status == 303
        program.stop()
        assert "nguyên vẹn" in program.verify()


def test_backup_full():
    """a backup onto a full disk, and a restoration onto one, fail whole and say so"""
    with Disk() as disk:
        folder = tempfile.mkdtemp(prefix="namro-faults-")
        with Program(namro, "sqlite", folder) as program:
            program.init(plan)
            key, store = os.path.join(folder, "khoa.txt"), os.path.join(disk.folder, "kho")
            program.run("backup", program.data, "--to", store, "--new-key", key)
            disk.fill(20000)
            said = program.run("backup", program.data, "--to", store, "--key", key, expect=4)
            assert "No space left" in said or "đầy" in said, said
            disk.clear()
            target = os.path.join(disk.folder, "khoi-phuc")
            disk.fill(100000)
            said = program.run("restore", store, "--to", target, "--key", key, expect=4)
            assert "No space left" in said or "đầy" in said, said
            assert not os.path.exists(target)
            disk.clear()
            program.run("restore", store, "--to", target, "--key", key)
            program.run("verify", target)


def test_read_only():
    """a disk that may only be read is named by every command, and nothing on it is changed"""
    with Disk() as disk, on_disk(disk) as program:
        program.init(plan)
        disk.remount("ro")
        try:
            for arguments in (("serve", "--port", "0", program.data), ("import", program.data, plan),
                              ("init", os.path.join(disk.folder, "moi")),
                              ("user", "add", program.data, "an", "--name", "An")):
                said = program.run(*arguments, expect=4)
                assert "chỉ cho đọc" in said or "Read-only" in said, f"{arguments[0]}: {said}"
        finally:
            disk.remount("rw")
        program.run("verify", program.data)
        program.serve()
        assert program.request("GET", "/nhiem-vu").status == 200


def test_file_size():
    """where a quota ends the growth of files, it is answered as a full disk is"""
    if shutil.which("prlimit") is None:
        raise Skip("no prlimit")
    with Program(namro, "sqlite") as program:
        program.init(plan)
        # A write beyond the limit is a signal too, which whoever sets limits has to switch off.
        program.serve(wrapper=("env", "--ignore-signal=XFSZ", "prlimit", "--fsize=1000000"))
        browser = Browser(program)
        seen = set()
        for _ in range(60):
            answer = post(browser)
            seen.add(answer.status)
            if answer.status == 507:
                check_full(answer)
                break
            assert answer.status == 303, answer.status
        assert seen == {303, 507}, seen
        assert upload(browser, 3000000).status == 507
        assert browser.get("/nhiem-vu").status == 200
        program.child.kill()  # a log beyond the limit would be lost; it ends as by a loss of power
        program.child.wait()
        program.child.stdout.close()
        program.child = None
        assert "nguyên vẹn" in program.verify()


main(test_full, test_filling, test_backup_full, test_read_only, test_file_size)
