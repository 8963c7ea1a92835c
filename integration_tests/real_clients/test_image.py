"""The CDK's standard tests of a connector's image, with this repository's own files.

`CONNECTOR_ROOT` holds them, and a configuration that works in `secrets/config.json`.
"""

import os
from pathlib import Path

from airbyte_cdk.test.standard_tests.docker_base import DockerConnectorTestSuite


class TestImage(DockerConnectorTestSuite):
    """Nothing is added: what the suite demands is what is tested."""

    @classmethod
    def get_connector_root_dir(cls) -> Path:
        return Path(os.environ["CONNECTOR_ROOT"])
