import { defineSignal } from '@adjutant/core/domain';
import { z } from 'zod';

/** An action that nobody decides. */
export const approvalWaiting = defineSignal(
  {
    id: 'approval-waiting',
    version: 1,
    title: 'Approval waiting',
    description:
      'An action that waits for somebody to decide and has used up half of its time to be decided; severe once nine tenths are gone, or half where it can do much harm: undecided it expires, and what it was for does not happen. A decision ends it, as does its expiry.',
    subject: 'action',
    severity: 'medium',
    params: z.object({
      share: z.number().min(0).max(1).default(0.5).describe('Share of its time that is over'),
      severeShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.9)
        .describe('Share from which on it is severe, whatever harm it can do'),
    }),
    evaluate(action, { params }) {
      if (action.status !== 'pending') return null;
      const { waitingSince, waitedShare, expiresAt } = action;
      if (waitingSince === null || waitedShare === null || expiresAt === null) {
        return { unknown: 'it has no instant by which it is to be decided' };
      }
      if (waitedShare < params.share) return null;
      const tenths = Math.floor(waitedShare * 10);
      const over = tenths === 5 ? 'half' : tenths === 10 ? 'all' : `${tenths} tenths`;
      const isSevere = action.risk === 'high' || waitedShare >= params.severeShare;
      return {
        since: waitingSince,
        severity: isSevere ? 'high' : 'medium',
        sentence: `${action.key} waits for a decision, and ${over} of its time is over.`,
        facts: { tenthsOver: tenths, risk: action.risk },
      };
    },
  },
  'shipped',
);
