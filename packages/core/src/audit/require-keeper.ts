import { AdjutantError } from '../errors.ts';
import type { Viewer } from '../domain.ts';

/** True for whoever looks after the ledger: leads, administrators and the worker itself. */
export function isKeeper(viewer: Viewer): boolean {
  if (viewer.kind === 'system') return true;
  return viewer.kind === 'person' && viewer.role !== 'member';
}

/** @throws AdjutantError `Permission` for assistants and members */
export function requireKeeper(viewer: Viewer, what: string): void {
  if (isKeeper(viewer)) return;
  throw new AdjutantError('Permission', `Only a lead or an administrator ${what}.`, {
    hint: 'Ask somebody with that role.',
  });
}
