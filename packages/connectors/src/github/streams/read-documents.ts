import { AdjutantError, type Batch, type ConnectorContext, type ReadRequest } from '@adjutant/core';
import type { DocumentText } from '@adjutant/core/domain';
import { z } from 'zod';
import { DocumentTroubles } from '../../documents/document-gaps.ts';
import { createDocumentMatcher } from '../../documents/document-paths.ts';
import type { DocumentPayload } from '../../documents/document-payload.ts';
import {
  documentStateSchema,
  planDocuments,
  readingName,
  type TreeEntry,
} from '../../documents/plan-documents.ts';
import { readDocumentText, unreadableDocuments } from '../../documents/read-document-text.ts';
import type { GithubClient } from '../client/client.ts';
import type { GithubConfig } from '../config.ts';
import type { ProbedRepository } from '../discovery/probed.ts';
import { repositoryOf, sessionOf } from '../discovery/session.ts';
import { type GivenBlob, readDocumentBlobs } from './document-blobs.ts';
import { readTree } from './document-tree.ts';

/** Of more blobs it is not remembered that they are no text; they are asked for again. */
const mostSkipped = 1_000;

const stateSchema = documentStateSchema.extend({
  /** Blobs that were read and are no text that can be answered from: they need not be asked for again. */
  skipped: z.record(z.string(), z.enum(unreadableDocuments)).default({}),
});
type State = z.infer<typeof stateSchema>;

interface DocumentsPass {
  client: GithubClient;
  repository: ProbedRepository;
  /** The head whose files are read. */
  commit: string;
  /** What the pass leaves behind at its end. */
  name: string;
  troubles: DocumentTroubles;
  skipped: Map<string, State['skipped'][string]>;
}

/**
 * Reads the documents of the default branch: where its head has moved, the list of its files, and of
 * the documents among them those that are not stored as they are now. Stopped on the way, the next
 * pass goes on with what is still missing.
 */
export async function* readDocuments(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const choice = context.config.documents;
  const repository = await repositoryOf(context, request);
  const { client } = sessionOf(context);
  const commit = repository.headSha ?? '';
  const name = readingName(commit, choice);
  const before = readState(request.state);
  if (before.read === name) {
    yield done(before, DocumentTroubles.of(before.troubles));
    return;
  }
  const troubles = new DocumentTroubles();
  const skipped: DocumentsPass['skipped'] = new Map();
  const pass: DocumentsPass = { client, repository, commit, name, troubles, skipped };
  try {
    const listed =
      commit === '' || choice === false
        ? { entries: [], isWhole: true }
        : await readTree(client, repository.fullName, commit);
    if (!listed.isWhole) troubles.note('not_listed');
    const isDocument = createDocumentMatcher(choice);
    const entries: TreeEntry[] = [];
    for (const entry of listed.entries) {
      const reason = before.skipped[entry.blob];
      if (reason === undefined || !isDocument(entry.path)) entries.push(entry);
      else {
        skipped.set(entry.blob, reason);
        troubles.note(reason);
      }
    }
    const { wanted, gone } = await planDocuments(entries, choice, request, troubles);
    // What a list that breaks off does not show may still be there.
    yield* giveDocuments(pass, wanted, listed.isWhole ? gone : []);
  } catch (error) {
    if (!isRefused(error)) throw error;
    // What was read before stays, and the next pass asks again.
    const ended = done({ ...before, read: null }, DocumentTroubles.of(before.troubles));
    yield { ...ended, gaps: [...ended.gaps, notPermitted] };
  }
}

const notPermitted: Batch['gaps'][number] = {
  code: 'documents_not_permitted',
  message:
    'The credential may not read the files of this repository, so documents are as last read; it needs Contents: read.',
  affectedCount: null,
  touches: [],
};

function isRefused(error: unknown): boolean {
  return (
    AdjutantError.isInstance(error) && (error.code === 'Permission' || error.code === 'NotFound')
  );
}

function readState(state: unknown): State {
  const parsed = stateSchema.safeParse(state);
  return parsed.success ? parsed.data : { version: 1, read: null, troubles: {}, skipped: {} };
}

function done({ read, skipped }: Pick<State, 'read' | 'skipped'>, troubles: DocumentTroubles) {
  return {
    records: [],
    tombstones: [],
    state: { version: 1, read, troubles: troubles.counts(), skipped },
    complete: true,
    gaps: troubles.gaps(),
  };
}

async function* giveDocuments(
  pass: DocumentsPass,
  wanted: readonly TreeEntry[],
  gone: readonly string[],
): AsyncGenerator<Batch> {
  const { client, repository, name, troubles, skipped } = pass;
  const stateWith = (read: string | null) => ({
    read,
    skipped: Object.fromEntries([...skipped].slice(-mostSkipped)),
  });
  for await (const group of readDocumentBlobs(client, repository, wanted)) {
    const records: Batch['records'][number][] = [];
    const texts: DocumentText[] = [];
    const tombstones: string[] = [];
    for (const given of group) {
      const text = textOf(given);
      if (text === 'not_given') troubles.note(text);
      else if (typeof text === 'string') {
        troubles.note(text);
        skipped.set(given.blob, text);
        // A document that has become unreadable is not quoted as it was.
        tombstones.push(given.path);
      } else {
        records.push({ externalId: given.path, payload: payloadOf(pass, given, text) });
        texts.push(text);
      }
    }
    const batch = { ...done(stateWith(null), troubles), records, texts, tombstones };
    yield { ...batch, complete: false, totalEstimate: wanted.length };
  }
  yield { ...done(stateWith(name), troubles), tombstones: [...gone].toSorted() };
}

function textOf({ content }: GivenBlob) {
  return typeof content === 'string' ? content : readDocumentText(content);
}

function payloadOf(
  { commit }: DocumentsPass,
  { path, blob, content }: GivenBlob,
  { hash }: DocumentText,
): DocumentPayload {
  return {
    path,
    blob,
    commit,
    textHash: hash,
    byteCount: content.length,
    // GitHub would have to be asked for the history of each file.
    lastChangedAt: null,
  };
}
