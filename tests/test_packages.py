"""What a learner installs is what a learner's code imports: nothing less, and nothing that is only a teacher's."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import REPOSITORY

SOURCE = REPOSITORY / "src" / "cloudcrib"
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SERVED = {"guard.py", "compose.py"}  # of the authors' half, what the learner's own copy needs
PROVIDES = importlib.metadata.packages_distributions()
SERVICES = {  # one call each: of today's labs, and of the chapters to come
    "autoscaling": "describe_auto_scaling_groups()",
    "apigateway": "get_rest_apis()",
    "budgets": "describe_budgets(AccountId='123456789012')",
    "ce": "get_cost_and_usage(TimePeriod={'Start': '2026-01-01', 'End': '2026-01-02'}, Granularity='DAILY', Metrics=['x'])",
    "cloudformation": """create_stack(StackName="s", TemplateBody='{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}')""",
    "cloudfront": "list_distributions()",
    "cloudwatch": "describe_alarms()",
    "cognito-idp": "list_user_pools(MaxResults=1)",
    "dynamodb": "list_tables()",
    "ec2": "describe_vpcs()",
    "ecs": "list_clusters()",
    "elbv2": "describe_load_balancers()",
    "events": "list_rules()",
    "iam": "list_users()",
    "kinesis": "list_streams()",
    "kms": "list_keys()",
    "lambda": "list_functions()",
    "logs": "describe_log_groups()",
    "organizations": "create_organization()",
    "rds": "describe_db_instances()",
    "route53": "list_hosted_zones()",
    "s3": "list_buckets()",
    "secretsmanager": "list_secrets()",
    "sns": "list_topics()",
    "sqs": "list_queues()",
    "ssm": "describe_parameters()",
    "stepfunctions": "list_state_machines()",
    "sts": "get_caller_identity()",
    "wafv2": "list_web_acls(Scope='REGIONAL')",
}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", name)[0]).lower()


def declared(*extras: str) -> set[str]:
    rows = PROJECT["dependencies"] + [row for extra in extras for row in PROJECT["optional-dependencies"][extra]]
    return {plain(row) for row in rows}


def study_half() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.py")) if not authors(p) and not teachers(p)]


def authors(path: Path) -> bool:
    return path.parent.name == "editions" and path.name not in SERVED


def teachers(path: Path) -> bool:
    return "grading" in path.relative_to(SOURCE).parts or path.name == "grade.py"


def imported(text: str) -> Iterator[str]:
    """The distributions that a text imports, the standard library and ourselves aside."""
    for node in ast.walk(ast.parse(text)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for top in {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"cloudcrib", "__main__"}:
            yield plain(PROVIDES.get(top, [top])[0])


def code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("notebooks/*.ipynb")), ids=lambda p: p.stem)
def test_a_learner_has_what_a_notebook_imports(path: Path) -> None:
    assert set(imported(code_of(path))) <= declared()


def test_a_learner_has_what_the_study_half_imports() -> None:
    found = {name for path in study_half() for name in imported(path.read_text(encoding="utf-8"))}

    assert found - declared() == set()


def test_a_learner_has_what_chapters_import_in_their_tests() -> None:
    from cloudcrib.course.fences import pieces

    texts = [p.read_text(encoding="utf-8") for p in REPOSITORY.glob("chapters/*/chapter.md")]
    found = {
        name
        for text in texts
        for piece in pieces(text)
        if piece.language
        for name in imported(re.sub(r"\{\{.*?\}\}", "1", piece.source))
    }

    assert found - declared() == set()


def test_a_learner_installs_nothing_that_nobody_imports() -> None:
    found = {name for path in study_half() for name in imported(path.read_text(encoding="utf-8"))}

    assert declared() - found == set()


@pytest.mark.parametrize(("extra", "whose"), [("author", authors), ("teach", teachers)])
def test_an_extra_holds_what_its_half_imports(extra: str, whose) -> None:  # type: ignore[no-untyped-def]
    paths = [p for p in sorted(SOURCE.rglob("*.py")) if whose(p)]
    found = {name for path in paths for name in imported(path.read_text(encoding="utf-8"))}
    come_along = {"jupyter-client", "sqlalchemy", "werkzeug", "jinja2", "pyyaml", "psutil", "jsonschema", "pygments"}

    assert found - declared(extra) - come_along == set()


def test_the_services_that_chapters_use_work_without_what_only_teachers_install() -> None:
    """cfn-lint and what it brings, flask, and the extras of services that no chapter uses, are hidden."""
    hidden = ("cfnlint", "sympy", "networkx", "graphql", "aws_xray_sdk", "flask", "flask_cors", "docker")
    lines = [
        f"import sys; sys.modules.update(dict.fromkeys({hidden!r}))",
        "from cloudcrib.lab import client",
        *[f"client({name!r}).{call}" for name, call in SERVICES.items()],
    ]

    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr


def test_every_service_of_a_notebook_is_tried_above() -> None:
    texts = [code_of(p) for p in REPOSITORY.glob("notebooks/*.ipynb")]
    texts += [p.read_text(encoding="utf-8") for p in REPOSITORY.glob("chapters/*/chapter.md")]
    used = {name for text in texts for name in re.findall(r"""client\(["']([a-z0-9-]+)["']""", text)}

    assert used <= set(SERVICES)


@pytest.mark.parametrize("words", [["build"], ["check"]])
def test_a_learner_who_calls_an_authors_command_is_told_what_to_install(course: Path, words: list[str]) -> None:
    code = "\n".join(
        [
            "import sys, importlib.util",
            "real = importlib.util.find_spec",
            "importlib.util.find_spec = lambda name, *a: None if name in ('nbgrader', 'jupytext') else real(name, *a)",
            "from cloudcrib.cli.app import app",
            f"app({words!r})",
        ]
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=course, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2 and "pip install -c constraints.txt -e '.[author]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_pins_are_versions_only_and_hold_every_dependency() -> None:
    rows = [
        r for r in (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines() if not r.startswith("#")
    ]

    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", row) for row in rows)
    assert declared(*PROJECT["optional-dependencies"]) <= {plain(row) for row in rows}
