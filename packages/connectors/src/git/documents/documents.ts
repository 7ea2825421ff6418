import {
  type Batch,
  type ConnectorContext,
  defineStream,
  documentsStream,
  type ReadRequest,
} from '@adjutant/core';
import { DocumentTroubles } from '../../documents/document-gaps.ts';
import {
  type DocumentPayload,
  documentPayloadSchema,
  mapDocument,
} from '../../documents/document-payload.ts';
import { planDocuments, readDocumentState, readingName } from '../../documents/plan-documents.ts';
import { readDocumentText } from '../../documents/read-document-text.ts';
import type { GitConfig } from '../config.ts';
import { findDefaultBranch } from '../default-branch.ts';
import type { GitRepository } from '../open-repository.ts';
import { openScope } from '../scope.ts';
import { lastChanges } from './last-changes.ts';
import { listTree, treeOf } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';

/**
 * What the repository says in words: READMEs, documentation, runbooks, decisions, as they stand in the
 * default branch. The working tree is never read.
 */
export const documents = defineStream<GitConfig, DocumentPayload>({
  id: documentsStream,
  title: 'Documents: READMEs, runbooks, decisions',
  payloadSchema: documentPayloadSchema,
  read: readDocuments,
  map: (payload, scope) => mapDocument('git', payload, scope),
});

async function* readDocuments(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const choice = context.config.documents ?? true;
  const repository = await openScope(request.scope, context);
  const branch = await findDefaultBranch(repository, context.config.defaultBranch);
  const tree = branch === null ? null : await treeOf(repository, branch.sha);
  const name = readingName(tree ?? '', choice);
  const before = readDocumentState(request.state);
  if (before.read === name) {
    yield done(name, DocumentTroubles.of(before.troubles));
    return;
  }
  const troubles = new DocumentTroubles();
  const entries = tree === null || choice === false ? [] : await listTree(repository, tree);
  if (entries === null) {
    // What was read before still holds as far as anybody can tell.
    troubles.note('missing');
    yield done(before.read, troubles);
    return;
  }
  const plan = await planDocuments(entries, choice, request, troubles);
  const commit = branch?.sha ?? '';
  const changes = await lastChanges(repository, commit, plan.wanted);
  yield* giveDocuments(repository, plan, { commit, changes, name, troubles });
}

function done(read: string | null, troubles: DocumentTroubles): Batch {
  return {
    records: [],
    tombstones: [],
    state: { version: 1, read, troubles: troubles.counts() },
    complete: true,
    gaps: troubles.gaps(),
  };
}

async function* giveDocuments(
  repository: GitRepository,
  { wanted, gone }: Awaited<ReturnType<typeof planDocuments>>,
  told: {
    commit: string;
    changes: ReadonlyMap<string, number>;
    name: string;
    troubles: DocumentTroubles;
  },
): AsyncGenerator<Batch> {
  const { commit, changes, name, troubles } = told;
  const tombstones = new Set(gone);
  for await (const group of readBlobs(repository, wanted)) {
    const records: Batch['records'][number][] = [];
    const texts: NonNullable<Batch['texts']>[number][] = [];
    for (const { path, blob, content } of group) {
      const text = content === null ? ('missing' as const) : readDocumentText(content);
      if (typeof text === 'string') {
        troubles.note(text);
        // A document that has become unreadable is not quoted as it was.
        if (text !== 'missing') tombstones.add(path);
        continue;
      }
      const payload: DocumentPayload = {
        path,
        blob,
        commit,
        textHash: text.hash,
        byteCount: content?.byteLength ?? 0,
        lastChangedAt: changes.get(path) ?? null,
      };
      records.push({ externalId: path, payload });
      texts.push(text);
    }
    yield { ...done(null, troubles), records, texts, complete: false };
  }
  yield { ...done(name, troubles), tombstones: [...tombstones].toSorted() };
}
