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
import { plain } from '../../writing/preview-facts.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import type { JiraConfig } from '../config.ts';
import { createAccess, quietPeriodMs } from '../writing/access.ts';
import { documentOfText } from '../writing/document-of-text.ts';
import { effectProperty, effectPropertyKey, isOfEffect } from '../writing/effect-property.ts';
import { credentialFacts, issueFacts } from '../writing/issue-facts.ts';
import {
  boundIssue,
  issueKeySchema,
  issueRecipients,
  issueTarget,
  readIssue,
} from '../writing/read-issue.ts';

/** Jira takes 32,767 characters, of a document that is longer than its text. */
const longestBody = 20_000;

const payloadSchema = z.strictObject({
  issue: issueKeySchema,
  body: outgoingTextSchema(longestBody),
});
type Payload = z.infer<typeof payloadSchema>;

/** Comments on an issue of Jira. Nothing in the text calls anybody. */
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
        preconditions: boundIssue(issue),
        facts: [
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
        boundIssue(await readIssue(createAccess(config, context), config, payload.issue)),
      ),
    execute: async (context, effect) => await execute(createAccess(config, context), effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

const commentSchema = z.object({
  id: z.string(),
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).nullish(),
});
const pageSchema = z.object({ comments: z.array(commentSchema).nullish() });

async function execute(
  access: RestAccess,
  { payload, effectKey }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const sent = await access.send({
    method: 'POST',
    path: commentsPath(payload),
    body: { body: documentOfText(payload.body), properties: [effectProperty(effectKey)] },
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: resultOf(commentSchema.parse(sent.data)) };
}

function commentsPath({ issue }: Payload): string {
  return `/rest/api/3/issue/${encodeURIComponent(issue)}/comment`;
}

function resultOf({ id }: z.infer<typeof commentSchema>): JsonObject {
  return { commentId: id };
}

const pageSize = 100;
const mostPages = 50;

async function probe(
  access: RestAccess,
  { payload, effectKey }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  for (let page = 0; page < mostPages; page += 1) {
    const query = {
      startAt: page * pageSize,
      maxResults: pageSize,
      orderBy: '-created',
      expand: 'properties',
    };
    const path = commentsPath(payload);
    const answer = await access.read({ method: 'GET', path, query }, pageSchema, 'these comments');
    const comments = answer.comments ?? [];
    const found = comments.find(({ properties }) =>
      (properties ?? []).some(
        ({ key, value }) => key === effectPropertyKey && isOfEffect(value, effectKey),
      ),
    );
    if (found !== undefined) return { outcome: 'applied', result: resultOf(found) };
    if (comments.length < pageSize) return { outcome: 'absent' };
  }
  return { outcome: 'unclear', reason: 'There are more comments than are looked through.' };
}
