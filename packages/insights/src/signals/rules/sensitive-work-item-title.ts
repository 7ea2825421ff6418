import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

const words: ReadonlyMap<string, string> = new Map([
  ['secret', 'what looks like a secret'],
  ['personal_data', 'what looks like personal data'],
]);

/** A work item with something in its title that should not stand there. */
export const sensitiveWorkItemTitle = defineSignal(
  {
    id: 'sensitive-work-item-title',
    version: 1,
    title: 'What looks like a secret or personal data in a title of a work item',
    description:
      'A work item that is not done and whose title holds what looks like a secret (a token, a password, a key) or like data of a person (an address, a number). Titles go into lists, mails and notifications, where more people read them than the item itself. The finding never repeats what it found. It is over once the title is another or the item is done.',
    subject: 'work_item',
    severity: 'medium',
    params: z.object({
      personalData: z
        .boolean()
        .default(true)
        .describe('Whether data of persons is told too; a secret always is'),
    }),
    evaluate(item, { params }) {
      const kinds = item.sensitiveKinds.filter((kind) => kind === 'secret' || params.personalData);
      if (kinds.length === 0) return null;
      const held = kinds.map((kind) => words.get(kind) ?? 'what should not stand there');
      return {
        since: item.titleSince ?? item.asOf,
        severity: kinds.includes('secret') ? 'high' : 'medium',
        sentence: `The title of ${item.key} holds ${held.join(' and ')}.`,
        facts: { kinds: kinds.join(', ') },
        evidence: [item.id],
      };
    },
  },
  'shipped',
);
