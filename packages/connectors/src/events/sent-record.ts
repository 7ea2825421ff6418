import type { StoredDelivery } from '@adjutant/core';
import { z } from 'zod';
import { eventSchema } from './event-schema.ts';
import { timestampHeader } from './events-webhooks.ts';

/** The last word on a thing, as it was sent, with when it was signed and which delivery brought it. */
export const sentRecordSchema = z.object({
  /** @unit seconds */
  signedAt: z.int(),
  number: z.int(),
  event: eventSchema,
});

/** As much of a record as tells which of two is the last word; its event stands as it was sent. */
const wordSchema = z.object({
  signedAt: z.int(),
  number: z.int(),
  event: z.looseObject({ type: z.string(), id: z.string(), result: z.string().optional() }),
});
export type Word = z.infer<typeof wordSchema>;

/** Returns what a record says; null for what this version cannot read. */
export function readWord(payload: unknown): Word | null {
  return wordSchema.safeParse(payload).data ?? null;
}

/** Returns the record that a delivery brings, and the thing that it is of. */
export function toRecord(delivery: StoredDelivery): { key: string; payload: unknown } {
  const { headers, number, payload: event, deliveryId } = delivery;
  const payload = { signedAt: Number(headers[timestampHeader]), number, event };
  const word = readWord(payload);
  // By its delivery, so that it is kept and told of as unreadable.
  if (word === null) return { key: `delivery:${deliveryId}`, payload };
  return { key: `${word.event.type}:${word.event.id}`, payload };
}

/**
 * Returns whether a record stands over another of the same thing. What is over is never running again,
 * whichever was told first; then the later instant that was signed stands; within one second, what came
 * in later. So the last word is the same in whatever order the two are read.
 */
export function standsOver(payload: unknown, other: unknown): boolean {
  const [one, two] = [readWord(payload), readWord(other)];
  if (one === null || two === null) return two === null;
  const difference =
    Number(two.event.result === 'running') - Number(one.event.result === 'running') ||
    one.signedAt - two.signedAt ||
    one.number - two.number;
  return difference > 0;
}
