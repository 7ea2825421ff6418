import { expect, test } from 'vitest';
import { hiddenWords, isHidden, numberOf } from '../hidden-characters.ts';
import type { JsonObject, Preparation } from './define-action.ts';
import { type PreviewContext, readPreview, writePreview } from './stored-preview.ts';

const preparation: Preparation = {
  target: { source: 'tracker', externalId: '1', ref: 'T-1', url: null },
  preconditions: {},
  facts: [{ label: 'Goes to', value: 'T-1', tone: 'plain' }],
  recipients: [],
  content: 'Looks good',
  conditions: {},
  excludedAccounts: [],
};
const around = (payload: JsonObject): PreviewContext => ({
  masked: null,
  outsideTexts: null,
  peopleThen: { sponsor: [], editors: [], excluded: [] },
  payload,
});
const hidden = 'Looks good\u{E0100}\u{E0101}';

test.each([
  ['in the payload of any action', { note: [{ text: hidden }] }, {}],
  ['in what the handler adds', { note: 'Looks good' }, { content: hidden }],
  ['in a recipient', { note: 'Looks good' }, { recipients: ['Ada\u200B\u200B'] }],
])('a character that cannot be seen %s is a fact and of high risk', (_, payload, change) => {
  const preview = readPreview(writePreview({ ...preparation, ...change }, around(payload)));
  expect(preview?.facts[0]).toMatchObject({
    label: 'Text',
    value: expect.stringContaining('2 characters that cannot be seen') as string,
    tone: 'warning',
  });
  expect(preview?.raisedRisk).toMatchObject({ risk: 'high' });
});

test('each code point that draws nothing makes any text that goes out one of high risk', () => {
  const missed: string[] = [];
  for (let point = 0; point < 0x11_00_00; point += 1) {
    const character = String.fromCodePoint(point);
    if (!isHidden(character) || '\n\t'.includes(character)) continue;
    // A preview costs more than this question, which is the one that it asks.
    if (hiddenWords([`a${character}b`]) === null) missed.push(numberOf(character));
  }
  expect(missed).toEqual([]);
});

test('what stays in this store is told of and no risk', () => {
  const target = { ...preparation.target, source: 'adjutant' };
  const preview = readPreview(
    writePreview({ ...preparation, target }, around({ title: 'a\u202Eb' })),
  );
  expect(preview?.facts[0]?.value).toContain('U+202E');
  expect(preview?.raisedRisk).toBeNull();
});

test('what the handler takes over is counted once, and its own reason stays', () => {
  const raised = { ...preparation, content: hidden };
  const text = writePreview(
    { ...raised, raisedRisk: { risk: 'medium', reason: 'it calls 9 people' } },
    around({ body: hidden }),
  );
  expect(readPreview(text)?.raisedRisk).toEqual({
    risk: 'high',
    reason: 'it calls 9 people; it holds 2 characters that cannot be seen: U+E0100, U+E0101',
  });
});

test('a text that is seen as it is raises nothing', () => {
  const preview = readPreview(
    writePreview(
      { ...preparation, content: 'Well done ❤\uFE0F' },
      around({ body: 'می\u200Cخواهم' }),
    ),
  );
  expect(preview?.raisedRisk).toBeNull();
  expect(preview?.facts).toEqual(preparation.facts);
});
