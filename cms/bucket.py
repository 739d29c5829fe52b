"""Files in an S3 bucket that nobody but the site reads: what is sent out goes through the site's own doors."""

from typing import Any
from urllib.parse import urljoin

from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """One folder of the bucket. A file's address is the site's own, or none; never the bucket's, signed or not."""

    def __init__(self, **options: Any) -> None:
        self.base_url = options.pop("base_url", None)
        # A file that is larger than a megabyte waits on the disk, not in memory, while it is sent.
        super().__init__(**{"file_overwrite": False, "default_acl": None, "max_memory_size": 1024 * 1024} | options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        if not self.base_url:
            raise NotImplementedError("These files have no address.")
        return urljoin(self.base_url, name)
