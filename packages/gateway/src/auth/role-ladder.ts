import type { Person } from '@adjutant/core/domain';

type Role = Person['role'];

const ladder: readonly Role[] = ['member', 'lead', 'admin'];

/** Returns whether a role may do what the other may. */
export function reachesRole(role: Role, least: Role): boolean {
  return ladder.indexOf(role) >= ladder.indexOf(least);
}
