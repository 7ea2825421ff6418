import type { ProofInput, RecordedDecision } from '../actions/decision-proof.ts';
import type { JsonObject } from '../actions/define-action.ts';
import type { DecisionProof } from '../actions/handle.ts';

/** A proof of a host that signs its people in itself. */
export type HostSessionProof = Extract<DecisionProof, { kind: 'host_session' }>;

/** How a host that embeds Adjutant vouches for its own sign-in. */
export interface HostSessionVerifier {
  /**
   * Returns what proves that this person is signed in at the host now and made this decision, or
   * null. It must look at the host's own session, never at what an assistant could have sent.
   */
  verify(
    input: Omit<ProofInput, 'proof'> & { proof: HostSessionProof },
  ): Promise<JsonObject | null>;
  /**
   * Returns what proves that this administrator is signed in at the host now and agreed to exactly this
   * change of who is who or of a role, of which the digest is given; null otherwise. A host without it
   * vouches for no such change.
   */
  verifyChange?(input: {
    workspaceId: string;
    personId: string;
    digest: string;
    proof: HostSessionProof;
  }): Promise<JsonObject | null>;
  /** Returns whether that evidence still proves it; asked when the action is claimed. */
  recheck(decision: Omit<RecordedDecision, 'evidence'>, evidence: JsonObject): Promise<boolean>;
}
