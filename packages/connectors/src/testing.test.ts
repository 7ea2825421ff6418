import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGraphql, askRest } from './github/testing/ask-twin.ts';
import {
  createGitFixture,
  type GeneratedTeam,
  generateTeam,
  type GithubTeam,
  githubDataFromClone,
  githubDataFromTeam,
  type GithubTwin,
  startGithubTwin,
} from './testing.ts';
import { medianOf } from './testing/team-truth.ts';

const clock = { now: () => Date.parse('2026-11-20T17:00:00Z') };
let team: GeneratedTeam;
const hourMs = 3_600_000;
let github: GithubTeam;
let twin: GithubTwin;

beforeAll(async () => {
  team = await generateTeam({ seed: 7, clock });
  github = githubDataFromTeam(team);
  twin = await startGithubTwin({
    data: github.data,
    clock: { now: () => team.truth.window.to },
    limits: { weight: 1_000_000 },
  });
});

afterAll(async () => {
  await twin.close();
  await team.remove();
});

interface Node {
  number: number;
  title: string;
  state: string;
  isDraft: boolean;
  createdAt: string;
  mergedAt: string | null;
  mergeCommit: { oid: string; parents: { totalCount: number } } | null;
  author: { kind: string; login: string };
  commits: { nodes: { commit: { oid: string; authoredDate: string } }[] };
  comments: { nodes: { createdAt: string; author: { kind: string; login: string } }[] };
  reviews: {
    nodes: { state: string; submittedAt: string; author: { kind: string; login: string } }[];
  };
  timelineItems: { nodes: { createdAt: string }[] };
}

const pullRequestQuery = `query($name: String!, $after: String) {
  repository(owner: "acme", name: $name) {
    pullRequests(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title state isDraft createdAt mergedAt
        mergeCommit { oid parents(first: 1) { totalCount } }
        author { kind: __typename login }
        commits(first: 100) { nodes { commit { oid authoredDate } } }
        comments(first: 100) { nodes { createdAt author { kind: __typename login } } }
        reviews(first: 100) { nodes { state submittedAt author { kind: __typename login } } }
        timelineItems(first: 100, itemTypes: [READY_FOR_REVIEW_EVENT]) {
          nodes { ... on ReadyForReviewEvent { createdAt } }
        }
      }
    }
  }
}`;

interface Page {
  repository: {
    pullRequests: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: Node[];
    };
  };
}

async function readRepository(name: string): Promise<Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Page | null = (await askGraphql<Page>(twin, pullRequestQuery, { name, after }))
      .data;
    if (answer === null) throw new Error('No answer.');
    const page: Page['repository']['pullRequests'] = answer.repository.pullRequests;
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** The stages of one pull request, found again from what the twin shows. */
function stagesOf(node: Node) {
  const at = (text: string): number => Date.parse(text);
  const mergedAt = at(node.mergedAt ?? '');
  const openedAt = at(node.createdAt);
  const isAnswer = ({ author }: { author: { kind: string; login: string } }): boolean =>
    author.kind === 'User' && author.login !== node.author.login;
  const answers = [
    ...node.reviews.nodes.filter(isAnswer).map(({ submittedAt }) => at(submittedAt)),
    ...node.comments.nodes.filter(isAnswer).map(({ createdAt }) => at(createdAt)),
  ].filter((instant) => instant >= openedAt && instant <= mergedAt);
  const respondedAt = answers.length === 0 ? null : Math.min(...answers);
  const readies = node.timelineItems.nodes
    .map(({ createdAt }) => at(createdAt))
    .filter((instant) => instant <= (respondedAt ?? mergedAt));
  const readyAt = Math.max(openedAt, ...readies);
  const firstCommitAt = Math.min(
    ...node.commits.nodes.map(({ commit }) => at(commit.authoredDate)),
  );
  return { firstCommitAt, openedAt, readyAt, respondedAt, mergedAt };
}

function byNumber(
  a: { repository: string; node: { number: number } },
  b: { repository: string; node: { number: number } },
): number {
  const order = team.histories.map(({ name }) => name);
  return order.indexOf(a.repository) - order.indexOf(b.repository) || a.node.number - b.node.number;
}

