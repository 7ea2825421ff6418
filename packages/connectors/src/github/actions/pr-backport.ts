import {
  AdjutantError,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { type LandedChange, readLandedChange } from '../writing/backported-change.ts';
import {
  type CherryPick,
  deleteBranch,
  makeBranch,
  pickOnto,
  probeBranch,
  probePick,
} from '../writing/cherry-pick.ts';
import { shortHash } from '../../writing/effect-key.ts';
import { effectMark, marked } from '../writing/effect-mark.ts';
import { findBranch } from '../writing/git-commit.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { type ExaminedText, examineText, raisedBy } from '../writing/outgoing-text.ts';
import { outgoingLineSchema } from '../../writing/outgoing-text-schema.ts';
import {
  branchNameSchema,
  numberSchema,
  outgoingSchema,
  repositoryNameSchema,
} from '../writing/payloads.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { isProtectedBranch } from '../writing/protected-branch.ts';
import { readFiles } from '../writing/read-files.ts';
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
  threadTarget,
} from '../writing/read-thread.ts';
import { threadRecipients } from '../writing/recipients.ts';
import { riskyFileConditions, riskyFileFacts } from '../writing/risky-files.ts';

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  number: numberSchema,
  targetBranch: branchNameSchema,
  title: outgoingLineSchema().optional(),
  body: outgoingSchema().optional(),
});
type Payload = z.infer<typeof payloadSchema>;

const steps = ['make_branch', 'cherry_pick', 'open_pull_request'] as const;

/** Opens a pull request that brings a merged change to another branch, as one commit. */
export function prBackport(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'pr.backport',
    title: 'Backport a pull request',
    risk: 'high',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    steps: () => steps,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const found = await read(access, payload);
      const { paths, isComplete } = await readFiles(access, found.repository, payload.number);
      const written = textOf(payload, found.pullRequest);
      const text = await examineText(access, config, written);
      const files = {
        facts: riskyFileFacts(paths, isComplete),
        conditions: riskyFileConditions(paths, isComplete),
      };
      return await previewOf(access, { payload, found, files, text, written });
    },
    observe: async (context, payload) =>
      await observed(async () =>
        boundOf(await read(createAccess(config, context), payload), payload),
      ),
    execute: async (context, effect) => await execute(createAccess(config, context), effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
    compensate: async (context, effect) => await compensate(createAccess(config, context), effect),
  });
}

interface Read {
  repository: ReadRepository;
  pullRequest: ReadPullRequest;
  change: LandedChange;
  onto: string;
}

async function read(access: GithubAccess, payload: Payload): Promise<Read> {
  const repository = await readRepository(access, payload.repository);
  requireName(repository.fullName, payload.repository);
  const pullRequest = await readPullRequest(access, repository, payload.number);
  const change = await readLandedChange(access, repository, pullRequest);
  const onto = await findBranch(access, repository, payload.targetBranch);
  if (onto === null) {
    throw new AdjutantError('NotFound', 'There is no branch to backport to under this name.', {
      source: 'github',
      hint: 'Name a branch that the repository has.',
    });
  }
  return { repository, pullRequest, change, onto };
}

function boundOf({ repository, pullRequest, change, onto }: Read, payload: Payload): JsonObject {
  const { title, body } = textOf(payload, pullRequest);
  return {
    ...boundRepository(repository),
    ...boundThread(pullRequest),
    merge: change.merge.sha,
    before: change.before,
    targetBranch: payload.targetBranch,
    onto,
    title,
    body,
  };
}

function textOf(payload: Payload, pullRequest: ReadPullRequest): { title: string; body: string } {
  const { number, title } = pullRequest;
  return {
    title: payload.title ?? `[${payload.targetBranch}] ${neutralText(title, 200)}`,
    body: payload.body ?? `Backport of #${number} to ${payload.targetBranch}.`,
  };
}

interface Previewed {
  payload: Payload;
  found: Read;
  files: Pick<Preparation, 'facts' | 'conditions'>;
  text: ExaminedText;
  written: { title: string; body: string };
}

