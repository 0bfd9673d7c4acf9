#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forged receipts, and backups that were cut, swapped or sealed with another key.

    test_files.py NAMRO PLAN
"""
import atexit
import base64
import os
import re
import shutil
import sys

from harness import Browser, Program, main

namro, plan = sys.argv[1:3]
program = Program(namro, "sqlite")
atexit.register(program.remove)
NAMES = ("không phải là biên nhận", "chữ ký", "biên nhận")


def path_of(*parts):
    return os.path.join(program.folder, *parts)


def write(name, content):
    with open(path_of(name), "wb") as stream:
        stream.write(content)
    return path_of(name)


def receipt_of(other, row=1):
    return Browser(other).get(f"/nhat-ky/{row}/bien-nhan").body


def key_of(other):
    return re.search(r"Khóa công khai: +([0-9a-f]{64})", other.verify())[1]


def test_receipt():
    """a receipt that was altered anywhere is refused, and one of another place does not pass for ours"""
    with Program(namro, "sqlite") as other:
        other.init()
        other.serve()
        foreign = receipt_of(other)
        foreign_key = key_of(other)
    program.init(plan)
    program.serve()
    good, key = receipt_of(program), key_of(program)
    assert good and foreign and key != foreign_key
    assert "Chữ ký đúng" in program.run("verify-receipt", write("tot.txt", good), "--key", key)
    assert "Chữ ký đúng" in program.run("verify-receipt", write("la.txt", foreign))
    said = program.run("verify-receipt", path_of("la.txt"), "--key", key, expect=1)
    assert "một khóa khác" in said and foreign_key in said, said
    n_refused = 0
    for at, byte in enumerate(good):
        changed = b"x" if byte != ord("x") else b"y"
        done = program.run("verify-receipt", write("gia.txt", good[:at] + changed + good[at + 1:]), "--key", key,
                           expect=None) if byte in b"0123456789abcdef" and at % 15 == 0 else ""
        if done:
            n_refused += "Chữ ký đúng" not in done
            assert "Chữ ký đúng" not in done or done.count(key) == 1, f"{at}: {done}"
    assert n_refused > 10, n_refused
    for bad in (b"", b"\0" * 100, good[:-10], good[: len(good) // 2], good * 2, b"a" * 100000, "Biên nhận".encode(), b"\xff\xfe"):
        said = program.run("verify-receipt", write("gia.txt", bad), "--key", key, expect=None)
        assert "Chữ ký đúng" not in said and "gia.txt" in said, said
    program.run("verify-receipt", path_of("khong-co.txt"), expect=3)


def test_wrong_key():
    """a backup opens with its own key alone; with another, or with none, nothing is restored"""
    store, target = path_of("kho"), path_of("khoi-phuc")
    program.run("backup", program.data, "--to", store, "--new-key", path_of("khoa.txt"))
    with Program(namro, "sqlite") as other:
        other.init()
        other.run("backup", other.data, "--to", os.path.join(other.folder, "kho"), "--new-key", path_of("khoa-khac.txt"))
    said = program.run("restore", store, "--to", target, "--key", path_of("khoa-khac.txt"), expect=1)
    assert "không phải là khóa của bản sao lưu này" in said, said
    for bad in (b"", b"abc\n", b"0" * 63, b"0" * 65 + b"\n", b"g" * 64, b"\0" * 64, os.urandom(200)):
        said = program.run("restore", store, "--to", target, "--key", write("khoa-hong.txt", bad), expect=None)
        assert "khoa-hong.txt" in said, said
        assert not os.path.exists(target)
    program.run("verify-backup", "--from", store, "--key", path_of("khoa-khac.txt"), program.data, expect=1)
    assert not os.path.exists(target)


def test_cut():
    """a backup that was cut at any place is refused by name, and one that is whole still opens"""
    store, target = path_of("kho"), path_of("khoi-phuc")
    files = [os.path.join(folder, name) for folder, _, names in os.walk(store) for name in names]
    assert len(files) >= 4
    for path in files:
        with open(path, "rb") as stream:
            whole = stream.read()
        for size in {0, 1, 30, len(whole) // 2, len(whole) - 1}:
            with open(path, "wb") as stream:
                stream.write(whole[:size])
            said = program.run("restore", store, "--to", target, "--key", path_of("khoa.txt"), expect=1)
            assert os.path.basename(path) in said, said
            assert not os.path.exists(target)
        with open(path, "wb") as stream:
            stream.write(whole)
    program.run("restore", store, "--to", target, "--key", path_of("khoa.txt"))
    assert "nguyên vẹn" in program.run("verify", target)
    shutil.rmtree(target)


def test_manifest_leads_out():
    """a manifest whose paths lead out of their folder is refused before anything is written"""
    store, target = path_of("kho"), path_of("khoi-phuc")
    version = next(name for name in os.listdir(store) if re.match(r"\d{8}T", name))
    path = os.path.join(store, version, "manifest.txt")
    with open(path, "rb") as stream:
        whole = stream.read()
    last = re.search(rb"^file .* (\S+)$", whole, re.MULTILINE)[1]
    before = set(os.listdir(program.folder))
    for bad in (b"../thoat.txt", b"/tmp/namro-thoat.txt", b"a/../../thoat.txt", b""):
        with open(path, "wb") as stream:
            stream.write(whole.replace(b" " + last + b"\n", b" " + bad + b"\n"))
        said = program.run("restore", store, "--to", target, "--key", path_of("khoa.txt"), expect=1)
        assert "manifest.txt" in said and ("bị sửa" in said or "bị cắt" in said), said
        assert set(os.listdir(program.folder)) == before
    with open(path, "wb") as stream:
        stream.write(whole)


def test_never_written_over():
    """nothing is restored over what is there"""
    for target in (program.data, program.folder):
        said = program.run("restore", path_of("kho"), "--to", target, "--key", path_of("khoa.txt"), expect=1)
        assert "đã có dữ liệu" in said, said
    program.stop()
    assert "nguyên vẹn" in program.verify()


main(test_receipt, test_wrong_key, test_cut, test_manifest_leads_out, test_never_written_over)
