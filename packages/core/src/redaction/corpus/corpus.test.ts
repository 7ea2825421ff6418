import { describe, expect, test } from 'vitest';
import {
  type CorpusCase,
  heldOutNegatives,
  heldOutSecrets,
  negatives,
  personalData,
  personalDataByMeaning,
  secrets,
  secretsByMeaning,
} from './index.ts';

const positives: readonly CorpusCase[] = [
  ...secrets,
  ...secretsByMeaning,
  ...heldOutSecrets,
  ...personalData,
  ...personalDataByMeaning,
];
const all: readonly CorpusCase[] = [...positives, ...negatives, ...heldOutNegatives];

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, position) => {
      const doubled = digit * (position % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** Returns the remainder of ISO 13616: 1 for a valid account number. */
function ibanRemainder(iban: string): number {
  const moved = `${iban.slice(4)}${iban.slice(0, 4)}`;
  const digits = Array.from(moved, (sign) => Number.parseInt(sign, 36)).join('');
  return Number(BigInt(digits) % 97n);
}

function valuesOf(idPrefix: string): readonly string[] {
  return personalData
    .filter(({ id }) => id.startsWith(idPrefix))
    .flatMap(({ findings }) => findings.map(({ value }) => value.replaceAll(/[ -]/g, '')));
}

describe('the corpus', () => {
  test('is broad enough to measure with', () => {
    expect(secrets.length).toBeGreaterThanOrEqual(60);
    expect(personalData.length).toBeGreaterThanOrEqual(50);
    expect(negatives.length).toBeGreaterThanOrEqual(130);
    expect(heldOutSecrets.length).toBeGreaterThanOrEqual(60);
    expect(heldOutNegatives.length).toBeGreaterThanOrEqual(80);
  });

  test('names every case once and repeats no text', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  });

  test.each(positives)('$id holds what it says, each value once named', ({ text, findings }) => {
    const values = findings.map(({ value }) => value);
    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values).size).toBe(values.length);
    for (const value of values) {
      expect(value.trim()).toBe(value);
      expect(value).not.toBe('');
      expect(text).toContain(value);
    }
  });

  test('keeps the kinds apart by list', () => {
    const kinds = (cases: readonly CorpusCase[]): Set<string> =>
      new Set(cases.flatMap(({ findings }) => findings.map(({ kind }) => kind)));
    expect(kinds([...secrets, ...secretsByMeaning])).toEqual(new Set(['secret']));
    expect(kinds([...personalData, ...personalDataByMeaning])).toEqual(new Set(['personal_data']));
    expect(kinds(negatives)).toEqual(new Set());
  });

  test('uses no secret twice', () => {
    const values = [...secrets, ...secretsByMeaning].flatMap(({ findings }) =>
      findings.map(({ value }) => value),
    );
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('checksums', () => {
  test.each(valuesOf('card-'))('card %s passes Luhn', (value) => {
    expect(value).toMatch(/^\d{13,19}$/);
    expect(passesLuhn(value)).toBe(true);
  });

  test.each(valuesOf('iban-'))('account %s leaves the remainder 1', (value) => {
    expect(value).toMatch(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/);
    expect(ibanRemainder(value)).toBe(1);
  });

  test('both kinds are there', () => {
    expect(valuesOf('card-').length).toBeGreaterThanOrEqual(10);
    expect(valuesOf('iban-').length).toBeGreaterThanOrEqual(8);
  });

  test('no long number among the negatives could be a card', () => {
    const numbers = negatives.flatMap(({ text }) => text.match(/\b\d(?:[ -]?\d){12,18}\b/g) ?? []);
    const likeCards = numbers
      .map((number) => number.replaceAll(/[ -]/g, ''))
      .filter((number) => passesLuhn(number) && /^[2-6]/.test(number));
    expect(numbers.length).toBeGreaterThan(5);
    expect(likeCards).toEqual([]);
  });
});
