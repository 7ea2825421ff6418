import { expect, test } from 'vitest';
import { AdjutantError } from './errors.ts';
import { deepestJson, parseOutsideJson } from './parse-outside-json.ts';

function nested(open: string, close: string, levels: number): string {
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
}

test.each([
  ['lists', '[', ']', 1],
  ['objects', '{"a":', '}', 1],
  ['both', '[{"a":', '}]', 2],
])('%s may be nested as far as the limit, which the refusal says', (_, open, close, each) => {
  const most = deepestJson / each;
  expect(parseOutsideJson(nested(open, close, most))).toBeDefined();
  for (const levels of [most + 1, 20_000]) {
    expect(() => parseOutsideJson(nested(open, close, levels))).toThrow(
      new AdjutantError('InvalidInput', 'The JSON is nested more than 100 levels deep.', {
        hint: 'Send it with fewer levels.',
      }),
    );
  }
  expect(() => parseOutsideJson(open.repeat(20_000))).toThrow('nested more than 100 levels');
});

test('brackets in a text are no levels, and what is no JSON is told as such', () => {
  const text = JSON.stringify({ a: `\\"${'[{'.repeat(500)}"\\` });
  expect(parseOutsideJson(text)).toEqual(JSON.parse(text));
  expect(() => parseOutsideJson('{"a"')).toThrow(SyntaxError);
});
