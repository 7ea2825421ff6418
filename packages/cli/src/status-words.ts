import type { ActionStatus } from '@adjutant/core/domain';

/** Where an action stands, in a sentence of its own. */
export const statusSentences: Readonly<Record<ActionStatus, string>> = {
  preparing: 'It is being prepared; a running "adjutant serve" does that.',
  blocked: 'Policy blocked it.',
  pending: 'It waits for a decision.',
  approved: 'It is approved; a running "adjutant serve" carries it out.',
  executing: 'It is being carried out.',
  unknown: 'It was sent; what became of it is not known yet.',
  reconciling: 'It was sent; whether it happened is being found out.',
  executed: 'It is carried out.',
  failed: 'It failed; nothing was changed.',
  declined: 'It is declined.',
  expired: 'It expired.',
  revoked: 'It was taken back.',
  needs_human: 'It was sent, and a person has to say whether it happened.',
};
