import { defineStream, documentsStream } from '@adjutant/core';
import {
  type DocumentPayload,
  documentPayloadSchema,
  mapDocument,
} from '../../documents/document-payload.ts';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { readDocuments } from './read-documents.ts';

/** What the repository says in words, as it stands in the default branch. */
export const documents = defineStream<GithubConfig, DocumentPayload>({
  id: documentsStream,
  title: 'Documents: READMEs, runbooks, decisions',
  payloadSchema: documentPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readDocuments,
  map: (payload, scope) => mapDocument('github', payload, scope),
});
