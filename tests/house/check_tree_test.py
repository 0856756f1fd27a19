"""check_tree.py must notice what it is there for: each rule is held against a source that breaks it."""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_tree

BROKEN = {
    "src/base/a.cpp": ('#include "model/config.h"\n', check_tree.check_directions),
    "src/text/b.cpp": ('#include "device/device.h"\n', check_tree.check_directions),
    "src/export/toolkit/c.cpp": ('#include "export/report.h"\n', check_tree.check_directions),
    "cli/d.cpp": ('#include "engine/encoder.h"\n', check_tree.check_directions),
    "include/rkt/e.h": ('#include "base/json.h"\n', check_tree.check_directions),
    "src/engine/f.cpp": ("#include <openvino/openvino.hpp>\n", check_tree.check_confined),
    "src/text/g.cpp": ("std::ifstream file(path);\n", check_tree.check_text_opens_no_files),
    "tests/h.cpp": ("EXPECT_NEAR(a, b, 1e-3);\n", check_tree.check_tolerances),
    "tests/i.cpp": ("EXPECT_GE(cosine, 0.99);\n", check_tree.check_tolerances),
    "src/base/j.cpp": ("int   x ;\n", check_tree.check_format),
}
FINE = {
    "src/engine/k.cpp": ('#include "device/device.h"\n#include "rkt/embedder.h"\n', check_tree.check_directions),
    "src/export/l.cpp": ('#include "export/toolkit/build_log.h"\n', check_tree.check_directions),
}

with tempfile.TemporaryDirectory() as directory:
    check_tree.ROOT = pathlib.Path(directory)
    for path, (content, check) in {**BROKEN, **FINE}.items():
        (check_tree.ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (check_tree.ROOT / path).write_text(content)
        found = list(check([path]))
        assert bool(found) == (path in BROKEN), f"{path}: {found}"
print(f"{len(BROKEN)} broken and {len(FINE)} fine sources told apart")
