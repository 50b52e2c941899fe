"""What editors, servers and converters make of the files, and which of two counts."""

import json
from collections.abc import Mapping
from typing import Any

import jupytext
import nbformat

from tests.innocent import Handin, innocent
from tests.innocent._forms import (
    added,
    answer,
    cell_of,
    empty_notebook,
    handout,
    notebook,
    one_cell,
    script,
    solutions,
)
from tests.innocent.layouts import is_check, stubbed_script


def as_json(filled: Any, **changes: Any) -> Any:
    """Return a notebook's JSON, as Python values to change at will."""
    return json.loads(nbformat.writes(filled)) | changes


def saved(name: str, notebook: Any, **options: Any) -> Mapping[str, str]:
    """Return a notebook's file from its JSON values."""
    return {f"{name}.ipynb": json.dumps(notebook, **options)}


# --- text ---------------------------------------------------------------------------------


@innocent("activations")
def line_ends_of_windows() -> Handin:
    """A script with CR LF at its line ends."""
    return script("activations").replace("\n", "\r\n")


@innocent("activations")
def line_ends_of_old() -> Handin:
    """A script with CR alone at its line ends, which Python reads."""
    return script("activations").replace("\n", "\r")


@innocent("activations")
def line_ends_of_all_kinds() -> Handin:
    """A script with all line ends in turn, as merges leave them."""
    lines = script("activations").split("\n")
    return "".join(line + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(lines))


@innocent("activations")
def line_ends_in_a_notebook() -> Handin:
    """A notebook whose cells have CR LF, or CR, at their line ends."""
    filled = notebook("activations")
    for number, cell in enumerate(filled.cells):
        cell.source = cell.source.replace("\n", ("\r\n", "\r")[number % 4 == 3])
    return filled


@innocent("activations")
def a_byte_order_mark() -> Handin:
    """A script and a notebook that begin with a byte-order mark."""
    return {"activations.py": b"\xef\xbb\xbf" + script("activations").encode()}


@innocent("xor")
def a_notebook_with_a_byte_order_mark() -> Handin:
    """The same before a notebook's JSON."""
    return {"xor.ipynb": b"\xef\xbb\xbf" + nbformat.writes(notebook("xor")).encode()}


@innocent("activations")
def latin_letters() -> Handin:
    """A script in Latin-1, as its first line declares."""
    source = script("activations", {"tanh": "# gr\xfc\xdfe\n" + answer("activations", "tanh")})
    plain = source.encode("ascii", "ignore").decode()
    return {"activations.py": b"# -*- coding: latin-1 -*-\n# \xe9\xe8\n" + plain.encode()}


@innocent("activations")
def windows_letters() -> Handin:
    """A script in cp1252, declared below a line for the shell."""
    plain = script("activations").encode("ascii", "ignore")
    head = b"#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nNAME = '\x80\x99'\n"
    return {"activations.py": head + plain}


@innocent("activations")
def tabs() -> Handin:
    """Indentation by tabs."""
    return script("activations").replace("    ", "\t")


@innocent("activations")
def form_feeds() -> Handin:
    """Form feeds and vertical tabs between functions, no line end at the end."""
    source = script("activations").replace("\n\n\n# %%", "\n\n\x0c\n# %%").rstrip()
    return source + "\n# end\x0c"


@innocent("activations")
def odd_line_separators() -> Handin:
    """Line separators that Python does not count as such, in texts and comments."""
    tanh = (
        "# a\u2028b\u2029c\x85d\x0be\x1cf\n"
        + answer("activations", "tanh")
        + "\nNOTE = 'a\u2028%b'\n"
    )
    relu = "%matplotlib inline\n# a\u2028b\x85c\n" + answer("activations", "relu")
    return notebook("activations", {"tanh": tanh, "relu": relu})


@innocent("activations")
def trailing_blanks() -> Handin:
    """Blanks at the ends of lines, and blank lines with blanks in them."""
    return script("activations").replace("\n", "   \n").replace("\\   \n", "\\\n")


# --- scripts ------------------------------------------------------------------------------


@innocent("activations")
def a_script_without_marks() -> Handin:
    """All code in one cell, as Python sees it anyway."""
    return one_cell("activations")


@innocent("activations")
def marks_without_a_blank() -> Handin:
    """Cell marks as Spyder writes them: #%%."""
    return script("activations").replace("# %%", "#%%")


