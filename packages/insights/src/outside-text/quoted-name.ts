import { isPlainName } from '@adjutant/core/ports';
import { plainText } from './plain-text.ts';

const longest = 60;

/**
 * Returns a name given outside as it stands in a sentence of ours: as it is where it is a plain short
 * one, else in quotation marks that it cannot end, on one line and not long.
 */
export function quotedName(name: string): string {
  if (isPlainName(name)) return name;
  return `“${plainText(name.replaceAll(/["„“”‟]/g, "'"), longest)}”`;
}
