import { AdjutantError } from '@adjutant/core/ports';
import { allowsScope, type Person } from '@adjutant/core/domain';
import type { Principal, Scope } from './principal.ts';
import { reachesRole } from './role-ladder.ts';

/** Who may use a route or a page. */
export interface Access {
  /** The least role of a person; `member` for everybody. */
  role: Person['role'];
  /** What a token needs for it; null where no token will do, because a person has to be there. */
  scope: Scope | null;
  /** Whether an assistant may, for the person it works for. */
  agents: boolean;
}

/** @throws AdjutantError `Permission` for whoever may not, and says why */
export function requireAccess(principal: Principal, access: Access): void {
  const reason = refusalOf(principal, access);
  if (reason !== null) throw new AdjutantError('Permission', reason.message, { hint: reason.hint });
}

/** Returns why a principal may not; null where they may. */
function refusalOf(
  principal: Principal,
  { role, scope, agents }: Access,
): { message: string; hint: string } | null {
  const { viewer } = principal;
  if (principal.kind === 'token') {
    if (scope === null) {
      return {
        message: 'A token cannot do this: a person has to be there.',
        hint: 'Open the page in a browser and do it there.',
      };
    }
    if (!allowsScope(principal.scopes, scope)) {
      return {
        message: `The token lacks the scope "${scope}".`,
        hint: `Make one that has it: adjutant tokens create <name> --scope ${scope}.`,
      };
    }
  }
  if (viewer.kind === 'agent') {
    return agents
      ? null
      : { message: 'An assistant cannot do this.', hint: 'Ask the person it works for.' };
  }
  if (reachesRole(viewer.role, role)) return null;
  return {
    message:
      role === 'admin'
        ? 'Only an administrator may see or do this.'
        : 'Only a lead or an administrator may see or do this.',
    hint: 'Ask somebody with that role.',
  };
}
