import type { Dice } from "./dice.ts";
import type { Human } from "./model.ts";
import { ACCOUNT, GITHUB, seconds } from "./places.ts";
import { type Assumed, issued, trailRecord } from "./trail.ts";
import { roleArn } from "./vendor-ids.ts";

export interface Run {
  readonly id: number;
  readonly repository: string;
  readonly at: number;
  readonly by: Human;
  readonly author?: string; // of the last commit: whoever pushes writes what they like
}

/** A `workflow_run` delivery, of a run that has begun. */
export function workflowRun({ id, repository, at, by, author = by.address }: Run, from: Dice): object {
  const user = ({ github: { id: userId, login } }: Human) => ({
    ...{ login, id: userId, node_id: `U_example${userId}`, type: "User", site_admin: false },
    html_url: `https://github.com/${login}`,
  });
  const sha = from.text(40, "0123456789abcdef");
  const full = `${GITHUB.login}/${repository}`;
  return {
    action: "in_progress",
    workflow: { id: 7_000, name: "deploy", path: ".github/workflows/deploy.yml", state: "active" },
    workflow_run: {
      ...{ id, name: "deploy", head_branch: "main", head_sha: sha, run_number: (id % 900) + 1, run_attempt: 1 },
      ...{ event: "workflow_dispatch", status: "in_progress", conclusion: null, workflow_id: 7_000 },
      path: ".github/workflows/deploy.yml",
      ...{ created_at: seconds(at - 40_000), updated_at: seconds(at), run_started_at: seconds(at - 40_000) },
      ...{ actor: user(by), triggering_actor: user(by) },
      head_commit: {
        ...{ id: sha, message: "Deploy", timestamp: seconds(at - 90_000) },
        author: { name: `${by.first} ${by.last}`, email: author },
        committer: { name: "GitHub", email: "noreply@github.com" },
      },
      repository: { id: 9_000, full_name: full, private: true },
    },
    repository: {
      id: 9_000,
      name: repository,
      full_name: full,
      private: true,
      owner: { ...GITHUB, type: "Organization" },
    },
    organization: GITHUB,
    sender: user(by),
  };
}

export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

/** The run's own call for credentials: GitHub has signed the subject, the workflow chooses the session's name. */
export function assumeByRun({ role, name, accessKeyId }: Assumed, { repository, at }: Run, from: Dice): object {
  const subject = `repo:${GITHUB.login}/${repository}:ref:refs/heads/main`;
  return trailRecord(
    {
      ...{ source: "sts", name: "AssumeRoleWithWebIdentity", at },
      by: {
        type: "WebIdentityUser",
        principalId: `${PROVIDER}:sts.amazonaws.com:${subject}`,
        ...{ userName: subject, identityProvider: PROVIDER },
      },
      asked: { roleArn: roleArn(role), roleSessionName: name, durationSeconds: 3600 },
      answered: {
        ...issued(role, name, accessKeyId, at, from),
        ...{ subjectFromWebIdentityToken: subject, provider: PROVIDER, audience: "sts.amazonaws.com" },
      },
      agent: "aws-sdk-nodejs/3.900.0 configure-aws-credentials-for-github-actions",
      resources: [{ accountId: ACCOUNT, type: "AWS::IAM::Role", ARN: roleArn(role) }],
    },
    from,
  );
}
