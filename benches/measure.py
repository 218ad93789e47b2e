"""Runs each tool in turn over the same files; prints the medians of wall time and processor time, the ratio of the
former to `cat`, and the peak of memory. On a machine that others use, processor time says more."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

runs, folder, output = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
files = [str(file) for file in sorted(folder.glob("*.pdf"))]
binary = os.path.abspath("target/release/courtbundle")


def measure(command, stdout):
    """Wall time and processor time in seconds, and the largest resident size in MB."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):  # 3: qpdf had warnings
        sys.exit(f"{command[0]} exited with {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


tools = {"cat": ["cat", *files]}
if shutil.which("qpdf"):
    tools["qpdf --empty --pages"] = ["qpdf", "--empty", "--pages", *files, "--", str(output / "qpdf.pdf")]
few = len(files) < 500
# It opens all files at once, and takes minutes for many.
if shutil.which("mutool") and few:
    tools["mutool merge"] = ["mutool", "merge", "-o", str(output / "mutool.pdf"), *files]
tools["courtbundle build"] = [binary, "build", "--force", "--quiet", str(folder)]
if (folder / "three.toml").exists():
    three = [binary, "build", "--force", "--quiet", str(folder / "three.toml")]
    tools["courtbundle build, one audience of three"] = [*three, "--bundle", "court"]
    tools["courtbundle build, three audiences"] = three
if len(files) < 1000:
    tools["courtbundle build --jobs 1"] = [binary, "build", "--force", "--quiet", "--jobs", "1", str(folder)]
    tools["courtbundle build --dry-run"] = [binary, "build", "--quiet", "--dry-run", str(folder)]
    tools["courtbundle check"] = [binary, "check", "--quiet", str(folder)]

size = sum(os.path.getsize(file) for file in files)
print(f"{len(files)} files, {size / 1e6:.0f} MB; {os.cpu_count()} cores; median of {runs}\n")
results = {name: [] for name in tools}
for _ in range(runs):
    for name, command in tools.items():
        target = output / "cat.bin" if name == "cat" else os.devnull
        with open(target, "wb") as stdout:
            results[name].append(measure(command, stdout))
base = statistics.median(wall for wall, _, _ in results["cat"])
print("| | wall s | x cat | processor s | peak MB |\n|---|---|---|---|---|")
for name, measured in results.items():
    walls, processors, peaks = zip(*measured)
    wall, processor = statistics.median(walls), statistics.median(processors)
    print(f"| `{name}` | {wall:.2f} | {wall / base:.1f} | {processor:.2f} | {max(peaks):.0f} |")
