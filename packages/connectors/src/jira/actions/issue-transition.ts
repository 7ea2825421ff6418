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
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { outgoingLineSchema } from '../../writing/outgoing-text-schema.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import { writeAuthorization } from '../client/authorization.ts';
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
  type ReadIssue,
  readIssue,
} from '../writing/read-issue.ts';

const payloadSchema = z.strictObject({
  issue: issueKeySchema,
  /** The status that it is to come to, by the name that the site gave it. */
  status: outgoingLineSchema(100),
});
type Payload = z.infer<typeof payloadSchema>;

const transitionSchema = z.object({
  id: z.string(),
  name: z.string(),
  to: z.object({ id: z.string(), name: z.string() }),
  hasScreen: z.boolean().nullish(),
  isAvailable: z.boolean().nullish(),
});
const transitionsSchema = z.object({ transitions: z.array(transitionSchema) });
type Transition = z.infer<typeof transitionSchema>;

const noMovesWithoutWriting =
  'To which status an issue can be moved, Jira tells only an account that may move it, and there is no credential for writing to Jira. Set JIRA_WRITE_TOKEN, write "writeToken: ${JIRA_WRITE_TOKEN}" below connectors.jira, start the worker again and propose it anew.';

const boundSchema = z.object({
  issueId: z.string(),
  statusId: z.string(),
  transitionId: z.string(),
  toStatusId: z.string(),
});

/**
 * Moves an issue to another status, from the one that was seen. Where the answer was lost, the status
 * itself tells whether it happened. It is not keyed: sent again, it would undo what somebody has done
 * meanwhile.
 */
export function issueTransition(config: JiraConfig): AnyActionDefinition {
  const read = async (access: RestAccess, payload: Payload) => {
    const issue = await readIssue(access, config, payload.issue);
    return { issue, transition: await readTransition(config, access, issue, payload.status) };
  };
  const bound = ({ issue, transition }: Awaited<ReturnType<typeof read>>): JsonObject => ({
    ...boundIssue(issue),
    statusId: issue.fields.status.id,
    transitionId: transition.id,
    toStatusId: transition.to.id,
  });
  return defineAction<Payload>({
    id: 'issue.transition',
    title: 'Move an issue to another status',
    risk: 'high',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const found = await read(access, payload);
      const { issue, transition } = found;
      return {
        target: issueTarget(issue, config),
        preconditions: bound(found),
        facts: [
          plain(
            'Moves',
            `${neutralText(issue.fields.status.name, 100)} → ${neutralText(transition.to.name, 100)}`,
          ),
          plain('By', `the transition "${neutralText(transition.name, 100)}"`),
          ...(transition.hasScreen === true
            ? [warning('Screen', 'Jira asks for more there; it may refuse the move without it')]
            : []),
          ...issueFacts(issue),
          ...(await credentialFacts(access)),
        ],
        recipients: issueRecipients(issue),
        content: null,
        conditions: { deploys: null },
        excludedAccounts: [],
      };
    },
    observe: async (context, payload) =>
      await observed(async () => bound(await read(createAccess(config, context), payload))),
    execute: async (context, effect) => await execute(createAccess(config, context), effect),
    probe: async (context, effect) => await probe(createAccess(config, context), effect),
  });
}

/** Jira lists the moves of an issue only to an account that may make them. */
async function readTransition(
  config: JiraConfig,
  access: RestAccess,
  { id, key }: ReadIssue,
  status: string,
): Promise<Transition> {
  if (writeAuthorization(config) === null) {
    throw new AdjutantError('Permission', noMovesWithoutWriting, { source: 'jira' });
  }
  const { transitions } = await access.readAsWriter(
    { method: 'GET', path: `/rest/api/3/issue/${encodeURIComponent(id)}/transitions` },
    transitionsSchema,
    'what can be done with this issue',
  );
  const open = transitions.filter(({ isAvailable }) => isAvailable !== false);
  if (open.length === 0) {
    throw new AdjutantError(
      'Permission',
      `Jira lists no move of ${key} to the account of the credential for writing. Give that account the permission "Transition issues" and propose it anew.`,
      { source: 'jira' },
    );
  }
  const wanted = status.toLowerCase();
  const found = open.find(({ to }) => to.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new AdjutantError(
    'InvalidInput',
    `${key} cannot be moved to "${neutralText(status, 60)}".`,
    {
      source: 'jira',
      hint: `It can be moved to: ${listed(open.map(({ to }) => to.name))}.`,
    },
  );
}

async function execute(
  access: RestAccess,
  { preconditions }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const { issueId, transitionId, toStatusId } = boundSchema.parse(preconditions);
  const sent = await access.send({
    method: 'POST',
    path: `/rest/api/3/issue/${encodeURIComponent(issueId)}/transitions`,
    body: { transition: { id: transitionId } },
  });
  const applied: ExecuteResult = { outcome: 'applied', result: { statusId: toStatusId } };
  if (sent.ok) return applied;
  if (sent.status !== 400) return sent.result;
  // Out of the status that it has come to there is no such move: sent twice, the second is refused.
  const { fields } = await readBoundIssue(access, issueId);
  return fields.status.id === toStatusId ? applied : sent.result;
}

async function probe(
  access: RestAccess,
  { preconditions }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const { issueId, statusId, toStatusId } = boundSchema.parse(preconditions);
  const { fields } = await readBoundIssue(access, issueId);
  if (fields.status.id === toStatusId) {
    return { outcome: 'applied', result: { statusId: toStatusId } };
  }
  if (fields.status.id === statusId) return { outcome: 'absent' };
  return { outcome: 'unclear', reason: 'Somebody has moved the issue elsewhere meanwhile.' };
}
