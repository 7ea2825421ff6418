import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needlesOf, searchBytes, searchFolder } from './search-canaries.ts';

// Not one of the suite's own: those may be found nowhere.
const secret = 'AnotherSecret4711';
const needles = needlesOf(secret);

function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-search-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

test.each([
  ['plain', `token=${secret};`],
  ['UTF-16', Buffer.from(`x${secret}`, 'utf16le')],
  ['hex', Buffer.from(secret).toString('hex')],
  ['base64', Buffer.from(`:${secret}`).toString('base64')],
  ['base64', Buffer.from(`ab:${secret}.`).toString('base64')],
  ['base64', Buffer.from(`abc:x${secret}tail`).toString('base64url')],
])('finds a secret written as %s', (form, content) => {
  expect(searchBytes('here', content, needles)).toContainEqual({ place: 'here', form });
});

test('finds nothing where there is nothing', () => {
  expect(searchBytes('here', 'AnotherSecret471 and more', needles)).toEqual([]);
});

test('finds it in bytes of any file below a folder and in the name of one', () => {
  const database = Buffer.concat([Buffer.from([0, 255, 1]), Buffer.from(secret), Buffer.alloc(9)]);
  const folder = folderWith({ 'a.db-wal': database, 'b.html': 'nothing', [`c-${secret}`]: '' });
  const { files, leaks } = searchFolder(folder, needles);
  expect(files).toBe(3);
  expect(leaks.map(({ place }) => place)).toEqual([
    join(folder, 'a.db-wal'),
    `name of ${join(folder, `c-${secret}`)}`,
  ]);
});

test('finds it where one piece that is read ends and the next begins', () => {
  const pieceBytes = 8 * 1024 * 1024;
  const edges = [pieceBytes - 5, pieceBytes + 5, pieceBytes + 60, 2 * pieceBytes + 70];
  for (const at of edges) {
    const content = Buffer.concat([Buffer.alloc(at), Buffer.from(secret), Buffer.alloc(1)]);
    expect(searchFolder(folderWith({ large: content }), needles).leaks).toHaveLength(1);
  }
});
