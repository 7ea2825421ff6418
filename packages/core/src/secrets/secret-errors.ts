import { AdjutantError } from '../errors.ts';
import { tagBytes } from './envelope.ts';

const longestName = 200;

/** The key from outside is not there. */
export function missingKey(keyId: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The key "${shown(keyId)}", which protects stored secrets, is not there.`,
    {
      hint: 'Bring it back into ADJUTANT_KEYS or into the key file. Without it the secrets have to be set again.',
    },
  );
}

/** A key of that id is there, and it is another one. */
export function wrongKey(keyId: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The key "${shown(keyId)}" is not the one that the secrets were stored with.`,
    { hint: 'Give the key that had this id when they were stored, or set the secrets again.' },
  );
}

/** The key from outside was retired. */
export function retiredKey(keyId: string): AdjutantError {
  return new AdjutantError(
    'Configuration',
    `The key "${shown(keyId)}" was retired; nothing is opened or stored with it any more.`,
    { hint: 'Make another key the current one, and set what it protected again.' },
  );
}

/** The secret hangs on a data key that was given up, as a row from an old copy does. */
export function retiredDataKey(name: string): AdjutantError {
  return damaged(name, 'was stored with a data key that has been retired since');
}

/** The data key of a secret is not in the store, or was given up. */
export function missingDataKey(name: string): AdjutantError {
  return damaged(name, 'belongs to a data key that is not in use in this store');
}

/** The wrapped data key does not open with the right key: its row was changed. */
export function changedDataKey(dataKeyId: string): AdjutantError {
  return new AdjutantError(
    'StoreCorrupt',
    `The data key ${shown(dataKeyId)} was changed in the store, or moved there from another row.`,
    { hint: 'Find out who else can write to the store, then set the secrets again.' },
  );
}

/** The value does not open at its place: another row's, or changed. */
export function changedSecret(name: string): AdjutantError {
  return damaged(name, 'was changed in the store, or moved there from another row');
}

/** The tag that proves the value is too short or too long to prove anything. */
export function wrongTagLength(name: string, bytes: number): AdjutantError {
  return damaged(name, `has a tag of ${bytes} bytes instead of ${tagBytes}, so it proves nothing`);
}

function damaged(name: string, problem: string): AdjutantError {
  return new AdjutantError('StoreCorrupt', `The secret "${shown(name)}" ${problem}.`, {
    hint: `It is not used. Find out who else can write to the store, then: adjutant keys set ${shown(name)}`,
  });
}

/** What stands in the store may have been written by anybody, and these words are copied to a shell. */
function shown(name: string): string {
  return name.slice(0, longestName).replaceAll(/[^\w.:@[\]-]/g, '?');
}