@innocent("activations")
def marks_with_titles() -> Handin:
    """Cell marks with titles, levels, tags and metadata."""
    text = script("activations").replace("# %%\n", "# %% My cell {it's} [x] a=1\n", 3)
    return text.replace("# %%\n", "# %%%% Sub\n", 3).replace(
        "# %%\n", '# %% tags=["x"] id="3"\n', 3
    )


@innocent("activations")
def exported_by_nbconvert() -> Handin:
    """A notebook exported by ``nbconvert --to script``."""
    parts = ["#!/usr/bin/env python", "# coding: utf-8"]
    for number, cell in enumerate(notebook("activations").cells):
        if cell.cell_type == "code":
            parts.append(f"# In[{number}]:\n\n\n{cell.source}")
        else:
            parts.append("\n".join(f"# {line}" for line in cell.source.splitlines()))
    parts.append("# In[ ]:\n\n\nget_ipython().run_line_magic('matplotlib', 'inline')\n")
    return "\n\n\n".join(parts)


@innocent("activations")
def exported_by_jupytext() -> Handin:
    """A notebook paired as a percent script, with header and metadata."""
    return str(jupytext.writes(notebook("activations"), fmt="py:percent"))


@innocent("xor")
def exported_lightly() -> Handin:
    """A notebook paired as a light script: # + and # - marks."""
    return str(jupytext.writes(notebook("xor"), fmt="py:light"))


@innocent("xor")
def exported_for_sphinx() -> Handin:
    """A notebook as a Sphinx gallery, text in strings and lines of hashes."""
    return str(jupytext.writes(notebook("xor"), fmt="py:sphinx"))


@innocent("activations")
def exported_for_hydrogen() -> Handin:
    """A notebook for Hydrogen, magics left as they are."""
    return str(jupytext.writes(notebook("activations"), fmt="py:hydrogen"))


@innocent("activations")
def exported_by_databricks() -> Handin:
    """A notebook's cells between Databricks' marks."""
    sources = [cell.source for cell in notebook("activations").cells if cell.cell_type == "code"]
    return "# Databricks notebook source\n" + "\n\n# COMMAND ----------\n\n".join(sources)


@innocent("activations")
def code_below_a_text_mark() -> Handin:
    """A script whose code marks were deleted: the code stands below the text's mark."""
    return script("activations").replace("\n# %%\n", "\n")


@innocent("activations")
def text_in_strings() -> Handin:
    """Text cells in triple quotes, code right below them."""
    source = script("activations", {"relu": answer("activations", "relu")})
    return source.replace(
        "# %% [markdown]\n# ### Its slope",
        '# %% [markdown]\n"""\n### Its slope\n"""\n# %% [markdown]\n# x',
    )


@innocent("activations")
def marks_in_a_docstring() -> Handin:
    """A docstring that holds cell marks is one docstring."""
    tanh = 'def tanh(z):\n    """Tanh.\n\n# %% [markdown]\n# %%\n#%%\n# In[3]:\n    """\n    return np.tanh(z)'
    return script("activations", {"tanh": tanh})


@innocent("activations")
def a_script_that_begins_with_text() -> Handin:
    """A module docstring, an author line and a licence above everything."""
    head = '#!/usr/bin/python3\n"""My work.\n\n# ---\n"""\n\n__author__ = "x"\n# ---\n# a: b\n# ---\n\n'
    return head + one_cell("activations")


@innocent("activations")
def python_prompts_in_text() -> Handin:
    """Doctests and prompts in docstrings stay text."""
    step = 'def step(z, theta=0.0):\n    """\n    >>> step(1.0)\n    1.0\n    In [1]: %time x\n    """\n'
    return notebook(
        "activations",
        {"step": f"%matplotlib inline\n{step}    return (np.asarray(z) >= theta) * 1.0"},
    )


# --- notebooks ----------------------------------------------------------------------------


