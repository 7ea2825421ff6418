import type { SignedInPerson } from '../auth/principal.ts';

/** Returns whether a person leads or administers: what they may change is still checked where it is changed. */
export function mayLead({ viewer }: SignedInPerson): boolean {
  return viewer.role !== 'member';
}
