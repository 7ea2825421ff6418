/** The named places at which `pnpm chaos sync` kills the process. */
export const crashPointNames = [
  'lease_acquired',
  'before_transaction',
  'after_raw_records',
  'after_domain_rows',
  'after_cursor',
  'before_commit',
  'after_commit',
  'identity_written',
  'facts_written',
  'rollups_written',
  'before_release',
] as const;
export type CrashPointName = (typeof crashPointNames)[number];

/** Called at each named place; does nothing outside fault tests. */
export type CrashPoint = (name: CrashPointName) => void | Promise<void>;

export const noCrashPoint: CrashPoint = () => undefined;
