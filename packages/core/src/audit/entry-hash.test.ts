import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { type EntryBody, entryBody, entryHash, genesisHash, personalDigest } from './entry-hash.ts';

const entry: EntryBody = {
  id: '1',
  workspaceId: 'default',
  at: 5,
  actor: 'person:"p"',
  event: 'thing.changed',
  subject: null,
  detail: '{"a":1,"b":[true,null]}',
  traceId: 't',
  outcome: null,
  personalDigests: '{"reason":"00"}',
  seq: 7,
};

it('hashes the canonical JSON of an entry', () => {
  const value = {
    ...entry,
    detail: { b: [true, null], a: 1 },
    personalDigests: { reason: '00' },
  };
  expect(entryBody(entry)).toBe(canonicalJson(value));
  expect(entryBody({ ...entry, personalDigests: null })).toBe(
    canonicalJson({ ...value, personalDigests: null }),
  );
});

it('is SHA-256 over a domain, the previous hash and the body', () => {
  expect(entryHash(genesisHash, entry)).toBe(
    hash('sha256', `adjutant.ledger.entry.v1\n${'0'.repeat(64)}\n${entryBody(entry)}`),
  );
});

it('changes with every field and with the previous hash', () => {
  const others = Object.keys(entry).map((name) =>
    entryHash(genesisHash, { ...entry, [name]: name === 'at' || name === 'seq' ? 8 : '"x"' }),
  );
  const hashes = [entryHash(genesisHash, entry), entryHash('1'.repeat(64), entry), ...others];
  expect(new Set(hashes).size).toBe(Object.keys(entry).length + 2);
});

it('gives a personal value another digest under another salt or name', () => {
  const digests = [
    personalDigest('s', 'reason', 'x'),
    personalDigest('t', 'reason', 'x'),
    personalDigest('s', 'name', 'x'),
    personalDigest('s', 'reason', 'y'),
  ];
  expect(new Set(digests).size).toBe(4);
});