describe('githubDataFromTeam, read through the twin', () => {
  let nodes: { repository: string; node: Node }[];

  beforeAll(async () => {
    nodes = [];
    for (const { name } of team.histories) {
      for (const node of await readRepository(name)) nodes.push({ repository: name, node });
    }
  });

  // Pages come by creation, the truth by merge.
  const merged = () => nodes.filter(({ node }) => node.state === 'MERGED').toSorted(byNumber);

  it('has the merges of git: the same numbers, commits and instants', () => {
    const read = merged().map(({ repository, node }) => ({
      repository,
      number: node.number,
      sha: node.mergeCommit?.oid,
      mergedAt: Date.parse(node.mergedAt ?? ''),
    }));
    const told = team.truth.pullRequests.map(({ repository, number, sha, mergedAt }) => ({
      repository,
      number,
      sha,
      mergedAt,
    }));
    expect(read).toEqual(told);
  });

  it('has the branch commits of git, and gives squashes the ones that git has lost', () => {
    for (const history of team.histories) {
      for (const made of history.pullRequests) {
        const found = nodes.find(
          ({ repository, node }) => repository === history.name && node.number === made.number,
        )?.node;
        const oids = found?.commits.nodes.map(({ commit }) => commit.oid) ?? [];
        if (made.branch.length > 0) expect(oids).toEqual(made.branch);
        else expect(oids.length).toBeGreaterThan(0);
        expect(found?.title).toBe(made.title);
        expect(found?.mergeCommit?.parents.totalCount).toBe(made.branch.length > 0 ? 2 : 1);
      }
    }
  });

  it('shows the stages that its truth tells, pull request by pull request', () => {
    const read = merged().map(({ node }) => stagesOf(node));
    const told = github.truth.pullRequests.map(
      ({ firstCommitAt, openedAt, readyAt, respondedAt, mergedAt }) => ({
        firstCommitAt,
        openedAt,
        readyAt,
        respondedAt,
        mergedAt,
      }),
    );
    expect(read).toEqual(told);
    const pickups = read.flatMap(({ readyAt, respondedAt }) =>
      respondedAt === null ? [] : [(respondedAt - readyAt) / hourMs],
    );
    expect(github.truth.pickup).toEqual({ p50Hours: medianOf(pickups), count: pickups.length });
    expect(pickups.length).toBeLessThan(read.length);
  });

  it('contains what makes stages hard: drafts, bots first, late answers, squashes', () => {
    const first = ({ node }: { node: Node }) =>
      node.reviews.nodes.toSorted((a, b) => (a.submittedAt < b.submittedAt ? -1 : 1))[0];
    const of = merged();
    expect(of.filter(({ node }) => node.timelineItems.nodes.length > 1).length).toBeGreaterThan(5);
    expect(of.filter((one) => first(one)?.author.kind === 'Bot').length).toBeGreaterThan(50);
    const late = of.filter(({ node }) =>
      node.reviews.nodes.some(({ submittedAt }) => submittedAt > (node.mergedAt ?? '')),
    );
    expect(late.length).toBeGreaterThan(5);
    expect(of.filter(({ node }) => node.author.kind === 'Bot').length).toBeGreaterThan(20);
  });

  it('counts open pull requests, drafts and closed ones as it made them', () => {
    const count = (wanted: (node: Node) => boolean): number =>
      nodes.filter(({ node }) => wanted(node)).length;
    expect({
      open: count(({ state }) => state === 'OPEN'),
      drafts: count(({ state, isDraft }) => state === 'OPEN' && isDraft),
      closed: count(({ state }) => state === 'CLOSED'),
    }).toEqual({
      open: github.truth.openPullRequests,
      drafts: github.truth.draftPullRequests,
      closed: github.truth.closedPullRequests,
    });
  });

  it('lets nothing happen after its last day', () => {
    const last = Math.max(
      ...github.data.repositories.flatMap(({ pullRequests, issues, deployments }) => [
        ...[...pullRequests.values()].map(({ updatedAt }) => updatedAt),
        ...[...issues.values()].map(({ updatedAt }) => updatedAt),
        ...deployments.map(({ updatedAt }) => updatedAt),
      ]),
    );
    expect(last).toBeLessThanOrEqual(team.truth.window.to);
  });
});

describe('deployments', () => {
  interface Deployments {
    repository: {
      deployments: {
        nodes: {
          commitOid: string;
          environment: string;
          statuses: { nodes: { state: string; createdAt: string }[] };
        }[];
      };
      defaultBranchRef: {
        target: { history: { totalCount: number; nodes: { oid: string }[] } };
      };
    };
  }

  const query = `query($name: String!) {
    repository(owner: "acme", name: $name) {
      deployments(first: 100, environments: ["production"]) {
        nodes { commitOid environment statuses(first: 20) { nodes { state createdAt } } }
      }
      defaultBranchRef { target { ... on Commit { history(first: 1) { totalCount } } } }
    }
  }`;

  it('say by their statuses when each merge came to users', async () => {
    const successes: { repository: string; sha: string; at: number }[] = [];
    for (const { name, commits } of team.histories) {
      const { data } = await askGraphql<Deployments>(twin, query, { name });
      // Everything in git is on the default branch, branch commits of squashes are not in git.
      expect(data?.repository.defaultBranchRef.target.history.totalCount).toBe(commits.length);
      for (const { commitOid, statuses } of data?.repository.deployments.nodes ?? []) {
        const success = statuses.nodes.find(({ state }) => state === 'SUCCESS');
        if (success === undefined) continue;
        successes.push({ repository: name, sha: commitOid, at: Date.parse(success.createdAt) });
      }
    }
    const weeks = (team.truth.window.to - team.truth.window.from) / (168 * hourMs);
    expect(successes.length / weeks).toBeCloseTo(github.truth.deploymentsPerWeek, 9);
    for (const truth of github.truth.pullRequests) {
      // Whoever is merged before a tag is in it: the instant of a tag's commit decides.
      const commits = github.data.repositories.find(
        ({ name }) => name === truth.repository,
      )?.commits;
      const carrying = successes.filter(
        ({ repository, sha }) =>
          repository === truth.repository &&
          (commits?.get(sha)?.committer.at ?? 0) >= truth.mergedAt,
      );
      const expected = carrying.length === 0 ? null : Math.min(...carrying.map(({ at }) => at));
      expect(truth.deployedAt).toBe(expected);
    }
    expect(github.truth.leadTimeToDeployment.p50Hours).toBeGreaterThan(
      github.truth.mergeToDeployment.p50Hours,
    );
  });

  it('fail now and then, and leave one active in each environment', () => {
    const results = github.truth.deployments.map(({ result }) => result);
    expect(results.filter((result) => result === 'failure').length).toBeGreaterThan(0);
    for (const { deployments } of github.data.repositories) {
      const active = deployments.filter(
        ({ environment, statuses }) =>
          environment === 'production' && statuses.at(-1)?.state === 'SUCCESS',
      );
      expect(active).toHaveLength(1);
    }
  });
});

