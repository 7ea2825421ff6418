import { replaceHidden } from '../../hidden-characters.ts';
import { isPlainName } from '../../outside-name.ts';

const longest = 60;

/**
 * Returns a name given outside as a part of a key that stands in sentences of ours: letters, digits and
 * what names are joined with, on one line and not long. Several words that are no plain name stand in
 * quotation marks, so that they are not taken for ours.
 */
export function keyText(name: string): string {
  // What cannot be seen parts no words.
  const seen = replaceHidden(name.normalize('NFC').replaceAll(/\p{Cc}/gu, ' '), () => '');
  const plain = seen
    .replaceAll(/[^\p{L}\p{M}\p{N}._/#+:()@ -]/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const shown = Array.from(plain).slice(0, longest).join('').trimEnd();
  return !shown.includes(' ') || isPlainName(shown) ? shown : `“${shown}”`;
}
