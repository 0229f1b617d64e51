"""The cells of the desk's lists."""

from reviews.templatetags.cells import cells


def header(text, classes=""):
    return {"text": text, "class_attrib": classes}


def test_each_cell_bears_the_name_of_its_column_but_the_first_and_the_box():
    row = ['<td class="action-checkbox"><input></td>', "<th>Ada</th>", '<td class="field-due">3 > 2</td>']
    headers = [header("", ' class="action-checkbox-column"'), header("name"), header('due "on"')]

    assert cells(row, headers) == (
        '<td class="action-checkbox"><input></td><th>Ada</th>'
        '<td class="field-due" data-label="Due &quot;on&quot;">3 > 2</td>'
    )
