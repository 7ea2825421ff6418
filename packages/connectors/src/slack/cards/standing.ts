import type { ActionDetail, DecisionView } from '@adjutant/core';
import { listed, neutralText } from '../../writing/neutral-text.ts';

const statusWords: Readonly<Record<ActionDetail['status'], string>> = {
  preparing: 'Being prepared',
  blocked: 'Not allowed by policy',
  pending: 'Waits for a decision',
  approved: 'Approved, about to be carried out',
  executing: 'Approved, being carried out',
  unknown: 'Sent, and no answer came: it is being looked for',
  reconciling: 'Sent, and no answer came: it is being looked for',
  executed: 'Done',
  failed: 'Failed',
  declined: 'Declined',
  expired: 'Expired: nobody decided or carried it out in time',
  revoked: 'Taken back',
  needs_human: 'Needs a person to look',
};

/** Returns where an action stands, as its row tells it; names of people only where they may be read. */
export function standingOf(
  action: ActionDetail,
  revision: number,
  { withNames }: { withNames: boolean },
): string {
  if (revision < action.revision) return 'Changed since: this is no longer what is asked for';
  const status = statusWords[action.status];
  if (!withNames) return status;
  const votes = action.decisions.filter((vote) => vote.revision === revision && !vote.voided);
  const approved = byWhom('approved by', votes, 'approve');
  const declined = byWhom('declined by', votes, 'decline');
  const quorum =
    action.status === 'pending' && action.quorum > 1
      ? [`${votes.filter(({ verdict }) => verdict === 'approve').length} of ${action.quorum}`]
      : [];
  return [status, ...quorum, ...approved, ...declined].join('; ');
}

function byWhom(
  how: string,
  votes: readonly DecisionView[],
  verdict: DecisionView['verdict'],
): string[] {
  const names = votes
    .filter((vote) => vote.verdict === verdict)
    .map(({ reviewerName, assurance }) => `${neutralText(reviewerName, 80)} (${assurance})`);
  return names.length === 0 ? [] : [`${how} ${listed(names)}`];
}
