import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { commitDifference } from '../delivery/commit-difference.ts';
import { loadHistory } from '../delivery/load-history.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { queryTuples } from '../store/raw-query.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { readAnswerMeta } from './answer-meta.ts';
import {
  type DeploymentRow,
  findDeployment,
  findPrevious,
  toDeploymentSummary,
} from './find-deployments.ts';
import type { CommitDifference } from './history-handle.ts';
import type { ReadContext } from './read-context.ts';

const idSchema = z.string().min(1).max(200);
const querySchema = z.strictObject({ from: idSchema.nullish(), to: idSchema });
type Difference = Pick<CommitDifference, 'shas' | 'unknownBecause'>;

/** Returns the commits between two deployments. @throws AdjutantError `NotFound`, `InvalidInput` */
export async function readCommitDifference(
  context: ReadContext,
  query: { from?: string | null | undefined; to: string },
): Promise<CommitDifference> {
  const asked = parseInput(querySchema, query);
  const to = await findDeployment(context, asked.to);
  const from = await findEarlier(context, asked.from, to);
  return {
    from: from === null ? null : toDeploymentSummary(from),
    to: toDeploymentSummary(to),
    ...(from === null && asked.from === undefined
      ? unknown('There is no deployment before it to compare with.')
      : await differenceOf(context, from, to)),
    meta: await readAnswerMeta(context),
  };
}

async function findEarlier(
  context: ReadContext,
  id: string | null | undefined,
  to: DeploymentRow,
): Promise<DeploymentRow | null> {
  if (id === null) return null;
  if (id === undefined) return (await findPrevious(context, to))?.row ?? null;
  const from = await findDeployment(context, id);
  if (from.source === to.source && from.repositoryExternalId === to.repositoryExternalId) {
    return from;
  }
  throw new AdjutantError('InvalidInput', 'from: is a deployment of another repository', {
    hint: 'Commits can be compared within one repository of one source.',
  });
}

async function differenceOf(
  context: ReadContext,
  from: DeploymentRow | null,
  to: DeploymentRow,
): Promise<Difference> {
  const { source, repositoryExternalId, sha } = to;
  if (sha === null || repositoryExternalId === null) {
    return unknown('Its source does not tell which commit was deployed.');
  }
  if (from !== null && from.sha === null) {
    return unknown('Its source does not tell which commit was deployed before.');
  }
  const place = { source, externalId: repositoryExternalId };
  const parentsOf = await loadHistory(context.store.read, context.workspaceId, place);
  const roots = await readRoots(context, to, [sha, from?.sha ?? sha]);
  const shas = await commitDifference({
    from: from?.sha ?? null,
    to: sha,
    parentsOf: (commit) => parentsOf(commit) ?? (roots.has(commit) ? [] : undefined),
    pause: yieldToEventLoop,
  });
  return shas === null
    ? unknown('A deployed commit is not in the history that is known.')
    : { shas, unknownBecause: null };
}

/** The graph is kept by its edges, so that a commit alone in its repository is not in it. */
async function readRoots(
  { store, workspaceId }: ReadContext,
  { source, repositoryExternalId }: DeploymentRow,
  shas: readonly string[],
): Promise<Set<string>> {
  const rows = await queryTuples<[string]>(
    store.read,
    sql`select sha from commits where workspace_id = ${workspaceId} and source = ${source}
        and repository_external_id = ${repositoryExternalId} and parent_count = 0
        and sha in (select value from json_each(${JSON.stringify(shas)}))`,
  );
  return new Set(rows.map(([sha]) => sha));
}

function unknown(unknownBecause: string): Difference {
  return { shas: null, unknownBecause };
}
