import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGraphql } from '../ask-twin.ts';
import { createGithubData } from '../data/github-data.ts';
import { type GithubTwin, startGithubTwin } from '../start-github-twin.ts';
import { fieldTables } from './field-tables.ts';
import { githubSchema } from './schema.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const schema = githubSchema();

/** One of everything, each linked to the others. */
function oneOfEach() {
  const data = createGithubData();
  const acme = data.addOrganization('acme', 'Acme');
  const mira = data.addActor({ login: 'mira', name: 'Mira', email: 'mira@acme.example' });
  const bot = data.addActor({ login: 'helper', type: 'Bot' });
  const former = data.addActor({ login: 'old-mira', type: 'Mannequin' });
  data.addMember(acme, mira, 'ADMIN');
  const parent = data.addTeam(acme, { slug: 'all', maintainers: [mira] });
  const repository = data.addRepository(acme, { name: 'checkout' });
  const team = data.addTeam(acme, { slug: 'cart', parent, repositories: [repository] });
  const root = data.addCommit(repository, { at: now - 9_000, by: mira });
  const commit = data.addCommit(repository, { at: now - 8_000, by: bot, parents: [root.oid] });
  repository.headOid = commit.oid;
  const label = data.addLabel(repository, 'bug');
  const milestone = data.addMilestone(repository, { title: 'Winter', dueOn: now });
  const issue = data.addIssue(repository, {
    ...{ title: 'Slow', createdAt: now - 7_000, author: former },
    ...{ labels: [label], assignees: [mira], milestone },
  });
  data.addIssue(repository, { title: 'Slower', createdAt: now - 6_000, parent: issue });
  const request = data.addPullRequest(repository, {
    ...{ title: 'Faster', createdAt: now - 5_000, author: mira, commits: [commit] },
    ...{ labels: [label], assignees: [mira], closingIssues: [issue], milestone },
  });
  const at = now - 4_000;
  const review = data.addReview(request, {
    ...{ state: 'CHANGES_REQUESTED', submittedAt: at, author: bot, commentCount: 2 },
  });
  for (const subject of [issue, request]) {
    const actor = mira;
    const source = request;
    data.addComment(subject, { at, author: former });
    data.addEvent(subject, 'AssignedEvent', { at, actor, assignee: mira });
    data.addEvent(subject, 'UnassignedEvent', { at, actor, assignee: mira });
    data.addEvent(subject, 'LabeledEvent', { at, actor, label });
    data.addEvent(subject, 'UnlabeledEvent', { at, actor, label });
    data.addEvent(subject, 'MilestonedEvent', { at, actor, milestoneTitle: 'Winter' });
    data.addEvent(subject, 'DemilestonedEvent', { at, actor, milestoneTitle: 'Winter' });
    data.addEvent(subject, 'RenamedTitleEvent', { at, previousTitle: 'A', currentTitle: 'B' });
    data.addEvent(subject, 'ReopenedEvent', { at, actor, stateReason: null });
    data.addEvent(subject, 'ConnectedEvent', { at, actor, source });
    data.addEvent(subject, 'DisconnectedEvent', { at, actor, source });
    data.addEvent(subject, 'CrossReferencedEvent', { at, actor, source, willCloseTarget: true });
  }
  data.addEvent(request, 'ReadyForReviewEvent', { at, actor: mira });
  data.addEvent(request, 'ConvertToDraftEvent', { at, actor: mira });
  data.addEvent(request, 'AddedToMergeQueueEvent', { at, actor: mira });
  data.addEvent(request, 'RemovedFromMergeQueueEvent', { at, actor: mira, reason: 'failed' });
  const refNames = { currentRefName: 'main', previousRefName: 'next' };
  data.addEvent(request, 'BaseRefChangedEvent', { at, actor: mira, ...refNames });
  const pushed = { beforeCommit: root, afterCommit: commit };
  data.addEvent(request, 'HeadRefForcePushedEvent', { at, actor: mira, ...pushed });
  data.addEvent(request, 'HeadRefDeletedEvent', { at, actor: mira, headRefName: 'topic' });
  data.addEvent(request, 'ReviewRequestRemovedEvent', { at, requestedReviewer: team });
  const dismissal = { previousReviewState: review.state, dismissalMessage: 'Old' };
  data.addEvent(request, 'ReviewDismissedEvent', { at, actor: mira, review, ...dismissal });
  data.requestReview(request, { reviewer: team, at, asCodeOwner: true });
  data.merge(request, { at: now - 3_000, by: mira, commit });
  data.close(issue, { at: now - 3_000, by: mira });
  const tag = data.addTag(repository, 'v1', commit, commit.author);
  data.addRelease(repository, { tag, createdAt: now - 2_000, author: mira });
  const deployment = data.addDeployment(repository, {
    ...{ environment: 'production', commit, createdAt: now - 2_000, creator: bot, refName: 'v1' },
  });
  data.addDeploymentStatus(deployment, { state: 'SUCCESS', at: now - 1_000 });
  return data;
}

type Field = GraphQLField<unknown, unknown>;

function fieldOf(typeName: string, name: string): Field | undefined {
  const type = schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** Selects all that a type is said to answer, so deep; aliases, because equal names differ in type. */
function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type).filter(({ name }) => name in fieldTables);
    return `__typename ${possible.map((one) => `... on ${one.name} { ${selectionOf(one, depth)} }`).join(' ')}`;
  }
  if (type.name.endsWith('Connection')) return pageSelection(type, depth);
  const names = Object.keys(fieldTables[type.name] ?? {});
  return `__typename ${names.map((name) => fieldSelection(type.name, name, depth)).join(' ')}`;
}

