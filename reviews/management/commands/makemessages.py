"""Django's ``makemessages``, which also finds the sentences that this project keeps as plain text.

A refusal's docstring is its sentence, and ``core/`` knows no Django: its titles and refusals are marked by nothing.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.core.management.commands import makemessages

SENTENCES = ("reviews/errors.py", "reviews/core/citing/orcid.py")
"""Where the docstring of a class is what the person reads."""
TITLES = (
    "reviews/core/judging/vocabulary.py",
    "reviews/core/judging/certainty.py",
    "reviews/core/judging/agreement/answers.py",
)
"""Where code and title stand beside each other, as a pair or in a mapping."""
REFUSALS = ("AnswerRefused", "NotAnIdentifier")
"""What is raised with its sentence as the first argument."""


class SpokenFile(makemessages.BuildFile):
    """A file whose sentences are marked for ``xgettext`` in a copy of it."""

    @property
    def is_spoken(self) -> bool:
        return Path(self.path).as_posix().endswith((*SENTENCES, *TITLES))

    @property
    def is_templatized(self) -> bool:
        return self.is_spoken or Path(self.path).suffix != ".py"

    def preprocess(self) -> None:
        if not self.is_spoken:
            super().preprocess()
            return
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        found = _sentences(tree) if Path(self.path).as_posix().endswith(SENTENCES) else _titles(tree)
        lines = dict[int, str]()
        for line, words in found:
            lines[line] = f"{lines.get(line, '')}gettext_noop({words!r});"
        Path(self.work_path).write_text(
            "".join(f"{lines.get(line, '')}\n" for line in range(1, max(lines, default=0) + 1)), encoding="utf-8"
        )


class Command(makemessages.Command):
    """Writes ``<locale>/<language>/LC_MESSAGES/django.po``."""

    build_file_class = SpokenFile
    xgettext_options = [  # noqa: RUF012  # as Django has it: a list that ``handle`` adds to
        *makemessages.Command.xgettext_options,
        *(f"--keyword={name}:1" for name in REFUSALS),
    ]


def _sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (words := ast.get_docstring(node)):
            yield node.lineno, " ".join(words.split())


def _titles(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str()), ast.Constant(value=str(title))]):
                yield node.lineno, title
            case ast.Dict(values=values):
                for one in values:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.lineno, one.value
