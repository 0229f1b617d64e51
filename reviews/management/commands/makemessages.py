"""Django's ``makemessages``, which also finds the sentences that this project keeps as plain text.

A refusal's docstring is its sentence, and ``core/`` knows no Django: its titles and refusals are marked by nothing.
Django itself names a table after its class and a column after its attribute (``reviews.apps.speak_names``).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.core.management.commands import makemessages
from django.utils.text import camel_case_to_spaces

SENTENCES = (
    "reviews/errors.py",
    "reviews/core/citing/errors.py",
    "reviews/core/citing/orcid.py",
    "reviews/core/reading/errors.py",
)
"""Where the docstring of a class is what the person reads."""
TITLES = (
    "reviews/core/judging/vocabulary.py",
    "reviews/core/judging/certainty.py",
    "reviews/core/judging/agreement/answers.py",
    "reviews/core/judging/calibration.py",
    "reviews/core/citing/records.py",
    "reviews/core/citing/writing.py",
)
"""Where code and title stand beside each other, as a pair or in a mapping."""
MODELS = "reviews/models/"
"""Where the names of classes and of their columns are what the desk reads."""
MODEL_BASES = (".Model", "AbstractBaseUser")
SAID_FIRST = ("Phrase", "AnswerRefused", "LineRefused", "NotAnIdentifier", "Alike")
"""What is raised, or made, with its sentence as the first argument."""


class SpokenFile(makemessages.BuildFile):
    """A file whose sentences are marked for ``xgettext`` in a copy of it."""

    @property
    def is_spoken(self) -> bool:
        return Path(self.path).as_posix().endswith((*SENTENCES, *TITLES))

    @property
    def is_of_models(self) -> bool:
        return MODELS in Path(self.path).as_posix() and Path(self.path).suffix == ".py"

    @property
    def is_templatized(self) -> bool:
        return self.is_spoken or self.is_of_models or Path(self.path).suffix != ".py"

    def preprocess(self) -> None:
        if not (self.is_spoken or self.is_of_models):
            super().preprocess()
            return
        source = Path(self.path).read_text(encoding="utf-8")
        tree = ast.parse(source)
        if self.is_of_models:
            names = (f"gettext_noop({name!r});" for name in _names(tree))
            Path(self.work_path).write_text("\n".join([source, *names]), encoding="utf-8")
            return
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
        *(f"--keyword={name}:1" for name in SAID_FIRST),
        "--keyword=Counted:1,2",
    ]


def _sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and (words := ast.get_docstring(node)):
            yield node.lineno, " ".join(words.split())


def _names(tree: ast.Module) -> Iterator[str]:
    """Yield what Django calls the classes and columns of a module, those with a name of their own among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith(MODEL_BASES) for base in node.bases):
            name = camel_case_to_spaces(node.name)
            yield from (name, f"{name}s")
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            kind = ast.unparse(node.value.func)
            if kind.endswith(("Field", "ForeignKey")):
                yield node.targets[0].id.replace("_", " ")


def _titles(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[ast.Constant(value=str()), ast.Constant(value=str(title))]):
                yield node.lineno, title
            case ast.Dict(values=values):
                for value in values:
                    one = value.elts[0] if isinstance(value, ast.Tuple) else value
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.lineno, one.value
