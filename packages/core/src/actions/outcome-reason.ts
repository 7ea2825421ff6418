/** Why an approved action waits for a while; it goes on by itself. */
export type WaitReason =
  | 'target_unreadable'
  | 'recipient_absent'
  | 'quiet_hours'
  | 'nudged_about_this_today'
  | 'nudged_enough_today';

/** Why an action ended as it did, or why a person has to tell. Each has a next step. */
export type OutcomeReason =
  | WaitReason
  | 'approval_no_longer_valid'
  | 'approved_expired'
  | 'budget_exhausted'
  | 'cannot_be_looked_for'
  | 'declined'
  | 'expired_while_open'
  | 'half_done'
  | 'half_taken_back'
  | 'late_answer_says_done'
  | 'ledger_disagrees'
  | 'looked_for_in_vain'
  | 'not_in_ledger'
  | 'nothing_left_to_do'
  | 'payload_changed'
  | 'payload_outdated'
  | 'pending_expired'
  | 'policy_denied'
  | 'policy_tightened'
  | 'preparation_failed'
  | 'preparing_expired'
  | 'preview_changed'
  | 'recipient_opted_out'
  | 'refused'
  | 'refused_after_unknown'
  | 'refused_and_taken_back'
  | 'store_restored'
  | 'target_changed'
  | 'withdrawn';
