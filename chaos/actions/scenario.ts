import type { EffectClass } from '@adjutant/core/domain';

/** Whether this is the short form, for every merge; children are told by the environment. */
export const isShort = process.env['ADJUTANT_CHAOS'] === 'short';
/** How many actions of each class are carried out. */
export const actionsOfEachClass = isShort ? 30 : 170;
export const classes: readonly EffectClass[] = ['keyed', 'probeable', 'blind'];

/** What the target does to a request, by the request's place among those of its class. */
export const faults = [
  'none',
  'none',
  'late_reply',
  'none',
  'drop_before',
  'none',
  'drop_after',
  'none',
  'error_before',
  'late_apply',
  'none',
  'error_after',
  'twice',
  'none',
  'none',
] as const;
export type Fault = (typeof faults)[number];

/** A worker has an action to itself so long; the target may take longer than that. */
export const leaseMs = 1_200;
export const attemptTimeoutMs = 700;
export const beyondLeaseMs = 1_800;
/** Longer than the client waits and the target still works on what it was sent, together. */
export const quietPeriodMs = 3_000;

/** Returns the effect that an action of a class has, by its place. */
export function effectName(effectClass: EffectClass, place: number): string {
  return `${effectClass}-${place}`;
}
