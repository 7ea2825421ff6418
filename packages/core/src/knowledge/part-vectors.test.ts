import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededRandom } from '../domain.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { Embedder } from './embedder.ts';
import { fuseReciprocally } from './fuse-reciprocally.ts';
import { type KnowledgeMethod, noKnowledgeMethod } from './knowledge-method.ts';
import { createPartVectors } from './part-vectors.ts';

const dimensions = 16;
let store: Store;
beforeEach(async () => {
  store = await openStore(':memory:');
});
afterEach(() => store.close());

test('the nearest parts are those of a scan by hand', async () => {
  const random = seededRandom(3);
  const vectorOf = new Map<string, Float32Array>();
  const embed: Embedder['embed'] = async (texts) =>
    texts.map((text) => {
      const known =
        vectorOf.get(text) ?? Float32Array.from({ length: dimensions }, () => random() - 0.5);
      vectorOf.set(text, known);
      return known;
    });
  const texts = Array.from({ length: 300 }, (_, at) => `text ${at}`);
  await store.transaction(async (transaction) => {
    for (const [at, text] of texts.entries()) {
      const base = {
        workspaceId: 'one',
        textHash: `h${at}`,
        path: `${at}.md`,
        commitSha: 'c',
        byteCount: 1,
      };
      const place = {
        source: 'git',
        externalId: `r:${at}.md`,
        repositoryExternalId: 'r',
        lastChangedAt: null,
      };
      await transaction.insert(tables.documents).values({ id: `d${at}`, ...base, ...place });
      await transaction
        .insert(tables.documentTexts)
        .values({ workspaceId: 'one', hash: `h${at}`, text });
    }
  });
  const vectors = createPartVectors(store, { id: 'test', dimensions, embed }, noKnowledgeMethod);
  const signal = new AbortController().signal;
  expect(await vectors.refresh('one', signal)).toBe(300);
  expect(await vectors.refresh('one', signal)).toBe(0);
  const near = await vectors.nearest('one', 'what', { places: null, limit: 10 });
  const wanted = vectorOf.get('what') ?? new Float32Array();
  const byHand = texts
    .map((text, at) => ({
      at,
      similarity: cosine(wanted, vectorOf.get(text) ?? new Float32Array()),
    }))
    .toSorted((left, right) => right.similarity - left.similarity)
    .slice(0, 10);
  expect(near.map(({ externalId }) => externalId)).toEqual(byHand.map(({ at }) => `r:${at}.md`));
  expect(await vectors.nearest('one', 'what', { places: [], limit: 10 })).toEqual([]);
  expect(await vectors.nearest('other', 'what', { places: null, limit: 10 })).toEqual([]);
});

test('texts without parts end a pass, and the embedder is never asked for nothing', async () => {
  const asked: number[] = [];
  const embed: Embedder['embed'] = async (texts) => {
    // What goes on without end is stopped here, not by the time that a test may take.
    if (texts.length === 0) throw new Error('asked for nothing');
    asked.push(texts.length);
    return texts.map(() => new Float32Array(dimensions).fill(1));
  };
  const texts = [...Array.from({ length: 45 }, () => '\n'), 'widgets'];
  await store.transaction(async (transaction) => {
    for (const [at, text] of texts.entries()) {
      const textHash = `h${String(at).padStart(2, '0')}`;
      await transaction.insert(tables.documents).values({
        id: `d${at}`,
        workspaceId: 'one',
        textHash,
        path: `${at}.md`,
        commitSha: 'c',
        byteCount: 1,
        source: 'git',
        externalId: `r:${at}.md`,
        repositoryExternalId: 'r',
        lastChangedAt: null,
      });
      await transaction
        .insert(tables.documentTexts)
        .values({ workspaceId: 'one', hash: textHash, text });
    }
  });
  const method: KnowledgeMethod = {
    ...noKnowledgeMethod,
    split: (document) =>
      document.text.trim() === '' ? { title: '', parts: [] } : noKnowledgeMethod.split(document),
  };
  const vectors = createPartVectors(store, { id: 'test', dimensions, embed }, method);
  const signal = new AbortController().signal;
  expect(await vectors.refresh('one', signal)).toBe(1);
  expect(await vectors.refresh('one', signal)).toBe(0);
  expect(asked).toEqual([1]);
});

test('an embedder that gives other vectors than it says is refused', async () => {
  const embed: Embedder['embed'] = async (texts) => texts.map(() => new Float32Array([Number.NaN]));
  const vectors = createPartVectors(store, { id: 'test', dimensions, embed }, noKnowledgeMethod);
  await expect(vectors.nearest('one', 'x', { places: null, limit: 1 })).rejects.toMatchObject({
    code: 'Upstream',
  });
});

test('what stands high in either order stands high in both', () => {
  expect(
    fuseReciprocally(
      [
        ['a', 'b', 'c'],
        ['c', 'd', 'a'],
      ],
      (item) => item,
    ),
  ).toEqual(['a', 'c', 'b', 'd']);
});

function cosine(left: Float32Array, right: Float32Array): number {
  const dot = (one: Float32Array, other: Float32Array): number =>
    one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}
