"""An error is one line, and survives the way back from a worker process."""

from __future__ import annotations

import errno
import pickle

import pytest

from mawaqif.console import explain
from mawaqif.errors import CorpusError, MawaqifError, UserError


def test_an_error_reads_where_what_mend_on_one_line():
    error = CorpusError("the folder\nis empty", where="data/raw", mend="Add articles.")
    assert str(error) == "data/raw: the folder is empty. Add articles."


@pytest.mark.parametrize(("kind", "code"), [(MawaqifError, 1), (UserError, 2), (CorpusError, 2)])
def test_an_error_survives_pickling_with_its_parts_and_exit_code(kind, code):
    error = pickle.loads(pickle.dumps(kind("what", where="where", mend="mend")))
    assert type(error) is kind
    assert str(error) == "where: what. mend"
    assert error.exit_code == code


def test_a_name_that_is_too_long_is_the_users_mistake_and_not_printed_whole():
    line, code = explain(OSError(errno.ENAMETOOLONG, "File name too long", "a" * 5000))
    assert code == 2
    assert len(line) < 150
