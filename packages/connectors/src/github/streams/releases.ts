import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope, repositoryOf } from '../discovery/session.ts';
import { type ReleasePayload, releasePayloadSchema } from '../map/delivery-payload.ts';
import { mapRelease } from '../map/map-delivery.ts';
import { readTracked, type TrackedStream } from '../reading/tracked-stream.ts';
import { deploymentSourceOf } from './deployment-source.ts';
import { type ReleaseNode, releaseKind } from './release-kind.ts';

function trackedReleases(deploys: boolean): TrackedStream<ReleaseNode> {
  return {
    kind: releaseKind(deploys),
    section: 'releases',
    newestBy: 'createdAt',
    gaps: [],
    source: ({ nodeId }, order) => ({
      name: 'Releases',
      declarations: '$id: ID!',
      variables: { id: nodeId },
      wrap: (selection) =>
        `node(id: $id) { ... on Repository { page: releases(first: $first, after: $after, orderBy: {field: ${order}}) ${selection} } }`,
      path: ['node'],
      plural: 'releases',
    }),
  };
}

async function* readReleases(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const source = deploymentSourceOf(context.config, repository);
  const before = request.state?.['deploys'] === true;
  const deploys = source === 'unknown' ? before : source === 'releases';
  // What a release stands for is part of its record: when that changes all are read again.
  const isSame = before === deploys;
  const state = isSame ? request.state : null;
  for await (const batch of readTracked(
    trackedReleases(deploys),
    context,
    { ...request, state },
    null,
  )) {
    yield { ...batch, state: { ...batch.state, deploys } };
  }
}

/** Releases with their tags; deployments too, where that is what the repository deploys by. */
export const releases = defineStream<GithubConfig, ReleasePayload>({
  id: 'releases',
  title: 'Releases',
  payloadSchema: releasePayloadSchema,
  appliesTo: isRepositoryScope,
  read: readReleases,
  map: mapRelease,
});
