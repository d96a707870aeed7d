"""A practice account that stands outside the student's process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from cohort.machine import needs_bubblewrap

from cloudcrib.grading.inside.limits import Limits
from cloudcrib.grading.run.job import STUDENT, TESTS, Job, Ran, Step
from cloudcrib.grading.run.runner import Runner

pytestmark = needs_bubblewrap
LIMITS = Limits(cell_seconds=20, submission_seconds=60)
THEIRS = """from cloudcrib.lab import client, fresh
def build(name): client("s3").create_bucket(Bucket=name)
def wipe(): fresh()
def look():
    import os
    return sorted(os.listdir("/run/account"))"""
BUCKETS = "[b['Name'] for b in client('s3').list_buckets()['Buckets']]"


@pytest.fixture(scope="module")
def practice() -> Iterator[Runner]:
    with Runner(split=True, practice=True, modules=("boto3", "moto"), limits=LIMITS) as made:
        yield made


def run(runner: Runner, *steps: Step) -> list[str]:
    recording = runner.run(
        Job((Step(THEIRS, STUDENT), *steps), "/submission/one", split=True, account=True, limits=LIMITS)
    )
    return [_said(ran) for ran in recording.cells[1:]]


def _said(ran: Ran) -> str:
    for message in ran.messages:
        if message.type == "execute_result":
            return str(message.content["data"]["text/plain"])
        if message.type == "error":
            return str(message.content["evalue"])
    return ran.lost


def test_the_tests_see_what_the_student_has_built(practice: Runner) -> None:
    assert run(
        practice, Step(f"from cloudcrib.lab import client, fresh\nfresh(); build('mine')\n{BUCKETS}", TESTS)
    ) == ["['mine']"]


def test_the_student_may_empty_the_account_only_while_no_test_runs(practice: Runner) -> None:
    said = run(
        practice,
        Step("build('early'); wipe(); len(client('s3').list_buckets()['Buckets'])", STUDENT),
        Step(
            f"from cloudcrib.lab import client\nbuild('late')\ntry: wipe()\nexcept Exception as err: refused = '403' in str(err)\nrefused, {BUCKETS}",
            TESTS,
        ),
    )

    assert said == ["0", "(True, ['late'])"]


def test_the_students_process_sees_no_socket_of_the_tests(practice: Runner) -> None:
    assert run(practice, Step("look()", TESTS)) == ["['student']"]


def test_the_account_shares_no_box_with_the_tests(practice: Runner) -> None:
    (said,) = run(practice, Step("import os; os.listdir('/run/account'), os.getuid()", TESTS))

    assert said == f"(['tests'], {practice.pens[TESTS].plan.uid if os.getuid() == 0 else os.getuid()})"
    assert (
        len({pen.plan.uid for pen in practice.pens.values()})
        == len({id(pen.process) for pen in practice.pens.values()})
        == 3
    )


def test_an_account_is_empty_for_the_next_submission(practice: Runner) -> None:
    run(practice, Step("build('left')", STUDENT))

    assert run(practice, Step("len(client('s3').list_buckets()['Buckets'])", STUDENT)) == ["0"]


def test_a_template_of_cloudformation_runs_no_code(practice: Runner) -> None:
    bomb = "!!python/object/apply:os.system ['touch /tmp/owned /run/account/owned']"
    steps = (
        Step(
            f"try: client('cloudformation').create_stack(StackName='x', TemplateBody={bomb!r})\nexcept Exception: pass",
            STUDENT,
        ),
        Step("import os; [os.path.exists(p) for p in ('/tmp/owned', '/run/account/owned')]", TESTS),
    )

    assert run(practice, *steps)[1] == "[False, False]"


def test_the_account_cannot_be_made_to_call_the_port_of_the_tests(practice: Runner) -> None:
    hook = "from cloudcrib.lab import client\ns = client('sns'); topic = s.create_topic(Name='t')['TopicArn']\ndef call():\n    client('s3').create_bucket(Bucket='still-here')\n    s.subscribe(TopicArn=topic, Protocol='http', Endpoint='http://127.0.0.1:4566/moto-api/reset'); s.publish(TopicArn=topic, Message='x')"
    look = f"from cloudcrib.lab import client\ntry: call()\nexcept Exception: pass\n{BUCKETS}"

    assert run(practice, Step(hook, STUDENT), Step(look, TESTS))[1] == "['still-here']"


def test_without_a_sandbox_there_is_an_account_too() -> None:
    with Runner(split=True, practice=True, limits=LIMITS, sandboxed=False) as bare:
        said = run(bare, Step(f"from cloudcrib.lab import client\nbuild('mine')\n{BUCKETS}", TESTS))

    assert said == ["['mine']"]
