"""Small files of the kinds that come in, made here: nobody's text, and nothing copied."""

import io
import zipfile

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="https://seller.example/"/><Relationship Id="rId2" Target="javascript:alert(1)"/>'
    "</Relationships>"
)


def paragraph(text: str, style: str = "") -> str:
    """Return a Word paragraph of escaped text, in a style."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{text}</w:t></w:r></w:p>"


def set_paragraph(text: str, *, run: str = "", place: str = "") -> str:
    """Return a Word paragraph whose run and whose place on the line are set by hand, as markup of properties."""
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def properties(title: str) -> dict[str, bytes]:
    """Return the part of a Word file that tells its title."""
    told = f'<c:p xmlns:c="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c:p>'
    return {"docProps/core.xml": told.encode()}


def docx(body: str, *, whole: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Return a Word file of a body's markup, or of a whole document part; with further parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", whole or f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        parts.writestr("word/_rels/document.xml.rels", RELATIONS)
        for name, content in (more or {}).items():
            parts.writestr(name, content)
    return packed.getvalue()


def pdf(lines: list[str | tuple[str, int]], *, title: str = "") -> bytes:
    """Return a PDF of one page with these lines as its text layer, of 12 points or as given; one may tell a title."""
    set_lines = [line if isinstance(line, tuple) else (line, 12) for line in lines]
    shown = "".join(f"/F1 {size} Tf ({line}) Tj T* " for line, size in set_lines)
    apart = 1.2 * max([size for _, size in set_lines], default=12)
    stream = f"BT /F1 12 Tf {apart} TL 72 720 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792]"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\n"
        f"startxref\n{len(out)}\n%%EOF"
    )
    return out + end.encode()
