import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Findings } from './finding.ts';
import { readTold } from './told-entries.ts';

/** A row that lets somebody in, held against the entries that tell of it. */
interface AccessRow {
  id: string;
  /** What its first entry has to say of it. */
  detail: Record<string, unknown>;
  /** Who that entry has to be by; null where anybody may have made it. */
  actor: string | null;
  isOver: boolean;
}

interface AccessCheck {
  what: string;
  begun: string;
  over: string;
  prefix: string;
  rows: AccessRow[];
}

/** Adds a finding for each token and session that the ledger tells otherwise of, or not at all. */
export async function checkAccess(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const checks = [
    await readTokens(database, workspaceId),
    await readSessions(database, workspaceId),
  ];
  for (const { what, begun, over, prefix, rows } of checks) {
    const subjects = rows.map(({ id }) => `${prefix}:${id}`);
    const told = await readTold(database, workspaceId, [begun, over], subjects);
    for (const { id, detail, actor, isOver } of rows) {
      const entries = told.get(`${prefix}:${id}`) ?? [];
      const about = { subject: id };
      const isTold = entries.some(
        (entry) =>
          entry.event === begun &&
          (actor === null || entry.actor === actor) &&
          Object.entries(detail).every(([name, value]) =>
            isDeepStrictEqual(entry.detail[name] ?? null, value),
          ),
      );
      if (!isTold) {
        const message = `${what} ${id} stands in the database, and the ledger tells of none like it.`;
        findings.add('row_without_entry', message, about);
      } else if (!isOver && entries.some(({ event }) => event === over)) {
        const message = `The ledger tells of the end of ${what.toLowerCase()} ${id}, and the database has it in force.`;
        findings.add('entry_without_row', message, about);
      }
    }
  }
}

type TokenTuple = [string, string, string | null, string, string, number, number | null];

async function readTokens(database: Database, workspaceId: string): Promise<AccessCheck> {
  const rows = await queryTuples<TokenTuple>(
    database,
    sql`select id, person_id, agent_name, scopes, digest, expires_at, revoked_at from access_tokens
      where workspace_id = ${workspaceId}`,
  );
  return {
    ...{ what: 'Access token', prefix: 'access_token' },
    ...{ begun: 'access_token.created', over: 'access_token.revoked' },
    rows: rows.map(([id, personId, agentName, scopes, digest, expiresAt, revokedAt]) => ({
      id,
      detail: { personId, agentName, scopes: parsed(scopes), digest, expiresAt },
      actor: null,
      isOver: revokedAt !== null,
    })),
  };
}

type SessionTuple = [string, string, string | null, string | null, number, number | null];

async function readSessions(database: Database, workspaceId: string): Promise<AccessCheck> {
  const rows = await queryTuples<SessionTuple>(
    database,
    sql`select id, person_id, method, role, expires_at, ended_at from page_sessions
      where workspace_id = ${workspaceId}`,
  );
  return {
    ...{ what: 'Session', prefix: 'page_session' },
    ...{ begun: 'page_session.opened', over: 'page_session.ended' },
    rows: rows.map(([id, personId, method, role, expiresAt, endedAt]) => ({
      id,
      detail: { method, role, expiresAt },
      actor: `person:${personId}`,
      isOver: endedAt !== null,
    })),
  };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