function fieldSelection(typeName: string, name: string, depth: number): string {
  const field = fieldOf(typeName, name);
  if (field === undefined || field.args.some(isRequiredArgument)) return '';
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return `${typeName}_${name}: ${name}`;
  if (depth === 0 || !(isAbstractType(type) || isAnswered(type))) return '';
  const page = type.name.endsWith('Connection') ? '(first: 100)' : '';
  return `${typeName}_${name}: ${name}${page} { ${selectionOf(type, depth - 1)} }`;
}

function isAnswered({ name }: GraphQLNamedType): boolean {
  return name in fieldTables || name.endsWith('Connection');
}

function pageSelection(type: GraphQLNamedType, depth: number): string {
  const node = getNamedType(fieldOf(type.name, 'nodes')?.type);
  const rows = isCompositeType(node) ? `nodes { ${selectionOf(node, depth)} }` : '';
  return `totalCount pageInfo { hasNextPage endCursor } edges { cursor } ${rows}`;
}

let twin: GithubTwin;

beforeAll(async () => {
  const limits = { weight: 1_000_000, points: 1_000_000, nodes: 1e12 };
  twin = await startGithubTwin({ data: oneOfEach(), clock: { now: () => now }, limits });
});

afterAll(() => twin.close());

describe('the fields that are answered', () => {
  it('all stand in the published schema, and so do the arguments that they honour', () => {
    const wrong = Object.entries(fieldTables).flatMap(([typeName, table]) =>
      Object.entries(table).flatMap(([name, { accepts }]) => {
        const field = fieldOf(typeName, name);
        if (field === undefined) return [`${typeName}.${name}`];
        const known = new Set(field.args.map((argument) => argument.name));
        return accepts
          .filter((argument) => !known.has(argument))
          .map((argument) => `${typeName}.${name}(${argument})`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['repository', 'repository(owner: "acme", name: "checkout")', 'Repository', 2],
    ['pull request', 'repository(owner: "acme", name: "checkout") { pullRequest(number: 3)', '', 2],
    ['issue', 'repository(owner: "acme", name: "checkout") { issue(number: 1)', '', 2],
    ['organisation', 'organization(login: "acme")', 'Organization', 2],
    ['viewer', 'viewer', 'User', 2],
    ['quota', 'rateLimit', 'RateLimit', 0],
  ] as const)('of a %s are answered as the schema wants, without an error', async (...row) => {
    const [title, path, typeName, depth] = row;
    const named = { 'pull request': 'PullRequest', issue: 'Issue' }[title as string] ?? typeName;
    const type = schema.getType(named);
    if (type === undefined) throw new Error(`No type ${named}.`);
    const closing = path.split('{').length - 1;
    const text = `{ ${path} { ${selectionOf(type, depth)} } ${'}'.repeat(closing)} }`;
    const { status, errors, data } = await askGraphql(twin, text);
    expect(twin.requests.at(-1)?.notImitated).toBeNull();
    expect(errors).toEqual([]);
    expect([status, data === null]).toEqual([200, false]);
  });

  it('include every kind of event on both timelines', async () => {
    const timeline = 'timelineItems(first: 100) { nodes { __typename } }';
    const { data } = await askGraphql(
      twin,
      `{ repository(owner: "acme", name: "checkout") {
        pullRequest(number: 3) { ${timeline} } issue(number: 1) { ${timeline} } } }`,
    );
    const names = new Set(JSON.stringify(data).match(/\w+(?=")/g));
    const events = Object.keys(fieldTables).filter((name) => name.endsWith('Event'));
    expect(events.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('lists', () => {
  it('come in the order that was asked for, by text as well', async () => {
    const acme = twin.data.organizations[0];
    if (acme === undefined) throw new Error('No organisation.');
    twin.data.addRepository(acme, { name: 'basket', createdAt: now });
    const names = async (order: string): Promise<unknown> => {
      const text = `{ organization(login: "acme") { repositories(first: 1, orderBy: {${order}}) { nodes { name } pageInfo { endCursor } } } }`;
      const { data } = await askGraphql<{ organization: { repositories: { nodes: unknown } } }>(
        twin,
        text,
      );
      return data?.organization.repositories.nodes;
    };
    expect(await names('field: NAME, direction: ASC')).toEqual([{ name: 'basket' }]);
    expect(await names('field: NAME, direction: DESC')).toEqual([{ name: 'checkout' }]);
    expect(await names('field: CREATED_AT, direction: ASC')).toEqual([{ name: 'checkout' }]);
  });

  it('give the history of the default branch between two instants', async () => {
    const history = async (since: string): Promise<unknown> => {
      const text = `{ repository(owner: "acme", name: "checkout") { defaultBranchRef { name target {
        ... on Commit { history(first: 5, since: "${since}") { totalCount } } } } } }`;
      return (await askGraphql(twin, text)).data;
    };
    const shown = (totalCount: number) => ({
      repository: { defaultBranchRef: { name: 'main', target: { history: { totalCount } } } },
    });
    expect(await history('2026-11-20T11:00:00Z')).toEqual(shown(2));
    expect(await history('2026-11-20T11:59:52Z')).toEqual(shown(1));
  });
});
