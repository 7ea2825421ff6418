import { plainText } from './plain-text.ts';

const longest = 60;
const longestPlain = 40;

/**
 * Up to four words of letters, digits and what names are joined with. A dot ends only what is short, as
 * in initials: what ends a sentence stands in quotation marks.
 */
const plainName =
  /^(?!.*[\p{L}\p{M}\p{N}]{4}\.(?: |$))[\p{L}\p{N}@#/](?:[\p{L}\p{M}\p{N}_./@'’-])*(?: [\p{L}\p{M}\p{N}_./@'’-]+){0,3}(?:[#!]\d{1,9})?$/u;

/**
 * Returns a name given outside as it stands in a sentence of ours: as it is where it is a plain short
 * one, else in quotation marks that it cannot end, on one line and not long.
 */
export function quotedName(name: string): string {
  if (Array.from(name).length <= longestPlain && plainName.test(name)) return name;
  return `“${plainText(name.replaceAll(/["„“”‟]/g, "'"), longest)}”`;
}
