import { parseOutsideJson } from '@adjutant/core/ports';
import type { Verdict } from '@adjutant/core/domain';
import { z } from 'zod';

/** As long as Slack takes for a button. */
const longestValue = 2_000;

/** What a button stands for: this action, in this revision, with exactly these words. */
export interface ButtonBinding {
  actionId: string;
  revision: number;
  payloadHash: string;
  traceId: string;
}

const id = z.string().min(1).max(200);
const valueSchema = z.strictObject({
  v: z.literal(1),
  a: id,
  r: z.number().int().positive(),
  h: id,
  t: id,
});

/** What somebody does with a button: gives a verdict, opens the form for other words, or asks why. */
export type ButtonPurpose = Verdict | 'modify' | 'why';

export const buttonIds = {
  approve: 'adjutant_approve',
  decline: 'adjutant_decline',
  modify: 'adjutant_modify',
  why: 'adjutant_why',
} as const satisfies Record<ButtonPurpose, string>;

const purposes = new Map<string, ButtonPurpose>([
  [buttonIds.approve, 'approve'],
  [buttonIds.decline, 'decline'],
  [buttonIds.modify, 'modify'],
  [buttonIds.why, 'why'],
]);

/** A button of a card: what it stands for, and what it does. */
export type CardButton = ButtonBinding & { purpose: ButtonPurpose };

/** Returns the value of a button; null where Slack would not take it. */
export function buttonValue(binding: ButtonBinding): string | null {
  const { actionId: a, revision: r, payloadHash: h, traceId: t } = binding;
  const value = JSON.stringify({ v: 1, a, r, h, t });
  return value.length <= longestValue ? value : null;
}

/** Returns what a pressed button stands for; null for one that is none of ours. */
export function readButton(pressed: { actionId: string; value: string }): CardButton | null {
  const purpose = purposes.get(pressed.actionId);
  const binding = readBinding(pressed.value);
  return purpose === undefined || binding === null ? null : { ...binding, purpose };
}

/** Returns what a button's value, or a form that it opened, is bound to; null for other text. */
export function readBinding(value: string): ButtonBinding | null {
  const read = valueSchema.safeParse(parsed(value));
  if (!read.success) return null;
  const { a: actionId, r: revision, h: payloadHash, t: traceId } = read.data;
  return { actionId, revision, payloadHash, traceId };
}

/** Returns the verdict that a button gives; null for one that decides nothing. */
export function verdictOf({ purpose }: CardButton): Verdict | null {
  return purpose === 'approve' || purpose === 'decline' ? purpose : null;
}

/** True for a button that a card of ours has, whatever its value. */
export function isButtonOfOurs(actionId: string): boolean {
  return actionId.startsWith('adjutant_');
}

function parsed(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch {
    return null;
  }
}
