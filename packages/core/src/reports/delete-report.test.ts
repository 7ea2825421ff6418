import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { openStore } from '../store/open-store.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { eraseReport } from './delete-report.ts';
import { createReportWorld, monday } from './testing/report-world.ts';

const words = ['xylozebra', 'quxumbrella'];
const said = words.join(' ');

function wordsIn(folder: string): string[] {
  const found = new Set<string>();
  // In one go: a closed store lets its files go when the driver's statements are collected.
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, file));
    for (const word of words) if (bytes.includes(word)) found.add(word);
  }
  return [...found];
}

test('a deletion that a crash cut short is finished by the next pass: the file holds no word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'adjutant-deleted-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'a.db');
  const first = await createReportWorld(['Ada'], {}, { store: path });
  const { id } = await first.as('Ada').reports.submit({ did: said });
  for (let round = 0; round < 5; round += 1) {
    await first.as('Ada').reports.submit({ did: `${said} ${round} `.repeat(120) });
  }
  const { revision } = await first.as('Ada').reports.get(id);
  await first.adjutant.close();

  // The process ends right after the transaction.
  const store = await openStore(path);
  const viewer = { kind: 'person', personId: first.idOf('Ada'), role: 'member' } as const;
  const context = { workspaceId: 'default', clock: createFakeClock(monday), viewer };
  await clearingTransaction(store, (transaction) =>
    eraseReport(transaction, context, { id, revision }),
  );
  await store.close();
  expect(wordsIn(folder)).not.toEqual([]);

  const second = await createReportWorld(['Ada'], {}, { store: path });
  await expect(second.as('Ada').reports.get(id)).rejects.toMatchObject({ code: 'NotFound' });
  expect((await second.as('Ada').reports.indexLag()).waiting).toBe(0);
  await second.adjutant.close();
  expect(wordsIn(folder)).toEqual([]);
});
