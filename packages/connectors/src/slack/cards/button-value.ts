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

export const buttonIds = {
  approve: 'adjutant_approve',
  decline: 'adjutant_decline',
} as const satisfies Record<Verdict, string>;

/** Returns the value of a button; null where Slack would not take it. */
export function buttonValue(binding: ButtonBinding): string | null {
  const { actionId: a, revision: r, payloadHash: h, traceId: t } = binding;
  const value = JSON.stringify({ v: 1, a, r, h, t });
  return value.length <= longestValue ? value : null;
}

/** Returns what a pressed button stands for; null for one that is none of ours. */
export function readButton(pressed: {
  actionId: string;
  value: string;
}): (ButtonBinding & { verdict: Verdict }) | null {
  const verdict =
    pressed.actionId === buttonIds.approve
      ? 'approve'
      : pressed.actionId === buttonIds.decline
        ? 'decline'
        : null;
  const read = valueSchema.safeParse(parsed(pressed.value));
  if (verdict === null || !read.success) return null;
  const { a: actionId, r: revision, h: payloadHash, t: traceId } = read.data;
  return { actionId, revision, payloadHash, traceId, verdict };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
