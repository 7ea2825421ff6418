import type { ActionRow } from './action-rows.ts';
import type { OutcomeReason, WaitReason } from './outcome-reason.ts';

const tampered =
  'Somebody changed the database past Adjutant: run `adjutant audit verify`, then propose it again.';
const again = 'Propose it again if it is still wanted.';

/** What is told and what is to be done, for each reason why an action ended or waits for a person. */
const steps: Readonly<Record<OutcomeReason, [because: string, then: string | null]>> = {
  approval_no_longer_valid: ['An approval no longer counted when it was to be carried out.', again],
  approved_expired: ['It was approved, but nothing carried it out in time.', again],
  budget_exhausted: [
    'The month’s limit of declared costs is used up.',
    'Wait for the next month or raise `limits.max_monthly_cost_usd` in the policy, then propose it again.',
  ],
  cannot_be_looked_for: [
    'It was sent and never answered, and nothing of this type can be looked for.',
    again,
  ],
  declined: ['It was declined.', null],
  expired_while_open: ['Its time ran out while part of it may have been done.', again],
  half_done: ['One of its steps was refused after an earlier one had been done.', again],
  half_taken_back: ['Taking its earlier steps back was refused halfway.', again],
  late_answer_says_done: ['An answer that came late says it was done.', again],
  ledger_disagrees: ['Its row says something else than the ledger.', tampered],
  looked_for_in_vain: [
    'It was sent and never answered, and looking for it at the target told nothing.',
    again,
  ],
  not_in_ledger: ['The ledger knows nothing of this proposal.', tampered],
  nothing_left_to_do: ['Every step of it is noted as done, though it never ended.', again],
  nudged_about_this_today: [
    'Somebody was nudged about this today already.',
    'Propose it again tomorrow.',
  ],
  nudged_enough_today: [
    'The recipient was nudged often enough today.',
    'Propose it again tomorrow.',
  ],
  payload_changed: ['What was to be sent is not what was approved.', tampered],
  payload_outdated: [
    'It was proposed to another version of Adjutant, which took other payloads.',
    'Propose it again: `adjutant actions types` shows what it takes now.',
  ],
  pending_expired: ['Nobody decided in time.', again],
  policy_denied: [
    'Policy does not allow it.',
    'To see which rule: `adjutant policy explain <type>`.',
  ],
  policy_tightened: ['The policy asks for more than it did.', again],
  preparation_failed: [
    'Adjutant could not fetch what the preview needs.',
    'Correct what the outcome names, then propose it again.',
  ],
  preparing_expired: [
    'No worker prepared it in time.',
    'Start one with `adjutant serve`, then propose it again.',
  ],
  preview_changed: ['The stored preview is not the one that was approved.', tampered],
  quiet_hours: ['The recipient has quiet hours.', 'Propose it again when they are over.'],
  recipient_absent: [
    'The recipient is away.',
    'Propose it again when they are back, or to somebody else.',
  ],
  recipient_opted_out: ['The recipient wants no nudges.', 'Ask in another way.'],
  refused: [
    'The target refused it; nothing was changed.',
    'The outcome says why. Correct that, then propose it again.',
  ],
  refused_after_unknown: [
    'It was sent without an answer, and then refused when it was sent again.',
    again,
  ],
  refused_and_taken_back: [
    'The target refused a step of it; the earlier ones were taken back.',
    'The outcome says why. Correct that, then propose it again.',
  ],
  store_restored: [
    'The store was restored or adopted since it was proposed, so it may have been done already, and nothing of this type can be looked for.',
    again,
  ],
  target_changed: [
    'The target changed after the preview, so nothing was sent.',
    'Propose it again to have it looked at anew.',
  ],
  target_unreadable: [
    'The target could not be read again before sending.',
    '`adjutant doctor` checks the access; then propose it again.',
  ],
  withdrawn: ['It was taken back.', null],
};

const waits: Readonly<Record<WaitReason, string>> = {
  nudged_about_this_today: 'somebody was nudged about this today',
  nudged_enough_today: 'the recipient was nudged often enough today',
  quiet_hours: 'the recipient has quiet hours',
  recipient_absent: 'the recipient is away',
  target_unreadable: 'the target could not be read',
};

/** Returns what a person can do about an action now, in a sentence or three; null where nothing is to be done. */
export function nextStepOf(action: ActionRow): string | null {
  switch (action.status) {
    case 'preparing':
      return 'A running worker fetches what the preview needs; start one with `adjutant serve`.';
    case 'pending':
      return decisionStep(action);
    case 'approved':
      return approvedStep(action);
    case 'executing':
    case 'unknown':
    case 'reconciling':
      return 'Wait: its outcome is being found out.';
    case 'needs_human': {
      const because = knownStep(action)?.[0] ?? 'No program can tell what became of it.';
      return `${because} A person looks at the target and then says whether it happened: \`adjutant actions resolve ${action.id} happened|did-not-happen --reason <how you know>\`, or on its page.`;
    }
    case 'failed':
    case 'expired':
    case 'revoked':
    case 'blocked':
      return endStep(action);
    default:
      return null;
  }
}

function decisionStep(action: ActionRow): string {
  const step = whoDecides(action);
  return action.outcome?.['reason'] === 'store_restored' ? `${restoredSince} ${step}` : step;
}

const restoredSince =
  'The store was restored or adopted since it was proposed, so no earlier approval counts, and Adjutant looks whether it is done already before it sends anything.';

function whoDecides({ id, quorum, assurance }: ActionRow): string {
  const who = quorum > 1 ? `Each of ${quorum} reviewers` : 'A reviewer';
  if (assurance === 'cooperative') {
    return `${who} approves or declines it in a terminal, \`adjutant approvals approve ${id}\`, or in the page of \`adjutant serve\`.`;
  }
  const other = assurance === 'separate' ? ' other than its sponsor' : '';
  return `${who}${other} approves or declines it with a passkey, in the page of \`adjutant serve\`; \`adjutant approvals link\` signs in there.`;
}

function approvedStep({ outcome }: ActionRow): string {
  const reason = outcome?.['waits'];
  if (typeof reason === 'string' && reason in waits) {
    return `It waits because ${waits[reason as WaitReason]}; a running worker goes on by itself.`;
  }
  return 'A running worker carries it out; start one with `adjutant serve`.';
}

/** What a person resolved ended by that word, whatever it had waited for. */
function endStep(action: ActionRow): string | null {
  if (action.outcome?.['resolved'] === 'did_not_happen') return again;
  const step = knownStep(action);
  if (step === null) return action.status === 'failed' ? 'Its outcome says why.' : null;
  const [because, then] = step;
  if (then === null) return null;
  return `${because} ${then.replace('<type>', action.type)}`;
}

function knownStep({ outcome }: ActionRow): [because: string, then: string | null] | null {
  const reason = outcome?.['reason'];
  return typeof reason === 'string' && Object.hasOwn(steps, reason)
    ? steps[reason as OutcomeReason]
    : null;
}
