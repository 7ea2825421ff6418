import { expect, onTestFinished, test } from 'vitest';
import { incidentSubject } from '../metrics/subjects/incident-subject.ts';
import { sql } from 'drizzle-orm';
import { createFakeClock } from '../testing/fake-clock.ts';
import { buildIncident } from '../testing/row-builders.ts';
import { upsertRows } from '../store/bulk-write.ts';
import { domainTargets } from '../store/domain-targets.ts';
import { openStore } from '../store/open-store.ts';
import { queryTuples } from '../store/raw-query.ts';
import { ensureDefaultTeam } from '../workspace/default-team.ts';
import { refreshIncidentTeams } from './refresh-incident-teams.ts';

const hourMs = 3_600_000;
const monday = Date.UTC(2026, 8, 7);

test('an incident whose beginning is corrected is found where it now lies, and nowhere else', async () => {
  const store = await openStore(':memory:', { clock: createFakeClock(monday) });
  onTestFinished(() => store.close());
  const teamId = await ensureDefaultTeam(store, 'w');
  const began = async (createdAt: number): Promise<void> => {
    const row = buildIncident({ source: 'pager', externalId: 'outage', createdAt });
    await store.transaction((transaction) =>
      upsertRows(transaction, domainTargets.incidents, 'w', [row]),
    );
    await refreshIncidentTeams(store, 'w');
  };
  const foundFrom = async (from: number): Promise<string[]> => {
    const span = { column: 'createdAt', from, to: from + hourMs };
    const context = { store, workspaceId: 'w', teamId } as never;
    const subject = await incidentSubject(context, span, ['createdAt']);
    const rows = await queryTuples<[string]>(
      store.read,
      sql`select f.external_id from ${subject.from} where ${subject.where}`,
    );
    return rows.map(([externalId]) => externalId);
  };

  await began(monday);
  expect(await foundFrom(monday)).toEqual(['outage']);
  await began(monday - 5 * hourMs);
  expect(await foundFrom(monday)).toEqual([]);
  expect(await foundFrom(monday - 5 * hourMs)).toEqual(['outage']);
});
