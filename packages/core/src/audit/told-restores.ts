import { storeRestoredSchema } from '../installation/restored-detail.ts';
import type { StoreRestore } from './ledger-report.ts';
import type { ReadRow } from './read-chain.ts';
import { storeRestoredEvent } from './store-subject.ts';
import { storedObject } from './stored-object.ts';

/** Returns what entries tell of times at which another store took the place of the one before. */
export function restoresToldBy(rows: readonly ReadRow[]): StoreRestore[] {
  return rows.flatMap(({ event, seq, at, detail }) => {
    if (event !== storeRestoredEvent) return [];
    const told = storeRestoredSchema.safeParse(storedObject(detail)).data;
    if (told === undefined) return [];
    return [{ seq, at, reason: told.reason, remembered: told.remembered }];
  });
}
