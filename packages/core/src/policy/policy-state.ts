import type { ProposeInput } from '../actions/handle.ts';
import type { PolicyDifference } from './compare-policies.ts';
import type { CompiledPolicy } from './compile-policy.ts';
import type { Policy } from './policy.ts';

export interface StoredPolicy {
  policy: Policy;
  hash: string;
  inForceAt: number;
  /** Who brought it in force, as the ledger names them. */
  by: string;
  /** The `policy.update` that was approved for it; null where none was needed. */
  actionId: string | null;
}

/** A policy on disk that is looser than what holds, so that somebody has to agree first. */
export interface WaitingPolicy {
  hash: string;
  differences: readonly PolicyDifference[];
  /** What to propose so that it can come in force. */
  proposal: ProposeInput;
}

export interface PolicyState {
  inForce: StoredPolicy;
  compiled: CompiledPolicy;
  /** Whether this call brought another one in force. */
  changed: boolean;
  waiting: WaitingPolicy | null;
}
