import { z } from 'zod';
import { outsideName } from '../outside-name.ts';
import type { TextRedactor } from '../redaction/create-text-redactor.ts';
import type { PreviewFact } from './define-action.ts';

const mostKept = 100;
const shownOfEachEnd = 10;
const shownCharacters = 160;
const quotationMarks = /[„“”‟]/g;
const label = 'Read before it was proposed';
/** They are counted in memory. */
const since = 'since its server was started';

/** Texts that other people or programs wrote, and that an assistant had read when it proposed. */
export const outsideTextsSchema = z.strictObject({
  /** How many there were, those that are not kept included. */
  total: z.int().min(0),
  /** The first and the last of them, the last first. */
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
 * Returns what whoever decides is told of them: a proposal may be what one of these texts asked for. The
 * first are told beside the last, so that no text is put out of sight by what was read after it alone.
 * That none is known is told, too: whoever counts them counts from its own start.
 */
export function outsideTextsFact({ total, texts }: OutsideTexts): PreviewFact[] {
  if (total === 0) {
    const value = `nothing ${since}; what it read before that is not known`;
    return [{ label, value, tone: 'plain' }];
  }
  const isWhole = texts.length <= 2 * shownOfEachEnd;
  const last = isWhole ? texts : texts.slice(0, shownOfEachEnd);
  const first = isWhole ? [] : texts.slice(-shownOfEachEnd);
  const left = total - last.length - first.length;
  const between = left > 0 ? [`${left} more${isWhole ? '' : ' between'}`] : [];
  const list = [...last.map(shown), ...between, ...first.map(shown)].join('; ');
  const count = total === 1 ? `1 text ${since}` : `${total} texts ${since}, the last first`;
  return [{ label, value: `${count}: ${list}`, tone: 'plain' }];
}

/** No text ends its own quotation, and no name passes for words of ours. */
function shown({ from, text }: OutsideTexts['texts'][number]): string {
  const name = /\s/.test(from) ? outsideName(from) : from.replaceAll(quotationMarks, "'");
  return `${name} “${cut(text.replaceAll(quotationMarks, "'"), shownCharacters)}”`;
}

function cut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
