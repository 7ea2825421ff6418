import { plainText } from './plain-text.ts';

const meaning = /[\\`*_{}[\]()#+\-.!|~<>&@:]/g;

/**
 * Returns text from outside for Markdown: one bounded line in which no sign formats, links, calls
 * somebody or begins markup.
 */
export function markdownText(value: string, maxLength = 200): string {
  return plainText(value, maxLength).replace(meaning, (sign) =>
    sign === '@' || sign === ':' || sign === '<' || sign === '>' || sign === '&'
      ? `&#${sign.codePointAt(0)};`
      : `\\${sign}`,
  );
}
