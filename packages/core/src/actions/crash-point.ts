/** The named places at which `pnpm chaos actions` kills a worker. */
export const actionCrashPointNames = [
  'after_propose_commit',
  'after_decide_commit',
  'after_claim_before_send',
  'after_send_before_reply',
  'after_reply_before_settle',
  'after_settle',
] as const;
export type ActionCrashPointName = (typeof actionCrashPointNames)[number];

/** Called at each named place; does nothing outside fault tests. */
export type ActionCrashPoint = (name: ActionCrashPointName) => void | Promise<void>;

export const noActionCrashPoint: ActionCrashPoint = () => undefined;
