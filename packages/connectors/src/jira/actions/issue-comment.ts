import {
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { observed } from '../../writing/observed.ts';
import { outgoingTextSchema } from '../../writing/outgoing-text-schema.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import type { JiraConfig } from '../config.ts';
import { createAccess, quietPeriodMs } from '../writing/access.ts';
import { documentOfText } from '../writing/document-of-text.ts';
import { effectProperty, effectPropertyKey, isOfEffect } from '../writing/effect-property.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { isSeenByCustomers, issueFacts } from '../writing/issue-facts.ts';
import {
  boundIssue,
  issueKeySchema,
  issueRecipients,
  issueTarget,
  type ReadIssue,
  readIssue,
} from '../writing/read-issue.ts';

/** Jira takes 32,767 characters, of a document that is longer than its text. */
const longestBody = 20_000;

const payloadSchema = z.strictObject({
  issue: issueKeySchema,
  body: outgoingTextSchema(longestBody),
});
type Payload = z.infer<typeof payloadSchema>;

/**
 * Comments on an issue of Jira. Nothing in the text calls anybody, and in a service project it is an
 * internal comment, which customers are not shown.
 */
export function issueComment(config: JiraConfig): AnyActionDefinition {
  return defineAction<Payload>({
    id: 'issue.comment',
    title: 'Comment on an issue',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const issue = await readIssue(access, config, payload.issue);
      return {
        target: issueTarget(issue, config),
        preconditions: bound(issue),
        facts: [
          ...(isSeenByCustomers(issue.fields)
            ? [warning('Comment', 'internal: for agents of the service project, not for customers')]
            : []),
          ...issueFacts(issue),
          plain('Calls', 'nobody: names in the text are words'),
          plain('Adds', 'a property that Jira does not show, by which the comment is found again'),
          ...(await credentialFacts(access)),
        ],
        recipients: issueRecipients(issue),
        content: payload.body,
        // Who may browse the project, and which rules read comments, Jira does not tell.
        conditions: { channel_public: null, contains_command: null, draft: false },
        excludedAccounts: [],
      };
    },
    observe: async (context, payload) =>
      await observed(async () =>
        bound(await readIssue(createAccess(config, context), config, payload.issue)),
      ),
    execute: async (context, effect) => await execute(createAccess(config, context), effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

const boundSchema = z.object({ issueId: z.string(), isInternal: z.boolean() });

function bound(issue: ReadIssue): JsonObject {
  return { ...boundIssue(issue), isInternal: isSeenByCustomers(issue.fields) };
}

/** What a service project knows a comment for agents by; without it customers read the comment. */
const internalProperty = { key: 'sd.public.comment', value: { internal: true } };

const commentSchema = z.object({
  id: z.string(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish(),
});
const pageSchema = z.object({
  comments: z.array(commentSchema),
  total: z.number().int().nonnegative().nullish(),
});

async function execute(
  access: RestAccess,
  { payload, preconditions, effectKey }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const { issueId, isInternal } = boundSchema.parse(preconditions);
  const properties = [effectProperty(effectKey), ...(isInternal ? [internalProperty] : [])];
  const sent = await access.send({
    method: 'POST',
    path: commentsPath(issueId),
    body: { body: documentOfText(payload.body), properties },
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: resultOf(commentSchema.parse(sent.data)) };
}

function commentsPath(issueId: string): string {
  return `/rest/api/3/issue/${encodeURIComponent(issueId)}/comment`;
}

function resultOf({ id }: z.infer<typeof commentSchema>): JsonObject {
  return { commentId: id };
}

const pageSize = 100;
const mostPages = 50;

/** Looks as the account that wrote: an internal comment is not shown to everybody who may read. */
async function probe(
  access: RestAccess,
  { preconditions, effectKey }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const path = commentsPath(boundSchema.parse(preconditions).issueId);
  let startAt = 0;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { startAt, maxResults: pageSize, orderBy: '-created', expand: 'properties' };
    const { comments, total } = await access.readAsWriter(
      { method: 'GET', path, query },
      pageSchema,
      'these comments',
    );
    const found = comments.find(({ properties }) =>
      (properties ?? []).some(
        ({ key, value }) => key === effectPropertyKey && isOfEffect(value, effectKey),
      ),
    );
    if (found !== undefined) return { outcome: 'applied', result: resultOf(found) };
    startAt += comments.length;
    // A page may be short for other reasons than being the last: only the total tells.
    if (total !== null && total !== undefined && startAt >= total) return { outcome: 'absent' };
    if (comments.length === 0) {
      return { outcome: 'unclear', reason: 'Jira did not give all comments that there are.' };
    }
  }
  return { outcome: 'unclear', reason: 'There are more comments than are looked through.' };
}
