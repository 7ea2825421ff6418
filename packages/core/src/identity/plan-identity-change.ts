import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import { canonicalJson } from '../canonical-json.ts';
import { digest } from '../approvers/digest.ts';
import { canonicalPerson, namesOf } from '../actions/who-counts.ts';
import { type Person, personAccountSchema, type Viewer } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { authorityKinds } from './authority-kinds.ts';
import { readAuthority } from './authority.ts';
import type {
  AccountMove,
  IdentityChangePlan,
  PresenceReason,
  TouchedPerson,
} from './identity-change-plan.ts';
import type { IdentityOperation } from './identity-operation.ts';
import { readLentAccounts } from './lent-accounts.ts';
import { ownLinks } from './standing-links.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { readToldChanges } from './told-changes.ts';

const { identityChanges, people, personAccounts } = tables;

type Asking = { workspaceId: string; viewer: Viewer; now: number };

/** What moves, and who has a part in it. */
interface Effect {
  moves: AccountMove[];
  personIds: string[];
  role?: Person['role'];
  /** Why it takes an administrator whatever people have. */
  reason?: PresenceReason;
}

/**
 * Returns what a change would do and whose word it takes. Nothing is checked that the change itself
 * checks: of people who are not there it says nothing.
 */
export async function planIdentityChange(
  database: Database,
  { workspaceId, viewer, now }: Asking,
  operation: IdentityOperation,
): Promise<IdentityChangePlan> {
  const { moves, personIds, role, reason } = await effectOf(
    database,
    { workspaceId, viewer },
    operation,
  );
  const touched = await withEveryName(database, workspaceId, personIds);
  const rows = await database
    .select({ id: people.id, displayName: people.displayName, role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, touched)))
    .orderBy(people.id);
  const authority = await readAuthority(database, { workspaceId, now, personIds: touched });
  const named = rows.map(({ id, displayName, role: has }) => ({
    personId: id,
    displayName,
    role: has,
    holds: authorityKinds.filter((kind) => authority.get(id)?.has(kind) === true),
  }));
  const person = rows.find(({ id }) => id === personIds[0]);
  const roleChange =
    role === undefined ||
    person === undefined ||
    person.role === role ||
    // Which nobody takes away: the change itself says so.
    person.role === 'admin'
      ? null
      : { personId: person.id, was: person.role, role };
  // Anybody else is told that it is theirs already.
  const isAdmin = viewer.kind === 'person' && viewer.role === 'admin';
  const reasons = [
    ...reasonsOf(named, { viewer, operation, isRoleChange: roleChange !== null }),
    ...(reason === undefined || (reason === 'confirms_own' && !isAdmin) ? [] : [reason]),
  ];
  const text = canonicalJson({
    workspaceId,
    // Without what is not said, as it comes out of JSON.
    operation: JSON.parse(JSON.stringify(operation)) as unknown,
    moves,
    roleChange,
    people: named.map(({ personId, role: has, holds }) => ({
      personId,
      role: has,
      holds: holds.map((kind) => [kind, authority.get(personId)?.get(kind) ?? []]),
    })),
  });
  const needs = reasons.length === 0 ? 'lead' : 'administrator_with_presence';
  return { operation, moves, roleChange, people: named, reasons, needs, digest: digest(text) };
}

function reasonsOf(
  touched: readonly TouchedPerson[],
  asked: { viewer: Viewer; operation: IdentityOperation; isRoleChange: boolean },
): PresenceReason[] {
  const { viewer, operation, isRoleChange } = asked;
  if (operation.kind === 'set_role') return isRoleChange ? ['gives_role'] : [];
  const self = viewer.kind === 'person' ? viewer.personId : null;
  const reasons: PresenceReason[] = [];
  if (touched.some(({ holds }) => holds.length > 0)) reasons.push('holds_authority');
  if (touched.some(({ personId }) => personId === self)) reasons.push('is_oneself');
  if (new Set(touched.map(({ role }) => role)).size > 1) reasons.push('roles_differ');
  return reasons;
}

