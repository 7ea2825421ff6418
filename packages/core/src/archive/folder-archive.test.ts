import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { archiveSinkConformance } from '../testing/archive-sink-conformance.ts';
import type { ArchiveSink } from './archive-sink.ts';
import { folderArchive } from './folder-archive.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'archive');
}

for (const { name, run } of archiveSinkConformance({
  create: () => folderArchive(temporaryFolder()),
})) {
  test(`a folder ${name}`, run);
}

test('nobody else may read it, and no name leads out of it', async () => {
  const folder = temporaryFolder();
  const sink = folderArchive(folder);
  await sink.put('one/a', new Uint8Array([1]));
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(statSync(join(folder, 'one', 'a')).mode & 0o077).toBe(0);
  for (const name of ['../a', 'one/../../a', '/a', '', 'one//a', '.', 'a\0b', 'one/.hidden']) {
    await expect(sink.put(name, new Uint8Array())).rejects.toMatchObject({ code: 'InvalidInput' });
    await expect(sink.get(name)).rejects.toMatchObject({ code: 'InvalidInput' });
  }
});

test('a folder that cannot be written says so', async () => {
  const sink = folderArchive('/dev/null/archive');
  await expect(sink.put('a', new Uint8Array())).rejects.toMatchObject({ code: 'Configuration' });
});

/** An archive that takes only half of what it is given. */
const halving = (sink: ArchiveSink): ArchiveSink => ({
  ...sink,
  put: (name, bytes) => sink.put(name, bytes.subarray(0, bytes.byteLength / 2)),
});

test('the suite tells an archive that loses something', async () => {
  const cases = archiveSinkConformance({ create: () => halving(folderArchive(temporaryFolder())) });
  const [first] = cases;
  await expect(first?.run()).rejects.toThrow('Not an archive');
});
