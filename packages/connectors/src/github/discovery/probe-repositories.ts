import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import { type GraphqlProblem, isRefusal } from '../client/graphql-answer.ts';
import { rateLimitText, withFragments } from '../reading/graphql-text.ts';
import {
  type ProbedOrganization,
  type ProbedRepository,
  type SectionName,
  sectionNames,
  sections,
} from './probed.ts';

const attempts = 6;
const repositoriesAtOnce = 20;
const peopleFields: readonly string[] = ['membersWithRole', 'teams'];

/** How a repository is asked for: by its name, or by its node id where it is known. */
export type Wanted = { fullName: string } | { nodeId: string };

export interface Probe {
  repositories: (ProbedRepository | null)[];
  organization: ProbedOrganization | null;
}

const sectionSchema = z.object({
  totalCount: z.number(),
  nodes: z.array(
    z.object({ id: z.string(), updatedAt: z.string().nullish(), createdAt: z.string().nullish() }),
  ),
});
const repositorySchema = z.looseObject({
  id: z.string(),
  databaseId: z.number(),
  name: z.string(),
  nameWithOwner: z.string(),
  url: z.string().nullish(),
  isArchived: z.boolean().nullish(),
  mergeCommitAllowed: z.boolean().nullish(),
  squashMergeAllowed: z.boolean().nullish(),
  rebaseMergeAllowed: z.boolean().nullish(),
  defaultBranchRef: z
    .object({ name: z.string(), target: z.object({ oid: z.string() }).nullish() })
    .nullish(),
});
const organizationSchema = z.object({
  id: z.string(),
  databaseId: z.number(),
  login: z.string(),
  membersWithRole: z.object({ totalCount: z.number() }).nullish(),
  teams: z.object({ totalCount: z.number() }).nullish(),
});

/**
 * Asks in one request what repositories are called now and what is newest in each, so that a pass
 * over streams that stand still needs no further one.
 */
export async function probeRepositories(
  client: GithubClient,
  wanted: readonly Wanted[],
  organization: string | null,
): Promise<Probe> {
  const probe: Probe = { repositories: [], organization: null };
  for (let start = 0; start === 0 || start < wanted.length; start += repositoriesAtOnce) {
    const chunk = wanted.slice(start, start + repositoriesAtOnce);
    const found = await probeChunk(client, chunk, start === 0 ? organization : null);
    probe.repositories.push(...found.repositories);
    probe.organization ??= found.organization;
  }
  return probe;
}

async function probeChunk(
  client: GithubClient,
  wanted: readonly Wanted[],
  organization: string | null,
): Promise<Probe> {
  const denied = wanted.map(() => new Set<SectionName>());
  const deniedPeople = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const answer = await client.graphql(probeRequest(wanted, denied, organization, deniedPeople));
    const aliases = wanted.map((_, at) => `r${at}`);
    const newlyDenied = aliases.map((alias, at) =>
      noteDenied(answer.problems, alias, denied[at] ?? new Set()),
    );
    newlyDenied.push(organization !== null && noteDeniedPeople(answer.problems, deniedPeople));
    const hurt = answer.problems.some((problem) => !isRefusal(problem));
    if ((newlyDenied.includes(true) || hurt) && attempt < attempts) {
      if (hurt) await client.governor.wait(500 * 2 ** attempt, 'failure');
      continue;
    }
    return {
      repositories: aliases.map((alias, at) =>
        readRepository(answer.data[alias], denied[at] ?? new Set(), answer.serverNow),
      ),
      organization: readOrganization(answer.data['organization']),
    };
  }
}

/** The same of the organization. A classic token that lacks a scope gets nothing at all, and no path. */
function noteDeniedPeople(problems: readonly GraphqlProblem[], denied: Set<string>): boolean {
  const before = denied.size;
  for (const problem of problems) {
    if (!isRefusal(problem)) continue;
    const field = problem.path?.[0] === 'organization' ? problem.path[1] : undefined;
    if (problem.type === 'INSUFFICIENT_SCOPES') for (const name of peopleFields) denied.add(name);
    else if (typeof field === 'string') denied.add(field);
  }
  return denied.size > before;
}