describe('people', () => {
  it('are the members, one account each, whatever address they commit with', async () => {
    const query = `{ organization(login: "acme") {
      membersWithRole(first: 100) { totalCount nodes { login databaseId name } }
      teams(first: 10) { totalCount nodes { slug parentTeam { slug } members(first: 100) { nodes { login } } } }
    } }`;
    interface People {
      organization: {
        membersWithRole: { totalCount: number; nodes: { login: string; name: string }[] };
        teams: {
          totalCount: number;
          nodes: {
            slug: string;
            parentTeam: { slug: string } | null;
            members: { nodes: unknown[] };
          }[];
        };
      };
    }
    const { data } = await askGraphql<People>(twin, query);
    const { membersWithRole, teams } = data?.organization ?? {};
    expect(membersWithRole?.nodes.map(({ name }) => name).toSorted()).toEqual(
      team.members.map(({ name }) => name).toSorted(),
    );
    expect(teams?.totalCount).toBe(github.truth.teams);
    const parent = teams?.nodes.find(({ parentTeam }) => parentTeam === null);
    expect(parent?.slug).toBe('engineering');
    // The members of the teams below belong to the one above.
    expect(parent?.members.nodes).toHaveLength(team.members.length);
    const former = new Set(team.members.flatMap(({ formerEmail }) => formerEmail ?? []));
    const commit = github.data.repositories
      .flatMap(({ commits }) => [...commits.values()])
      .find(({ author }) => former.has(author.email));
    expect(commit?.author.actor?.name).toBe(team.members[0]?.name);
  });

  it('own what the file of owners in each repository says', async () => {
    for (const { name } of team.histories) {
      const headers = { accept: 'application/vnd.github.raw' };
      const answer = await askRest(twin, `/repos/acme/${name}/contents/CODEOWNERS`, { headers });
      expect(await answer.text()).toBe(`* @acme/${name}\n`);
      expect(github.data.organizations[0]?.teams.some(({ slug }) => slug === name)).toBe(true);
    }
  });
});

it('is the same for the same seed and another for another', async () => {
  expect(githubDataFromTeam(team).truth).toEqual(github.truth);
  const other = await generateTeam({ seed: 8, clock, merges: 40 });
  try {
    expect(githubDataFromTeam(other).truth.pickup).not.toEqual(github.truth.pickup);
  } finally {
    await other.remove();
  }
});

describe('githubDataFromClone', () => {
  it('shows merges and squashes of a real clone as pull requests, and the rest as history', async () => {
    const fixture = await createGitFixture({
      commits: [
        { id: 'root', parents: [], message: 'Begin\n' },
        { id: 'one', parents: ['root'], message: 'One\n' },
        { id: 'two', parents: ['one'], message: 'Two\n' },
        {
          id: 'merge',
          parents: ['root', 'two'],
          message: 'Merge pull request #4 from acme/search\n\nAdd a search\n',
        },
        {
          id: 'squash',
          author: { name: 'Ada', email: '77+ada@users.noreply.github.com' },
          message: 'Repair the search (#6)\n\nIn two places.\n',
        },
        { id: 'direct', message: 'Say so in the notes\n' },
      ],
    });
    try {
      const cloned = await githubDataFromClone(fixture.directory, { name: 'notes' });
      expect(cloned.pullRequests).toBe(2);
      const { pullRequests, commits, headOid } = cloned.repository;
      expect(commits.size).toBe(6);
      expect(headOid).toBe(fixture.shas['direct']);
      expect(pullRequests.get(4)).toMatchObject({
        title: 'Add a search',
        headRefName: 'search',
        commits: [{ oid: fixture.shas['one'] }, { oid: fixture.shas['two'] }],
        mergeCommit: { oid: fixture.shas['merge'] },
      });
      expect(pullRequests.get(6)).toMatchObject({
        title: 'Repair the search',
        author: { id: 77, login: 'ada' },
      });
    } finally {
      await fixture.remove();
    }
  });
});
