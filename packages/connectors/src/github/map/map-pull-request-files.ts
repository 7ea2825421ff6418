import type { DomainRows } from '@adjutant/core';
import type { PullRequestFile } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import type { PullRequestFilesPayload } from './pull-request-files-payload.ts';

const maxPathLength = 1_000;

/** Returns the rows that the files of a pull request stand for. Pure. */
export function mapPullRequestFiles({ id, files }: PullRequestFilesPayload): DomainRows {
  const rows = new Map<string, PullRequestFile>();
  for (const [name, additions, deletions] of files) {
    const path = boundedText(name, maxPathLength);
    rows.set(path, { source: 'github', pullRequestExternalId: id, path, additions, deletions });
  }
  return { pullRequestFiles: [...rows.values()] };
}
