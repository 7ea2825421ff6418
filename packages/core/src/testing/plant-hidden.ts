import Database from 'libsql';
import { z } from 'zod';
import { isHidden } from '../hidden-characters.ts';

/** One of each kind that draws nothing, turns a text around or begins a line, and does nothing to a pattern. */
export const hiddenSample =
  '\u200B\u202E\uFE01\u{E0101}\u034F\u3164\u2800\u{1D159}\u{E0041}\u0085\u0007\u2028\uFFA0\uE000';

/** What programs alone read: with something in it a row would be another one, or none. */
const machine: ReadonlySet<string> = new Set([
  ...['id', 'ids', 'code', 'codes', 'kind', 'class', 'status', 'state', 'source', 'sources'],
  ...[
    'stream',
    'event',
    'method',
    'origin',
    'mode',
    'risk',
    'tone',
    'assurance',
    'surface',
    'role',
  ],
  ...['verdict', 'decision', 'outcome', 'result', 'type', 'scope', 'scopes', 'visibility', 'proof'],
  ...['via', 'field', 'form', 'part', 'unit', 'weekdays', 'touches', 'cron', 'month', 'question'],
  ...['token', 'tag', 'nonce', 'salt', 'wrapped', 'vector', 'embedder', 'ciphertext', 'checksum'],
  ...['holder', 'transports', 'public_key', 'table_name', 'row_key', 'window_column', 'labels_of'],
  ...['requester', 'decided_by', 'granted_by', 'actor', 'author', 'set_by', 'requested_by'],
  ...['evidence', 'rows', 'transport', 'direction', 'stated', 'lead_source', 'merge_style'],
  ...['merge_method', 'status_category', 'requester_kind', 'effect_class', 'submitted_via'],
  ...['dedupe_key', 'group_key', 'effect_key', 'scope_key', 'idempotency_key', 'item_key'],
  ...['unknown_stream', 'review_stream', 'wants', 'preconditions', 'conditions', 'previous_links'],
]);

/** Endings of names of the same. */
const machineEnding =
  /(?:^|_)(?:id|ids|hash|sha|digest|digests|day|days|at|zone|time|month|kind|source|code|method|stream|state_of|fingerprint|accounts|groups)$/;

/** Names that mean something else elsewhere. */
const machineColumns: ReadonlySet<string> = new Set([
  ...['job_schedules.name', 'leases.name', 'audit_personal_data.name', 'secrets.name'],
  ...['signal_findings.severity', 'signal_history.detail', 'teams.key', 'workspaces.name'],
  ...['contact_preferences.quiet_from', 'rollup_marks.subject', 'project_parts.name'],
]);

/** Tables of the engine, of which no text is ever shown; the words of the search index follow their rows. */
const machineTables =
  /^(?:sqlite_|schema_version|row_seals|audit_seals|audit_heads|raw_records|search_words|search_marks|search_states|erasure_marks|dirty_subjects|rollup_|webhook_hints)/;

const columnSchema = z.object({ table: z.string(), column: z.string() });
const rowSchema = z.object({ row: z.number(), value: z.string() });
const triggerSchema = z.object({ name: z.string(), sql: z.string() });

/** Returns a text with characters in it that cannot be seen. */
export function withHidden(text: string): string {
  const [first = ''] = text;
  return `${first}${hiddenSample}${text.slice(first.length)}`;
}

/**
 * Puts characters that cannot be seen into every text of a store that may come from outside, as a source,
 * a person or an assistant could have put them there, and returns which columns hold some now.
 */
export function plantHidden(path: string): string[] {
  const database = new Database(path);
  try {
    const triggers = z
      .array(triggerSchema)
      .parse(database.prepare("select name, sql from sqlite_master where type = 'trigger'").all());
    for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
    const columns = z
      .array(columnSchema)
      .parse(
        database
          .prepare(
            `select m.name "table", c.name "column" from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.type = 'TEXT' collate nocase order by 1, 2`,
          )
          .all(),
      );
    const planted = columns.filter((one) => plantColumn(database, one));
    for (const { sql } of triggers) database.exec(sql);
    return planted.map(({ table, column }) => `${table}.${column}`);
  } finally {
    database.close();
  }
}

function plantColumn(
  database: Database.Database,
  { table, column }: z.infer<typeof columnSchema>,
): boolean {
  const isMachine = machineColumns.has(`${table}.${column}`) || isMachineName(column);
  if (machineTables.test(table) || isMachine) return false;
  const rows = z
    .array(rowSchema)
    .parse(
      database
        .prepare(
          `select rowid "row", "${column}" "value" from "${table}" where "${column}" is not null`,
        )
        .all(),
    );
  const update = database.prepare(`update "${table}" set "${column}" = ? where rowid = ?`);
  const changed = rows.filter(({ row, value }) => {
    const planted = plantedIn(value);
    if (planted !== value) update.run([planted, row]);
    return planted !== value;
  });
  return changed.length > 0;
}

function isMachineName(name: string): boolean {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return machine.has(snake) || machineEnding.test(snake);
}

function plantedIn(value: string): string {
  if (value === '' || isHidden(value.replaceAll(/\s/g, ''))) return value;
  if (!/^[[{]/.test(value)) return withHidden(value);
  return JSON.stringify(plantedInside(JSON.parse(value)));
}

/** Members by their names, as columns are. */
function plantedInside(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? value : withHidden(value);
  if (Array.isArray(value)) return value.map(plantedInside);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isMachineName(name) ? member : plantedInside(member),
    ]),
  );
}
