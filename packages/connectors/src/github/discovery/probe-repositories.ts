import type { GithubClient } from '../client/client.ts';
import { type GraphqlAnswer, type GraphqlProblem, isRefusal } from '../client/graphql-answer.ts';
import { rateLimitText, withFragments } from '../reading/graphql-text.ts';
import {
  peopleFields,
  type ProbedOrganization,
  type ProbedRepository,
  type SectionName,
  sectionNames,
  sections,
  type Unreadable,
} from './probed.ts';
import {
  createOrganizationReading,
  createRepositoryReading,
  type OrganizationReading,
} from './probe-readings.ts';

const attempts = 6;
/** After these only what is whole in itself is asked for: how many there are. */
const attemptsForCounts = 3;
const repositoriesAtOnce = 20;

/** How a repository is asked for: by its name, or by its node id where it is known. */
export type Wanted = { fullName: string } | { nodeId: string };

export interface Probe {
  /** Null where there is none that the credential may see. */
  repositories: (ProbedRepository | null | Unreadable)[];
  organization: ProbedOrganization | null | Unreadable;
}

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
  const readings = wanted.map(() => createRepositoryReading());
  const denied = readings.map((reading) => reading.denied);
  const people = createOrganizationReading();
  for (let attempt = 1; ; attempt += 1) {
    const asked = { organization, deniedPeople: people.denied, countsOnly: attempt > attempts };
    const answer = await client.graphql(probeRequest(wanted, denied, asked));
    for (const [at, reading] of readings.entries()) {
      noteDenied(answer.problems, `r${at}`, reading.denied);
      reading.take(answer, `r${at}`, asked.countsOnly);
    }
    if (organization !== null) noteOrganization(answer, people);
    const isDone =
      readings.every((reading) => reading.isWhole()) && (organization === null || people.isWhole());
    if (isDone || attempt >= attempts + attemptsForCounts) break;
    const hurt = answer.problems.some((problem) => !isRefusal(problem));
    if (hurt) await client.governor.wait(500 * 2 ** Math.min(attempt, attempts), 'failure');
  }
  return {
    repositories: readings.map((reading) => reading.result()),
    organization: organization === null ? null : people.result(),
  };
}

function noteOrganization(answer: GraphqlAnswer, people: OrganizationReading): void {
  noteDeniedPeople(answer.problems, people.denied);
  people.take(answer);
}

/** The same of the organization. A classic token that lacks a scope gets nothing at all, and no path. */
function noteDeniedPeople(problems: readonly GraphqlProblem[], denied: Set<string>): void {
  for (const problem of problems) {
    if (!isRefusal(problem)) continue;
    const field = problem.path?.[0] === 'organization' ? problem.path[1] : undefined;
    if (problem.type === 'INSUFFICIENT_SCOPES') for (const name of peopleFields) denied.add(name);
    else if (typeof field === 'string') denied.add(field);
  }
}

/** Notes the sections that are closed to the credential; they are asked for no more. */
function noteDenied(
  problems: readonly GraphqlProblem[],
  alias: string,
  denied: Set<SectionName>,
): void {
  for (const problem of problems) {
    if (problem.path?.[0] !== alias || !isRefusal(problem)) continue;
    const section = sectionNames.find((name) => name === problem.path?.[1]);
    if (section !== undefined) denied.add(section);
  }
}

interface Asked {
  organization: string | null;
  deniedPeople: ReadonlySet<string>;
  countsOnly: boolean;
}

function probeRequest(
  wanted: readonly Wanted[],
  denied: readonly ReadonlySet<SectionName>[],
  { organization, deniedPeople, countsOnly }: Asked,
) {
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const selections = wanted.map((one, at) => {
    const fields = repositoryText(denied[at] ?? new Set(), countsOnly);
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

function repositoryText(denied: ReadonlySet<SectionName>, countsOnly: boolean): string {
  const open = sectionNames.filter((name) => !denied.has(name));
  return `id databaseId name nameWithOwner url isArchived
    mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    defaultBranchRef { name target { oid } }
    ${open.map((name) => sectionText(name, countsOnly)).join('\n    ')}`;
}

function sectionText(name: SectionName, countsOnly: boolean): string {
  if (countsOnly) return `${name} { totalCount }`;
  return `${name}(${sections[name].arguments}) { totalCount nodes { ${sections[name].fields} } }`;
}
