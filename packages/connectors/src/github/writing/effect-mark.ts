import { shortHash } from '../../writing/effect-key.ts';

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
