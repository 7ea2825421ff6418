import { z } from 'zod';
import { shortHash } from '../../writing/effect-key.ts';

/** A property that Jira keeps beside a thing and shows nobody. */
export const effectPropertyKey = 'adjutant.effect';

const valueSchema = z.object({ key: z.string() });

/** Returns the property by which an effect is found again when the answer to it was lost. */
export function effectProperty(effectKey: string): { key: string; value: { key: string } } {
  return { key: effectPropertyKey, value: { key: shortHash(effectKey) } };
}

/** Whether the value of a property is that of an effect. */
export function isOfEffect(value: unknown, effectKey: string): boolean {
  return valueSchema.safeParse(value).data?.key === shortHash(effectKey);
}