/** Returns whether a section turned out to be closed to the credential; it is asked for no more. */
function noteDenied(
  problems: readonly GraphqlProblem[],
  alias: string,
  denied: Set<SectionName>,
): boolean {
  const before = denied.size;
  for (const problem of problems) {
    if (problem.path?.[0] !== alias || !isRefusal(problem)) continue;
    const section = sectionNames.find((name) => name === problem.path?.[1]);
    if (section !== undefined) denied.add(section);
  }
  return denied.size > before;
}

function probeRequest(
  wanted: readonly Wanted[],
  denied: readonly ReadonlySet<SectionName>[],
  organization: string | null,
  deniedPeople: ReadonlySet<string>,
) {
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const selections = wanted.map((one, at) => {
    const fields = repositoryText(denied[at] ?? new Set());
    if ('nodeId' in one) {
      declared.push(`$i${at}: ID!`);
      variables[`i${at}`] = one.nodeId;
      return `r${at}: node(id: $i${at}) { ... on Repository { ${fields} } }`;
    }
    const [owner = '', name = ''] = one.fullName.split('/');
    declared.push(`$o${at}: String!, $n${at}: String!`);
    variables[`o${at}`] = owner;
    variables[`n${at}`] = name;
    return `r${at}: repository(owner: $o${at}, name: $n${at}) { ${fields} }`;
  });
  if (organization !== null) {
    declared.push('$login: String!');
    variables['login'] = organization;
    const counts = peopleFields.filter((field) => !deniedPeople.has(field));
    selections.push(
      `organization(login: $login) { id databaseId login ${counts.map((field) => `${field} { totalCount }`).join(' ')} }`,
    );
  }
  const parameters = declared.length === 0 ? '' : `(${declared.join(', ')})`;
  return {
    name: 'Probe',
    text: withFragments(`query Probe${parameters} {
  ${rateLimitText}
  ${selections.join('\n  ')}
}`),
    variables,
  };
}

function repositoryText(denied: ReadonlySet<SectionName>): string {
  const open = sectionNames.filter((name) => !denied.has(name));
  return `id databaseId name nameWithOwner url isArchived
    mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    defaultBranchRef { name target { oid } }
    ${open.map((name) => `${name}(${sections[name].arguments}) { totalCount nodes { ${sections[name].fields} } }`).join('\n    ')}`;
}

function readRepository(
  value: unknown,
  denied: ReadonlySet<SectionName>,
  serverNow: number,
): ProbedRepository | null {
  const parsed = repositorySchema.safeParse(value);
  if (!parsed.success) return null;
  const repository = parsed.data;
  const found: ProbedRepository['sections'] = {};
  for (const name of sectionNames) {
    const section = sectionSchema.safeParse(repository[name]);
    if (section.success) {
      found[name] = { totalCount: section.data.totalCount, newest: section.data.nodes };
    }
  }
  const { defaultBranchRef } = repository;
  return {
    nodeId: repository.id,
    id: String(repository.databaseId),
    name: repository.name,
    fullName: repository.nameWithOwner,
    url: repository.url ?? null,
    defaultBranch: defaultBranchRef?.name ?? null,
    headSha: defaultBranchRef?.target?.oid ?? null,
    mergeStyle: mergeStyleOf(repository),
    sections: found,
    denied,
    serverNow,
  };
}

function mergeStyleOf(
  settings: Pick<
    z.infer<typeof repositorySchema>,
    'mergeCommitAllowed' | 'squashMergeAllowed' | 'rebaseMergeAllowed'
  >,
): ProbedRepository['mergeStyle'] {
  const { mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed } = settings;
  const allowed = [mergeCommitAllowed, squashMergeAllowed, rebaseMergeAllowed];
  if (allowed.some((one) => one === null || one === undefined)) return null;
  if (allowed.filter((one) => one === true).length > 1) return 'mixed';
  if (mergeCommitAllowed === true) return 'merge';
  if (squashMergeAllowed === true) return 'squash';
  return rebaseMergeAllowed === true ? 'linear' : null;
}

function readOrganization(value: unknown): ProbedOrganization | null {
  const parsed = organizationSchema.safeParse(value);
  if (!parsed.success) return null;
  const { id, databaseId, login, membersWithRole, teams } = parsed.data;
  return {
    nodeId: id,
    id: `organization:${databaseId}`,
    login,
    members: membersWithRole?.totalCount ?? null,
    teams: teams?.totalCount ?? null,
  };
}
