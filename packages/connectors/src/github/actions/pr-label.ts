import {
  type AnyActionDefinition,
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
import { labelNamesSchema, numberSchema, repositoryNameSchema } from '../writing/payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { boundLabels, labelFacts, type ReadLabel, readLabels } from '../writing/read-labels.ts';
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

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  number: numberSchema,
  labels: labelNamesSchema,
});
type Payload = z.infer<typeof payloadSchema>;

/** Adds labels to a pull request. Which may be added without asking is for policy to say. */
export function prLabel(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'pr.label',
    title: 'Add labels to a pull request',
    risk: 'low',
    reversible: true,
    // Adding a label that is there already changes nothing.
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const found = await read(access, payload);
      const { repository, pullRequest, labels } = found;
      return {
        target: threadTarget(pullRequest, repository),
        preconditions: boundOf(found),
        facts: [
          repositoryFact(repository),
          plain('Base', neutralText(pullRequest.base.ref)),
          ...labelFacts(labels),
          pullRequest.state === 'open' ? plain('State', 'open') : warning('State', 'not open'),
          plain('Title', neutralText(pullRequest.title)),
          plain('Author', neutralText(pullRequest.user?.login ?? 'an account that is gone')),
          ...(await credentialFacts(access)),
        ],
        recipients: threadRecipients({
          repository: repository.fullName,
          logins: loginsOf(pullRequest),
          teams: teamsOf(pullRequest, repository),
        }),
        content: null,
        // Some programs obey labels, so whether one is a command stays unknown.
        conditions: { channel_public: repository.isPublic, draft: pullRequest.draft ?? null },
        excludedAccounts: [],
      };
    },
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(createAccess(config, context), payload))),
    async execute(context, { payload }): Promise<ExecuteResult> {
      const access = createAccess(config, context);
      const sent = await access.send('POST', labelsPath(payload), { labels: payload.labels });
      if (!sent.ok) return sent.result;
      return { outcome: 'applied', result: { labels: [...payload.labels] } };
    },
    probe: async (context, effect) => await probe(createAccess(config, context), effect.payload),
  });
}

interface Read {
  repository: ReadRepository;
  pullRequest: ReadPullRequest;
  labels: readonly ReadLabel[];
}

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  const pullRequest = await readPullRequest(access, repository, payload.number);
  return { repository, pullRequest, labels: await readLabels(access, repository, payload.labels) };
}

/** The head too: a label that starts a merge must not meet another change than the one seen. */
function boundOf({ repository, pullRequest, labels }: Read): JsonObject {
  return {
    ...boundRepository(repository),
    ...boundThread(pullRequest),
    baseRef: pullRequest.base.ref,
    headSha: pullRequest.head.sha,
    labels: boundLabels(labels),
  };
}

function labelsPath({ repository, number }: Payload): string {
  return `/repos/${repository}/issues/${number}/labels`;
}

const labelledSchema = z.object({ labels: z.array(z.object({ name: z.string() })) });

async function probe(access: GithubAccess, payload: Payload): Promise<ProbeResult> {
  const path = `/repos/${payload.repository}/pulls/${payload.number}`;
  const { labels } = await access.get(path, labelledSchema, 'this pull request');
  const present = new Set(labels.map(({ name }) => name.toLowerCase()));
  return payload.labels.every((name) => present.has(name.toLowerCase()))
    ? { outcome: 'applied', result: { labels: [...payload.labels] } }
    : { outcome: 'absent' };
}
