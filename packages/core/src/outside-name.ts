import { replaceHidden } from './hidden-characters.ts';

const longest = 60;
const longestPlain = 40;

/**
 * Up to four words of letters, digits and what names are joined with. A dot ends only what is short, as
 * in initials: what ends a sentence stands in quotation marks.
 */
const plainName =
  /^(?!.*[\p{L}\p{M}\p{N}]{4}\.(?: |$))[\p{L}\p{N}@#/](?:[\p{L}\p{M}\p{N}_./@'’-])*(?: [\p{L}\p{M}\p{N}_./@'’-]+){0,3}(?:[#!]\d{1,9})?$/u;

/** Returns whether a name given outside is a plain short one, which may stand unquoted in a sentence. */
export function isPlainName(name: string): boolean {
  return (
    Array.from(name).length <= longestPlain &&
    plainName.test(name) &&
    // Some fillers and selectors are letters and marks to Unicode.
    replaceHidden(name, () => '') === name
  );
}

/**
 * Returns a name given outside as it stands in a message of ours: as it is where it is a plain short
 * one, else in quotation marks that it cannot end, on one line and not long.
 */
export function outsideName(name: string): string {
  if (isPlainName(name)) return name;
  const spaced = name.slice(0, 10 * longest).replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ');
  const line = replaceHidden(spaced, () => '')
    .replaceAll(/["„“”‟]/g, "'")
    .trim();
  const characters = Array.from(line);
  const isCut = characters.length > longest;
  return `“${isCut ? `${characters.slice(0, longest - 1).join('')}…` : line}”`;
}
