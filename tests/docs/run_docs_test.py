"""run_docs.py must notice what it is there for."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import run_docs

steps = run_docs.console_steps("```console\n$ one \\\n  two\nout\n$ three\n```\n```sh\n$ four\n```\n")
assert steps == [(2, "one \\\n  two", ["out"]), (5, "three", [])], steps

assert run_docs.judge(0, ["a", "b 1.5 c", "d"], ["a", "b … c", "…", "d"]) is None
assert run_docs.judge(0, ["a", "b"], ["b", "a"]) == "not printed: a"  # the order counts
assert run_docs.judge(0, ["a b"], ["a"]) == "not printed: a"  # the whole line counts
assert run_docs.judge(1, ["a"], ["a"]) == "exit code 1, expected 0"
assert run_docs.judge(1, ["error: RKT-1001: x"], ["error: RKT-1001: x"]) is None
assert run_docs.judge(0, ["error: RKT-1001: x"], ["error: RKT-1001: x"]) == "exit code 0, expected 1"
assert run_docs.judge(1, ["error: RKT-5001: x"], ["error: RKT-5001: x"]) == "exit code 1, expected 2"

with tempfile.TemporaryDirectory() as directory:
    root = pathlib.Path(directory)
    (root / "docs").mkdir()
    (root / "docs/errors.md").write_text("# Errors\n\n## RKT-1001 path_not_found\n")
    fine = "[a](docs/errors.md), [b](docs/errors.md#rkt-1001-path_not_found), `docs/*.md`, RKT-1001, [c](https://x.y)\n"
    broken = ["[a](docs/none.md)", "[a](docs/errors.md#none)", "`docs/none.md`", "see docs/none.md.", "RKT-1999",
              "x" * 120]
    assert list(run_docs.name_problems("README.md", fine, root)) == []
    for text in broken:
        assert len(list(run_docs.name_problems("README.md", text, root))) == 1, text
print(f"7 outcomes and {len(broken)} broken pages told apart")
