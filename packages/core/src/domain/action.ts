import { z } from 'zod';

/** How much harm an action can do: private drafts, visible but reversible, or neither. */
export const riskTierSchema = z.enum(['low', 'medium', 'high']);
export type RiskTier = z.infer<typeof riskTierSchema>;

/** What policy asks before an action runs. `deny` never runs. */
export const actionModeSchema = z.enum(['auto', 'ask', 'require_approval', 'deny']);
export type ActionMode = z.infer<typeof actionModeSchema>;

/**
 * What can be known of an effect whose answer was lost: `keyed` may be sent again under its key,
 * `probeable` can be looked for, `blind` neither: only a person can tell.
 */
export const effectClassSchema = z.enum(['keyed', 'probeable', 'blind']);
export type EffectClass = z.infer<typeof effectClassSchema>;

/** Where an action stands. `preparing` comes first; `needs_human` leaves only by a person's verdict. */
export const actionStatusSchema = z.enum([
  'preparing',
  'blocked',
  'pending',
  'approved',
  'executing',
  'unknown',
  'reconciling',
  'executed',
  'failed',
  'declined',
  'expired',
  'revoked',
  'needs_human',
]);
export type ActionStatus = z.infer<typeof actionStatusSchema>;

/** Statuses that nothing leaves. */
export const terminalStatuses: ReadonlySet<ActionStatus> = new Set([
  'blocked',
  'executed',
  'failed',
  'declined',
  'expired',
  'revoked',
] satisfies ActionStatus[]);

/**
 * How sure it is that a human decided: `cooperative` can be imitated by a process of the same
 * operating-system user, `presence` cannot, `separate` is presence of somebody other than the sponsor.
 */
export const assuranceSchema = z.enum(['cooperative', 'presence', 'separate']);
export type Assurance = z.infer<typeof assuranceSchema>;

export const verdictSchema = z.enum(['approve', 'decline']);
export type Verdict = z.infer<typeof verdictSchema>;

/** The room in which somebody decided. */
export const decisionSurfaceSchema = z.enum(['page', 'terminal', 'elicitation', 'slack', 'host']);
export type DecisionSurface = z.infer<typeof decisionSurfaceSchema>;
