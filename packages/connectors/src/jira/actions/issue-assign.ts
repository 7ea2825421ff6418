import {
  AdjutantError,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import type { JiraConfig } from '../config.ts';
import { createAccess, quietPeriodMs } from '../writing/access.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { issueFacts } from '../writing/issue-facts.ts';
import {
  boundIssue,
  issueKeySchema,
  issueRecipients,
  issueTarget,
  readBoundIssue,
  readIssue,
} from '../writing/read-issue.ts';

const payloadSchema = z.strictObject({
  issue: issueKeySchema,
  /** Id of the account that it is given to; null takes it from whoever has it. */
  assignee: z
    .string()
    .regex(/^[A-Za-z0-9:_-]{1,128}$/, 'is the id of an account, not a name')
    .nullable(),
});
type Payload = z.infer<typeof payloadSchema>;

const userSchema = z.object({
  accountId: z.string(),
  displayName: z.string().nullish(),
  active: z.boolean().nullish(),
  accountType: z.string().nullish(),
});
type User = z.infer<typeof userSchema>;

const boundSchema = z.object({ issueId: z.string(), assigneeBefore: z.string().nullable() });

/**
 * Gives an issue to somebody, from whoever had it when it was seen. It is not keyed: sent again, it
 * would take the issue from whoever got it meanwhile.
 */
export function issueAssign(config: JiraConfig): AnyActionDefinition {
  const read = async (access: RestAccess, { issue: key, assignee }: Payload) => ({
    issue: await readIssue(access, config, key),
    user: assignee === null ? null : await readUser(access, assignee),
  });
  const bound = ({ issue, user }: Awaited<ReturnType<typeof read>>): JsonObject => ({
    ...boundIssue(issue),
    assigneeBefore: issue.fields.assignee?.accountId ?? null,
    assigneeActive: user === null ? null : user.active === true,
  });
  return defineAction<Payload>({
    id: 'issue.assign',
    title: 'Give an issue to somebody',
    risk: 'high',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    // An id must stay letter by letter, however much it looks like something else.
    verbatimFields: ['assignee'],
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const found = await read(access, payload);
      const { issue, user } = found;
      const name = user === null ? 'nobody' : nameOf(user);
      return {
        target: issueTarget(issue, config),
        preconditions: bound(found),
        facts: [
          plain('Gives to', name),
          ...(user !== null && user.accountType !== 'atlassian'
            ? [warning('Account', 'belongs to an app or to a portal, not to somebody of the site')]
            : []),
          ...issueFacts(issue),
          ...(await credentialFacts(access)),
        ],
        recipients: [...new Set([...(user === null ? [] : [name]), ...issueRecipients(issue)])],
        content: null,
        conditions: {},
        excludedAccounts: [],
        nudges:
          user === null ? [] : [{ source: 'jira', externalId: user.accountId, itemKey: issue.key }],
      };
    },
    observe: async (context, payload) =>
      await observed(async () => bound(await read(createAccess(config, context), payload))),
    execute: async (context, effect) => await execute(createAccess(config, context), effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

async function readUser(access: RestAccess, accountId: string): Promise<User> {
  const user = await access.read(
    { method: 'GET', path: '/rest/api/3/user', query: { accountId } },
    userSchema,
    'this account',
  );
  if (user.active === true) return user;
  throw new AdjutantError('InvalidInput', `The account of ${nameOf(user)} is not active.`, {
    source: 'jira',
    hint: 'Give it to somebody who works there.',
  });
}

function nameOf({ displayName, accountId }: User): string {
  return neutralText(displayName ?? accountId, 100);
}

async function execute(
  access: RestAccess,
  { payload, preconditions }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const { issueId } = boundSchema.parse(preconditions);
  const sent = await access.send({
    method: 'PUT',
    path: `/rest/api/3/issue/${encodeURIComponent(issueId)}/assignee`,
    body: { accountId: payload.assignee },
  });
  if (!sent.ok) return sent.result;
  return { outcome: 'applied', result: { assignee: payload.assignee } };
}

async function probe(
  access: RestAccess,
  { payload, preconditions }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const { issueId, assigneeBefore } = boundSchema.parse(preconditions);
  const { fields } = await readBoundIssue(access, issueId);
  const now = fields.assignee?.accountId ?? null;
  if (now === payload.assignee) return { outcome: 'applied', result: { assignee: now } };
  if (now === assigneeBefore) return { outcome: 'absent' };
  return { outcome: 'unclear', reason: 'Somebody has given the issue to another one meanwhile.' };
}
