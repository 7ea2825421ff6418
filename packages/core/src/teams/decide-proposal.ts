import { and, eq, isNull } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type TeamDecision, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { applyProposal, undoEffects } from './proposal-effects.ts';
import { proposeTeams, type TeamProposal } from './propose-teams.ts';
import { loadProposalInput } from './read-proposals.ts';

const { teamDecisions } = tables;
const decides = 'decides about teams';

/**
 * Does what a proposal says and records how to take it back.
 * @throws AdjutantError `Permission`, `NotFound` where it is no longer proposed
 */
export async function acceptTeamProposal(
  context: ReadContext,
  proposalId: string,
): Promise<TeamDecision> {
  return decide(context, proposalId, 'accepted');
}

/** Records that a proposal is not wanted; it is not made again until that is undone. */
export async function dismissTeamProposal(
  context: ReadContext,
  proposalId: string,
): Promise<TeamDecision> {
  return decide(context, proposalId, 'dismissed');
}

async function decide(
  context: ReadContext,
  proposalId: string,
  decision: TeamDecision['decision'],
): Promise<TeamDecision> {
  requireLead(context.viewer, decides);
  const { workspaceId, clock, viewer, store } = context;
  return store.transaction(async (transaction) => {
    const proposal = await findProposal(transaction, workspaceId, proposalId);
    const effects =
      decision === 'accepted' ? await applyProposal(transaction, context, proposal) : [];
    const made: TeamDecision = {
      id: createIdentifier(),
      proposalId,
      decision,
      subject: proposal.message,
      actor: viewerLabel(viewer),
      at: clock.now(),
      undoneAt: null,
    };
    await transaction.insert(teamDecisions).values({ ...made, workspaceId, effects });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: made.at,
      actor: made.actor,
      event: `team_proposal.${decision}`,
      subject: made.id,
      detail: { proposalId, effects },
    });
    return made;
  });
}

async function findProposal(
  transaction: Database,
  workspaceId: string,
  proposalId: string,
): Promise<TeamProposal> {
  const proposals = proposeTeams(await loadProposalInput(transaction, workspaceId));
  const found = proposals.find(({ id }) => id === proposalId);
  if (found !== undefined) return found;
  throw new AdjutantError('NotFound', 'Nothing of that id is proposed here any more.', {
    hint: 'List what is proposed with "adjutant people review".',
  });
}

/** Returns what was decided, newest first. */
export async function readTeamDecisions(context: ReadContext): Promise<TeamDecision[]> {
  const rows = await context.store.read
    .select()
    .from(teamDecisions)
    .where(eq(teamDecisions.workspaceId, context.workspaceId));
  return rows
    .map(({ workspaceId: _, effects: __, ...decision }) => decision)
    .toSorted((one, other) => (one.id < other.id ? 1 : -1));
}

/**
 * Takes a decision back, with everything that it changed.
 * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where later decisions rest on it
 */
export async function undoTeamDecision(context: ReadContext, decisionId: string): Promise<void> {
  requireLead(context.viewer, decides);
  const { workspaceId, clock, viewer, store } = context;
  await store.transaction(async (transaction) => {
    const key = and(eq(teamDecisions.workspaceId, workspaceId), eq(teamDecisions.id, decisionId));
    const [decision] = await transaction
      .select()
      .from(teamDecisions)
      .where(and(key, isNull(teamDecisions.undoneAt)));
    if (decision === undefined) {
      throw new AdjutantError('NotFound', 'There is no such decision left to undo.');
    }
    await undoEffects(transaction, context, decision.effects);
    await transaction.update(teamDecisions).set({ undoneAt: clock.now() }).where(key);
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'team_proposal.undone',
      subject: decisionId,
      detail: { proposalId: decision.proposalId },
    });
  });
}
