import { sql } from 'drizzle-orm';
import { readIndexLag } from '../../search/index-lag.ts';
import { queryTuples } from '../../store/raw-query.ts';
import type { SubjectContext } from '../subject-context.ts';
import { loadPeopleAtWork, type PeopleAtWork } from './people-at-work.ts';
import type { SubjectLoader } from './subject-source.ts';

const hourMs = 3_600_000;

/** Returns the workspace itself. How well its people are known is told where weeks are looked at. */
export const loadWorkspaces: SubjectLoader<'workspace'> = async (context) => {
  const { workspaceId, store } = context.read;
  const lag = await readIndexLag(store, workspaceId, context.now, { windowMs: hourMs });
  const people = context.withHistory ? await loadPeopleAtWork(context) : noPeople;
  return [
    {
      id: workspaceId,
      key: 'workspace',
      title: await nameOf(context),
      repository: null,
      teamId: null,
      asOf: context.now,
      evidence: [workspaceId, ...people.evidence],
      unmatchedPeople: people.unmatched,
      unmatchedSince: people.since,
      activePeople: people.active,
      codePeople: people.ofCode,
      indexWaitingSince: lag.oldestWaitingSince,
      indexLagSeconds: lag.p95Ms === null ? null : lag.p95Ms / 1_000,
    },
  ];
};

const noPeople: PeopleAtWork = {
  active: null,
  ofCode: null,
  unmatched: null,
  since: null,
  evidence: [],
};

async function nameOf({ read }: SubjectContext): Promise<string | null> {
  const [row] = await queryTuples<[string]>(
    read.store.read,
    sql`select name from workspaces where id = ${read.workspaceId}`,
  );
  return row?.[0] ?? null;
}
