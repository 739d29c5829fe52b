"""Pictures: renditions are public, and nothing else of the media folder is."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from cms.library import SiteImage
from tests.cms import files


@pytest.fixture
def picture(db):
    return SiteImage.objects.create(
        title="Room",
        description="A quiet room with two chairs.",
        file=ContentFile(files.with_a_place(), name="Wren at home.jpg"),
        collection=Collection.get_first_root_node(),
    )


@pytest.fixture
def rendition(picture):
    return picture.get_rendition("width-100")


def test_rendition_is_public(client, rendition):
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert b"".join(response).startswith(b"\xff\xd8\xff")
    response.close()


def test_rendition_that_somebody_has_is_not_sent_again(client, rendition):
    first = client.head(rendition.url)
    first.close()
    response = client.get(rendition.url, headers={"If-None-Match": first["ETag"]})
    assert (response.status_code, response.content) == (304, b"")


def test_rendition_of_a_long_name_is_public_too(client, picture):
    response = client.get(picture.get_rendition("fill-880x660|format-webp").url)
    response.close()
    assert response.status_code == 200


def test_rendition_reads_its_description_aloud(rendition):
    assert rendition.alt == "A quiet room with two chairs."


def test_original_and_guesses_are_not_there(client, picture, rendition):
    name, public_name = picture.filename, rendition.file.name.removeprefix("images/")
    for path in (
        f"/media/{picture.file.name}",
        f"/media/images/{name}",
        f"/media/images/../original_images/{name}",
        f"/media/images/..%2foriginal_images%2f{name}",
        "/media/images/",
        "/media/",
        "/media/original_images/",
        "/media/documents/policy.pdf",
        "/media/images/allyance.sqlite3",
        f"/media/images/{public_name}x",
        "/media/images/" + "0" * 32 + ".width-100.jpg",
        "/images/1/2/original/",
    ):
        assert client.get(path).status_code == 404, path


def test_picture_keeps_neither_name_nor_place(picture):
    assert "Wren" not in picture.file.name
    with Image.open(picture.file.path) as stored:
        assert not stored.getexif()
    assert (picture.width, picture.height) == (400, 300)
    assert picture.file_hash and picture.file_size


@pytest.mark.parametrize(("mode", "kind"), [("P", "PNG"), ("RGBA", "PNG"), ("L", "JPEG"), ("P", "GIF")])
def test_picture_of_any_mode_is_kept(db, mode, kind):
    written = BytesIO()
    Image.new(mode, (20, 10)).save(written, format=kind)
    picture = SiteImage.objects.create(
        title="Mark",
        file=ContentFile(written.getvalue(), name=f"mark.{kind.lower()}"),
        collection=Collection.get_first_root_node(),
    )
    assert (picture.width, picture.height) == (20, 10)
