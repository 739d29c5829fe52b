"""Files as they are sent to us: good ones, and such as are not what they say."""

import zipfile
from io import BytesIO

from PIL import Image

MAIN = {
    "docx": "wordprocessingml.document",
    "xlsx": "spreadsheetml.sheet",
    "pptx": "presentationml.presentation",
}
PLAIN_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def packed(*names: str, size: int = 10, parts: dict[str, bytes] | None = None) -> bytes:
    """An archive of parts with these names, each as big, and of these with their content."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (dict.fromkeys(names, b"0" * size) | (parts or {})).items():
            archive.writestr(name, content)
    return written.getvalue()


def types(kind: str = "docx") -> bytes:
    """What an office file says of itself."""
    main = f"application/vnd.openxmlformats-officedocument.{MAIN[kind]}.main+xml"
    return f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'.encode()


def office(*names: str, kind: str = "docx", size: int = 10, parts: dict[str, bytes] | None = None) -> bytes:
    """A good office file of this kind, with such parts besides."""
    return packed(*names, size=size, parts={"[Content_Types].xml": types(kind)} | (parts or {}))


def odt(parts: dict[str, bytes] | None = None) -> bytes:
    """A good OpenDocument text, with such parts besides."""
    says = b"application/vnd.oasis.opendocument.text"
    return packed(parts={"mimetype": says, "META-INF/manifest.xml": b"<manifest/>"} | (parts or {}))


def pdf(*inside: bytes) -> bytes:
    """A PDF with such objects."""
    return PLAIN_PDF.replace(b"trailer", b"\n".join([*inside, b"trailer"]))


def objects(content: bytes, says: bytes = b"/ObjStm") -> bytes:
    """Objects of a PDF in a packed stream."""
    return b"2 0 obj\n<< /Type %s >>\nstream\n%s\nendstream\nendobj" % (says, content)


def picture(size: tuple[int, int] = (40, 30), form: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour."""
    written = BytesIO()
    Image.new(mode, size).save(written, format=form, **options)
    return written.getvalue()


def with_a_place() -> bytes:
    """A picture as a phone makes it: with a description and a place inside."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[1] = "N"
    return picture((400, 300), "JPEG", exif=exif, comment=b"taken at home")
