import { createHash } from 'node:crypto';
import { type Adjutant, createAdjutant, type Embedder } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { afterEach, expect, test } from 'vitest';
import { knowledgeMethod } from './knowledge-method.ts';

const clock = createFakeClock();
const dayMs = 86_400_000;
const opened: Adjutant[] = [];
afterEach(async () => {
  for (const adjutant of opened.splice(0)) await adjutant.close();
});

const runbook =
  '# Payments\n\nTakes money.\n\n## Rolling back\n\nRun `payctl rollback` and tell #payments.\n';
const handbook =
  '# Handbook\n\n## Holidays\n\nTell your team early.\n\n## Laptops\n\nEncrypt the disk.\n';
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

async function world(files: Record<string, string>, embedder?: Embedder) {
  const place = { source: 'git', repositoryExternalId: 'r1' };
  const documents = () =>
    Object.entries(files).map(([path, text]) => ({
      ...place,
      externalId: `r1:${path}`,
      path,
      textHash: hash(text),
      commitSha: 'c0ffee'.repeat(6),
      byteCount: text.length,
      lastChangedAt: clock.now() - 400 * dayMs,
    }));
  const known = new Set<string>();
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    knowledge: knowledgeMethod,
    ...(embedder === undefined ? {} : { embedder }),
    connectors: [
      createRowsConnector({
        id: 'git',
        scope: { externalId: 'r1', name: 'r1', detail: {} },
        records: () => {
          const rows = documents().map((row) => [row.path, { documents: [row] }] as const);
          for (const [path] of rows) known.add(path);
          const repository = {
            source: 'git',
            externalId: 'r1',
            name: 'payments',
            fullName: null,
            url: 'https://example.com/acme/payments',
            defaultBranch: null,
            mergeStyle: null,
          };
          const owners = [{ ...place, position: 0, pattern: '/docs/', owner: '@acme/payments' }];
          return {
            repository: { repositories: [repository], repositoryOwners: owners },
            ...Object.fromEntries(rows),
          };
        },
        tombstones: () => [...known].filter((path) => !(path in files)),
        texts: () => Object.values(files).map((text) => ({ hash: hash(text), text })),
      }),
    ],
  });
  opened.push(adjutant);
  await adjutant.sync();
  const handle = adjutant.workspace().as(await adjutant.owner());
  return { adjutant, knowledge: handle.knowledge };
}

test('an answer is the lines that say it, with version, age and owners', async () => {
  const { knowledge } = await world({ 'docs/payments.md': runbook, 'handbook.md': handbook });
  const answer = await knowledge.ask({ question: 'How do I roll back the payment service?' });
  expect(answer).toMatchObject({ outcome: 'answered', documentCount: 2 });
  expect(answer.citations[0]).toMatchObject({
    path: 'docs/payments.md',
    repository: 'payments',
    heading: 'Payments > Rolling back',
    lines: { from: 5, to: 8 },
    version: 'c0ffee'.repeat(6),
    freshness: { ageDays: 400, isStale: true },
    owners: ['@acme/payments'],
    url: `https://example.com/acme/payments/blob/${'c0ffee'.repeat(6)}/docs/payments.md#L5-L8`,
  });
  expect(answer.citations[0]?.snippet.text).toContain('payctl rollback');
});

test('what no document says is no source, with the words that were looked for', async () => {
  const { knowledge } = await world({ 'docs/payments.md': runbook, 'handbook.md': handbook });
  const answer = await knowledge.ask({ question: 'Which winter tyres fit my bicycle?' });
  expect(answer).toMatchObject({
    outcome: 'no_source',
    citations: [],
    lookedFor: ['winter', 'tyres', 'fit', 'bicycle'],
    unknownWords: ['winter', 'tyres', 'fit', 'bicycle'],
  });
});

test('a word of a private report is as unknown as one that stands nowhere', async () => {
  const { adjutant, knowledge } = await world({ 'docs/payments.md': runbook });
  const owner = await adjutant.owner();
  if (owner.kind !== 'person') throw new TypeError('The owner is a person.');
  const agent = { kind: 'agent', name: 'helper', sponsorPersonId: owner.personId } as const;
  const asking = adjutant.workspace().as(agent).knowledge;
  const question = 'Are resignation and burnout a rollback?';
  const before = [await knowledge.ask({ question }), await asking.ask({ question })];
  const { reports } = adjutant.workspace().as(owner);
  await reports.submit({ did: 'Thought about resignation', next: 'burnout', blockers: 'burnout' });
  await reports.submit({ day: '2026-09-11', did: 'More of resignation' });
  expect((await reports.search({ text: 'burnout' })).items).toHaveLength(1);
  expect([await knowledge.ask({ question }), await asking.ask({ question })]).toEqual(before);
  expect(before[0]?.unknownWords).toEqual(['resignation', 'burnout']);
});

