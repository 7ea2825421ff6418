import { defineStream } from '@adjutant/core';
import type { GitConfig } from '../config.ts';
import { type HistoryPayload, historyPayloadSchema } from './history-payload.ts';
import { mapHistory } from './map-history.ts';
import { readHistory } from './read-history.ts';

/** Commits, the pull requests that brought them in, their authors, and the repository itself. */
export const history = defineStream<GitConfig, HistoryPayload>({
  id: 'history',
  title: 'Commits and pull requests',
  payloadSchema: historyPayloadSchema,
  read: readHistory,
  map: mapHistory,
});
