import { expect, test } from 'vitest';
import { textsOutOfView } from '../testing/texts-out-of-view.ts';
import { readPreview, writePreview } from './stored-preview.ts';
import { wordsOutOfView } from './words-out-of-view.ts';

const factsOf = (body: string): string[] => {
  const preparation = {
    target: { source: 'tracker', externalId: '1', ref: 'T-1', url: null },
    ...{ preconditions: {}, facts: [], recipients: [], conditions: {}, excludedAccounts: [] },
    content: body,
  };
  const peopleThen = { sponsor: [], editors: [], excluded: [] };
  const around = { masked: null, outsideTexts: null, peopleThen, payload: { body } };
  return (
    readPreview(writePreview(preparation, around))?.facts.map(
      ({ label, value, tone }) => `${label} ${tone}: ${value}`,
    ) ?? []
  );
};

test.each(Object.entries(textsOutOfView))('%s is a fact in the preview', (_, { text, told }) => {
  const facts = factsOf(text);
  if (told === null) expect(facts).toEqual([]);
  else expect(facts.join('\n')).toContain(told);
  expect(facts.every((fact) => fact.startsWith('Text warning: '))).toBe(true);
});

test.each([
  ['a short text', 'Looks good.\n\nThank you!'],
  ['a list with code', '- one\n- two\n\n```ts\nconst a =    1;\n```\n'],
  ['a table', '| name       | count |\n| ---------- | ----- |\n| a          |     1 |'],
  ['emoji and Persian', 'خوب است. می\u200Cخواهم ❤\uFE0F 👩\u200D👧'],
  ['Hindi', 'क्\u200Dष यह अच्छा है'],
  ['Vietnamese, taken apart', 'tiếng Việt'.normalize('NFD')],
  ['Hebrew with vowels', 'בְּרֵאשִׁית'],
  ['two alphabets, each in its words', 'Привет, Ada. Καλημέρα.'],
])('%s is nothing to tell of', (_, text) => {
  expect(wordsOutOfView([text])).toEqual([]);
});

test('the largest text that is taken is looked through at once, whatever it is made of', () => {
  for (const part of [' ', '\n', '\n ', 'a ', '\u0301', 'a\u0301', 'aа', '\t\n\t']) {
    const text = part.repeat(65_536 / part.length);
    expect(wordsOutOfView([text]).length).toBeLessThan(6);
  }
});
