import type { DomainRows, Scope } from '@adjutant/core';
import type { DeploymentPayload, ReleasePayload, TagPayload } from './release-payload.ts';

/** Returns the rows that a tag's record stands for. Pure. */
export function mapTag(payload: TagPayload, scope: Scope): DomainRows {
  return payload.kind === 'release'
    ? mapRelease(payload, scope.externalId)
    : mapDeployment(payload, scope.externalId);
}

function mapRelease(payload: ReleasePayload, repositoryExternalId: string): DomainRows {
  const releaseExternalId = `${repositoryExternalId}@${payload.tag}`;
  const releaseCommits = payload.commits.map((sha) => ({
    source: 'git',
    releaseExternalId,
    repositoryExternalId,
    sha,
  }));
  if (payload.part > 0) return { releaseCommits };
  return {
    releases: [
      {
        source: 'git',
        externalId: releaseExternalId,
        repositoryExternalId,
        name: payload.tag,
        sha: payload.sha,
        releasedAt: payload.taggedAt,
      },
    ],
    releaseCommits,
  };
}

function mapDeployment(payload: DeploymentPayload, repositoryExternalId: string): DomainRows {
  const { tag, sha, taggedAt, environment, previousTag } = payload;
  const idOf = (name: string): string => `${repositoryExternalId}@${environment}:${name}`;
  const deploymentChanges = payload.commits.map((commit) => ({
    source: 'git',
    deploymentExternalId: idOf(tag),
    repositoryExternalId,
    sha: commit,
    method: commit === sha ? ('exact_sha' as const) : ('graph_diff' as const),
  }));
  if (payload.part > 0) return { deploymentChanges };
  return {
    deployments: [
      {
        source: 'git',
        externalId: idOf(tag),
        repositoryExternalId,
        serviceKey: null,
        environment,
        // A tag says that it was done, not how it went; the configuration says that it was done.
        result: 'success',
        originalResult: null,
        kind: null,
        sha,
        previousExternalId: previousTag === null ? null : idOf(previousTag),
        queuedAt: null,
        startedAt: null,
        finishedAt: taggedAt,
        origin: 'tag',
      },
    ],
    deploymentChanges,
  };
}
