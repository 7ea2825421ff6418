import { expect, test } from 'vitest';
import { createTextRedactor } from './create-text-redactor.ts';
import { redactionRules } from './rules/all-rules.ts';

const { find, redact } = createTextRedactor({ level: 'strict' });
const size = 20_000;

// Where a text names secrets at every turn, less care is taken from some place on. What is masked there
// may not move that place: each pass would mask a bit more, and a text would be read again and again.
const fillings = ['', 'aB3dE5fG', '%5F\\u005f', '\u200b', '\n'];
// The begins of tokens are hundreds of one kind.
const begins = redactionRules.flatMap((rule) => [...new Set(rule.begins)].slice(0, 12));

test.each(begins.map((begin) => [begin]))('nothing but %j is masked at once', (begin) => {
  for (const filling of fillings) {
    const piece = `${begin}${filling}`;
    const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
    const found = find(text);
    const once = maskedOnce(text);
    // What masking brings together may be found then; it is little, and soon over.
    expect(find(once).length, JSON.stringify(filling)).toBeLessThanOrEqual(found.length / 2);
    expect(find(redact(text)), JSON.stringify(filling)).toEqual([]);
  }
});

/** The marks of what was found, without another look at the whole. */
function maskedOnce(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of find(text)) {
    masked += `${text.slice(from, start)}[secret]`;
    from = end;
  }
  return masked + text.slice(from);
}
