"""Runs the commands of the documents and checks what the documents name.

    python3 tests/docs/run_docs.py --model MODEL_DIR PROGRAM…    the commands
    python3 tests/docs/run_docs.py --names                       links, paths, error codes, line lengths

A fenced block of the kind `console` holds commands, each after "$ ", and what they print. All of them run in one
temporary directory where all-MiniLM-L6-v2 is a link to MODEL_DIR and the PROGRAMs are in PATH; a command that occurs
twice runs once. Each line below a command must be printed, in this order, on either stream; "…" stands for anything,
and a line of "…" alone for any lines. The exit code must be 0; where the block shows "error: RKT-5001" it must be 2,
where it shows another "error:", 1.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(
    str(page.relative_to(ROOT)) for page in (ROOT / "docs").glob("*.md"))]

# Commands that set the machine up or take minutes: other tests and the people who follow them run these.
SKIPPED = ("make ", "sudo ", "git ", "cmake ", "ctest ", "tools/", "python3 ", "build/")

FOLDERS = r"(?:src|include|cli|tests|docs|tools|fuzz|cmake)"
PATH = re.compile(rf"(?<![\w/.$-])({FOLDERS}/[\w./*-]*[\w*/])")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"RKT-(\d{4})")


def console_steps(text):
    """(line number, command, expected lines) of every console block."""
    steps, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console" and not inside
            if inside:
                expected = None
        elif inside and line.startswith("$ "):
            expected = []
            steps.append((number, line[2:], expected))
        elif inside and steps and steps[-1][1].endswith("\\"):
            steps[-1] = (steps[-1][0], steps[-1][1] + "\n" + line, steps[-1][2])
        elif inside:
            if expected is None:
                raise ValueError(f"line {number}: output without a command")
            expected.append(line.rstrip())
    return steps


def pattern_of(line):
    return ".*".join(map(re.escape, line.split("…")))


def first_absent(expected, printed):
    """The first expected line that is not printed behind the one before it."""
    at = 0
    for line in expected:
        if line.strip() in ("", "…"):
            continue
        while at < len(printed) and not re.fullmatch(pattern_of(line), printed[at]):
            at += 1
        if at == len(printed):
            return line
        at += 1
    return None


def expected_code(expected):
    if any(line.startswith("error: RKT-5001") for line in expected):
        return 2
    return 1 if any(line.startswith("error:") for line in expected) else 0


def judge(code, printed, expected):
    if code != expected_code(expected):
        return f"exit code {code}, expected {expected_code(expected)}"
    absent = first_absent(expected, printed)
    return None if absent is None else f"not printed: {absent}"


def run_commands(programs, model):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    environment["PATH"] = os.pathsep.join([*(str(p.parent) for p in programs), os.environ["PATH"]])
    results, problems, skipped = {}, 0, 0
    with tempfile.TemporaryDirectory() as directory:
        (pathlib.Path(directory) / "all-MiniLM-L6-v2").symlink_to(model)
        for page in PAGES:
            for number, command, expected in console_steps((ROOT / page).read_text(encoding="utf-8")):
                if command.startswith(SKIPPED):
                    skipped += 1
                    continue
                if command not in results:
                    run = subprocess.run(["bash", "-c", command], cwd=directory, env=environment, encoding="utf-8",
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                    results[command] = (run.returncode, [line.rstrip() for line in run.stdout.splitlines()])
                problem = judge(*results[command], expected)
                if problem:
                    problems += 1
                    print(f"{page}:{number}: {command}\n  {problem}\n  it printed:")
                    print("".join(f"    {line}\n" for line in results[command][1]))
    print(f"{len(results)} commands run, {skipped} skipped, {problems} problems")
    return problems


def flags_of(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def check_flags(program):
    """docs/cli.md has a section for each command, with every flag of its help and no other."""
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    sections = {m[1]: m[2] for m in re.finditer(r"^## `([a-z]+)`\n(.*?)(?=^## |\Z)", page, re.M | re.S)}
    help_text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  ([a-z]+) ", help_text.split("Commands:")[1].split("Flags:")[0], re.M)
    problems = 0
    for command in sorted({*commands, *sections}):
        if command not in sections or command not in commands:
            print(f"docs/cli.md: the command {command} is in one of program and page only")
            problems += 1
            continue
        told = subprocess.run([program, command, "--help"], capture_output=True, text=True, check=True).stdout
        told = flags_of("\n".join(line for line in told.splitlines() if line.startswith("  -")))
        table = flags_of("\n".join(line for line in sections[command].splitlines() if line.startswith("| `")))
        for flag in sorted(told ^ (table | {"--help"})):
            print(f"docs/cli.md: {command} {flag} is in one of help and table only")
            problems += 1
    return problems


def anchors_of(text):
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def name_problems(page, text, root=ROOT):
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (root / page).parent / path if path else root / page
        if not target.exists():
            yield f"{page}: no such file: {link}"
        elif anchor and anchor not in anchors_of(target.read_text(encoding="utf-8")):
            yield f"{page}: no such heading: {link}"
    for path in sorted(set(PATH.findall(LINK.sub("]()", text)))):
        if not any(root.glob(path.rstrip("/"))):
            yield f"{page}: no such path: {path}"
    known = set(CODE.findall((root / "docs/errors.md").read_text(encoding="utf-8")))
    for code in sorted(set(CODE.findall(text)) - known):
        yield f"{page}: RKT-{code} is not in docs/errors.md"
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) >= 120 and page != "docs/errors.md":
            yield f"{page}:{number}: {len(line)} characters; fewer than 120 are expected"


def example_problems():
    """The README's program is the one that is compiled."""
    source = (ROOT / "tests/docs/readme_example.cpp").read_text(encoding="utf-8")
    shown = re.search(r"^```cpp\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    if shown is None or shown[1] != source:
        yield "README.md: its C++ example differs from tests/docs/readme_example.cpp"


def check_names():
    problems = [problem for page in PAGES for problem in name_problems(page, (ROOT / page).read_text(encoding="utf-8"))]
    problems += example_problems()
    for problem in problems:
        print(problem)
    print(f"{len(PAGES)} pages checked, {len(problems)} problems")
    return len(problems)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("programs", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.names:
        sys.exit(1 if check_names() else 0)
    if not arguments.model or not arguments.programs:
        parser.error("--names, or --model and the programs")
    programs = [program.resolve() for program in arguments.programs]
    problems = check_flags(programs[0]) + run_commands(programs, arguments.model.resolve())
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
