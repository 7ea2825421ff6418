import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { signalFactsSchema, suggestedActionSchema } from '../domain/signal.ts';
import { readRows } from '../store/json-columns.ts';
import type { Database } from '../store/database.ts';

const jsonText = z.string().transform((text): unknown => JSON.parse(text));

const rowSchema = z.object({
  id: z.string(),
  fingerprint: z.string(),
  ruleId: z.string(),
  ruleVersion: z.number(),
  subjectKey: z.string(),
  subjectTitle: z.string().nullable(),
  repository: z.string().nullable(),
  teamId: z.string().nullable(),
  severity: z.enum(['info', 'low', 'medium', 'high']),
  state: z.enum(['open', 'resolved']),
  since: z.number(),
  openedAt: z.number(),
  resolvedAt: z.number().nullable(),
  openedCount: z.number(),
  sentence: z.string(),
  facts: jsonText.pipe(signalFactsSchema),
  evidence: jsonText.pipe(z.array(z.string())),
  judgedAt: z.number(),
  suggestions: jsonText.pipe(z.array(suggestedActionSchema)),
  clearSince: z.number().nullable(),
  isAnnounced: z.number().transform((flag) => flag === 1),
});

/** A finding as an earlier pass left it. */
export type KnownFinding = z.infer<typeof rowSchema> & {
  subjectKind: string;
  subjectId: string;
};

const knownSchema = rowSchema.extend({ subjectKind: z.string(), subjectId: z.string() });

const columns = sql.raw(
  Object.keys(knownSchema.shape)
    .map((name) => `${snake(name)} as "${name}"`)
    .join(', '),
);

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Returns the open findings of rules, and the resolved ones of the fingerprints named. */
export async function readKnownFindings(
  database: Database,
  workspaceId: string,
  fingerprints: readonly string[],
): Promise<Map<string, KnownFinding>> {
  const open = await readRows(
    database,
    knownSchema,
    Object.keys(knownSchema.shape),
    sql`select ${columns} from signal_findings where workspace_id = ${workspaceId} and state = 'open'`,
  );
  const known = new Map(open.map((row): [string, KnownFinding] => [row.fingerprint, row]));
  const others = fingerprints.filter((fingerprint) => !known.has(fingerprint));
  if (others.length === 0) return known;
  const resolved = await readRows(
    database,
    knownSchema,
    Object.keys(knownSchema.shape),
    sql`select ${columns} from signal_findings where workspace_id = ${workspaceId}
      and fingerprint in (select value from json_each(${JSON.stringify(others)}))`,
  );
  for (const row of resolved) known.set(row.fingerprint, row);
  return known;
}

/** Returns the fingerprints of all open findings. */
export async function readOpenFingerprints(
  database: Database,
  workspaceId: string,
): Promise<Set<string>> {
  const rows = await readRows(
    database,
    z.object({ fingerprint: z.string() }),
    ['fingerprint'],
    sql`select fingerprint from signal_findings where workspace_id = ${workspaceId} and state = 'open'`,
  );
  return new Set(rows.map(({ fingerprint }) => fingerprint));
}
