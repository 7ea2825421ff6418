import type { TeamDecision } from '../domain.ts';
import type { TeamProposal } from './propose-teams.ts';

/** What groups of accounts and ownership files suggest about teams, and a person's answers to it. */
export interface TeamProposals {
  /** What nobody has answered yet: teams with parents first, then people, then owners. */
  list(): Promise<TeamProposal[]>;
  /**
   * Does what is proposed. What it changes in figures shows after the next sync.
   * @throws AdjutantError `Permission`, `NotFound`
   */
  accept(proposalId: string): Promise<TeamDecision>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  dismiss(proposalId: string): Promise<TeamDecision>;
  /** What was decided, newest first. */
  decisions(): Promise<TeamDecision[]>;
  /** @throws AdjutantError `Permission`, `NotFound`, `Conflict` where later decisions rest on it */
  undo(decisionId: string): Promise<void>;
}
