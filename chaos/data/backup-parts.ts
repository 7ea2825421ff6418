import { join } from 'node:path';
import { createAdjutant, restoreBackup } from '@adjutant/core';
import { startChild, tell } from '../child-process.ts';
import type { Judged } from '../report.ts';
import { openAt, placeIn } from './world.ts';

const backups = 5;

/** Backups while another process writes: each restores to a store that verifies and is a beginning of the other. */
export async function backupParts(folder: string): Promise<Judged[]> {
  const place = placeIn(folder, 'written');
  const first = await openAt(place);
  await first.close();
  const writer = await startChild('report-writer', [place.store]);
  const adjutant = await createAdjutant({ store: place.store });
  const data = adjutant.data(await adjutant.owner());
  const paths: string[] = [];
  for (let round = 0; round < backups; round += 1) {
    paths.push((await data.backup(join(folder, `backup-${round}.db`))).path);
  }
  const isRefused = await restoreBackup({
    from: paths[0] ?? '',
    to: place.store,
    replaceNewer: true,
  })
    .then(() => false)
    .catch(
      (error: unknown) => error instanceof Error && 'code' in error && error.code === 'StoreBusy',
    );
  tell(writer);
  const { written } = await writer.report;
  await writer.exit;
  const whole = new Set<string>();
  for await (const line of adjutant.exportWorkspace()) whole.add(line);
  const found = { verified: 0, foreign: 0, entries: new Set<number>() };
  for (const [round, from] of paths.entries()) {
    const to = join(folder, `restored-${round}.db`);
    await restoreBackup({ from, to });
    const copy = await createAdjutant({ store: to });
    const report = await copy
      .workspace()
      .as(await copy.owner())
      .audit.verify();
    if (report.ok) found.verified += 1;
    found.entries.add(report.entries);
    for await (const line of copy.exportWorkspace()) {
      // A report is one row that is written over, so only what is never written over can be compared.
      // The entry of the restore itself is the copy's own.
      const isOwn = line.includes('"store.restored"');
      if (line.startsWith('["audit_entries"') && !isOwn && !whole.has(line)) found.foreign += 1;
    }
    await copy.close();
  }
  await adjutant.close();
  return [
    {
      title: 'Reports that another process wrote meanwhile',
      figure: String(written),
      must: 'at least 5',
      ok: Number(written) >= 5,
    },
    {
      title: 'Different moments that the backups are of',
      figure: String(found.entries.size),
      must: `${backups}`,
      ok: found.entries.size === backups,
    },
    {
      title: 'Backups that restore to a store that verifies',
      figure: String(found.verified),
      must: `${backups}`,
      ok: found.verified === backups,
    },
    {
      title: 'Entries of a restored ledger that the store does not have',
      figure: String(found.foreign),
      must: '0',
      ok: found.foreign === 0,
    },
    {
      title: 'Restoring over a store that is in use is refused',
      figure: String(isRefused),
      must: 'true',
      ok: isRefused,
    },
  ];
}
