import { defineStream } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { type CommitPayload, commitPayloadSchema } from '../map/commit-payload.ts';
import { mapCommit } from '../map/map-commit.ts';
import { readCommits } from './read-commits.ts';

/** Commits of the default branch with their parents, authors and marks of coding tools. */
export const commits = defineStream<GithubConfig, CommitPayload>({
  id: 'commits',
  title: 'Commits of the default branch',
  payloadSchema: commitPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readCommits,
  map: mapCommit,
});
