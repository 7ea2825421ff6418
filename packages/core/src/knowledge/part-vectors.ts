import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { upsertRows } from '../store/bulk-write.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { splitSafely } from '../search/document-feed.ts';
import type { Embedder } from './embedder.ts';
import type { KnowledgeMethod } from './knowledge-method.ts';
import type { AskedPlace } from './repositories-asked.ts';

export interface NearPart {
  source: string;
  externalId: string;
  part: number;
}

/** Finds parts of documents by their meaning. */
export interface PartVectors {
  /** Makes the vectors that are missing, and returns how many. */
  refresh(workspaceId: string, signal: AbortSignal): Promise<number>;
  /** Returns the parts whose vectors are nearest to the text's, nearest first: all are compared. */
  nearest(
    workspaceId: string,
    text: string,
    query: { places: readonly AskedPlace[] | null; limit: number },
  ): Promise<NearPart[]>;
}

const target = { table: tables.documentVectors, key: ['embedder', 'textHash', 'part'] };
const textsInOneGo = 20;
const rowsInOneGo = 2_000;

/** Returns vectors by a host's embedder, kept beside the documents and compared one by one. */
export function createPartVectors(
  store: Store,
  embedder: Embedder,
  method: KnowledgeMethod,
): PartVectors {
  /** Vectors of another splitting are of other parts. */
  const name = `${embedder.id}#${method.version}`;
  return {
    async refresh(workspaceId, signal) {
      let made = 0;
      // Passed by their keys: a text that splits into no parts never gets a row, and is read once.
      for (let after = ''; ; ) {
        const texts = await textsWithoutVectors(store, workspaceId, name, after);
        const last = texts.at(-1);
        if (last === undefined || signal.aborted) return made;
        [after] = last;
        await yieldToEventLoop();
        const parts = texts.flatMap(([textHash, path, text]) =>
          splitSafely(method, { path, text }).parts.map((part, at) => ({
            textHash,
            part: at,
            ...part,
          })),
        );
        if (parts.length === 0) continue;
        const vectors = await embedChecked(
          embedder,
          parts.map(({ heading, text }) => `${heading}\n${text}`.trim()),
          signal,
        );
        const rows = parts.map(({ textHash, part }, at) => ({
          embedder: name,
          textHash,
          part,
          vector: toBase64(vectors[at] ?? new Float32Array()),
        }));
        await store.transaction((transaction) =>
          upsertRows(transaction, target, workspaceId, rows),
        );
        made += rows.length;
      }
    },
    async nearest(workspaceId, text, { places, limit }) {
      const [wanted] = await embedChecked(embedder, [text], new AbortController().signal);
      if (wanted === undefined) return [];
      const near: (NearPart & { similarity: number })[] = [];
      for await (const [source, externalId, part, vector] of storedVectors(
        store,
        workspaceId,
        name,
        places,
      )) {
        near.push({ source, externalId, part, similarity: cosine(wanted, fromBase64(vector)) });
      }
      return near
        .toSorted((left, right) => right.similarity - left.similarity)
        .slice(0, limit)
        .map(({ source, externalId, part }) => ({ source, externalId, part }));
    },
  };
}

function textsWithoutVectors(store: Store, workspaceId: string, name: string, after: string) {
  return queryTuples<[string, string, string]>(
    store.read,
    sql`select t.hash, min(d.path), t.text from document_texts t
      join documents d on d.workspace_id = t.workspace_id and d.text_hash = t.hash
      where t.workspace_id = ${workspaceId} and t.hash > ${after} and not exists (
        select 1 from document_vectors v where v.workspace_id = t.workspace_id
          and v.embedder = ${name} and v.text_hash = t.hash)
      group by t.hash order by t.hash limit ${textsInOneGo}`,
  );
}

async function* storedVectors(
  store: Store,
  workspaceId: string,
  name: string,
  places: readonly AskedPlace[] | null,
): AsyncGenerator<[string, string, number, string]> {
  const listed = JSON.stringify((places ?? []).map(({ source, place }) => [source, place]));
  const within =
    places === null
      ? sql`true`
      : sql`(d.source, d.repository_external_id) in (select value->>0, value->>1 from json_each(${listed}))`;
  for (let after = ''; ; ) {
    const rows = await queryTuples<[string, string, number, string, string]>(
      store.read,
      sql`select d.source, d.external_id, v.part, v.vector, v.text_hash || printf('%08d', v.part) || d.id
        from document_vectors v join documents d
          on d.workspace_id = v.workspace_id and d.text_hash = v.text_hash
        where v.workspace_id = ${workspaceId} and v.embedder = ${name} and ${within}
          and v.text_hash || printf('%08d', v.part) || d.id > ${after}
        order by 5 limit ${rowsInOneGo}`,
    );
    for (const [source, externalId, part, vector] of rows) yield [source, externalId, part, vector];
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsInOneGo) return;
    after = last[4];
    await yieldToEventLoop();
  }
}

async function embedChecked(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors = await embedder.embed(texts, { signal });
  const fits =
    vectors.length === texts.length &&
    vectors.every(
      (vector) => vector.length === embedder.dimensions && vector.every(Number.isFinite),
    );
  if (fits) return vectors;
  throw new AdjutantError(
    'Upstream',
    'The embedder gave something else than one vector for each text.',
    {
      source: 'embedder',
      hint: 'Answers go on by words alone.',
    },
  );
}

function cosine(left: Float32Array, right: Float32Array): number {
  let dot = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let at = 0; at < left.length; at += 1) {
    const one = left[at] ?? 0;
    const other = right[at] ?? 0;
    dot += one * other;
    leftSquares += one * one;
    rightSquares += other * other;
  }
  const length = Math.sqrt(leftSquares * rightSquares);
  return length === 0 ? 0 : dot / length;
}

function toBase64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
}
