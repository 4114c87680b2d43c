"""A private S3 for tests: ``moto_server`` in this process, at a free port of the loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

REGION = "eu-west-2"


@contextmanager
def bucket(*, versioned: bool = True) -> Iterator[dict[str, Any]]:
    """Run a server with one private bucket for the length of the block.

    :returns: OPTIONS of django-storages' S3Storage that lead to it.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _host, port = server.get_host_and_port()
        options = {
            "bucket_name": f"evidence-{uuid4().hex}",
            "endpoint_url": f"http://127.0.0.1:{port}",
            "region_name": REGION,
            "access_key": "for-tests",
            "secret_key": "for-tests",
            "client_config": Config(
                connect_timeout=5, read_timeout=20, retries={"max_attempts": 2}
            ),
        }
        client = s3(options)
        where = {"LocationConstraint": REGION}
        client.create_bucket(Bucket=options["bucket_name"], CreateBucketConfiguration=where)
        if versioned:
            client.put_bucket_versioning(
                Bucket=options["bucket_name"], VersioningConfiguration={"Status": "Enabled"}
            )
        yield options
    finally:
        server.stop()


def s3(options: dict[str, Any]) -> Any:
    """A client of the bucket, past django-storages."""
    return boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        region_name=options["region_name"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )


def everything_in(options: dict[str, Any]) -> dict[tuple[str, str], bytes]:
    """Each version of each object in the bucket; a delete marker is a version without bytes."""
    client, name = s3(options), options["bucket_name"]
    listed = client.list_object_versions(Bucket=name)
    found = {(each["Key"], each["VersionId"]): b"" for each in listed.get("DeleteMarkers", [])}
    for each in listed.get("Versions", []):
        answer = client.get_object(Bucket=name, Key=each["Key"], VersionId=each["VersionId"])
        found[each["Key"], each["VersionId"]] = answer["Body"].read()
    return found
