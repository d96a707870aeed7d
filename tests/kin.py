"""A family of three questions for the small course: one set of options, three stems, three keys."""

from __future__ import annotations

from pathlib import Path

from shared import edit

FAMILY = "vpc-filters"
MEMBERS = ("vpc-filter-subnet", "vpc-filter-card", "vpc-filter-log")
STEMS = ("What filters the packets of a whole subnet?", "What filters per network interface?", "What filters nothing?")
OPTIONS = {"acl": "A network ACL", "group": "A security group", "log": "A flow log"}
QUESTION = """
[[question]]
id = "{id}"
kind = "choose-one"
domain = "1.2"
facts = ["subnet-five-reserved"]
level = "decide"
family = "vpc-filters"
stem = "{stem}"
hint = ["Where does it stand?"]
options = [
{options}
]
"""


def question(number: int) -> str:
    """One sibling as its author writes it."""
    rows = [
        f'  {{ id = "{id}",{" right = true," if at == number else ""} text = "{text}", why = "It is {id}." }},'
        for at, (id, text) in enumerate(OPTIONS.items())
    ]
    return QUESTION.format(id=MEMBERS[number], stem=STEMS[number], options="\n".join(rows))


def add_family(vpc: Path, asked: tuple[str, ...] = MEMBERS[:1]) -> None:
    """Give the chapter the family; a quiz fence asks these of its members."""
    with (vpc / "questions.toml").open("a", encoding="utf-8") as file:
        file.writelines(question(number) for number in range(len(MEMBERS)))
    names = ", ".join(f'"{id}"' for id in asked)
    fence = f'```python role="quiz" id="vpc-quiz-filters" ask=[{names}]\n```\n\n' if asked else ""
    edit(vpc / "chapter.md", "## What changed since", f"{fence}## What changed since")
