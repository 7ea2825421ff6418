import type { tables } from '../store/tables.ts';
import { open, type Sealed, seal, type SealedPlace } from './envelope.ts';
import { changedSecret, wrongTagLength } from './secret-errors.ts';

export type SecretRow = typeof tables.secrets.$inferSelect;

/** Returns a value sealed for its row. */
export function sealSecret(
  key: Uint8Array,
  value: Uint8Array,
  row: Pick<SecretRow, 'workspaceId' | 'name' | 'dataKeyId'>,
): Sealed {
  return seal(key, value, placeOf(row));
}

/** Returns the value of a row. @throws AdjutantError `StoreCorrupt` where it is not what was stored */
export function openSecret(key: Uint8Array, row: SecretRow): Buffer {
  const opened = open(key, row, placeOf(row));
  if (opened.ok) return opened.plaintext;
  if (opened.problem === 'tag_length') throw wrongTagLength(row.name, opened.tagBytes);
  throw changedSecret(row.name);
}

function placeOf(row: Pick<SecretRow, 'workspaceId' | 'name' | 'dataKeyId'>): SealedPlace {
  return {
    workspaceId: row.workspaceId,
    table: 'secrets',
    row: row.name,
    column: 'ciphertext',
    keyId: row.dataKeyId,
  };
}
