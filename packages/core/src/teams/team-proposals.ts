import type { TeamDecision } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import {
  acceptTeamProposal,
  dismissTeamProposal,
  readTeamDecisions,
  undoTeamDecision,
} from './decide-proposal.ts';
import type { TeamProposal } from './propose-teams.ts';
import { readTeamProposals } from './read-proposals.ts';

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

/** Returns the proposals of one workspace, for its viewer. */
export function createTeamProposals(context: ReadContext): TeamProposals {
  return {
    list: () => readTeamProposals(context),
    accept: (proposalId) => acceptTeamProposal(context, proposalId),
    dismiss: (proposalId) => dismissTeamProposal(context, proposalId),
    decisions: () => readTeamDecisions(context),
    undo: (decisionId) => undoTeamDecision(context, decisionId),
  };
}