async function previewOf(
  access: GithubAccess,
  { payload, found, files, text, written }: Previewed,
): Promise<Preparation> {
  const { repository, pullRequest, change, onto } = found;
  return {
    target: threadTarget(pullRequest, repository),
    preconditions: boundOf(found, payload),
    facts: [
      repositoryFact(repository),
      plain('Base', `${neutralText(payload.targetBranch)} at ${onto}`),
      plain('Checks', 'run on the new pull request; nothing is merged'),
      ...files.facts,
      warning('Conflicts', 'unknown until it is tried; with one, the new branch is deleted again'),
      ...text.facts,
      plain('Brings over', `${change.merge.sha}, against ${change.before}, as one commit`),
      plain('New branch', `${branchStem(payload)}…`),
      plain('Title', neutralText(pullRequest.title)),
      plain('Author', neutralText(pullRequest.user?.login ?? 'an account that is gone')),
      ...(await credentialFacts(access)),
    ],
    recipients: threadRecipients({
      repository: repository.fullName,
      logins: [...loginsOf(pullRequest), ...text.logins],
      teams: text.teams,
    }),
    content: `${written.title}\n\n${written.body}`,
    conditions: {
      channel_public: repository.isPublic,
      ...files.conditions,
      target_is_protected_branch: await isProtectedBranch(
        access,
        repository.fullName,
        payload.targetBranch,
      ),
      contains_command: text.containsCommand,
    },
    excludedAccounts: [],
    nudges: text.people.map(({ id }) => ({
      source: 'github',
      externalId: String(id),
      itemKey: `${repository.fullName}#${pullRequest.number}`,
    })),
    ...raisedBy(text),
  };
}

function branchStem({ number, targetBranch }: Payload): string {
  return `adjutant/backport-${number}-to-${targetBranch.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 80)}-`;
}

const boundSchema = z.object({
  merge: z.string(),
  before: z.string(),
  onto: z.string(),
  title: z.string(),
  body: z.string(),
});
type Effect = ApprovedEffect<Payload>;

/** The branch is named after the action, so that nobody else's can be met. */
function pickOf({ payload, preconditions, actionId }: Effect): CherryPick {
  const { merge, before, onto } = boundSchema.parse(preconditions);
  const branch = `${branchStem(payload)}${shortHash(actionId).slice(0, 12)}`;
  return { path: `/repos/${payload.repository}`, branch, merge, before, onto };
}

function standInOf({ previousResults }: Effect): string {
  return z.object({ standIn: z.string() }).parse(previousResults[0]).standIn;
}

async function execute(access: GithubAccess, effect: Effect): Promise<ExecuteResult> {
  const pick = pickOf(effect);
  if (effect.step === 0) return await makeBranch(access, pick);
  if (effect.step === 1) return await pickOnto(access, pick, standInOf(effect));
  const { title, body } = boundSchema.parse(effect.preconditions);
  const sent = await access.send('POST', `${pick.path}/pulls`, {
    title,
    head: pick.branch,
    base: effect.payload.targetBranch,
    body: marked(body, effect.effectKey),
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: resultOf(openedSchema.parse(sent.data)) };
}

async function probe(access: GithubAccess, effect: Effect): Promise<ProbeResult> {
  const pick = pickOf(effect);
  if (effect.step === 0) return await probeBranch(access, pick);
  if (effect.step === 1) return await probePick(access, pick, standInOf(effect));
  const [owner = ''] = effect.payload.repository.split('/');
  const list = await access.get(`${pick.path}/pulls`, z.array(openedSchema), 'pull requests', {
    head: `${owner}:${pick.branch}`,
    base: effect.payload.targetBranch,
    state: 'all',
    per_page: 100,
  });
  const mark = effectMark(effect.effectKey);
  const found = list.find(({ body }) => body?.includes(mark) === true);
  return found === undefined
    ? { outcome: 'absent' }
    : { outcome: 'applied', result: resultOf(found) };
}

/** Deleting the branch takes back what was put on it, and closes a pull request from it. */
async function compensate(access: GithubAccess, effect: Effect): Promise<ExecuteResult> {
  if (effect.step === 0) return await deleteBranch(access, pickOf(effect));
  return { outcome: 'applied', result: {} };
}

const openedSchema = z.object({
  number: z.number(),
  html_url: z.string().nullish(),
  body: z.string().nullish(),
});

function resultOf({ number, html_url: url }: z.infer<typeof openedSchema>): JsonObject {
  return { number, url: url ?? null };
}
