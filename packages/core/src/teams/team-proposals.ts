import type { ReadContext } from '../reads/read-context.ts';
import {
  acceptTeamProposal,
  dismissTeamProposal,
  readTeamDecisions,
  undoTeamDecision,
} from './decide-proposal.ts';
import type { TeamProposals } from './handle.ts';
import { readTeamProposals } from './read-proposals.ts';

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
