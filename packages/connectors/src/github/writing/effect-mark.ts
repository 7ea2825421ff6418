import { createHash } from 'node:crypto';

const prefix = '<!-- adjutant:effect:';

/**
 * Returns the mark that a text carries so that it can be found again when the answer to sending it
 * was lost. GitHub shows no HTML comment.
 */
export function effectMark(effectKey: string): string {
  return `${prefix}${shortHash(effectKey)} -->`;
}

/** Returns the text with its mark at the end. */
export function marked(text: string, effectKey: string): string {
  return `${text}\n\n${effectMark(effectKey)}`;
}

/** True for a text that looks as if it carried a mark: nobody may bring his own. */
export function carriesMark(text: string): boolean {
  return /<!-{2}\s*adjutant:/i.test(text);
}

/** Returns 32 characters that stand for a key and give nothing of it away. */
export function shortHash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
