import type { JsonObject } from '../actions/define-action.ts';
import type { DecisionProof } from '../actions/handle.ts';
import type { Viewer } from '../domain.ts';

/** What proves that an administrator is there: a passkey, or the session of a host that vouches. */
export type IdentityProof = Extract<DecisionProof, { kind: 'passkey' | 'host_session' }>;

/** What was proven, as the ledger keeps it. */
export interface ProvenPresence {
  assurance: 'presence' | 'cooperative';
  evidence: JsonObject;
}

/** Says whether an administrator is there. It runs outside of transactions and uses up what it uses. */
export interface PresenceCheck {
  /** Only in the made-up workspace of a demo, where nothing is real, is a terminal enough. */
  cooperativeSuffices: boolean;
  /** Whether some administrator has a passkey, so that whoever is refused is told what is missing. */
  hasPasskey(): Promise<boolean>;
  /** @throws AdjutantError `Permission` where the proof does not prove that this administrator agrees */
  prove(input: {
    viewer: Extract<Viewer, { kind: 'person' }>;
    /** Of exactly what is to change. */
    digest: string;
    proof: IdentityProof;
  }): Promise<ProvenPresence>;
}
