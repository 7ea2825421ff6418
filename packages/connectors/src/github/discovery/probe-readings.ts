import { z } from 'zod';
import { type GraphqlAnswer, type GraphqlProblem, isRefusal } from '../client/graphql-answer.ts';
import {
  peopleFields,
  type ProbedOrganization,
  type ProbedRepository,
  type SectionName,
  sectionNames,
  type Unreadable,
} from './probed.ts';

const countSchema = z.object({ totalCount: z.number() });
const sectionSchema = countSchema.extend({
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
const organizationSchema = z.looseObject({
  id: z.string(),
  databaseId: z.number(),
  login: z.string(),
});

/**
 * What several answers tell of one thing: each part of it is taken from an answer that was whole
 * there. Half an answer says nothing of what it leaves out, least of all that it does not exist.
 */
interface Reading<Result> {
  isWhole(): boolean;
  /** Null where it is not there, or may not be seen. */
  result(): Result | null | Unreadable;
}

export interface RepositoryReading extends Reading<ProbedRepository> {
  denied: Set<SectionName>;
  take(answer: GraphqlAnswer, alias: string, countsOnly: boolean): void;
}

export interface OrganizationReading extends Reading<ProbedOrganization> {
  denied: Set<string>;
  take(answer: GraphqlAnswer): void;
}

/** Starts to read a repository from answers. */
export function createRepositoryReading(): RepositoryReading {
  const denied = new Set<SectionName>();
  const found: ProbedRepository['sections'] = {};
  let own: z.infer<typeof repositorySchema> | null = null;
  let absence: Absence | null = null;
  let serverNow: number | null = null;
  return {
    denied,
    take(answer, alias, countsOnly) {
      // What changes between two answers is seen again: the earliest one is where it began.
      serverNow ??= answer.serverNow;
      const parsed = repositorySchema.safeParse(answer.data[alias]);
      if (!parsed.success) {
        absence = absenceOf(answer.problems, alias) ?? absence;
        return;
      }
      const isOwn = (field: unknown): boolean => !sectionNames.some((name) => name === field);
      if (!isHurt(answer.problems, alias, isOwn)) own ??= parsed.data;
      for (const name of sectionNames) {
        if (isHurt(answer.problems, alias, (field) => field === name)) continue;
        const section = readSection(parsed.data[name], countsOnly);
        if (section !== null) found[name] ??= section;
      }
    },
    isWhole: () =>
      absence === 'certain' ||
      (own !== null && sectionNames.every((name) => denied.has(name) || found[name] !== undefined)),
    result() {
      if (own === null) return absence === null ? 'unreadable' : null;
      return { ...describe(own), sections: found, denied, serverNow: serverNow ?? 0 };
    },
  };
}

/** Starts to read an organization from answers. */
export function createOrganizationReading(): OrganizationReading {
  const denied = new Set<string>();
  const counts = new Map<string, number>();
  let own: z.infer<typeof organizationSchema> | null = null;
  let absence: Absence | null = null;
  const isKnown = (field: string): boolean => denied.has(field) || counts.has(field);
  return {
    denied,
    take({ data, problems }) {
      const parsed = organizationSchema.safeParse(data['organization']);
      if (!parsed.success) {
        absence = absenceOf(problems, 'organization') ?? absence;
        return;
      }
      own ??= parsed.data;
      for (const field of peopleFields) {
        if (isHurt(problems, 'organization', (name) => name === field)) continue;
        const count = countSchema.safeParse(parsed.data[field]);
        if (count.success && !counts.has(field)) counts.set(field, count.data.totalCount);
      }
    },
    isWhole: () => absence === 'certain' || (own !== null && peopleFields.every(isKnown)),
    result() {
      if (own === null) return absence === null ? 'unreadable' : null;
      const { id, databaseId, login } = own;
      return {
        nodeId: id,
        id: `organization:${databaseId}`,
        login,
        members: counts.get('membersWithRole') ?? null,
        teams: counts.get('teams') ?? null,
        denied,
      };
    },
  };
}

type Absence = 'certain' | 'refused';

/**
 * Returns why an answer holds nothing below an alias: it is not there, or something was refused on
 * the way, such as one part of it, so that asking without that part may help. Null where it failed.
 */
function absenceOf(problems: readonly GraphqlProblem[], alias: string): Absence | null {
  const concerning = problems.filter(({ path }) => path?.[0] === undefined || path[0] === alias);
  if (!concerning.every(isRefusal)) return null;
  return concerning.every(({ path }) => path?.length === 1) ? 'certain' : 'refused';
}

/** Whether an answer failed to give a field below an alias; a refusal is no failure. */
function isHurt(
  problems: readonly GraphqlProblem[],
  alias: string,
  concerns: (field: unknown) => boolean,
): boolean {
  return problems.some((problem) => {
    if (isRefusal(problem)) return false;
    const [first, field] = problem.path ?? [];
    return first === undefined || (first === alias && (field === undefined || concerns(field)));
  });
}

function readSection(
  value: unknown,
  countsOnly: boolean,
): { totalCount: number; newest: z.infer<typeof sectionSchema>['nodes'] } | null {
  if (countsOnly) {
    const count = countSchema.safeParse(value);
    return count.success ? { totalCount: count.data.totalCount, newest: [] } : null;
  }
  const section = sectionSchema.safeParse(value);
  return section.success
    ? { totalCount: section.data.totalCount, newest: section.data.nodes }
    : null;
}

function describe(
  own: z.infer<typeof repositorySchema>,
): Omit<ProbedRepository, 'sections' | 'denied' | 'serverNow'> {
  const { defaultBranchRef } = own;
  return {
    nodeId: own.id,
    id: String(own.databaseId),
    name: own.name,
    fullName: own.nameWithOwner,
    url: own.url ?? null,
    defaultBranch: defaultBranchRef?.name ?? null,
    headSha: defaultBranchRef?.target?.oid ?? null,
    mergeStyle: mergeStyleOf(own),
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
