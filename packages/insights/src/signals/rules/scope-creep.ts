import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { counted } from '../counted.ts';

const hourMs = 3_600_000;

/** A sprint that grows while it runs. */
export const scopeCreep = defineSignal(
  {
    id: 'scope-creep',
    version: 1,
    title: 'Scope creep',
    description:
      'A running sprint to which at least three items were added after it began, and at least a fifth of what was planned, both in items. Estimates that change are no new scope, and neither is what came and went again or was done when it came. On its first day a sprint is still being planned. It is over once enough is taken out to come below three quarters of that, and with the sprint.',
    subject: 'sprint',
    severity: 'medium',
    cadence: 'daily',
    params: z.object({
      addedShare: z
        .number()
        .positive()
        .default(0.2)
        .describe(
          'Items added ÷ items planned; 0.2, because a fifth is what a team can take in without dropping anything',
        ),
      addedItems: z
        .number()
        .int()
        .positive()
        .default(3)
        .describe('Items added; 3, because in a small sprint one or two are a fifth'),
      severeShare: z.number().positive().default(0.5).describe('Share from which on it is severe'),
      clearFactor: z
        .number()
        .positive()
        .max(1)
        .default(0.75)
        .describe('How much of both still keeps it open'),
      settleHours: z
        .number()
        .min(0)
        .default(24)
        .describe('Hours from its start in which it is not judged'),
    }),
    evaluate(sprint, { params, isOpen }) {
      const { plannedItems, addedItems, addedShare, startedAt } = sprint;
      if (startedAt === null) return { unknown: 'its source does not show when it began' };
      if (sprint.asOf - startedAt < params.settleHours * hourMs) return null;
      if (plannedItems === null || addedItems === null) {
        return { unknown: 'its source does not record in which sprints an item has been' };
      }
      // Where nothing was planned there is nothing that could grow.
      if (addedShare === null || plannedItems === 0) return null;
      const factor = isOpen ? params.clearFactor : 1;
      // 0.2 of 15 is 3.0000000000000004 in floating point.
      const share = params.addedShare * plannedItems - 1e-9;
      if (addedItems < share * factor) return null;
      if (addedItems < params.addedItems * factor) return null;
      const crossing = Math.max(params.addedItems, Math.ceil(share));
      return {
        since: sprint.addedAt[crossing - 1] ?? sprint.addedAt.at(-1) ?? startedAt,
        severity: addedShare >= params.severeShare ? 'high' : 'medium',
        sentence: `${counted(addedItems, 'item')} came into ${sprint.key} after it began, beside ${plannedItems} planned.`,
        facts: { addedItems, plannedItems, addedPercent: Math.round(addedShare * 100) },
      };
    },
  },
  'shipped',
);
