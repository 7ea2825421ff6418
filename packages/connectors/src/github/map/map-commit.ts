import type { DomainRows, Scope } from '@adjutant/core';
import { isHostingService } from '../../commits/hosting-service.ts';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import type { CommitPayload } from './commit-payload.ts';
import { firstInstant, toInstant } from './instants.ts';
import { commitMarks } from './map-pull-request.ts';

const source = 'github';

/** Returns the rows that a commit stands for. Pure. */
export function mapCommit(
  payload: CommitPayload,
  scope: Scope,
  config: Pick<GithubConfig, 'baseUrl'>,
): DomainRows {
  const accounts = new AccountCollector(config);
  const repositoryExternalId = scope.externalId;
  const { sha, parents, subject } = payload;
  const { committer } = payload;
  const byService = isHostingService({
    email: committer?.email,
    login: committer?.account?.login,
  });
  const marks = commitMarks(payload.author, payload.trailers);
  const commits: DomainRows['commits'] = [
    {
      source,
      repositoryExternalId,
      sha,
      authorAccountExternalId: accounts.ofSignature(payload.author),
      committerAccountExternalId: byService ? null : accounts.ofSignature(committer),
      authoredAt: toInstant(payload.authoredAt),
      committedAt: firstInstant(payload.committedAt, payload.authoredAt) ?? 0,
      subject,
      parentCount: parents.length,
      isRevert: subject.startsWith('Revert "') || typeof payload.reverts === 'string',
      revertsSha: payload.reverts ?? null,
    },
  ];
  return {
    ...accounts.rows(),
    commits,
    commitParents: parents.map((parentSha, position) => ({
      source,
      repositoryExternalId,
      sha,
      position,
      parentSha,
    })),
    aiEvidence: marks.map((mark) => ({
      source,
      externalId: `${repositoryExternalId}@${sha}#commit:${mark.origin}:${mark.class}:${mark.tool ?? ''}`,
      subjectKind: 'commit' as const,
      repositoryExternalId,
      subjectExternalId: sha,
      ...mark,
    })),
  };
}
