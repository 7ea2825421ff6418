/** The kinds of rows that are kept for a time of their own. */
export const retentionClassIds = [
  'raw_events',
  'reports',
  'findings',
  'notes',
  'citations',
  'contacts',
  'sign_ins',
  'finished_work',
] as const;
export type RetentionClassId = (typeof retentionClassIds)[number];
