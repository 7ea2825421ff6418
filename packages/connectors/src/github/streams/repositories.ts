import { defineStream } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope, repositoryOf } from '../discovery/session.ts';
import { mapRepository } from '../map/map-people.ts';
import { type RepositoryPayload, repositoryPayloadSchema } from '../map/people-payload.ts';

/** The repository itself, as it is called now. The probe has read it already. */
export const repositories = defineStream<GithubConfig, RepositoryPayload>({
  id: 'repositories',
  title: 'The repository itself',
  payloadSchema: repositoryPayloadSchema,
  appliesTo: isRepositoryScope,
  async *read(context, request) {
    const repository = await repositoryOf(context, request);
    const { name, fullName, url, defaultBranch, mergeStyle } = repository;
    const payload: RepositoryPayload = { name, fullName, url, defaultBranch, mergeStyle };
    yield {
      records: [{ externalId: repository.nodeId, payload }],
      tombstones: [],
      state: {},
      complete: true,
      gaps: [],
    };
  },
  map: mapRepository,
});
