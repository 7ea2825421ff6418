import { type ActionStatus, actionStatusSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { nearestName } from '@adjutant/core/ports';

const states: readonly ActionStatus[] = actionStatusSchema.options;

/** A state of an action as typed; `needs human` and `needs-human` are one. */
export const stateSchema = z.string().transform((typed, context): ActionStatus => {
  const wanted = typed.trim().toLowerCase().replaceAll(/[ -]/g, '_');
  const found = states.find((state) => state === wanted);
  if (found !== undefined) return found;
  const meant = nearestName(wanted, states);
  const guess = meant === null ? '' : `did you mean ${meant}? `;
  context.addIssue(`${guess}An action is ${states.join(', ')}`);
  return z.NEVER;
});
