import type { ActionDetail, ActionSummary } from '@adjutant/core';
import { z } from 'zod';
import { instantText } from './instant-text.ts';
import { shortId } from './short-id.ts';

/** Where an action stands, as every tool that speaks of one shows it. */
export const actionStateShape = {
  action_id: z.string(),
  type: z.string(),
  status: z.string(),
  risk: z.string().nullable(),
  mode: z.string().nullable(),
  target: z.string().nullable(),
  expires_at: z.string().nullable(),
  /** What a person has to do now; null where nothing is to be done. */
  next_step: z.string().nullable(),
};

/** Returns where an action stands. */
export function actionState(action: ActionSummary) {
  return {
    action_id: shortId(action.id),
    type: action.type,
    status: action.status,
    risk: action.risk,
    mode: action.mode,
    target: action.targetRef,
    expires_at: instantText(action.expiresAt),
    next_step: action.nextStep,
  };
}

/** Everything about one action that an assistant may see: never a proof of a decision. */
export const actionDetailShape = {
  ...actionStateShape,
  revision: z.number(),
  payload: z.string(),
  payload_hash: z.string().nullable(),
  policy_reason: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string(), warning: z.boolean() })),
  recipients: z.array(z.string()),
  decisions: z.array(
    z.object({
      verdict: z.string(),
      by: z.string(),
      reason: z.string().nullable(),
      assurance: z.string(),
      at: z.string(),
    }),
  ),
  outcome: z.string().nullable(),
};

const shownCharacters = 2_000;

/** Returns a text of at most so many characters, with what was left out told at its end. */
function cut(text: string): string {
  const left = text.length - shownCharacters;
  return left <= 0 ? text : `${text.slice(0, shownCharacters)}… (${left} more characters)`;
}

/** Returns one action in full; payload and outcome as JSON text, because every type has its own. */
export function actionDetail(action: ActionDetail) {
  return {
    ...actionState(action),
    revision: action.revision,
    payload: cut(JSON.stringify(action.payload)),
    payload_hash: action.payloadHash,
    policy_reason: action.policyReason,
    facts: (action.preview?.facts ?? []).map(({ label, value, tone }) => ({
      label,
      value,
      warning: tone === 'warning',
    })),
    recipients: [...(action.preview?.recipients ?? [])],
    decisions: action.decisions
      .filter(({ voided }) => !voided)
      .map(({ verdict, reviewerName, reason, assurance, decidedAt }) => ({
        verdict,
        by: reviewerName,
        reason,
        assurance,
        at: instantText(decidedAt),
      })),
    outcome: action.outcome === null ? null : cut(JSON.stringify(action.outcome)),
  };
}

/** Where the full state of an action is read as a resource. */
export function actionUri(id: string): string {
  return `adjutant://actions/${shortId(id)}`;
}