@innocent("activations")
def saved_by_colab() -> Handin:
    """A notebook that Colab saved: ids, forms, outputs of its own, no nbgrader metadata."""
    saved_there = as_json(notebook("activations"), nbformat=4, nbformat_minor=0)
    saved_there["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True, "include_colab_link": True},
        "accelerator": "GPU",
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    for number, cell in enumerate(saved_there["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {
            "id": f"x{number}",
            "colab": {"base_uri": "https://localhost"},
            "outputId": "1",
        }
    return saved("activations", saved_there)


@innocent("xor")
def saved_by_an_editor() -> Handin:
    """A notebook that VS Code saved: languages in the metadata, no ids, counts of null."""
    filled = as_json(notebook("xor"), nbformat=4, nbformat_minor=2)
    filled["metadata"] = {"language_info": {"name": "python"}, "orig_nbformat": 4}
    for cell in filled["cells"]:
        cell.pop("id", None)
        cell["metadata"]["vscode"] = {"languageId": "python"}
    return saved("xor", filled, indent=4)


@innocent("xor")
def saved_by_kaggle() -> Handin:
    """A notebook that Kaggle saved: run by papermill, its data sources, hidden inputs."""
    filled = as_json(notebook("xor"), nbformat=4, nbformat_minor=5)
    filled["metadata"] = {
        "kaggle": {"dataSources": []},
        "papermill": {"duration": 3.0, "exception": None},
    }
    for cell in filled["cells"]:
        cell["metadata"] |= {
            "_uuid": "8f2839f25d086af",
            "trusted": True,
            "papermill": {"status": "x"},
        }
        cell["metadata"].pop("nbgrader", None)
    return saved("xor", filled)


@innocent("activations")
def an_old_format() -> Handin:
    """A notebook of format 3, its cells in a worksheet."""
    cells = []
    for cell in notebook("activations").cells:
        if cell.cell_type == "code":
            cells.append({"cell_type": "code", "input": cell.source.splitlines(keepends=True),
                          "language": "python", "metadata": {}, "outputs": [],
                          "prompt_number": 1, "collapsed": False})  # fmt: skip
        else:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": cell.source})
    cells.append({"cell_type": "heading", "level": 2, "metadata": {}, "source": "End"})
    worksheets = [{"cells": cells, "metadata": {}}]
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": worksheets}
    return saved("activations", old)


@innocent("xor")
def keys_that_are_missing() -> Handin:
    """A notebook without outputs, counts, ids or metadata, its sources as lists."""
    filled = as_json(notebook("xor"))
    filled["cells"] = [
        {
            "cell_type": cell["cell_type"],
            "source": "".join(cell["source"]).splitlines(keepends=True),
        }
        for cell in filled["cells"]
    ]
    del filled["metadata"]
    return saved("xor", filled)


@innocent("xor")
def keys_of_the_future() -> Handin:
    """A notebook of a format that is yet to come, and with keys nobody knows."""
    filled = as_json(notebook("xor"), nbformat=4, nbformat_minor=99, comments=[1])
    for number, cell in enumerate(filled["cells"]):
        cell |= {"id": "same", "extra": {"x": number}, "collapsed": None}
    return saved("xor", filled)


@innocent("activations")
def names_stripped() -> Handin:
    """A notebook whose cells have lost all metadata, ids and checks."""
    filled = notebook("activations")
    return empty_notebook([nbformat.v4.new_code_cell(c.source) for c in filled.cells
                           if c.cell_type == "code" and not is_check(c)])  # fmt: skip


@innocent("activations")
def outputs_of_all_kinds() -> Handin:
    """An executed notebook with errors, widgets, scripts, pictures and outputs that are broken."""
    filled = as_json(notebook("activations"))
    outputs = [
        {"output_type": "error", "ename": "E", "evalue": "x", "traceback": ["\x1b[31mx"]},
        {"output_type": "stream", "name": "stderr", "text": ["a\n", "b"]},
        {
            "output_type": "display_data",
            "data": {"application/vnd.jupyter.widget-view+json": {}},
            "metadata": {},
        },
        {
            "output_type": "execute_result",
            "data": {"text/html": "<b>"},
            "metadata": {},
            "execution_count": 3,
        },
        {"output_type": "update_display_data", "data": {}},
        {"output_type": "pyout"},
        {},
        None,
    ]
    for cell in filled["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": outputs, "execution_count": 12}
    return saved("activations", filled)


@innocent("activations")
def twenty_mebibytes_of_outputs() -> Handin:
    """A right notebook whose outputs make it larger than 20 MiB."""
    filled = as_json(notebook("activations"))
    image = {
        "output_type": "display_data",
        "data": {"image/png": "iVBORw0KGgo" * 200_000},
        "metadata": {},
    }
    cell = next(c for c in filled["cells"] if c["cell_type"] == "code")
    cell["outputs"] = [image] * 12
    return saved("activations", filled)


@innocent("xor")
def widgets_and_attachments() -> Handin:
    """Six megabytes of widget state in the metadata, a pasted picture in a text cell."""
    filled = as_json(notebook("xor"))
    filled["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"state": {"a": "x" * 6_000_000}}
    }
    for cell in filled["cells"]:
        if cell["cell_type"] == "markdown":
            cell["attachments"] = {"image.png": {"image/png": "iVBORw0KGgo" * 3000}}
    return saved("xor", filled)


@innocent("xor")
def three_hundred_cells_of_ones_own() -> Handin:
    """Three hundred small cells, text cells, raw and empty ones."""
    filled = notebook("xor")
    added(filled, *(f"x{n} = {n}" for n in range(150)), *[""] * 150, before="predict")
    return filled


# --- which of two files counts ------------------------------------------------------------


def beside(assignment: str, filled: Any, text: str) -> Mapping[str, Any]:
    """Return both files."""
    return {f"{assignment}.ipynb": filled, f"{assignment}.py": text}


def left(*items: str) -> dict[str, str]:
    """Return the stubs of these items, as answers."""
    return {item: cell_of(handout("activations"), item).source for item in items}


@innocent("activations", 92)
def an_emptied_script_beside_it() -> Handin:
    """An emptied script beside a notebook with one stub left."""
    return beside("activations", notebook("activations", left("mish_grad")), "")


@innocent("activations", 92)
def an_emptied_notebook_beside_it() -> Handin:
    """An emptied notebook beside a script with one stub left."""
    return beside("activations", empty_notebook(), script("activations", left("mish_grad")))


@innocent("activations")
def an_empty_notebook_beside_a_whole_script() -> Handin:
    """An emptied notebook beside a script that is all written: a tie in stubs is none in work."""
    return beside("activations", empty_notebook(), script("activations"))


@innocent("activations", 92)
def a_script_of_notes_beside_it() -> Handin:
    """A script of the student's helpers alone, beside a notebook with one stub left."""
    return beside(
        "activations", notebook("activations", left("mish_grad")), "import numpy as np\n\nx = 3\n"
    )


@innocent("activations", 92)
def a_script_of_passes_beside_it() -> Handin:
    """A script whose stubs were made `pass`, beside a notebook with one stub left."""
    passes = stubbed_script("activations").replace("raise NotImplementedError()", "pass")
    return beside("activations", notebook("activations", left("mish_grad")), passes)


@innocent("activations")
def a_broken_script_beside_it() -> Handin:
    """A script cut off in the middle, beside a notebook that is all written."""
    return beside("activations", notebook("activations"), script("activations")[:9000] + '\n"""')


@innocent("activations")
def answers_below_stubs_beside_a_half() -> Handin:
    """A notebook with every answer below its stub, beside a script written by half."""
    filled = handout("activations")
    for item in solutions("activations"):
        added(filled, solutions("activations")[item], after=item)
    half = list(solutions("activations"))[::2]
    return beside("activations", filled, script("activations", left(*half)))


@innocent("activations")
def the_handouts_script_beside_it() -> Handin:
    """The handout's script and tests, untouched, beside the notebook."""
    return beside("activations", notebook("activations"), stubbed_script("activations")) | {
        "test_activations.py": "raise SystemExit\n",
        "README.md": "x",
        "conftest.py": "raise SystemExit\n",
        "figure.png": b"\x89PNG",
    }


@innocent("activations")
def the_handouts_notebook_beside_it() -> Handin:
    """The handout's notebook, untouched, beside the script."""
    return beside("activations", handout("activations"), script("activations"))


@innocent("activations")
def a_broken_notebook_beside_it() -> Handin:
    """A notebook with marks of a merge in it, beside the script."""
    return {
        "activations.ipynb": "<<<<<<< HEAD\n{}\n=======\n",
        "activations.py": script("activations"),
    }


# --- names --------------------------------------------------------------------------------


@innocent("activations", student="\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
def a_name_with_a_joiner() -> Handin:
    """A student whose name holds a zero-width non-joiner, as Persian names do."""
    return notebook("activations")


@innocent("activations", student="\u5c71\u7530\u3000\u592a\u90ce")
def a_name_with_a_wide_space() -> Handin:
    """A student whose name holds an ideographic space."""
    return notebook("activations")


@innocent("activations", student="o'brien-n\u00fa\u00f1ez (2) & co., ph.d.")
def a_name_with_signs() -> Handin:
    """A student whose name holds apostrophes, accents, brackets, dots and commas."""
    return notebook("activations")


@innocent("activations", student="Rene\u0301e")
def a_name_in_two_parts() -> Handin:
    """A student whose accents are signs of their own, as macOS writes them."""
    return notebook("activations")
