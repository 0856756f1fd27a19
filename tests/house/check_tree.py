"""Holds the tree to its rules: dependency directions, formatting, one place for tolerances, no machine's paths.

The table below is the architecture (docs/tour.md): a part may include its own headers, rkt/ and those of the parts
it names. It is checked from the sources, so a CMake link that nobody uses cannot hide a wrong include.
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

MAY_INCLUDE = {
    "base": set(),
    "model": {"base"},
    "text": {"base"},
    "graph": {"base", "model"},
    "device": {"base", "graph"},
    "batch": {"base", "text", "device"},
    "task": {"base", "model", "batch"},
    "engine": {"base", "model", "text", "graph", "device", "batch", "task"},
    "toolkit": {"base"},  # src/export/toolkit
    "export": {"base", "model", "text", "graph", "device", "batch", "task", "engine", "toolkit"},
}
# Third-party headers that must stay inside one folder.
CONFINED = {
    r"openvino/": "src/device/openvino/",
    r"onnx/": "src/graph/",
    r"nlohmann/": "src/base/",
    r"CLI/": "cli/",
}
SOURCES = ("include", "src", "cli", "tests", "fuzz")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def part_of(path):
    """The part a source belongs to: src/export/toolkit/x.h → toolkit."""
    parts = pathlib.PurePosixPath(path).parts
    return "toolkit" if parts[:3] == ("src", "export", "toolkit") else parts[1]


def included_part(header):
    return "toolkit" if header.startswith("export/toolkit/") else header.split("/")[0]


def includes(path):
    return [header for _, header in INCLUDE.findall((ROOT / path).read_text(encoding="utf-8"))]


def check_directions(files):
    for path in files:
        if path.startswith("src/"):
            part = part_of(path)
            for header in includes(path):
                other = included_part(header)
                if other in MAY_INCLUDE and other != part and other not in MAY_INCLUDE[part]:
                    yield f"{path}: part '{part}' may not include {header}"
        elif path.startswith(("cli/", "include/")):
            for header in includes(path):
                if included_part(header) in MAY_INCLUDE:
                    yield f"{path}: front ends and public headers see include/rkt only, not {header}"


def check_confined(files):
    for path in files:
        if not path.startswith(("src/", "cli/", "include/")):
            continue
        for header in includes(path):
            for pattern, place in CONFINED.items():
                if re.match(pattern, header) and not path.startswith(place) and not (
                        pattern == r"nlohmann/" and path.startswith("cli/")):
                    yield f"{path}: <{header}> belongs into {place} alone"


def check_text_opens_no_files(files):
    for path in files:
        if path.startswith("src/text/") and re.search(r"ifstream|fopen|read_file", (ROOT / path).read_text(encoding="utf-8")):
            yield f"{path}: src/text opens no files"


def check_tolerances(files):
    number = re.compile(r"EXPECT_NEAR\([^;]*,\s*[\d.]+e-\d+\)|EXPECT_(?:GE|LE)\([^;]*cosine[^;]*,\s*0\.\d+\)")
    for path in files:
        if path.startswith("tests/") and path != "tests/tolerances.h":
            for found in number.findall((ROOT / path).read_text(encoding="utf-8")):
                yield f"{path}: tolerance outside of tests/tolerances.h: {found}"


def check_format(files):
    tool = shutil.which("clang-format-14")
    if tool is None:
        yield "clang-format-14 is missing: tools/setup.sh test installs it"
        return
    run = subprocess.run([tool, "--dry-run", "--Werror", *files], cwd=ROOT, capture_output=True, text=True)
    for line in run.stderr.splitlines():
        if "error:" in line:
            yield line.split("error:")[0] + " not formatted (make format)"


def main():
    files = sorted(str(path.relative_to(ROOT)) for folder in SOURCES for pattern in ("*.cpp", "*.h")
                   for path in (ROOT / folder).rglob(pattern))
    if len(files) < 50:
        sys.exit(f"only {len(files)} sources found: the check looks at the wrong place")
    problems = []
    for check in (check_directions, check_confined, check_text_opens_no_files, check_tolerances, check_format):
        problems += list(check(files))
    for problem in problems:
        print(problem)
    print(f"{len(files)} sources checked, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
