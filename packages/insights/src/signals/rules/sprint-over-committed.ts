import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';
import { counted, spokenNumber } from '../counted.ts';

const hourMs = 3_600_000;

/** A sprint that holds more than the team gets done. */
export const sprintOverCommitted = defineSignal(
  {
    id: 'sprint-over-committed',
    version: 2,
    title: 'Sprint over-committed',
    description:
      'A running sprint in which more was planned, and not taken out since, than 1.2 times what the last closed sprints of the same project completed, the middle one of three to five of them: in points where both are known, else in items. On its first day a sprint is still being planned. What is added or estimated anew later counts for nothing here. It is over once enough is taken out to come below 1.1 times, and with the sprint.',
    subject: 'sprint',
    severity: 'medium',
    cadence: 'daily',
    params: z.object({
      ratio: z
        .number()
        .positive()
        .default(1.2)
        .describe(
          'How many times as much; 1.2, because that much of ordinary change from sprint to sprint is no sign',
        ),
      clearRatio: z
        .number()
        .positive()
        .default(1.1)
        .describe('How many times as much ends it, so that one item more or less does not'),
      severeRatio: z.number().positive().default(1.6).describe('How many times as much is severe'),
      fewestItems: z
        .number()
        .int()
        .positive()
        .default(2)
        .describe(
          'Items above the middle one, where items are compared; 2, because in a small sprint one is a fifth',
        ),
      settleHours: z
        .number()
        .min(0)
        .default(24)
        .describe('Hours from its start in which it is not judged'),
    }),
    evaluate(sprint, { params, isOpen }) {
      if (sprint.startedAt === null) return { unknown: 'its source does not show when it began' };
      if (sprint.asOf - sprint.startedAt < params.settleHours * hourMs) return null;
      if (sprint.plannedItems === null) {
        return { unknown: 'its source does not record in which sprints an item has been' };
      }
      if (sprint.commitmentRatio === null) {
        return {
          unknown: 'fewer than three closed sprints of its project say what gets done in one',
        };
      }
      const bound = isOpen ? params.clearRatio : params.ratio;
      if (sprint.commitmentRatio <= bound) return null;
      const isInPoints = sprint.plannedPoints !== null && (sprint.medianPoints ?? 0) > 0;
      const planned = isInPoints
        ? (sprint.plannedPoints ?? 0) - (sprint.removedPoints ?? 0)
        : sprint.plannedItems - (sprint.removedItems ?? 0);
      const median = (isInPoints ? sprint.medianPoints : sprint.medianItems) ?? 0;
      if (!isInPoints && !isOpen && planned - median < params.fewestItems) return null;
      const unit = isInPoints ? 'points' : 'items';
      return {
        since: sprint.startedAt,
        severity: sprint.commitmentRatio > params.severeRatio ? 'high' : 'medium',
        sentence: `${sprint.key} was planned with ${spokenNumber(planned)} ${unit}; of the last ${counted(sprint.closedSprints ?? 0, 'sprint')} the middle one completed ${spokenNumber(median)}.`,
        facts: { planned, median, unit, sprints: sprint.closedSprints },
        evidence: [sprint.id, ...sprint.pastEvidence],
      };
    },
  },
  'shipped',
);
