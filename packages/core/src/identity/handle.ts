export type { AuthorityKind } from './authority-kinds.ts';
export type { IdentityOperation, IdentityOperationKind } from './identity-operation.ts';
export type {
  AccountMove,
  IdentityChangePlan,
  PresenceReason,
  TouchedPerson,
} from './plan-identity-change.ts';
export type { IdentityProof } from './presence.ts';
