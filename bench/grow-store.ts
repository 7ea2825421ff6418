import { copyFileSync } from 'node:fs';
import { createClient } from '@libsql/client/sqlite3';
import { z } from 'zod';

/**
 * What metrics read of pull requests, deployments and incidents, with what names a row of each.
 * Reviews are not among them: their facts are kept with the pull request.
 */
const namesOf: Readonly<Record<string, readonly string[]>> = {
  pull_requests: ['id', 'external_id', 'merge_sha'],
  pull_request_facts: ['pull_request_id', 'pull_request_external_id'],
  deployments: ['id', 'external_id', 'sha'],
  deployment_changes: ['deployment_external_id', 'sha'],
  incidents: ['id', 'external_id'],
  incident_deployments: ['incident_external_id', 'deployment_external_id'],
  incident_teams: ['incident_id'],
};
const minuteMs = 60_000;
const columnSchema = z.object({ name: z.string() });

/**
 * Copies a store and has each row that metrics read stand in the copy so many times: under names of
 * their own, each a minute after the one before it, so that they lie between each other in time.
 */
export async function growStore(from: string, to: string, times: number): Promise<void> {
  const original = createClient({ url: `file:${from}`, concurrency: 1 });
  await original.execute('pragma wal_checkpoint(truncate)');
  original.close();
  copyFileSync(from, to);
  const client = createClient({ url: `file:${to}`, concurrency: 1 });
  await client.execute('pragma synchronous = off');
  await client.execute('pragma cache_size = -500000');
  // Weekly values are not what is measured here; without them, changes are not marked.
  await client.execute('delete from rollup_states');
  const copies = JSON.stringify(Array.from({ length: times - 1 }, (_, copy) => copy + 1));
  for (const [table, names] of Object.entries(namesOf)) {
    const { rows } = await client.execute(`select name from pragma_table_info('${table}')`);
    const columns = rows.map((row) => columnSchema.parse(row).name);
    const values = columns.map((name) => {
      if (names.includes(name)) return `t.${name} || '-' || copy.value`;
      return name.endsWith('_at') ? `t.${name} + copy.value * ${minuteMs}` : `t.${name}`;
    });
    await client.execute({
      sql: `insert into ${table} (${columns.join(', ')})
        select ${values.join(', ')} from ${table} t cross join json_each(?) copy`,
      args: [copies],
    });
  }
  client.close();
}
