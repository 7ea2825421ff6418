import {
  type ActionContext,
  type ApprovedEffect,
  type AnyActionDefinition,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type Preparation,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import type { GithubConfig } from '../config.ts';
import { createAccess, type GithubAccess, quietPeriodMs } from '../writing/access.ts';
import { checksNotGreen, countedChecks, mergeFacts } from '../writing/merge-facts.ts';
import { observed } from '../../writing/observed.ts';
import { examineText } from '../writing/outgoing-text.ts';
import { outgoingLineSchema } from '../../writing/outgoing-text-schema.ts';
import { numberSchema, outgoingSchema, repositoryNameSchema } from '../writing/payloads.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { isProtectedBranch } from '../writing/protected-branch.ts';
import { type MergeView, readMergeView } from '../writing/read-merge-view.ts';
import { requireName } from '../writing/read-repository.ts';
import { threadRecipients } from '../writing/recipients.ts';
import { riskyFileConditions } from '../writing/risky-files.ts';
import { writerId } from '../writing/who.ts';

const payloadSchema = z.strictObject({
  repository: repositoryNameSchema,
  number: numberSchema,
  method: z.enum(['merge', 'squash', 'rebase']),
  /** First line of the commit. Default: what GitHub would write. */
  commitTitle: outgoingLineSchema().optional(),
  commitMessage: outgoingSchema().optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Merges a pull request: exactly the head, base, checks and message that were approved. */
export function prMerge(config: GithubConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'pr.merge',
    title: 'Merge a pull request',
    risk: 'high',
    reversible: false,
    effectClass: 'keyed',
    inputSchema: payloadSchema,
    quietPeriodMs,
    prepare: async (context, payload) =>
      await prepare(createAccess(config, context), config, payload),
    observe: async (context, payload) =>
      await observed(async () =>
        boundOf(await readMergeView(createAccess(config, context), payload), payload),
      ),
    execute: async (context, effect) => await execute(config, context, effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

async function prepare(
  access: GithubAccess,
  config: GithubConfig,
  payload: Payload,
): Promise<Preparation> {
  const view = await readMergeView(access, payload);
  const { pullRequest, repository } = view;
  requireName(repository.nameWithOwner, payload.repository);
  const { title, message } = commitText(view, payload);
  const author = pullRequest.author?.databaseId ?? null;
  return {
    target: {
      source: 'github',
      externalId: pullRequest.id,
      ref: `${repository.nameWithOwner}#${pullRequest.number}`,
      url: pullRequest.url,
    },
    preconditions: boundOf(view, payload),
    facts: [
      ...mergeFacts(view, { method: payload.method, title, message }),
      ...(await credentialFacts(access)),
    ],
    recipients: recipientsOf(view),
    content: title === null ? null : `${title}\n\n${message}`,
    conditions: await conditionsOf(access, config, view, {
      title: title ?? '',
      body: message ?? '',
    }),
    // Who wrote a change does not decide that it goes in.
    excludedAccounts: author === null ? [] : [{ source: 'github', externalId: String(author) }],
  };
}

async function conditionsOf(
  access: GithubAccess,
  config: GithubConfig,
  view: MergeView,
  text: { title: string; body: string },
): Promise<Preparation['conditions']> {
  const { repository, pullRequest, files, hasAllFiles } = view;
  const { nameWithOwner, visibility } = repository;
  // GitHub does not say here what a renamed file was called.
  const isComplete = hasAllFiles && files.every(({ changeType }) => changeType !== 'RENAMED');
  const paths = files.map(({ path }) => path);
  return {
    draft: pullRequest.isDraft,
    channel_public: visibility === 'PUBLIC',
    checks_not_green: checksNotGreen(view),
    ...riskyFileConditions(paths, isComplete),
    target_is_protected_branch: await isProtectedBranch(
      access,
      nameWithOwner,
      pullRequest.baseRefName,
    ),
    contains_command: (await examineText(access, config, { ...text, isMarkdown: false }))
      .containsCommand,
  };
}

function recipientsOf({ repository, pullRequest }: MergeView): string[] {
  const { author, assignees, reviewRequests, latestReviews } = pullRequest;
  const requested = (reviewRequests?.nodes ?? []).flatMap(
    ({ requestedReviewer }) => requestedReviewer ?? [],
  );
  return threadRecipients({
    repository: repository.nameWithOwner,
    logins: [
      author?.login ?? [],
      assignees.nodes.map(({ login }) => login),
      requested.flatMap(({ login }) => login ?? []),
      (latestReviews?.nodes ?? []).flatMap((review) => review.author?.login ?? []),
    ].flat(),
    teams: requested.flatMap(({ slug, organization }) =>
      typeof slug === 'string' ? [`${organization?.login ?? '?'}/${slug}`] : [],
    ),
  });
}

/** The text is always sent, so that no setting of the repository writes another one. */
function commitText(
  { repository, pullRequest }: MergeView,
  payload: Payload,
): { title: string | null; message: string | null } {
  if (payload.method === 'rebase') return { title: null, message: null };
  const { number, headRefName, title } = pullRequest;
  const owner = pullRequest.headRepositoryOwner?.login ?? repository.nameWithOwner.split('/')[0];
  const ofMerge = `Merge pull request #${number} from ${owner}/${headRefName}`;
  const written = payload.method === 'merge' ? ofMerge : `${title} (#${number})`;
  // Never empty: GitHub might write its own in place of nothing.
  const ofSquash = `Squashed from pull request #${number}.`;
  const message = payload.commitMessage ?? (payload.method === 'merge' ? title : ofSquash);
  return { title: payload.commitTitle ?? written, message };
}

/** What a decision is bound to. Where no check is required, all that there are count. */
function boundOf(view: MergeView, payload: Payload): JsonObject {
  const { repository, pullRequest, checks } = view;
  const { title, message } = commitText(view, payload);
  return {
    repositoryId: repository.databaseId,
    repository: repository.nameWithOwner,
    pullRequestId: pullRequest.id,
    state: pullRequest.state,
    baseRef: pullRequest.baseRefName,
    headSha: pullRequest.headRefOid,
    draft: pullRequest.isDraft,
    reviewDecision: pullRequest.reviewDecision ?? null,
    checksRequired: checks.some(({ required }) => required),
    checks: countedChecks(checks).map(({ name, state }) => ({ name, state })),
    method: payload.method,
    commitTitle: title,
    commitMessage: message,
  };
}

const boundSchema = z.object({
  headSha: z.string().regex(/^[0-9a-f]{40,64}$/),
  commitTitle: z.string().nullable(),
  commitMessage: z.string().nullable(),
});

async function execute(
  config: GithubConfig,
  context: ActionContext,
  effect: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const access = createAccess(config, context);
  const { repository, number, method } = effect.payload;
  const { headSha, commitTitle, commitMessage } = boundSchema.parse(effect.preconditions);
  const sent = await access.send('PUT', `/repos/${repository}/pulls/${number}/merge`, {
    merge_method: method,
    sha: headSha,
    ...(commitTitle === null ? {} : { commit_title: commitTitle }),
    ...(commitMessage === null ? {} : { commit_message: commitMessage }),
  });
  if (sent.ok) {
    const { sha } = z.object({ sha: z.string() }).parse(sent.data);
    return { outcome: 'applied', result: { merged: true, mergeCommit: sha } };
  }
  // GitHub gives the same answer where an earlier attempt of ours has merged it already.
  if (sent.status === 405 || sent.status === 409 || sent.status === 422) {
    const found = await probe(access, effect);
    if (found.outcome === 'applied') return found;
  }
  return sent.result;
}

const restSchema = z.object({
  merged: z.boolean(),
  merge_commit_sha: z.string().nullish(),
  head: z.object({ sha: z.string() }),
  merged_by: z.object({ id: z.number(), login: z.string() }).nullish(),
});

async function probe(access: GithubAccess, effect: ApprovedEffect<Payload>): Promise<ProbeResult> {
  const { repository, number } = effect.payload;
  const { headSha } = boundSchema.parse(effect.preconditions);
  const path = `/repos/${repository}/pulls/${number}`;
  const found = await access.get(path, restSchema, 'this pull request');
  if (!found.merged || found.head.sha !== headSha) return { outcome: 'absent' };
  const us = await writerId(access);
  const by = found.merged_by ?? null;
  // Somebody else's merge is not ours to claim: it is absent, and sending again is refused.
  if (us !== null && by !== null && by.id !== us) return { outcome: 'absent' };
  return {
    outcome: 'applied',
    result: { merged: true, mergeCommit: found.merge_commit_sha ?? null },
  };
}
