import { AdjutantError } from './errors.ts';
import type { Viewer } from './domain.ts';
import { grantOf } from './privacy/visibility.ts';

/** @throws AdjutantError `Permission` for assistants and for people who are neither lead nor administrator */
export function requireLead(viewer: Viewer, what: string): void {
  if (grantOf(viewer, 'settings', 'change') === 'shown') return;
  throw new AdjutantError('Permission', `Only a lead or an administrator ${what}.`, {
    hint: 'Ask somebody with that role.',
  });
}
