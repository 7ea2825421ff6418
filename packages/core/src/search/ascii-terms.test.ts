import { seededRandom } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { createAsciiTerms } from './ascii-terms.ts';

const always = 200;

/** Every run in capitals, those that begin with a zero twice, those that begin with a one not at all. */
const inCapitals = (run: string): string => {
  if (run.startsWith('1')) return '';
  const large = run.toUpperCase();
  return run.startsWith('0') ? `${large} ${large}` : large;
};

function expected(text: string): string {
  return text
    .split(/[^A-Za-z0-9_-]+/)
    .filter((run) => run !== '')
    .map(inCapitals)
    .filter((terms) => terms !== '')
    .join(' ');
}

test('more different words than there is room for are each told as they are', () => {
  const random = seededRandom(3);
  const termsText = createAsciiTerms(inCapitals, always);
  const word = (): string =>
    Math.floor(random() * 120_000)
      .toString(36)
      .padStart(4, 'x')
      .repeat(3);
  for (let round = 0; round < 4; round += 1) {
    const text = Array.from({ length: 100_000 }, word).join(round === 0 ? ' ' : ', ');
    expect(termsText(text) === expected(text)).toBe(true);
  }
});

test.each(['', ' ', 'a', ' a', 'a ', '1', '1 1', '1 a', '0', '0 a', `${'long'.repeat(40)} end`])(
  'the edges of %j are right, the first time and the second',
  (text) => {
    const termsText = createAsciiTerms(inCapitals, always);
    expect(termsText(text)).toBe(expected(text));
    expect(termsText(text)).toBe(expected(text));
  },
);

test('a word that was met with is not worked out again', () => {
  const asked: string[] = [];
  const termsText = createAsciiTerms((run) => {
    asked.push(run);
    return run;
  }, always);
  termsText('one two one');
  termsText('two three');
  expect(asked).toEqual(['one', 'two', 'three']);
});

test('a word is told no more often than asked for, and as often again in the next text', () => {
  const termsText = createAsciiTerms((run) => run, 2);
  expect(termsText('a b a c a a')).toBe('a b a c');
  expect(termsText('a a a')).toBe('a a');
});
