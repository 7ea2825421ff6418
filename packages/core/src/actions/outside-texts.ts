import { z } from 'zod';
import type { TextRedactor } from '../redaction/create-text-redactor.ts';
import type { PreviewFact } from './define-action.ts';

const mostKept = 100;
const mostShown = 20;
const shownCharacters = 160;

/** Texts that other people or programs wrote, and that an assistant had read when it proposed. */
export const outsideTextsSchema = z.strictObject({
  /** How many there were, those that are not kept included. */
  total: z.int().min(0),
  /** The last of them, the last first. */
  texts: z
    .array(
      z.strictObject({
        /** Where it stands: the key of a piece of work, the path of a document. */
        from: z.string().max(200),
        text: z.string().max(600),
      }),
    )
    .max(mostKept),
});
export type OutsideTexts = z.infer<typeof outsideTextsSchema>;

/** Returns the texts as they are kept: masked. */
export function maskedTexts(given: OutsideTexts, redactor: TextRedactor): OutsideTexts {
  return {
    total: given.total,
    texts: given.texts.map(({ from, text }) => ({
      from: redactor.redact(from),
      text: redactor.redact(text),
    })),
  };
}

/**
 * Returns what whoever decides is told of them: a proposal may be what one of these texts asked for.
 */
export function outsideTextsFact({ total, texts }: OutsideTexts): PreviewFact[] {
  if (total === 0) return [];
  const shown = texts
    .slice(0, mostShown)
    .map(({ from, text }) => `${from} “${cut(text, shownCharacters)}”`);
  const more = total - shown.length;
  const list = more > 0 ? [...shown, `and ${more} more`] : shown;
  return [{ label: 'Read before it was proposed', value: list.join('; '), tone: 'plain' }];
}

function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
