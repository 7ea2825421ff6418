import { eachMatch, isWord } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';

const longestLocalPart = 64;
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const bracketed = (word: string): string =>
  `[ \\t]{0,3}(?:\\[\\s?${word}\\s?\\]|\\(\\s?${word}\\s?\\)|\\{\\s?${word}\\s?\\}|<\\s?${word}\\s?>)[ \\t]{0,3}`;
const spelledDot = `(?:${bracketed('(?:dot|punkt|point|punto|\\.)')}|[ \\t]{1,3}(?:dot|punkt)[ \\t]{1,3}|_dot_|-dot-)`;
const anyDot = `(?:\\.|${spelledDot})`;
const marked = `(?:${bracketed('(?:at|@|ät|arroba|chez|a-t)')}|[ \\t](?:-at-|_at_|--at--|\\*at\\*)[ \\t])`;

/**
 * The sign is found first, behind what may end a name: in a bracket, which is kept as a group, as a word
 * between blanks or as itself; the rest is around it.
 */
const sign = new RegExp(
  `(?<=[A-Za-z0-9])(?:(${marked})|[ \\t]{1,3}at[ \\t]{1,3}|_at_|-at-|[ \\t]{0,3}@[ \\t]{0,3})`,
  'gi',
);
const domain = new RegExp(`${label}(?:${anyDot}${label}){1,5}`, 'iy');
const spelledDots = new RegExp(spelledDot, 'i');
const lastLabel = /([A-Za-z]{2,24})$/;
const commonTopLevel =
  /^(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|biz|dev|app|cloud|tech|xyz|online|site|email|name|pro|team|work|systems|software)$/i;
const noTopLevel =
  /^(?:tsx?|jsx?|[cm][jt]s|json|ya?ml|md|txt|log|css|html?|py|rb|rs|go|java|kt|php|sh|sql|png|jpe?g|svg|length|name|id|value|map|filter|at|get|set|has|push|join|slice|size|test|lock|toml|xml|exit)$/i;

/** Addresses of e-mail whose signs are spelled out so that no program takes them for one. */
export const spelledAddresses: RedactionRule = {
  id: 'e-mail-spelled',
  kind: 'personal_data',
  marker: '[e-mail]',
  level: 'standard',
  needles: ['at', 'AT', 'At', '@', 'ät', 'arroba', 'a-t'],
  begins: ['mira [at] ', 'mira(at)', 'mira at a dot ', 'a at ', 'a[at]a[dot]', 'a @ a dot '],
  find: (text, report) =>
    eachMatch(text, sign, (match) => {
      domain.lastIndex = match.index + match[0].length;
      const host = domain.exec(text)?.[0];
      if (host === undefined) return undefined;
      const top = lastLabel.exec(host)?.[1];
      if (top === undefined || noTopLevel.test(top)) return undefined;
      // A word between blanks is an "at" of a sentence, unless the dots are spelled out too.
      const isMarked = match[1] !== undefined;
      if (!isMarked && !(spelledDots.test(host) && commonTopLevel.test(top))) return undefined;
      const end = match.index + match[0].length + host.length;
      report('e-mail/spelled', startOfLocalPart(text, match.index), end);
      return end;
    }),
};

/** A letter or a digit, then also dots, signs of plus, dashes and underscores. */
function startOfLocalPart(text: string, end: number): number {
  const floor = Math.max(0, end - longestLocalPart);
  let start = end;
  for (let index = end - 1; index >= floor; index -= 1) {
    const code = text.charCodeAt(index);
    if (isWord(code)) start = index;
    else if (code !== 46 && code !== 43 && code !== 45 && code !== 95) break;
  }
  return start;
}
