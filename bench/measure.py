# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs of bench/ share: one measured child process, and the machine they ran on."""
import os
import platform
import subprocess
from datetime import date


def machine():
    """One line that says where and when: processor, cores, memory, system, date."""
    model = platform.processor() or platform.machine()
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with open("/etc/os-release", encoding="utf-8") as stream:
        names = dict(line.rstrip().split("=", 1) for line in stream if "=" in line)
    system = names.get("PRETTY_NAME", platform.system()).strip('"')
    return f"{date.today():%d/%m/%Y} · {model} × {os.cpu_count()} · {memory:.0f} GB · {system}, Linux {platform.release()}"


def run_best(build, command, times):
    """Runs a command `times` times through bench/timed. Gives (wall ms, CPU ms, peak MB, exit code): the times of the
    fastest run, because the machine can only add to them, and the largest memory of any."""
    words = [os.path.join(build, "bench/timed"), str(times), *command]
    line = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    wall_us, cpu_us, peak_kb, code = (int(word) for word in line.split())
    return wall_us / 1000, cpu_us / 1000, peak_kb / 1024, code


def rss_mb(pid, key="VmRSS"):
    """Resident memory of a running process in MB; key VmHWM gives its peak."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid):
    """CPU time a running process has used so far."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stream:
        fields = stream.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