function effectOf(
  database: Database,
  { workspaceId, viewer }: Pick<Asking, 'workspaceId' | 'viewer'>,
  operation: IdentityOperation,
): Promise<Effect> {
  // Only an administrator who is there confirms what stays beside what they give.
  const standing = async (personId: string): Promise<AccountMove[]> => {
    if (viewer.kind !== 'person' || viewer.role !== 'admin') return [];
    return (await ownLinks(database, workspaceId, personId)).map(
      ({ accountSource: source, accountExternalId: externalId }) =>
        moveOf({ source, externalId, personId }, personId),
    );
  };
  const links = (where: SQL | undefined) => linksWhere(database, workspaceId, where);
  const ofPerson = (personId: string) => links(eq(personAccounts.personId, personId));
  switch (operation.kind) {
    case 'merge': {
      const { fromPersonId, toPersonId } = operation;
      return ofPerson(fromPersonId).then(async (found) => ({
        moves: [
          ...found.map((link) => moveOf(link, toPersonId)),
          ...(fromPersonId === toPersonId ? [] : await standing(toPersonId)),
        ],
        personIds: [fromPersonId, toPersonId],
      }));
    }
    case 'confirm': {
      const { account, personId } = operation;
      return links(isAccount(account)).then(async (found) => {
        const effect = await confirmEffect(database, workspaceId, { found, personId });
        const beside = await standing(personId);
        const others = beside.filter((move) => keyOf(move) !== keyOf(account));
        return { ...effect, moves: [...effect.moves, ...others] };
      });
    }
    case 'split':
    case 'mark_bot': {
      const { personId, accounts } = operation;
      const to = operation.kind === 'split' ? 'new' : null;
      const wanted = accounts === undefined ? null : new Set(accounts.map(keyOf));
      return ofPerson(personId).then((found) => ({
        moves: found
          .map((link) => moveOf(link, to))
          .filter((move) => wanted === null || wanted.has(keyOf(move))),
        personIds: [personId],
      }));
    }
    case 'undo':
      return undoEffect(database, workspaceId, operation.changeId);
    default:
      return Promise.resolve({ moves: [], personIds: [operation.personId], role: operation.role });
  }
}

/** What is theirs for figures already takes an administrator to be theirs for more. */
async function confirmEffect(
  database: Database,
  workspaceId: string,
  { found, personId }: { found: readonly Link[]; personId: string },
): Promise<Effect> {
  const lent = await readLentAccounts(database, workspaceId, personId);
  const isLent = found.some((link) => link.personId === personId && lent.has(keyOf(link)));
  return {
    moves: found.map((link) => moveOf(link, personId)),
    personIds: [personId, ...found.map((link) => link.personId)],
    ...(isLent ? { reason: 'confirms_own' as const } : {}),
  };
}

async function undoEffect(
  database: Database,
  workspaceId: string,
  changeId: string,
): Promise<Effect> {
  const [change] = await database
    .select()
    .from(identityChanges)
    .where(and(eq(identityChanges.workspaceId, workspaceId), eq(identityChanges.id, changeId)));
  if (change === undefined) return { moves: [], personIds: [] };
  const previous = personAccountSchema.array().parse(change.previousLinks);
  const where = or(
    ...previous.map(({ accountSource: source, accountExternalId: externalId }) =>
      isAccount({ source, externalId }),
    ),
  );
  const present = previous.length === 0 ? [] : await linksWhere(database, workspaceId, where);
  const holder = new Map(present.map((link) => [keyOf(link), link.personId]));
  const restored = previous.map(
    ({ accountSource: source, accountExternalId: externalId, personId }) => ({
      source,
      externalId,
      fromPersonId: holder.get(keyOf({ source, externalId })) ?? null,
      toPersonId: personId,
    }),
  );
  // What only stood confirmed beside it stays where it is.
  const moves = restored.filter(({ fromPersonId, toPersonId }) => fromPersonId !== toPersonId);
  const told = await readToldChanges(database, workspaceId, [change.id]);
  const ids = [
    change.fromPersonId,
    change.toPersonId,
    ...moves.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]),
  ];
  return {
    moves,
    personIds: [...new Set(ids.filter((id) => id !== null))],
    ...(told.get(change.id)?.isAgreed === true ? { reason: 'undoes_agreed' as const } : {}),
  };
}

/** Who was joined to somebody is touched with them: what excludes the one excludes the other. */
async function withEveryName(
  database: Database,
  workspaceId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const all = new Set(personIds);
  for (const personId of personIds) {
    const present = await canonicalPerson(database, workspaceId, personId);
    for (const name of await namesOf(database, workspaceId, present)) all.add(name);
  }
  return [...all].toSorted();
}

type Link = AccountKey & { personId: string };

async function linksWhere(
  database: Database,
  workspaceId: string,
  where: SQL | undefined,
): Promise<Link[]> {
  return database
    .select({
      source: personAccounts.accountSource,
      externalId: personAccounts.accountExternalId,
      personId: personAccounts.personId,
    })
    .from(personAccounts)
    .where(and(eq(personAccounts.workspaceId, workspaceId), where))
    .orderBy(personAccounts.accountSource, personAccounts.accountExternalId);
}

function isAccount({ source, externalId }: AccountKey): SQL | undefined {
  return and(
    eq(personAccounts.accountSource, source),
    eq(personAccounts.accountExternalId, externalId),
  );
}

function moveOf({ source, externalId, personId }: Link, toPersonId: string | null): AccountMove {
  return { source, externalId, fromPersonId: personId, toPersonId };
}

function keyOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}
