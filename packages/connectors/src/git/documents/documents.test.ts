import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdjutant, type KnowledgeMethod } from '@adjutant/core';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, expect, test } from 'vitest';
import { git } from '../connector.ts';
import { createGitFixture, type GitFixture } from '../testing/git-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function fixtureOf(files: Record<string, string | null>): Promise<GitFixture> {
  const commits = [{ id: 'one', at: '2026-03-02T09:00:00Z', message: 'One\n', files }];
  const fixture = await createGitFixture({ commits });
  cleanups.push(() => fixture.remove());
  return fixture;
}

async function open(fixture: GitFixture, config: { documents?: boolean | string[] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-test-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return openAt(join(folder, 'store.db'), fixture, config);
}

async function openAt(
  store: string,
  fixture: GitFixture,
  config: { documents?: boolean | string[] },
) {
  const adjutant = await createAdjutant({
    store,
    connectors: [git({ repositories: [fixture.directory], ...config })],
    knowledge: wholeDocuments,
    clock: createFakeClock(),
  });
  cleanups.push(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const rows = async (): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of adjutant.exportWorkspace()) lines.push(line);
    return lines.filter(
      (line) => line.startsWith('["documents"') || line.startsWith('["document_texts"'),
    );
  };
  return { adjutant, store, handle, rows };
}

/** Quotes the whole of what was found. */
const wholeDocuments: KnowledgeMethod = {
  version: 1,
  split({ path, text }) {
    const lines = { from: 1, to: text.split('\n').length };
    return { title: path, parts: [{ heading: '', text, lines }] };
  },
  answer: ({ candidates }) => ({
    citations: [],
    lookedFor: candidates.map(({ path }) => path),
    unknownWords: [],
  }),
};

const found = async (
  { handle }: Awaited<ReturnType<typeof open>>,
  text: string,
): Promise<string[]> => {
  const { items } = await handle.knowledge.search({ text, kinds: ['document'], limit: 50 });
  return items.map(({ path }) => path).toSorted();
};

test('the usual documents of the default branch are read, and nothing else', async () => {
  const world = await open(
    await fixtureOf({
      'README.md': 'zebra',
      'docs/guide/start.rst': 'zebra',
      'runbooks/payments.md': 'zebra',
      'packages/api/README': 'zebra',
      'adr-0001-why.md': 'zebra',
      'src/notes.md': 'zebra',
      'docs/picture.svg': 'zebra',
      'node_modules/x/README.md': 'zebra',
    }),
  );
  await world.adjutant.sync();
  expect(await found(world, 'zebra')).toEqual([
    'README.md',
    'adr-0001-why.md',
    'docs/guide/start.rst',
    'packages/api/README',
    'runbooks/payments.md',
  ]);
});

test('patterns choose other files, and false takes away what was read', async () => {
  const fixture = await fixtureOf({ 'README.md': 'zebra', 'src/deep/notes.md': 'zebra' });
  const chosen = await open(fixture, { documents: ['src/**/*.md'] });
  await chosen.adjutant.sync();
  expect(await found(chosen, 'zebra')).toEqual(['src/deep/notes.md']);
  await chosen.adjutant.close();
  const none = await openAt(chosen.store, fixture, { documents: false });
  await none.adjutant.sync();
  expect(await found(none, 'zebra')).toEqual([]);
  expect(await none.rows()).toEqual([]);
});

test('the working tree is never read', async () => {
  const fixture = await fixtureOf({ 'README.md': 'zebra' });
  writeFileSync(join(fixture.directory, 'README.md'), 'okapi');
  const world = await open(fixture);
  await world.adjutant.sync();
  expect(await found(world, 'okapi')).toEqual([]);
  expect(await found(world, 'zebra')).toEqual(['README.md']);
});

test('a second pass writes nothing, a changed file is read again and a deleted one goes with its text', async () => {
  const fixture = await fixtureOf({
    'README.md': 'zebra',
    'docs/a.md': 'llama',
    'docs/b.md': 'okapi',
  });
  const world = await open(fixture);
  await world.adjutant.sync();
  const before = await world.rows();
  const again = await world.adjutant.sync();
  expect(again.streams.find(({ stream }) => stream === 'documents')).toMatchObject({
    records: 0,
    rowsChanged: 0,
  });
  expect(await world.rows()).toEqual(before);
  await fixture.extend({
    commits: [
      {
        id: 'two',
        parents: ['one'],
        at: '2026-04-02T09:00:00Z',
        message: 'Two\n',
        files: { 'docs/a.md': 'giraffe', 'docs/b.md': null },
      },
    ],
    branches: { main: 'two' },
  });
  const changed = await world.adjutant.sync();
  expect(changed.streams.find(({ stream }) => stream === 'documents')?.records).toBe(1);
  expect(await found(world, 'llama')).toEqual([]);
  expect(await found(world, 'okapi')).toEqual([]);
  expect(await found(world, 'giraffe')).toEqual(['docs/a.md']);
  const rows = await world.rows();
  expect(rows.some((line) => line.includes('okapi') || line.includes('llama'))).toBe(false);
  // The version is the one in which it was read, and what did not change keeps its own.
  expect(
    rows.some((line) => line.includes(fixture.shas['one'] ?? '-') && line.includes('README.md')),
  ).toBe(true);
  expect(
    rows.some(
      (line) =>
        line.includes(String(Date.parse('2026-04-02T09:00:00Z'))) && line.includes('docs/a.md'),
    ),
  ).toBe(true);
});

test('what is no readable text is left out and told', async () => {
  const world = await open(
    await fixtureOf({
      'README.md': 'zebra',
      'docs/binary.md': 'zebra \0 zebra',
      'docs/pointer.md': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      'docs/huge.md': 'zebra '.repeat(100_000),
      'docs/..\\..\\escape.md': 'zebra',
      'docs/\u001b[31m.md': 'zebra',
    }),
  );
  await world.adjutant.sync();
  expect(await found(world, 'zebra')).toEqual(['README.md']);
  const { meta } = await world.handle.knowledge.search({ text: 'zebra' });
  const codes = meta.gaps.map(({ code }) => code).filter((code) => code.startsWith('documents_'));
  expect(codes).toEqual([
    'documents_binary',
    'documents_large_file_pointer',
    'documents_odd_path',
    'documents_too_long',
  ]);
  await world.adjutant.sync();
  const { meta: later } = await world.handle.knowledge.search({ text: 'zebra' });
  expect(later.gaps).toEqual(meta.gaps);
});

test('a repository that the configuration no longer names takes its documents along', async () => {
  const fixture = await fixtureOf({ 'README.md': 'zebra' });
  const other = await fixtureOf({ 'README.md': 'llama' });
  const world = await open(fixture);
  await world.adjutant.sync();
  await world.adjutant.close();
  const later = await openAt(world.store, other, {});
  await later.adjutant.sync();
  expect(await found(later, 'zebra')).toEqual([]);
  expect(await found(later, 'llama')).toEqual(['README.md']);
  await later.adjutant.close();
  const back = await openAt(world.store, fixture, {});
  await back.adjutant.sync();
  expect(await found(back, 'zebra')).toEqual(['README.md']);
});
