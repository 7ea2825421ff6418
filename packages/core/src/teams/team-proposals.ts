import type { ReadContext } from '../reads/read-context.ts';
import {
  acceptTeamProposal,
  dismissTeamProposal,
  readTeamDecisions,
  undoTeamDecision,
} from './decide-proposal.ts';
import type { TeamProposals } from './handle.ts';
import { readTeamProposals } from './read-proposals.ts';
import { refreshIncidentTeams } from './refresh-incident-teams.ts';

/** Returns the proposals of one workspace, for its viewer. */
export function createTeamProposals(context: ReadContext): TeamProposals {
  const { store, workspaceId } = context;
  return {
    list: () => readTeamProposals(context),
    accept: async (proposalId) => {
      const decision = await acceptTeamProposal(context, proposalId);
      await refreshIncidentTeams(store, workspaceId);
      return decision;
    },
    dismiss: (proposalId) => dismissTeamProposal(context, proposalId),
    decisions: () => readTeamDecisions(context),
    undo: async (decisionId) => {
      await undoTeamDecision(context, decisionId);
      // A team that is no more must not keep what was its own until the next sync.
      await refreshIncidentTeams(store, workspaceId);
    },
  };
}
