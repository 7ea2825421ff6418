import { hash } from 'node:crypto';
import type { LedgerRow } from '../store/ledger-rows.ts';

/** Stands before what is hashed, so that no hash made for another purpose can pass for one of these. */
const entryDomain = 'adjutant.ledger.entry.v1\n';
const personalDomain = 'adjutant.ledger.personal.v1\n';

/** What the first entry of a chain follows. */
export const genesisHash = '0'.repeat(64);

export type EntryBody = Omit<LedgerRow, 'previousHash' | 'hash'>;

/**
 * Returns what is hashed of an entry: its canonical JSON. `detail` and `personalDigests` go in as
 * they are stored, already canonical, so that a change of any byte of them changes the hash.
 */
export function entryBody(entry: EntryBody): string {
  const text = (value: string | null): string => JSON.stringify(value);
  return [
    `{"actor":${text(entry.actor)}`,
    `"at":${JSON.stringify(entry.at)}`,
    `"detail":${entry.detail}`,
    `"event":${text(entry.event)}`,
    `"id":${text(entry.id)}`,
    `"outcome":${text(entry.outcome)}`,
    `"personalDigests":${entry.personalDigests ?? 'null'}`,
    `"seq":${JSON.stringify(entry.seq)}`,
    `"subject":${text(entry.subject)}`,
    `"traceId":${text(entry.traceId)}`,
    `"workspaceId":${text(entry.workspaceId)}}`,
  ].join(',');
}

/** Returns the hash that links an entry to the one before it. */
export function entryHash(previousHash: string, entry: EntryBody): string {
  return hash('sha256', `${entryDomain}${previousHash}\n${entryBody(entry)}`);
}

/** Returns what the chain holds of a personal value. The salt goes with the value, and with both the digest's meaning. */
export function personalDigest(salt: string, name: string, value: string): string {
  return hash('sha256', `${personalDomain}${JSON.stringify([salt, name, value])}`);
}