test('a search of the workspace hands out no report, whoever asks and whatever kinds are named', async () => {
  const { adjutant, knowledge } = await world({ 'docs/payments.md': runbook });
  const { reports } = adjutant.workspace().as(await adjutant.owner());
  await reports.submit({ did: 'A rollback of payments', visibility: 'team' });
  expect((await reports.search({ text: 'rollback' })).items).toHaveLength(1);
  const { items } = await knowledge.search({ text: 'rollback' });
  expect(items.map(({ kind }) => kind)).toEqual(['document']);
  const kinds: never[] = JSON.parse('["report"]');
  expect((await knowledge.search({ text: 'rollback', kinds })).items).toEqual([]);
});

test('a document that is gone takes its parts along', async () => {
  const files: Record<string, string> = { 'docs/payments.md': runbook, 'handbook.md': handbook };
  const { adjutant, knowledge } = await world(files);
  delete files['docs/payments.md'];
  await adjutant.sync();
  expect((await knowledge.ask({ question: 'roll back payments' })).outcome).toBe('no_source');
  expect((await knowledge.search({ text: 'rollback' })).items).toEqual([]);
  const lines: string[] = [];
  for await (const line of adjutant.exportWorkspace()) lines.push(line);
  expect(lines.join('\n')).not.toContain('payctl');
});

test('who knows names owners and no person who wrote', async () => {
  const { knowledge } = await world({ 'docs/payments.md': runbook });
  const byPath = await knowledge.whoKnows('docs/payments.md');
  expect(byPath.places).toMatchObject([
    { repository: 'payments', path: 'docs/payments.md', owners: ['@acme/payments'] },
  ]);
  const byTopic = await knowledge.whoKnows('rolling back payments');
  expect(byTopic.places).toMatchObject([{ owners: ['@acme/payments'] }]);
});

/** Three meanings, by words that mean the same. */
const embedder: Embedder = {
  id: 'test/meanings',
  dimensions: 3,
  embed: async (texts) =>
    texts.map((text) =>
      Float32Array.from([/roll|revert|undo/i, /holiday|vacation/i, /laptop|computer/i], (word) =>
        word.test(text) ? 1 : 0.01,
      ),
    ),
};

test('with an embedder a question in the words of the document is answered as before', async () => {
  const files = { 'docs/payments.md': runbook, 'handbook.md': handbook };
  const { knowledge } = await world(files, embedder);
  const answer = await knowledge.ask({ question: 'telling the team early about holidays' });
  expect(answer.citations[0]?.heading).toBe('Handbook > Holidays');
});

test('an embedder that fails leaves answers by words', async () => {
  const broken: Embedder = { ...embedder, embed: () => Promise.reject(new Error('down')) };
  const { knowledge } = await world({ 'docs/payments.md': runbook }, broken);
  expect((await knowledge.ask({ question: 'roll back payments' })).outcome).toBe('answered');
});

test('a secret in a document reaches no answer, no index, no embedder and no export', async () => {
  const token = ['ghp', 'R2d5K8q1Wm4Xz7Lc0Tv3Bn6Yp9Hs2Jf5Ga8e'].join('_');
  const key = [
    `${'-'.repeat(5)}BEGIN PRIVATE KEY-----`,
    'MC4CAQAwBQYDK2VwBCIEINq8Zt3vLw0rXy5PbKcHs9Dg',
    `${'-'.repeat(5)}END PRIVATE KEY-----`,
  ].join('\n');
  const text = `# Payments\n\n## Rolling back\n\nRun it with ${token} and this key:\n\n${key}\n\n## Owners\n\nAsk payments.\n`;
  const embedded: string[] = [];
  const listening: Embedder = {
    ...embedder,
    embed: (texts, options) => {
      embedded.push(...texts);
      return embedder.embed(texts, options);
    },
  };
  const { adjutant, knowledge } = await world({ 'docs/payments.md': text }, listening);
  const answer = await knowledge.ask({ question: 'How do I roll back with a key?' });
  expect(answer.citations[0]?.snippet.text).toContain('Run it with [secret] and this key');
  const owners = await knowledge.ask({ question: 'Who are the owners to ask about payments?' });
  // A short section comes with the one before it; the lines are those of the file, whatever was masked.
  expect(owners.citations[0]).toMatchObject({
    heading: 'Payments > Owners',
    lines: { from: 1, to: 14 },
  });
  // Nor does what stands in its place answer for it.
  await expect(knowledge.search({ text: token })).rejects.toThrow('A secret cannot be looked for');
  const beside = await knowledge.search({ text: `${token} owners` });
  expect(beside.lookedFor).toEqual(['owners']);
  expect(
    (await knowledge.search({ text: 'MC4CAQAwBQYDK2VwBCIEINq8Zt3vLw0rXy5PbKcHs9Dg' })).items,
  ).toEqual([]);
  const lines: string[] = [];
  for await (const line of adjutant.exportWorkspace()) lines.push(line);
  const all = [...lines, ...embedded, JSON.stringify(answer)].join('\n');
  expect(embedded.length).toBeGreaterThan(0);
  expect(all).not.toContain(token);
  expect(all).not.toContain('MC4CAQAwBQYDK2');
});
