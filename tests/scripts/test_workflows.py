"""What the workflows of GitHub and GitLab promise."""

from typing import Any

import yaml

from tests.tiny import ROOT

GITHUB: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text("utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8").replace("!reference", ""))


def test_case_100_a_pull_request_is_previewed_without_index_secret_or_deployment() -> None:
    build, deploy = (GITHUB["jobs"][name] for name in ("build", "deploy"))
    [publish] = [step for step in build["steps"] if step.get("name") == "make publish"]
    assert publish["env"]["PREVIEW"] == "${{ github.event_name == 'pull_request' && '1' || '0' }}"
    assert "github.event_name != 'pull_request'" in deploy["if"]
    assert "xem-thu" in build["steps"][-1]["with"]["name"] and "7" in build["steps"][-1]["with"]["retention-days"]
    assert build["permissions"] == {"contents": "read"} and "secrets." not in str(build)
    assert "pull_request" in GITHUB[True] and "pull_request_target" not in GITHUB[True]  # YAML reads `on` as true
    preview = GITLAB["build"]
    assert preview["variables"] == {"PREVIEW": "1"} and preview["artifacts"]["expire_in"] == "1 week"
    assert preview["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert GITLAB["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_pages_state_their_policy_where_headers_cannot_be_sent() -> None:
    [publish] = [step for step in GITHUB["jobs"]["build"]["steps"] if step.get("name") == "make publish"]
    assert publish["env"]["META_CSP"] == "1"
    assert "META_CSP=1" in GITLAB["pages"]["script"][0]


def test_case_98_runs_of_one_branch_wait_for_each_other() -> None:
    assert GITHUB["concurrency"]["cancel-in-progress"] is False
    assert GITLAB["pages"]["resource_group"] == "pages" and GITLAB["pages"]["interruptible"] is False
