import { join } from 'node:path';
import { createClient } from '@libsql/client/sqlite3';
import { createAdjutant } from '@adjutant/core';
import { findPullRequest } from '../../packages/core/src/reads/find-pull-request.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';
import { pointRead, teamState } from '../floors/client-reads.ts';
import { atMost, type BenchLine, interleave } from '../measure.ts';
import { seedStore } from '../seed-store.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';

const rows = 100_000;
const pointReads = 1_000;
const teamReads = 60;
const rounds = 7;

/** P2: a point read against the driver's own; P3: a team's open work against one JSON query. */
export async function benchReads(): Promise<BenchLine[]> {
  return withTemporaryFolder(async (folder) => {
    const path = join(folder, 'store.db');
    await seedStore(path, rows);
    const store = await openStore(path);
    const client = createClient({ url: `file:${path}`, concurrency: 1 });
    const keys = Array.from({ length: pointReads }, (_, turn) => `acme#${(turn * 7_919) % rows}`);
    const point = await interleave(
      rounds,
      async () => {
        for (const key of keys) await findPullRequest(store.read, 'default', 'example', key);
      },
      async () => {
        for (const key of keys) await pointRead(client, 'default', 'example', key);
      },
    );
    await store.close();
    const adjutant = await createAdjutant({ store: path });
    const handle = adjutant.workspace().as(await adjutant.owner());
    let items = 0;
    const team = await interleave(
      rounds,
      async () => {
        for (let turn = 0; turn < teamReads; turn += 1) {
          items = (await handle.listWork({ state: 'open', limit: 100 })).items.length;
        }
      },
      async () => {
        for (let turn = 0; turn < teamReads; turn += 1) await teamState(client, 'default', 100);
      },
    );
    await adjutant.close();
    client.close();
    return [
      atMost('P2 point read of a pull request', point, 1.3, 'µs', 1_000 / pointReads),
      atMost(`P3 a team's ${items} open pull requests`, team, 2, 'ms', 1 / teamReads),
    ];
  });
}
