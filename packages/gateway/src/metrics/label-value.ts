import { replaceHidden } from '@adjutant/core/ports';

const longestValue = 100;
/** What stands for all that came after too many others. */
export const otherValue = 'other';

/** Returns a text from outside as a label holds it: one line, of bounded length. */
export function labelText(text: string): string {
  const flat = replaceHidden(text.toWellFormed(), () => ' ').replaceAll(/\s+/gu, ' ');
  return flat.trim().slice(0, longestValue).toWellFormed();
}

/**
 * Returns what keeps a label to so many values: each further one becomes `other`, because every
 * value costs a series for as long as the process runs.
 */
export function boundedLabel(most: number): (text: string) => string {
  const known = new Set<string>();
  return (text) => {
    if (known.has(text)) return text;
    const value = labelText(text);
    if (known.has(value)) return value;
    if (known.size >= most) return otherValue;
    known.add(value);
    return value;
  };
}
