import { replaceHidden } from '@adjutant/core/ports';
import { boundedText } from '../commits/text.ts';

/**
 * Returns text from outside as one line that can be shown beside facts: cut, without line breaks,
 * control characters, and marks that are invisible or turn the direction of writing.
 */
export function neutralText(text: string, maxLength = 200): string {
  const cut = boundedText(text, maxLength);
  const line = replaceHidden(cut.replaceAll(/\s+/gu, ' '), () => '\uFFFD');
  return cut.length < text.length ? `${line.trim()}…` : line.trim();
}

/** Returns a list in words, with how many were left out. */
export function listed(items: readonly string[], most = 12): string {
  const shown = items.slice(0, most).map((item) => neutralText(item, 120));
  const rest = items.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
