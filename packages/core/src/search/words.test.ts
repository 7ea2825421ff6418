import { expect, test } from 'vitest';
import { questionTerms } from './question-terms.ts';
import { termsOf, termsTextOf, wordsOf } from './words.ts';

test.each([
  ['Rolling back deployments', ['roll', 'back', 'deploy']],
  ['retryAfterMs', ['retryafterm', 'retri', 'after', 'ms']],
  ['parseHTTPResponse', ['parsehttprespons', 'pars', 'http', 'respons']],
  ['index_lag_ms', ['indexlagm', 'index', 'lag', 'ms']],
  ['--dry-run, e.g. @scope/name', ['dryrun', 'dry', 'run', 'e', 'g', 'scope', 'name']],
  ['Übergröße café', ['ubergroße', 'cafe']],
  ['支払いサービス', ['支払', '払い', 'いサ', 'サー', 'ービ', 'ビス']],
  ['___', []],
  ['', []],
])('the terms of %j', (text, terms) => {
  expect(termsOf(text)).toEqual(terms);
});

test('a word tells where it stands', () => {
  const text = 'Run `payctl rollback` now';
  const places = [...wordsOf(text)].map(({ start, end }) => text.slice(start, end));
  expect(places).toEqual(['Run', 'payctl', 'rollback', 'now']);
});

test('a question is looked for without the words that questions are made of', () => {
  const asked = questionTerms('How do I roll back the payment service?');
  expect(asked.map(({ term }) => term)).toEqual(['roll', 'back', 'payment', 'servic']);
});

test('a question of such words only is looked for by them', () => {
  expect(questionTerms('what is this?').map(({ term }) => term)).toEqual(['what', 'is', 'thi']);
});

test('an asterisk after a beginning counts, elsewhere it does not', () => {
  const asked = questionTerms('deplo* *rollback a*');
  expect(asked.map(({ word, isBeginning }) => [word, isBeginning])).toEqual([
    ['deplo', true],
    ['rollback', false],
  ]);
});

test('a question of any length has a bounded number of terms', () => {
  const text = Array.from({ length: 5_000 }, (_, at) => `word${at}`).join(' ');
  expect(questionTerms(text).length).toBeLessThanOrEqual(24);
});

test.each([
  'Run `payctl rollback` now, retryAfterMs: 5_000 --dry-run!',
  '__init__ -- a-b_c HTTPServer2 x',
  'Größe 負荷分散 naïve café\u0301',
  '',
  ' \n\t',
  `${'a'.repeat(100)} end`,
])('the words of %j in one text are its terms', (text) => {
  expect(termsTextOf(text)).toBe(termsOf(text).join(' '));
});

test.each(['again', 'größer'])(
  'a text that says %s ten times is told as saying it four times',
  (word) => {
    const text = Array.from({ length: 10 }, () => word).join(', ');
    expect(termsTextOf(`${text} end`).split(' ')).toHaveLength(5);
  },
);
