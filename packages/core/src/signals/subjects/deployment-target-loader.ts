import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { isProductionEnvironment } from '../../domain/environment.ts';
import type { DeploymentTargetSubject } from '../../domain/signal-subjects/pipeline-subject.ts';
import { countsOnce } from '../../reads/repositories.ts';
import { readRows } from '../../store/json-columns.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { failingStreak } from './failing-streak.ts';
import { keyText } from './key-text.ts';
import type { SubjectLoader } from './subject-source.ts';

const dayMs = 86_400_000;
const daysRead = 30;
const daysAtOnce = 10;
const mostEvidence = 200;

/** Names of what is made for one change or branch and thrown away with it. */
const temporaryEnvironment = /(?:^|[^a-z])(?:pr|preview|review|ephemeral|temp|branch)(?:$|[^a-z])/i;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  repositoryExternalId: z.string().nullable(),
  serviceKey: z.string().nullable(),
  environment: z.string(),
  result: z.enum(['success', 'failure', 'running']),
  at: z.number(),
  codeSource: z.string(),
  codeRepository: z.string().nullable(),
});
type Row = z.infer<typeof rowSchema>;

/** Returns what was deployed to each environment in the last thirty days, by source, name and environment. */
export const loadDeploymentTargets: SubjectLoader<'deployment_target'> = async (context) => {
  const rows = await loadRows(context);
  const owners = await loadOwners(context);
  const hasProduction = rows.some(({ environment }) => isProductionEnvironment(environment));
  const targets = Map.groupBy(rows, ({ source, repositoryExternalId, serviceKey, environment }) =>
    // What a service is deployed as is told by its own name, wherever its code lies.
    [
      source,
      serviceKey === null ? (repositoryExternalId ?? '') : `service ${serviceKey}`,
      environment,
    ].join('\n'),
  );
  const subjects: DeploymentTargetSubject[] = [];
  for (const [id, ofTarget] of [...targets].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const told = await toSubject(context, ofTarget, { owners, hasProduction });
    if (told !== null) subjects.push({ id: `deployment:${id.replaceAll('\n', ':')}`, ...told });
  }
  return subjects;
};

/** The earliest first; of one that says not when it ended, when it was begun. */
async function loadRows({ read, now }: SubjectContext): Promise<Row[]> {
  const { workspaceId } = read;
  const begun = sql`coalesce(d.started_at, d.queued_at)`;
  const from = now - daysRead * dayMs;
  const found: Row[] = [];
  const add = async (at: ReturnType<typeof sql>, where: ReturnType<typeof sql>): Promise<void> => {
    const rows = await readRows(
      read.store.read,
      rowSchema,
      Object.keys(rowSchema.shape),
      sql`select d.id, d.source, d.repository_external_id as "repositoryExternalId",
          d.service_key as "serviceKey", d.environment,
          case when coalesce(d.finished_at, 0) > ${now} then 'running' else d.result end as result,
          ${at} as at, coalesce(l.lead_source, d.source) as "codeSource",
          coalesce(l.lead_repository_external_id, d.repository_external_id) as "codeRepository"
        from deployments d
        left join repository_leads l on l.workspace_id = d.workspace_id and l.source = d.source
          and l.repository_external_id = d.repository_external_id
        where d.workspace_id = ${workspaceId} and ${where}
          and ${countsOnce(workspaceId, 'deployments', 'd')}`,
    );
    for (const row of rows) found.push(row);
    await yieldToEventLoop();
  };
  for (let until = now; until > from; until -= daysAtOnce * dayMs) {
    const since = Math.max(from, until - daysAtOnce * dayMs);
    await add(sql`d.finished_at`, sql`d.finished_at > ${since} and d.finished_at <= ${until}`);
  }
  await add(begun, sql`d.finished_at is null and ${begun} > ${from} and ${begun} <= ${now}`);
  return found.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

async function loadOwners({ read }: SubjectContext): Promise<Map<string, string>> {
  const rows = await queryTuples<[string, string]>(
    read.store.read,
    sql`select key, owner_team_id from services
      where workspace_id = ${read.workspaceId} and owner_team_id is not null`,
  );
  return new Map(rows);
}

interface TargetWorld {
  owners: ReadonlyMap<string, string>;
  hasProduction: boolean;
}

async function toSubject(
  context: SubjectContext,
  rows: readonly Row[],
  { owners, hasProduction }: TargetWorld,
): Promise<Omit<DeploymentTargetSubject, 'id'> | null> {
  const newest = rows.at(-1);
  if (newest === undefined) return null;
  const repository = (await context.repositories()).get(
    keyOf(newest.codeSource, newest.codeRepository),
  );
  const { last, failing, before } = failingStreak(rows);
  const asOf = context.asOf(newest.source);
  const name =
    newest.serviceKey === null
      ? (repository?.name ?? newest.codeRepository ?? newest.source)
      : keyText(newest.serviceKey);
  const failingSince = failing[0]?.at ?? null;
  const lately = rows.filter(
    ({ at, result }) => result !== 'running' && at > context.now - 7 * dayMs,
  );
  const told = [...(before === null ? [] : [before]), ...failing.slice(-mostEvidence)];
  return {
    key: `${name} ${keyText(newest.environment)}`,
    title: null,
    repository: repository?.name ?? newest.codeRepository,
    source: newest.source,
    fullName: repository?.fullName ?? null,
    teamId: owners.get(newest.serviceKey ?? '') ?? repository?.teamId ?? null,
    asOf,
    evidence: (told.length > 0 ? told : [newest]).map(({ id }) => id),
    environment: newest.environment,
    isProduction: isProductionEnvironment(newest.environment) || !hasProduction,
    isTemporary: temporaryEnvironment.test(newest.environment),
    lastResult:
      newest.result === 'running'
        ? 'running'
        : last?.result === 'failure'
          ? 'failure'
          : last === null
            ? 'unknown'
            : 'success',
    lastFinishedAt: last?.at ?? null,
    failingSince,
    failingHours: context.hoursSince(failingSince, asOf),
    failuresInRow: failing.length,
    deploymentCount: lately.length,
    failureCount: lately.filter(({ result }) => result === 'failure').length,
  };
}
