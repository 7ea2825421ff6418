import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { restoreBackup } from '../backup/restore-backup.ts';
import { openStore } from './open-store.ts';

const pageSize = 4_096;
const sectorSize = 512;
const magic = Buffer.from('d9d505f920a163d7', 'hex');
/** Stands where no page can: what follows is the path of the larger journal. */
const lockPage = 0x40000000 / pageSize + 1;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  path = join(folder, 'store.db');
  const file = new Database(path);
  file.exec('create table one (id integer)');
  file.close();
});

/** A journal with nothing to roll back, in the form of SQLite; with the path of a larger one where told. */
function plantJournal(larger?: string): void {
  const head = Buffer.alloc(sectorSize);
  magic.copy(head);
  head.writeUInt32BE(1, 12);
  head.writeUInt32BE(statSync(path).size / pageSize, 16);
  head.writeUInt32BE(sectorSize, 20);
  head.writeUInt32BE(pageSize, 24);
  writeFileSync(
    `${path}-journal`,
    Buffer.concat([head, ...(larger === undefined ? [] : partOf(larger))]),
  );
}

function partOf(larger: string): Buffer[] {
  const name = Buffer.from(larger);
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(lockPage, 0);
  numbers.writeUInt32BE(name.length, 4);
  numbers.writeUInt32BE(
    name.reduce((sum, byte) => sum + byte, 0),
    8,
  );
  return [numbers.subarray(0, 4), name, numbers.subarray(4), magic];
}

test.each([
  ['opened', (): Promise<unknown> => openStore(path)],
  ['replaced by a backup', (): Promise<unknown> => restoreBackup({ from: backup(), to: path })],
])('a store whose journal names another file is not %s, and that file stays', async (_, work) => {
  const own = join(folder, 'letter.txt');
  writeFileSync(own, 'Dear Ada\n');
  plantJournal(own);
  await expect(work()).rejects.toMatchObject({ code: 'Configuration' });
  expect(existsSync(own)).toBe(true);
});

test('SQLite itself would take that file away', () => {
  const own = join(folder, 'letter.txt');
  writeFileSync(own, 'Dear Ada\n');
  plantJournal(own);
  const file = new Database(path);
  file.prepare('select * from one').all();
  file.close();
  expect(existsSync(own)).toBe(false);
});

test('a journal that a crash left is rolled back as ever', async () => {
  rmSync(path);
  new Database(path).close();
  writeFileSync(path, '');
  plantJournal();
  const store = await openStore(path);
  await store.close();
  expect(store.schemaVersion).toBeGreaterThan(0);
});

function backup(): string {
  const from = join(folder, 'backup.db');
  writeFileSync(from, '');
  return from;
}
