import { z } from 'zod';
import type { Account, Commit, PullRequest } from '../domain.ts';
import {
  type Batch,
  type ConfiguredConnector,
  defineConnector,
  defineStream,
  type ReadRequest,
} from '../sync/define-connector.ts';

const payloadSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  author: z.string(),
  mergedAt: z.number().int().nullish(),
  sha: z.string().nullish(),
});
export type ScriptedPayload = z.infer<typeof payloadSchema>;

/** What the scripted source answers, one entry per call of `read`. */
export type Script = (request: ReadRequest) => AsyncIterable<Batch>;

/** Returns a connector whose source is a script: for tests of the runner, not of any vendor. */
export function createScriptedConnector(read: Script): ConfiguredConnector {
  const pullRequests = defineStream<Record<string, never>, ScriptedPayload>({
    id: 'pull-requests',
    title: 'Pull requests',
    payloadSchema,
    read: (_context, request) => read(request),
    map: (payload) => ({
      repositories: [repositoryRow],
      accounts: [accountRow(payload.author)],
      pullRequests: [pullRequestRow(payload)],
      commits: [commitRow(payload)],
    }),
  });
  const connector = defineConnector<Record<string, never>>({
    id: 'scripted',
    title: 'Scripted',
    experimental: false,
    configSchema: z.object({}),
    hosts: () => [],
    check: async () => ({ identity: null, items: [] }),
    async *discover() {
      yield { externalId: 'acme/widgets', name: 'widgets', detail: {} };
    },
    streams: [pullRequests],
  });
  return connector({});
}

/** Returns a record as the scripted source gives one. */
export function scriptedRecord(payload: ScriptedPayload): { externalId: string; payload: unknown } {
  return { externalId: `#${payload.number}`, payload };
}

/** Returns a whole pass in batches of a size. */
export function scriptedBatches(payloads: readonly ScriptedPayload[], batchSize: number): Script {
  return async function* read(request) {
    const done = Number(request.state?.['done'] ?? 0);
    for (let start = done; start < payloads.length; start += batchSize) {
      const end = Math.min(start + batchSize, payloads.length);
      yield {
        records: payloads.slice(start, end).map(scriptedRecord),
        tombstones: [],
        state: { done: end },
        complete: end === payloads.length,
        gaps: [],
      };
    }
  };
}

const repositoryRow = {
  source: 'scripted',
  externalId: 'acme/widgets',
  name: 'widgets',
  fullName: 'acme/widgets',
  url: 'https://example.com/acme/widgets',
  defaultBranch: 'main',
  mergeStyle: null,
};

function accountRow(email: string): Account {
  return {
    source: 'scripted',
    externalId: email,
    login: null,
    name: email.split('@')[0] ?? email,
    email,
    emailVerified: false,
    vendorId: null,
    kind: 'human',
    isBot: false,
  };
}

function pullRequestRow(payload: ScriptedPayload): PullRequest {
  const mergedAt = payload.mergedAt ?? null;
  return {
    source: 'scripted',
    externalId: `acme/widgets#${payload.number}`,
    repositoryExternalId: 'acme/widgets',
    number: payload.number,
    title: payload.title,
    state: mergedAt === null ? 'open' : 'merged',
    originalState: null,
    isDraft: null,
    authorAccountExternalId: payload.author,
    openedAt: 1_780_000_000_000,
    readyAt: null,
    mergedAt,
    closedAt: null,
    updatedAt: null,
    firstCommitAt: null,
    mergeSha: payload.sha ?? `sha-${payload.number}`,
    headSha: null,
    baseRef: 'main',
    headRef: null,
    additions: null,
    deletions: null,
    mergeMethod: null,
    labels: [],
    changedFiles: null,
    mergedByAccountExternalId: null,
    revertsNumber: null,
  };
}

function commitRow(payload: ScriptedPayload): Commit {
  return {
    source: 'scripted',
    repositoryExternalId: 'acme/widgets',
    sha: payload.sha ?? `sha-${payload.number}`,
    authorAccountExternalId: payload.author,
    committerAccountExternalId: payload.author,
    authoredAt: 1_780_000_000_000,
    committedAt: 1_780_000_000_000,
    subject: payload.title,
    parentCount: 1,
    isRevert: false,
    revertsSha: null,
  };
}
