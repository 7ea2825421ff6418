import {
  type Batch,
  type ConnectorContext,
  defineStream,
  type DomainRows,
  type ReadRequest,
  type Scope,
} from '@adjutant/core';
import { z } from 'zod';
import type { GitConfig } from '../config.ts';
import { findDefaultBranch } from '../default-branch.ts';
import { type FileReading, readFileAt } from '../read-file-at.ts';
import { openScope } from '../scope.ts';
import { ownersFilePlaces, parseOwners } from './parse-owners.ts';

const recordId = 'CODEOWNERS';
const maxBytes = 1024 * 1024;
const maxRules = 5_000;

const ownersPayloadSchema = z.object({
  rules: z.array(z.object({ pattern: z.string(), owners: z.array(z.string()) })),
});
type OwnersPayload = z.infer<typeof ownersPayloadSchema>;

const stateSchema = z.object({ version: z.literal(1), blob: z.string().nullable() });

/** The repository's own word on who owns what in it. */
export const owners = defineStream<GitConfig, OwnersPayload>({
  id: 'owners',
  title: 'Who owns what (CODEOWNERS)',
  payloadSchema: ownersPayloadSchema,
  read: readOwners,
  map: mapRules,
});

async function* readOwners(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await openScope(request.scope, context);
  const branch = await findDefaultBranch(repository, context.config.defaultBranch);
  const reading: FileReading =
    branch === null
      ? { state: 'absent' }
      : await readFileAt(repository, branch.sha, ownersFilePlaces);
  const stored = stateSchema.safeParse(request.state);
  const before = stored.success ? stored.data.blob : null;
  const batch = (blob: string | null, change: Pick<Batch, 'records' | 'tombstones' | 'gaps'>) => ({
    ...change,
    state: { version: 1, blob },
    complete: true,
  });
  if (reading.state === 'unreadable') {
    // What was read before still holds as far as anybody can tell.
    yield batch(before, { records: [], tombstones: [], gaps: [unreadableGap] });
    return;
  }
  if (reading.state === 'absent') {
    yield batch(null, { records: [], tombstones: before === null ? [] : [recordId], gaps: [] });
    return;
  }
  const rules = parseOwners(reading.content.subarray(0, maxBytes).toString('utf8'));
  const gaps = reading.content.length > maxBytes || rules.length > maxRules ? [truncatedGap] : [];
  const payload: OwnersPayload = { rules: rules.slice(0, maxRules) };
  const records = reading.blob === before ? [] : [{ externalId: recordId, payload }];
  yield batch(reading.blob, { records, tombstones: [], gaps });
}

function mapRules({ rules }: OwnersPayload, scope: Scope): DomainRows {
  return {
    repositoryOwners: rules.flatMap(({ pattern, owners: named }, position) =>
      [...new Set(named)].map((owner) => ({
        source: 'git',
        repositoryExternalId: scope.externalId,
        position,
        pattern,
        owner,
      })),
    ),
  };
}

const unreadableGap: Batch['gaps'][number] = {
  code: 'owners_unreadable',
  message:
    'This clone is partial and lacks the content of CODEOWNERS, if there is one, so no owner is proposed from it. A checkout of the default branch brings it.',
  affectedCount: null,
  touches: [],
};

const truncatedGap: Batch['gaps'][number] = {
  code: 'owners_truncated',
  message: 'The CODEOWNERS file is larger than is read; its later lines are left out.',
  affectedCount: null,
  touches: [],
};
