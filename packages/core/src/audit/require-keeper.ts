import { AdjutantError } from '../errors.ts';
import type { Viewer } from '../domain.ts';
import { grantOf } from '../privacy/visibility.ts';

/** True for whoever looks after the ledger: leads, administrators and the worker itself. */
export function isKeeper(viewer: Viewer): boolean {
  return grantOf(viewer, 'ledger_personal') === 'shown';
}

/** @throws AdjutantError `Permission` for assistants and members */
export function requireKeeper(viewer: Viewer, what: string): void {
  if (isKeeper(viewer)) return;
  throw new AdjutantError('Permission', `Only a lead or an administrator ${what}.`, {
    hint: 'Ask somebody with that role.',
  });
}
