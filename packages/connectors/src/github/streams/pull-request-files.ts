import { defineStream } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { mapPullRequestFiles } from '../map/map-pull-request-files.ts';
import {
  type PullRequestFilesPayload,
  pullRequestFilesPayloadSchema,
} from '../map/pull-request-files-payload.ts';
import { readPullRequestFiles } from './read-pull-request-files.ts';

/** The files of open pull requests and of those merged since they were first read. */
export const pullRequestFiles = defineStream<GithubConfig, PullRequestFilesPayload>({
  id: 'pull_request_files',
  title: 'Files of pull requests',
  payloadSchema: pullRequestFilesPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readPullRequestFiles,
  map: mapPullRequestFiles,
});
