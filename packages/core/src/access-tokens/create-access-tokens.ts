import { and, count, desc, eq, gt, isNull } from 'drizzle-orm';
import { digest, secretToken } from '../approvers/digest.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import {
  type AccessToken,
  type CreateAccessToken,
  createAccessTokenSchema,
  type Viewer,
  viewerLabel,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { withoutSecrets } from '../redaction/secrets-only.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { AccessTokens, CreatedAccessToken } from './handle.ts';

const { accessTokens, people } = tables;

const dayMs = 86_400_000;
/** More than anybody looks after. */
const mostOpen = 50;
const tokenPrefix = 'adj_';
/** What an assistant may be given; changing projects and mappings is for people and their programs. */
const scopesOfAgents: ReadonlySet<string> = new Set(['read', 'propose', 'report', 'mcp']);

export interface AccessTokenContext {
  store: Store;
  workspaceId: string;
  clock: Clock;
  /** Is told each token that is made, so that no log line holds one. */
  onToken(this: void, token: string): void;
}

/** Returns the tokens of a workspace for one viewer. @throws AdjutantError `Permission` for assistants */
export function createAccessTokens(context: AccessTokenContext, viewer: Viewer): AccessTokens {
  if (viewer.kind !== 'person') {
    throw new AdjutantError('Permission', 'An assistant makes no tokens and sees none.', {
      hint: 'A person makes them: adjutant tokens create.',
    });
  }
  return {
    create: (input) => create(context, viewer, input),
    list: () => list(context, viewer),
    revoke: (id) => revoke(context, viewer, id),
  };
}

type PersonViewer = Extract<Viewer, { kind: 'person' }>;

async function create(
  context: AccessTokenContext,
  viewer: PersonViewer,
  input: CreateAccessToken,
): Promise<CreatedAccessToken> {
  const wanted = parseInput(createAccessTokenSchema, input);
  const { scopes, expiresInDays } = wanted;
  const name = withoutSecrets(wanted.name);
  // It stands in the ledger for good, with everything that the assistant does.
  const agentName = wanted.agentName === null ? null : withoutSecrets(wanted.agentName);
  const refused = agentName === null ? [] : scopes.filter((scope) => !scopesOfAgents.has(scope));
  if (refused.length > 0) {
    throw new AdjutantError('InvalidInput', `An assistant gets no scope "${refused[0]}".`, {
      hint: 'Leave it out, or make the token for a program of yours: without an assistant’s name.',
    });
  }
  const { store, workspaceId, clock } = context;
  const token = `${tokenPrefix}${secretToken()}`;
  context.onToken(token);
  const at = clock.now();
  const row = {
    id: createIdentifier(),
    workspaceId,
    personId: viewer.personId,
    agentName,
    name,
    scopes: [...new Set(scopes)],
    digest: digest(token),
    createdAt: at,
    expiresAt: at + expiresInDays * dayMs,
    lastUsedAt: null,
    revokedAt: null,
  };
  const personName = await store.transaction(async (transaction) => {
    await requireRoom(transaction, row);
    const [person] = await transaction
      .select({ name: people.displayName })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, viewer.personId)));
    if (person === undefined) throw new AdjutantError('NotFound', 'There is no such person.');
    await transaction.insert(accessTokens).values(row);
    const { id, personId, expiresAt } = row;
    // The digest too: with another one the same rights would be another program's.
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: viewerLabel(viewer),
      event: 'access_token.created',
      subject: `access_token:${id}`,
      detail: { personId, agentName, scopes: row.scopes, digest: row.digest, expiresAt },
    });
    return person.name;
  });
  return { ...shown(row, personName), token };
}

async function requireRoom(
  transaction: Database,
  wanted: { workspaceId: string; personId: string; createdAt: number },
): Promise<void> {
  const [open] = await transaction
    .select({ total: count() })
    .from(accessTokens)
    .where(
      and(
        eq(accessTokens.workspaceId, wanted.workspaceId),
        eq(accessTokens.personId, wanted.personId),
        isNull(accessTokens.revokedAt),
        gt(accessTokens.expiresAt, wanted.createdAt),
      ),
    );
  if ((open?.total ?? 0) < mostOpen) return;
  throw new AdjutantError('Conflict', `You have ${mostOpen} tokens already.`, {
    hint: 'Revoke those that nothing uses any more: adjutant tokens list.',
  });
}

async function list(
  { store, workspaceId }: AccessTokenContext,
  viewer: PersonViewer,
): Promise<AccessToken[]> {
  const rows = await store.read
    .select({ row: accessTokens, personName: people.displayName })
    .from(accessTokens)
    .leftJoin(
      people,
      and(eq(people.workspaceId, accessTokens.workspaceId), eq(people.id, accessTokens.personId)),
    )
    .where(and(eq(accessTokens.workspaceId, workspaceId), reachOf(viewer)))
    .orderBy(desc(accessTokens.createdAt), desc(accessTokens.id));
  return rows.map(({ row, personName }) => shown(row, personName ?? row.personId));
}

async function revoke(
  { store, workspaceId, clock }: AccessTokenContext,
  viewer: PersonViewer,
  id: string,
): Promise<void> {
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const [revoked] = await transaction
      .update(accessTokens)
      .set({ revokedAt: at })
      .where(
        and(
          eq(accessTokens.workspaceId, workspaceId),
          eq(accessTokens.id, id),
          isNull(accessTokens.revokedAt),
          reachOf(viewer),
        ),
      )
      .returning({ personId: accessTokens.personId });
    if (revoked === undefined) {
      throw new AdjutantError('NotFound', 'There is no such token of yours that is open.', {
        hint: 'adjutant tokens list shows them.',
      });
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: viewerLabel(viewer),
      event: 'access_token.revoked',
      subject: `access_token:${id}`,
      detail: { personId: revoked.personId },
    });
  });
}

/** Everybody their own, an administrator all. */
function reachOf({ role, personId }: PersonViewer) {
  return role === 'admin' ? undefined : eq(accessTokens.personId, personId);
}

function shown(row: typeof accessTokens.$inferSelect, personName: string): AccessToken {
  const { workspaceId: _, digest: __, ...rest } = row;
  return { ...rest, personName };
}
