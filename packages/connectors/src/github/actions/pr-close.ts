import {
  type ActionContext,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { numberSchema, repositoryNameSchema } from '../writing/payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from '../writing/read-repository.ts';
import {
  boundThread,
  loginsOf,
  readPullRequest,
  type ReadPullRequest,
  teamsOf,
  threadTarget,
} from '../writing/read-thread.ts';
import { threadRecipients } from '../writing/recipients.ts';

const payloadSchema = z.strictObject({ repository: repositoryNameSchema, number: numberSchema });
type Payload = z.infer<typeof payloadSchema>;

/** Closes a pull request without merging it. */
export function prClose(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'pr.close',
    title: 'Close a pull request',
    risk: 'high',
    reversible: true,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const { repository, pullRequest } = await read(access, payload);
      return {
        target: threadTarget(pullRequest, repository),
        preconditions: boundOf({ repository, pullRequest }),
        facts: [
          repositoryFact(repository),
          plain('Base', neutralText(pullRequest.base.ref)),
          pullRequest.state === 'open'
            ? plain('State', 'open')
            : warning('State', pullRequest.merged === true ? 'merged' : pullRequest.state),
          plain('Title', neutralText(pullRequest.title)),
          plain('Author', neutralText(pullRequest.user?.login ?? 'an account that is gone')),
          plain('Head', `${neutralText(pullRequest.head.ref)} at ${pullRequest.head.sha}`),
          ...(await credentialFacts(access)),
        ],
        recipients: threadRecipients({
          repository: repository.fullName,
          logins: loginsOf(pullRequest),
          teams: teamsOf(pullRequest, repository),
        }),
        content: null,
        conditions: {
          channel_public: repository.isPublic,
          draft: pullRequest.draft ?? null,
          contains_command: false,
        },
        excludedAccounts: [],
      };
    },
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(createAccess(config, context), payload))),
    execute: async (context, effect) => await execute(config, context, effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect.payload),
  });
}

interface Read {
  repository: ReadRepository;
  pullRequest: ReadPullRequest;
}

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  return { repository, pullRequest: await readPullRequest(access, repository, payload.number) };
}

function boundOf({ repository, pullRequest }: Read): JsonObject {
  return {
    ...boundRepository(repository),
    ...boundThread(pullRequest),
    merged: pullRequest.merged === true,
    baseRef: pullRequest.base.ref,
    headSha: pullRequest.head.sha,
  };
}

async function execute(
  config: GithubConfig,
  context: ActionContext,
  { payload }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const access = createAccess(config, context);
  const path = `/repos/${payload.repository}/pulls/${payload.number}`;
  const sent = await access.send('PATCH', path, { state: 'closed' });
  if (!sent.ok) return sent.result;
  // GitHub takes it for one that was merged a moment ago, and changes nothing.
  if (closedSchema.parse(sent.data).merged === true) {
    return { outcome: 'refused', reason: 'It was merged meanwhile.' };
  }
  return { outcome: 'applied', result: { closed: true } };
}

const closedSchema = z.object({ state: z.string(), merged: z.boolean().nullish() });

async function probe(access: GithubAccess, payload: Payload): Promise<ProbeResult> {
  const path = `/repos/${payload.repository}/pulls/${payload.number}`;
  const { state, merged } = await access.get(path, closedSchema, 'this pull request');
  // What was merged was not closed by us; closing it again changes nothing.
  return state === 'closed' && merged !== true
    ? { outcome: 'applied', result: { closed: true } }
    : { outcome: 'absent' };
}
