import { type ActionContext, type AnyActionDefinition, silentLogger } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { githubActions } from '../actions/index.ts';
import { type GithubConfig, githubConfigSchema } from '../config.ts';
import { createGithubData, type GithubData } from '../testing/data/github-data.ts';
import type {
  TwinActor,
  TwinCommit,
  TwinIssue,
  TwinPullRequest,
  TwinRepository,
  TwinWorkflowRun,
} from '../testing/data/records.ts';
import { type GithubTwin, startGithubTwin } from '../testing/start-github-twin.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const hourMs = 3_600_000;

export interface ActionTrial {
  twin: GithubTwin;
  data: GithubData;
  repository: TwinRepository;
  pullRequest: TwinPullRequest;
  head: TwinCommit;
  author: TwinActor;
  reviewer: TwinActor;
  issue: TwinIssue;
  run: TwinWorkflowRun;
  config: GithubConfig;
  context: ActionContext;
  action: (id: string, config?: GithubConfig) => AnyActionDefinition;
  close: () => Promise<void>;
}

/** Starts a twin with one repository, a release branch, and a pull request that is ready to merge. */
export async function startActionTrial(
  more: Readonly<Record<string, unknown>> = {},
): Promise<ActionTrial> {
  const made = makeData();
  const twin = await startGithubTwin({ data: made.data, clock: { now: () => now } });
  const config = githubConfigSchema.parse({
    repositories: ['acme/widgets'],
    baseUrl: `${twin.url}/api/v3`,
    token: twin.token,
    writeToken: twin.writeToken,
    webhookUrl: 'https://adjutant.example.com/webhooks/github',
    webhookSecret: 'the secret of the hook',
    ...more,
  });
  return {
    ...made,
    twin,
    config,
    context: {
      workspaceId: 'workspace-1',
      clock: createFakeClock(now),
      logger: silentLogger,
      fetch,
      signal: new AbortController().signal,
    },
    action: (id, wanted = config) => {
      const found = githubActions(wanted).find((definition) => definition.id === id);
      if (found === undefined) throw new Error(`There is no action ${id}.`);
      return found;
    },
    close: twin.close,
  };
}

function makeData() {
  const data = createGithubData();
  const organization = data.addOrganization('acme', 'Acme');
  const author = data.addActor({ login: 'ada' });
  const reviewer = data.addActor({ login: 'grace' });
  for (const actor of [author, reviewer]) data.addMember(organization, actor);
  const repository = data.addRepository(organization, { name: 'widgets' });
  const at = now - 48 * hourMs;
  const first = data.addCommit(repository, {
    at,
    by: author,
    message: 'Begin',
    tree: new Map([
      ['README.md', 'Widgets\n'],
      ['src/main.ts', 'one\n'],
    ]),
  });
  repository.headOid = first.oid;
  repository.branches.set('release/1.x', first.oid);
  const head = data.addCommit(repository, {
    at: at + hourMs,
    by: author,
    message: 'Add two',
    parents: [first.oid],
    tree: new Map([
      ['README.md', 'Widgets\n'],
      ['src/main.ts', 'one\n'],
      ['src/two.ts', 'two\n'],
    ]),
  });
  data.setCheck(head, { name: 'build', state: 'SUCCESS', isRequired: true });
  const pullRequest = data.addPullRequest(repository, {
    title: 'Add two',
    createdAt: at + 2 * hourMs,
    author,
    commits: [head],
    files: [{ path: 'src/two.ts', changeType: 'ADDED', additions: 1, deletions: 0 }],
    changedFiles: 1,
  });
  data.addReview(pullRequest, { state: 'APPROVED', submittedAt: at + 3 * hourMs, author: reviewer });
  data.addLabel(repository, 'ready');
  data.addTeam(organization, { slug: 'platform', members: [author, reviewer] });
  const issue = data.addIssue(repository, { title: 'It breaks', createdAt: at, author: reviewer });
  const workflow = data.addWorkflow(repository, { name: 'Build' });
  const run = data.addWorkflowRun(workflow, {
    actor: author,
    createdAt: at,
    headSha: head.oid,
    conclusion: 'failure',
  });
  return { data, repository, pullRequest, head, author, reviewer, issue, run };
}
