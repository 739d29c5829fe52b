"""Makes a plain one-page PDF of a few lines: enough for the demo's library, without a library."""

TEXT_STARTS = "BT /F1 18 Tf 56 780 Td"
NEXT_LINE = "0 -26 Td /F1 12 Tf"


def page(title: str, lines: tuple[str, ...]) -> bytes:
    """A4, the title and one line of text below another."""
    shown = [f"{TEXT_STARTS} ({_escaped(title)}) Tj", *(f"{NEXT_LINE} ({_escaped(line)}) Tj" for line in lines), "ET"]
    stream = "\n".join(shown).encode("cp1252")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(content))
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
