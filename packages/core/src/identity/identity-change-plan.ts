import type { Person } from '../domain.ts';
import type { AuthorityKind } from './authority-kinds.ts';
import type { IdentityOperation } from './identity-operation.ts';
import type { AccountKey } from './resolve-accounts.ts';

/**
 * An account that would belong to somebody else; null stands for nobody. From somebody to the same
 * one: it would be confirmed as theirs, where an administrator proves to be there.
 */
export interface AccountMove extends AccountKey {
  fromPersonId: string | null;
  /** `new` for a person who does not exist yet. */
  toPersonId: string | null;
}

/** Somebody whom a change touches, with what they have. */
export interface TouchedPerson {
  personId: string;
  displayName: string;
  role: Person['role'];
  holds: AuthorityKind[];
}

/** Why a change takes an administrator who is there. */
export type PresenceReason =
  | 'holds_authority'
  | 'is_oneself'
  | 'roles_differ'
  | 'gives_role'
  | 'undoes_agreed'
  | 'confirms_own';

/** What a change of who is who would do, as it stands now. */
export interface IdentityChangePlan {
  operation: IdentityOperation;
  moves: AccountMove[];
  /** Somebody's role before and after. */
  roleChange: { personId: string; was: Person['role']; role: Person['role'] } | null;
  people: TouchedPerson[];
  /** Empty where a lead may do it. */
  reasons: PresenceReason[];
  /** Whose word it takes. */
  needs: 'lead' | 'administrator_with_presence';
  /** SHA-256 over all of it. A passkey signs this, and it is checked again when the change is made. */
  digest: string;
}
