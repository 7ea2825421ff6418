import {
  type Batch,
  type ConnectorContext,
  defineStream,
  type DomainRows,
  type ReadRequest,
} from '@adjutant/core';
import { z } from 'zod';
import { accountIdOf, accountOf } from '../accounts/account-of.ts';
import type { GitConfig } from '../config.ts';
import { findDefaultBranch } from '../default-branch.ts';
import { openScope } from '../scope.ts';
import { loadMailmap, type MailmapReading } from './parse-mailmap.ts';

const recordsPerBatch = 1_000;

const mailmapPayloadSchema = z.object({
  from: z.string(),
  to: z.string(),
  name: z.string().nullable(),
});
type MailmapPayload = z.infer<typeof mailmapPayloadSchema>;

const stateSchema = z.object({
  version: z.literal(1),
  blob: z.string().nullable(),
  given: z.array(z.string()),
});

/** The repository's own word on which addresses are one person. */
export const mailmap = defineStream<GitConfig, MailmapPayload>({
  id: 'mailmap',
  title: 'Addresses that are one person (.mailmap)',
  payloadSchema: mailmapPayloadSchema,
  read: readMailmap,
  map: mapEntry,
});

async function* readMailmap(
  context: ConnectorContext<GitConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await openScope(request.scope, context);
  const branch = await findDefaultBranch(repository, context.config.defaultBranch);
  const reading: MailmapReading =
    branch === null ? { state: 'absent' } : await loadMailmap(repository, branch.sha);
  const stored = stateSchema.safeParse(request.state);
  const { blob, given } = stored.success ? stored.data : { blob: null, given: [] };
  const gaps = mailmapGaps(reading);
  if (reading.state === 'unreadable') {
    // What was read before still holds as far as anybody can tell.
    yield {
      records: [],
      tombstones: [],
      state: { version: 1, blob, given },
      complete: true,
      gaps,
    };
    return;
  }
  const found = reading.state === 'read' ? reading.mailmap : null;
  if (stored.success && blob === (found?.blob ?? null)) {
    yield { records: [], tombstones: [], state: stored.data, complete: true, gaps };
    return;
  }
  const records = (found?.entries ?? []).map((entry) => ({
    externalId: accountIdOf('', entry.fromEmail) ?? entry.fromEmail,
    payload: { from: entry.fromEmail, to: entry.toEmail, name: entry.name },
  }));
  const now = new Set(records.map(({ externalId }) => externalId));
  // Until the pass has ended both the old and the new may be stored.
  const all = [...new Set([...given, ...now])];
  for (let start = 0; start < records.length; start += recordsPerBatch) {
    yield {
      records: records.slice(start, start + recordsPerBatch),
      tombstones: [],
      state: { version: 1, blob: null, given: all },
      complete: false,
      gaps,
    };
  }
  yield {
    records: [],
    tombstones: given.filter((id) => !now.has(id)),
    state: { version: 1, blob: found?.blob ?? null, given: [...now].toSorted() },
    complete: true,
    gaps,
  };
}

function mapEntry({ from, to, name }: MailmapPayload): DomainRows {
  const fromExternalId = accountIdOf('', from);
  const toExternalId = accountIdOf('', to);
  if (fromExternalId === null || toExternalId === null) return {};
  // The proper address may never have committed. Under the proper name the row is the same that the
  // history gives it; without one there is nothing to say about it.
  const account = name === null ? null : accountOf(name, to);
  return {
    identityMappings: [
      {
        source: 'git',
        fromExternalId,
        toExternalId,
        displayName: name,
        method: 'explicit_mapping',
      },
    ],
    ...(account === null ? {} : { accounts: [account] }),
  };
}

const unreadableGap: Batch['gaps'][number] = {
  code: 'mailmap_unreadable',
  message:
    'This clone is partial and lacks the content of .mailmap, if there is one; a person with several addresses may count more than once. A checkout of the default branch brings it.',
  affectedCount: null,
};

function mailmapGaps(reading: MailmapReading): Batch['gaps'] {
  if (reading.state === 'absent') return [];
  if (reading.state === 'unreadable') return [unreadableGap];
  const { unresolvedCount, cut } = reading.mailmap;
  const gaps: Batch['gaps'][number][] = [];
  if (unresolvedCount > 0) {
    gaps.push({
      code: 'mailmap_by_name',
      message:
        'These lines of .mailmap hold for one name at an address that several people share; they join nobody here. Confirm them with "adjutant people merge".',
      affectedCount: unresolvedCount,
    });
  }
  if (cut) {
    gaps.push({
      code: 'mailmap_truncated',
      message:
        'The .mailmap is larger than is read; entries after the first megabyte are left out.',
      affectedCount: null,
    });
  }
  return gaps;
}
