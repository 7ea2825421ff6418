import {
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { type GithubConfig, isNonDeploying, workflowsOf } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { repositoryNameSchema } from '../writing/payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import {
  boundRepository,
  type ReadRepository,
  readRepository,
  repositoryFact,
  requireName,
} from '../writing/read-repository.ts';
import { threadRecipients } from '../writing/recipients.ts';
import { writerId } from '../writing/who.ts';

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  runId: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  /** Only what failed, and what depends on it. */
  onlyFailed: z.boolean().optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Runs a workflow again, for the same commit. */
export function workflowRerun(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'workflow.rerun',
    title: 'Run a workflow again',
    // Raised to high below, unless the configuration says that the workflow deploys nothing.
    risk: 'medium',
    // One that deploys nothing leaves nothing behind. The others are raised, and not reversible.
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      return await previewOf(access, config, payload, await read(access, payload));
    },
    observe: async (context, payload) =>
      await observed(async () => boundOf(await read(createAccess(config, context), payload))),
    async execute(context, { payload }): Promise<ExecuteResult> {
      const verb = payload.onlyFailed === true ? 'rerun-failed-jobs' : 'rerun';
      const sent = await createAccess(config, context).send('POST', `${runPath(payload)}/${verb}`);
      return sent.ok ? { outcome: 'applied', result: { runId: payload.runId } } : sent.result;
    },
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

const runSchema = z.object({
  id: z.number(),
  name: z.string().nullish(),
  path: z.string(),
  workflow_id: z.number(),
  run_number: z.number(),
  run_attempt: z.number().nullish(),
  event: z.string(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  head_branch: z.string().nullish(),
  head_sha: z.string(),
  html_url: z.string().nullish(),
  triggering_actor: z.object({ id: z.number(), login: z.string() }).nullish(),
});
type Run = z.infer<typeof runSchema>;

interface Read {
  repository: ReadRepository;
  run: Run;
}

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  const run = await access.get(runPath(payload), runSchema, 'this run');
  return { repository, run };
}

function runPath({ repository, runId }: Payload): string {
  return `/repos/${repository}/actions/runs/${runId}`;
}

function boundOf({ repository, run }: Read): JsonObject {
  return {
    ...boundRepository(repository),
    runId: run.id,
    workflowId: run.workflow_id,
    workflowPath: run.path,
    attempt: run.run_attempt ?? 1,
    status: run.status ?? null,
    conclusion: run.conclusion ?? null,
    headSha: run.head_sha,
  };
}

/** True, false, or null where the configuration says nothing of the workflow. */
function deploys(config: GithubConfig, { repository, run }: Read): boolean | null {
  const workflow = { id: run.workflow_id, path: run.path };
  if (isNonDeploying(config, repository.fullName, workflow)) return false;
  const file = run.path.split('/').at(-1);
  const named = workflowsOf(config, repository.fullName).filter(
    ({ workflow: name }) => name === file || name === String(run.workflow_id),
  );
  return named.length === 0 ? null : named.some((one) => one.deploys);
}

async function previewOf(
  access: GithubAccess,
  config: GithubConfig,
  payload: Payload,
  found: Read,
): Promise<Preparation> {
  const { repository, run } = found;
  const deploying = deploys(config, found);
  const words = { true: 'yes', false: 'no', null: 'unknown' }[String(deploying)] ?? 'unknown';
  const conclusion = run.conclusion ?? run.status ?? 'unknown';
  return {
    target: {
      source: 'github',
      externalId: String(run.id),
      ref: `${repository.fullName} run ${run.run_number}`,
      url: run.html_url ?? null,
    },
    preconditions: boundOf(found),
    facts: [
      repositoryFact(repository),
      plain('Workflow', neutralText(run.path)),
      deploying === false ? plain('Deploys', words) : warning('Deploys', words),
      plain('Branch', neutralText(run.head_branch ?? 'none')),
      plain('Commit', run.head_sha),
      run.status === 'completed' ? plain('Ended', conclusion) : warning('Stands', conclusion),
      plain('Attempt', String(run.run_attempt ?? 1)),
      plain('Started by', neutralText(run.event)),
      plain('Jobs', payload.onlyFailed === true ? 'those that failed' : 'all'),
      plain('Name', neutralText(run.name ?? 'none')),
      ...(await credentialFacts(access)),
    ],
    recipients: threadRecipients({
      repository: repository.fullName,
      logins: [run.triggering_actor?.login ?? []].flat(),
    }),
    content: null,
    conditions: {
      deploys: deploying,
      channel_public: repository.isPublic,
      contains_command: false,
    },
    excludedAccounts: [],
    ...(deploying === false
      ? {}
      : { raisedRisk: { risk: 'high' as const, reason: 'the workflow may deploy' } }),
  };
}

const boundSchema = z.object({ attempt: z.number() });

/** The next attempt, started by whoever writes, is ours. */
async function probe(
  access: GithubAccess,
  { payload, preconditions }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const { attempt } = boundSchema.parse(preconditions);
  const { run_attempt: present } = await access.get(runPath(payload), runSchema, 'this run');
  if ((present ?? 1) <= attempt) return { outcome: 'absent' };
  const next = await access.find(
    `${runPath(payload)}/attempts/${attempt + 1}`,
    runSchema,
    'this attempt',
  );
  const us = await writerId(access);
  const by = next?.triggering_actor ?? null;
  if (us === null || by === null) {
    return { outcome: 'unclear', reason: 'It was started again; GitHub does not say by whom.' };
  }
  return by.id === us
    ? { outcome: 'applied', result: { runId: payload.runId } }
    : // Somebody else's: what was bound has passed, and sending now would start a third.
      { outcome: 'unclear', reason: 'It was started again by somebody else.' };
}
