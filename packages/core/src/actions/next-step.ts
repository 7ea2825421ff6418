import type { ActionRow } from './action-rows.ts';

const assuranceWords = {
  cooperative: 'may approve or decline it',
  presence: 'approves or declines it with a passkey, in the page of `adjutant serve`',
  separate: 'other than its sponsor approves or declines it with a passkey',
} as const;

/** Returns what a person can do about an action now, in one sentence; null where nothing is to be done. */
export function nextStepOf(action: ActionRow): string | null {
  const reason = typeof action.outcome?.['reason'] === 'string' ? action.outcome['reason'] : null;
  switch (action.status) {
    case 'preparing':
      return 'A running worker fetches what the preview needs; start one with `adjutant serve`.';
    case 'pending': {
      const who = action.quorum > 1 ? `Each of ${action.quorum} reviewers` : 'A reviewer';
      return `${who} ${assuranceWords[action.assurance ?? 'presence']}.`;
    }
    case 'approved':
      return 'A running worker carries it out; start one with `adjutant serve`.';
    case 'executing':
    case 'unknown':
    case 'reconciling':
      return 'Wait: its outcome is being found out.';
    case 'needs_human':
      return `Look at the target, then say whether it happened${reason === null ? '' : ` (${reason})`}.`;
    case 'expired':
      return 'Nobody decided or carried it out in time; propose it again if it is still wanted.';
    case 'failed':
      return reason === 'target_changed'
        ? 'The target changed after the preview; propose it again.'
        : null;
    default:
      return null;
  }
}
