"""Pictures: what is none is refused, and what is kept is drawn anew."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from cms.library import SiteImage
from cms.redrawn import check_picture
from tests.cms import files


@pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a", "a.tiff", "a.heic"])
def test_picture_of_another_kind_is_refused(db, name):
    content = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"
    with pytest.raises(ValidationError, match="JPEG"):
        SiteImage(title="Wall", file=ContentFile(content, name=name)).clean()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"words"),
        ("a.png", files.picture(form="JPEG")),
        ("a.png", files.picture((400, 300))[:-40]),
        ("a.jpg", files.picture((400, 300), "JPEG")[:-200]),
        ("a.gif", b"GIF89a"),
    ],
)
def test_picture_that_is_none_or_breaks_off_is_refused(name, content):
    with pytest.raises(ValidationError, match="cannot be read"):
        check_picture(ContentFile(content, name=name))
