import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTextRedactor } from './create-text-redactor.ts';

const { redact, find } = createTextRedactor({ level: 'strict' });
const settings = { seed: 20_417, numRuns: 300 };
const longestMarker = '[personal data]'.length;

function drawn(characters: string, length: number): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters.split('')), { minLength: length, maxLength: length })
    .map((parts) => parts.join(''))
    .filter((text) => !/(.)\1\1/.test(text) && /\d.*\d.*\d/.test(text) && /[a-z]/i.test(text));
}

const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hex = '0123456789abcdef';
const secret = fc.oneof(
  drawn(base62, 36).map((body) => `ghp_${body}`),
  drawn(base62, 20).map((body) => `glpat-${body}`),
  drawn('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16).map((body) => `AKIA${body}`),
  drawn(base62, 24).map((body) => `sk_live_${body}`),
  drawn(base62, 24).map((body) => `xoxb-175103190192-2655300279024-${body}`),
  drawn(hex, 64).map((body) => `dop_v1_${body}`),
  drawn(base62, 35).map((body) => `AIza${body}`),
);
const edge = fc.constantFrom(' ', '\n', '\t', '"', "'", '`', '(', ')', ', ', '; ', '|', '<', '>');

// Pieces that rules look for, thrown together: more is hit than by any random text.
const piece = fc.constantFrom(
  'password',
  '=',
  ':',
  '"',
  "'",
  '\\',
  ' ',
  '\n',
  'token',
  'Bearer ',
  '://',
  '@',
  '.',
  '-',
  '+',
  '+49 30 23125 417',
  '4242 4242 4242 4242',
  'mira@example.com',
  '%40',
  '%3D',
  '&',
  '?',
  'sig=',
  'api_key',
  'value',
  '[secret]',
  '[phone]',
  '[private key]',
  'phone',
  'Zx81-kQ77a',
  'hunter2',
  'is ',
  '203.0.113.7',
  'from ',
  'login ',
  '-----BEGIN PRIVATE KEY-----',
  '-----END PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
  'eyJhbGciOiJIUzI1NiJ9',
  'DE89 3704 0044 0532 0130 00',
  'ssn',
  '219-09-9999',
  'Cookie: ',
  'sid=',
  'home address',
  '14 Heron Lane',
  '\u001b[33m',
  '用',
  'é',
  '\ud800',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 400 }))
    .map(([parts, times]) => parts.join('').repeat(times)),
);

describe('any text', () => {
  test('comes out the same when it is masked twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      settings,
    );
  });

  test('has findings in order, without overlaps, inside it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const finding of find(text)) {
          expect(finding.start).toBeGreaterThanOrEqual(end);
          expect(finding.end).toBeGreaterThan(finding.start);
          end = finding.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      settings,
    );
  });

  test('grows by no more than a mark for each character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const findings = find(text).length;
        expect(redact(text).length).toBeLessThanOrEqual(
          text.length + (findings + 4) * longestMarker * 2,
        );
      }),
      settings,
    );
  });

  test('loses only what was found', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (find(text).length === 0) expect(redact(text)).toBe(text);
        else expect(redact(text)).not.toBe(text);
      }),
      settings,
    );
  });
});

describe('a planted token', () => {
  test('is found in any surroundings', () => {
    fc.assert(
      fc.property(anyText, edge, secret, edge, anyText, (before, left, token, right, after) => {
        expect(redact(before + left + token + right + after)).not.toContain(token);
      }),
      settings,
    );
  });

  test('is found inside a string of JSON inside a string of JSON', () => {
    fc.assert(
      fc.property(anyText, secret, (before, token) => {
        const text = JSON.stringify(JSON.stringify({ message: `${before}\n${token}` }));
        expect(redact(text)).not.toContain(token);
      }),
      settings,
    );
  });

  test('is found whatever names it', () => {
    const name = fc.constantFrom(
      'password',
      'DB_PASSWORD',
      'apiKey',
      'client_secret',
      'auth_token',
    );
    const sign = fc.constantFrom('=', ': ', ' = ', ' := ', '": "', '=> "');
    fc.assert(
      fc.property(name, sign, drawn(base62, 20), (named, sign_, value) => {
        expect(redact(`${named}${sign_}${value}`)).not.toContain(value);
      }),
      settings,
    );
  });
});
