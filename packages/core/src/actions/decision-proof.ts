import type { Assurance, DecisionSurface, Verdict } from '../domain.ts';
import type { DecisionProof } from './handle.ts';
import type { JsonObject } from './define-action.ts';

/** What a proof has to prove: that this person gave this verdict on exactly this payload. */
export interface ProofInput {
  workspaceId: string;
  actionId: string;
  revision: number;
  payloadHash: string;
  verdict: Verdict;
  reviewerPersonId: string;
  proof: DecisionProof;
}

/** What a surface's proof is worth. */
export interface VerifiedProof {
  assurance: Assurance;
  surface: DecisionSurface;
  /** Kept with the decision, so that it can be checked again. No secret. */
  evidence: JsonObject;
}

/** A stored decision, as the claim checks it once more. */
export interface RecordedDecision {
  id: string;
  workspaceId: string;
  actionId: string;
  revision: number;
  payloadHash: string;
  verdict: Verdict;
  reviewerPersonId: string;
  surface: DecisionSurface;
  assurance: Assurance;
  evidence: JsonObject | null;
  decidedAt: number;
}

/** Grades proofs. It runs outside of transactions; what it uses up, it uses up itself. */
export interface ProofVerifier {
  /** @throws AdjutantError `Permission` or `InvalidInput` where the proof proves nothing */
  verify(input: ProofInput): Promise<VerifiedProof>;
  /** Returns whether the kept evidence still proves the decision with the assurance that it claims. */
  recheck(decision: RecordedDecision): Promise<boolean>;
}
