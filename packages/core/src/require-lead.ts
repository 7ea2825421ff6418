import { AdjutantError } from './errors.ts';
import type { Viewer } from './domain.ts';

/** @throws AdjutantError `Permission` for assistants and for people who are neither lead nor administrator */
export function requireLead(viewer: Viewer, what: string): void {
  if (viewer.kind === 'person' && viewer.role !== 'member') return;
  throw new AdjutantError('Permission', `Only a lead or an administrator ${what}.`, {
    hint: 'Ask somebody with that role.',
  });
}
