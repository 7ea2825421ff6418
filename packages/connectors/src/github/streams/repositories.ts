import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import type { ProbedRepository } from '../discovery/probed.ts';
import { readCodeowners } from '../discovery/read-codeowners.ts';
import { isRepositoryScope, repositoryOf, sessionOf } from '../discovery/session.ts';
import { readOwnerRules } from '../map/codeowners.ts';
import { mapRepository } from '../map/map-people.ts';
import { type RepositoryPayload, repositoryPayloadSchema } from '../map/people-payload.ts';

const stateSchema = z.object({
  /** The head whose CODEOWNERS was read. */
  headSha: z.string().nullable(),
  owners: repositoryPayloadSchema.shape.owners,
});

async function* readRepository(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const { name, fullName, url, defaultBranch, mergeStyle, headSha, nodeId } = repository;
  const before = stateSchema.safeParse(request.state);
  const isSame = before.success && before.data.headSha === headSha;
  const known = before.success ? before.data : { headSha: null, owners: null };
  const found = isSame ? known.owners : await ownersOf(context, repository);
  const owners = found === undefined ? known.owners : found;
  const payload: RepositoryPayload = { name, fullName, url, defaultBranch, mergeStyle, owners };
  yield {
    records: [{ externalId: nodeId, payload }],
    tombstones: [],
    // What could not be said now is asked again by the next pass.
    state: { headSha: found === undefined ? known.headSha : headSha, owners },
    complete: true,
    gaps: found === undefined ? [ownersGap] : [],
  };
}

const ownersGap: Batch['gaps'][number] = {
  code: 'parts_missing',
  message: 'GitHub could not give CODEOWNERS; owners are as last read. The next sync asks again.',
  affectedCount: 1,
};

/** A file of the default branch can only have changed with its head. */
async function ownersOf(
  context: ConnectorContext<GithubConfig>,
  { nodeId, headSha }: ProbedRepository,
): Promise<RepositoryPayload['owners']> {
  if (headSha === null) return null;
  const text = await readCodeowners(sessionOf(context).client, nodeId);
  return typeof text === 'string' ? readOwnerRules(text) : text;
}

/** The repository itself, as it is called now, and the owners that its CODEOWNERS names. */
export const repositories = defineStream<GithubConfig, RepositoryPayload>({
  id: 'repositories',
  title: 'The repository itself',
  payloadSchema: repositoryPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readRepository,
  map: mapRepository,
});
