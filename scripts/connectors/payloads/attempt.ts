import { AdjutantError, type DomainRows } from '../../../packages/core/src/index.ts';
import * as domain from '../../../packages/core/src/domain.ts';
import type { z } from 'zod';

/** One normaliser called with one payload. */
export type Normalise = () => DomainRows;

/** What of a payload is modelled, and which rows it has to give. */
export interface Expected {
  normalise: Normalise;
  /** The kind of row that it must give at least one of; null where it rightly gives none. */
  kind: keyof DomainRows | null;
}

/** What came of the payloads of one event or table. */
export interface Tally {
  name: string;
  payloads: number;
  rows: Map<string, number>;
  /** Payloads that are of another kind, and were refused with `InvalidInput`. */
  invalid: number;
  /** What must not be: another error, a row that no table takes, or none where one must be. */
  faults: string[];
}

const schemas: Partial<Record<keyof DomainRows, z.ZodType>> = {
  accounts: domain.accountSchema,
  commits: domain.commitSchema,
  commitParents: domain.commitParentSchema,
  pullRequests: domain.pullRequestSchema,
  pullRequestCommits: domain.pullRequestCommitSchema,
  pullRequestEvents: domain.pullRequestEventSchema,
  workItems: domain.workItemSchema,
  workItemChanges: domain.workItemChangeSchema,
  workItemLinks: domain.workItemLinkSchema,
  sprints: domain.sprintSchema,
  pipelineRuns: domain.pipelineRunSchema,
  releases: domain.releaseSchema,
  deployments: domain.deploymentSchema,
  incidents: domain.incidentSchema,
  aiEvidence: domain.aiEvidenceSchema,
};

export function createTally(name: string): Tally {
  return { name, payloads: 0, rows: new Map(), invalid: 0, faults: [] };
}

/** Normalises what is modelled, and counts its rows. */
export function take(tally: Tally, { normalise, kind }: Expected): void {
  const rows = rowsOf(tally, normalise);
  if (rows === null) return;
  for (const [name, found] of Object.entries<readonly unknown[]>({ ...rows })) {
    if (found.length > 0) tally.rows.set(name, (tally.rows.get(name) ?? 0) + found.length);
  }
  if (kind !== null && (rows[kind] ?? []).length === 0) tally.faults.push(`no row of ${kind}`);
}

/** Gives a payload to a normaliser of another kind: rows or a clear refusal, nothing else. */
export function takeStray(tally: Tally, normalise: Normalise): void {
  rowsOf(tally, normalise);
}

function rowsOf(tally: Tally, normalise: Normalise): DomainRows | null {
  try {
    const rows = normalise();
    tally.faults.push(...faultsOf(rows));
    return rows;
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'InvalidInput') tally.invalid += 1;
    else tally.faults.push(`threw ${String(error)}`);
    return null;
  }
}

/** Rows that the store would not take. */
function faultsOf(rows: DomainRows): string[] {
  return Object.entries(schemas).flatMap(([kind, schema]) => {
    const list: readonly unknown[] = rows[kind as keyof DomainRows] ?? [];
    return list.flatMap((row) => {
      const parsed = schema.safeParse(row);
      return parsed.success ? [] : [`${kind}: ${parsed.error.issues[0]?.message}`];
    });
  });
}
