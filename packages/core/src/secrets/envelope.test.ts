import { expect, test } from 'vitest';
import { open, seal, type SealedPlace } from './envelope.ts';
import { keyOf } from './testing/key-ring.ts';

const key = keyOf('one');
const place: SealedPlace = {
  workspaceId: 'w',
  table: 'secrets',
  row: 'connector:github:read',
  column: 'ciphertext',
  keyId: 'd1',
};
const plaintext = Buffer.from('a secret with ünïcode');

test('what is sealed opens with its key at its place', () => {
  expect(open(key, seal(key, plaintext, place), place)).toEqual({ ok: true, plaintext });
});

test('the same value is never sealed to the same bytes twice', () => {
  const sealed = Array.from({ length: 200 }, () => seal(key, plaintext, place));
  expect(new Set(sealed.map(({ nonce }) => nonce)).size).toBe(200);
  expect(new Set(sealed.map(({ ciphertext }) => ciphertext)).size).toBe(200);
});

test.each(Object.keys(place) as (keyof SealedPlace)[])('it opens at no other %s', (part) => {
  const sealed = seal(key, plaintext, place);
  const elsewhere = { ...place, [part]: `${place[part]}x` };
  expect(open(key, sealed, elsewhere)).toMatchObject({ ok: false, problem: 'authentication' });
});

test('two places whose parts join to the same text are two', () => {
  const sealed = seal(key, plaintext, { ...place, table: 'ab', row: 'c' });
  const opened = open(key, sealed, { ...place, table: 'a', row: 'bc' });
  expect(opened).toMatchObject({ ok: false, problem: 'authentication' });
});

test('another key does not open it', () => {
  const opened = open(keyOf('two'), seal(key, plaintext, place), place);
  expect(opened).toMatchObject({ ok: false, problem: 'authentication' });
});

test.each([0, 4, 8, 12, 15, 17])('a tag of %i bytes is refused', (length) => {
  const sealed = seal(key, plaintext, place);
  const whole = Buffer.concat([Buffer.from(sealed.tag, 'base64'), Buffer.alloc(1)]);
  const tag = whole.subarray(0, length).toString('base64');
  expect(open(key, { ...sealed, tag }, place)).toEqual({
    ok: false,
    problem: 'tag_length',
    tagBytes: length,
  });
});

test.each(['nonce', 'ciphertext', 'tag'] as const)(
  'one changed bit of the %s is refused',
  (part) => {
    const sealed = seal(key, plaintext, place);
    const bytes = Buffer.from(sealed[part], 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(open(key, { ...sealed, [part]: changed.toString('base64') }, place).ok).toBe(false);
    }
  },
);

test.each([
  ['a nonce of another length', { nonce: Buffer.alloc(16).toString('base64') }],
  ['text that is not base64', { ciphertext: '*** not base64 ***' }],
  ['base64 with something after it', { tag: 'AAAAAAAAAAAAAAAAAAAAAA== ' }],
])('%s is refused before any key is tried', (_, part) => {
  const opened = open(key, { ...seal(key, plaintext, place), ...part }, place);
  expect(opened).toMatchObject({ ok: false, problem: 'form' });
});
