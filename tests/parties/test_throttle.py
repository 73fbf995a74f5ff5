"""Attempts to sign in are counted by all web processes together."""

import json
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

ONE_PROCESS = """
import json, sys
import django
django.setup()
from django.test import Client
answers = []
for number in range(int(sys.argv[1])):
    client = Client(headers={"host": "localhost"})
    answer = client.post("/compte/connexion/", {"email": "dan@example.org"})
    answers.append(answer.status_code)
print(json.dumps(answers))
"""


def test_two_processes_together_send_no_more_codes_than_one(migrated_file, tmp_path):
    environment = {
        "PATH": "", "BASSIN_VAR": str(tmp_path), "BASSIN_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        "PYTHONPATH": f"{settings.CHECKOUT / 'src'}:{settings.CHECKOUT}",
    }  # fmt: skip

    def run(*words: str) -> str:
        made = subprocess.run(
            [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr
        return made.stdout

    plain = "from tests.support import visit"
    shutil.copyfile(migrated_file, tmp_path / "bassin.sqlite3")
    first = json.loads(run("-c", f"{plain}\n{ONE_PROCESS}", "3"))
    second = json.loads(run("-c", f"{plain}\n{ONE_PROCESS}", "4"))

    # 302: a code was sent (or said to be); 200: the form again, with "too many attempts".
    assert first == [302, 302, 302]
    assert second == [302, 302, 200, 200]
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 5
