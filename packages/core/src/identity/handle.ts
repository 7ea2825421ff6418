export type { AuthorityKind } from './authority-kinds.ts';
export type { IdentityOperation, IdentityOperationKind } from './identity-operation.ts';
export type {
  AccountMove,
  IdentityChangePlan,
  PresenceReason,
  TouchedPerson,
} from './identity-change-plan.ts';
export type { IdentityProof } from './presence.ts';
