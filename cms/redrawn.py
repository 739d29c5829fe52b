"""Pictures: opened as what their name says and as nothing else, and drawn anew before they are kept."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

from cms.naming import extension

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}
MOST_PIXELS = 24_000_000


def check_picture(file: File) -> None:
    """A picture is what its name says, opens to its end, and has no more pixels than a website needs."""
    kind = extension(file.name or "")
    if kind not in FORMATS:
        raise ValidationError({"file": "Add a picture as JPEG, PNG, WebP, AVIF or GIF."})
    file.seek(0)
    try:
        picture = Image.open(file, formats=[FORMATS[kind]])
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError({"file": "This picture is too large. Make it smaller than 24 million pixels."})
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError({"file": "This picture is too large. Make it smaller than 24 million pixels."}) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise ValidationError({"file": "This picture cannot be read. Save it again as a JPEG or PNG."}) from None
    file.seek(0)


def without_hidden_data(file: File) -> ContentFile:
    """The same picture drawn anew, and nothing but its colours: what a camera or anybody else wrote into the file, or
    hung on to it, is left behind."""
    file.seek(0)
    picture = Image.open(file, formats=list(FORMATS.values()))
    kind = "JPEG" if picture.format == "MPO" else picture.format or "PNG"  # phones call a JPEG with two pictures "MPO"
    upright = _in_common_colours(ImageOps.exif_transpose(picture))
    if upright.mode == "P":
        upright = upright.convert("RGBA")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    options = {"quality": 90} if kind in {"JPEG", "WEBP"} else {}
    written = BytesIO()
    clean.save(written, format=kind, **options)
    return ContentFile(written.getvalue(), name=file.name)


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """A camera's own colours as every screen shows them, so that its description of them need not be kept."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        camera, common = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, camera, common) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture
