import type { ActionRow } from '../../actions/action-rows.ts';
import { peopleThenSchema, readPeopleThen, type PeopleThen } from '../../actions/people-then.ts';
import { storedPreviewSchema } from '../../actions/stored-preview.ts';
import { canonicalPerson, loadCircle } from '../../actions/who-counts.ts';
import { createAccessTokens } from '../../access-tokens/create-access-tokens.ts';
import { verifyAccessToken } from '../../access-tokens/verify-access-token.ts';
import { createPresenceCheck } from '../../approvers/change-presence.ts';
import { grantedRights } from '../../approvers/reviewer-rights.ts';
import type { Viewer } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { requireReadableReport } from '../../reports/report-access.ts';
import { tables } from '../../store/tables.ts';
import { type ApproverWorld, openApproverWorld } from '../../testing/approver-world.ts';
import { createTestAuthenticator } from '../../testing/test-authenticator.ts';
import { vouchedProof, vouchingHost } from '../../testing/vouching-host.ts';
import type { AuthorityKind } from '../authority-kinds.ts';
import { mergePeople } from '../change-identity.ts';
import type { AccountKey } from '../resolve-accounts.ts';
import { resolveIdentities } from '../resolve-identities.ts';
import { setRole } from '../set-role.ts';

const workspaceId = 'default';

/** Everything that somebody could gain by what is said about who is who. */
export type Gain = AuthorityKind | 'exclusion' | 'quorum';

/** All of them: a kind of authority without an entry does not compile. */
export const gains = Object.keys({
  ...{ role: 0, grant: 0, passkey: 0, link: 0, session: 0, token: 0, private_rows: 0 },
  ...{ exclusion: 0, quorum: 0 },
} satisfies Record<Gain, 0>) as Gain[];

/** Somebody who holds one thing, and others who would like it. */
export interface AuthorityWorld {
  world: ApproverWorld;
  context(viewer: Viewer): ReadContext;
  /** Gives somebody one kind, and returns whether another person, or nobody, has it by now. */
  give(kind: Gain, personId: string): Promise<Gained>;
  /** Reads who is who anew, with people as a configuration names them. */
  declare(accounts: readonly (string | AccountKey)[]): Promise<void>;
}

/** Returns whether somebody has what was given to another one. */
export type Gained = (personId: string) => Promise<boolean>;

/** Opens a workspace of these people; each has two accounts, `<name>` and `<name>-2`. */
export async function openAuthorityWorld(names: readonly string[]): Promise<AuthorityWorld> {
  const world = await openApproverWorld();
  const { store, clock, approvers, owner } = world;
  const presence = createPresenceCheck(world.context, {
    hostSession: vouchingHost,
    cooperativeSuffices: false,
  });
  const facts = { version: 0, compute: () => ({}) as never };
  const context = (viewer: Viewer): ReadContext => ({
    ...{ store, workspaceId, viewer, teamId: null, clock, presence },
    metrics: { pullRequestFacts: facts, metrics: [] },
    settings: { activeStatuses: null, timeZone: 'UTC' },
  });
  for (const name of names) {
    await world.addPerson(name);
    for (const account of [name, `${name}-2`]) {
      await addAccount(world, account);
      await world.mapAccount(account, name);
    }
  }
  const ownKey = createTestAuthenticator({ origin: 'http://localhost:4747' });
  await world.enrol(owner, ownKey);
  const give: Record<Gain, (personId: string) => Promise<Gained>> = {
    async role(personId) {
      await setRole(context(world.admin), personId, 'lead', vouchedProof(world.admin));
      return async (other) => {
        const viewer = await approvers.viewerOfPerson(other);
        return viewer !== null && viewer.role !== 'member';
      };
    },
    async grant(personId) {
      const account = { accountSource: 'forge', accountExternalId: personId };
      await approvers.grant(world.admin, account);
      return (other) => mayDecide(world, other);
    },
    async passkey(personId) {
      const device = createTestAuthenticator({ origin: 'http://localhost:4747' });
      const requestId = await world.enrolWaiting(personId, device);
      await world.signRequest(owner, requestId, ownKey);
      return async (other) => {
        const { challengeId, options } = await approvers.beginSignIn();
        const response = device.assert(options);
        const signedIn = await approvers.finishSignIn({ challengeId, response });
        await approvers.endSession(signedIn.cookie);
        return signedIn.session.viewer.personId === other;
      };
    },
    async link(personId) {
      const account = { accountSource: 'forge', accountExternalId: personId };
      const asked = await approvers.beginLink(owner, account);
      const { challengeId } = asked;
      const response = ownKey.assert(asked.options);
      await approvers.finishLink(owner, { ...account, challengeId, response });
      return async (other) =>
        (await approvers.listLinks()).some((link) => link.counts && link.personId === other);
    },
    async session(personId) {
      const vouched = { personId, issuer: 'https://id.example', subject: personId };
      const { cookie } = await approvers.openVouchedSession(vouched);
      return async (other) => (await approvers.readSession(cookie))?.viewer.personId === other;
    },
    async token(personId) {
      const tokens = createAccessTokens(
        { store, workspaceId, clock, onToken: () => undefined },
        { kind: 'person', personId, role: 'member' },
      );
      const wanted = { name: 'script', scopes: ['write' as const], agentName: null };
      const { token } = await tokens.create({ ...wanted, expiresInDays: 1 });
      return async (other) => {
        const verified = await verifyAccessToken({ store, clock, workspaceId }, token);
        return verified?.viewer.kind === 'person' && verified.viewer.personId === other;
      };
    },
    async private_rows(personId) {
      const id = `report-of-${personId}`;
      await store.transaction(async (transaction) => {
        await transaction.insert(tables.progressReports).values({
          ...{ id, workspaceId, authorPersonId: personId, day: '2026-11-02', timeZone: 'UTC' },
          ...{ did: 'Mine', next: null, blockers: null, visibility: 'private', revision: 1 },
          ...{ submittedVia: 'cli', createdAt: clock.now(), updatedAt: clock.now() },
        });
      });
      return (other) =>
        requireReadableReport(
          context({ kind: 'person', personId: other, role: 'member' }),
          id,
        ).then(
          () => true,
          () => false,
        );
    },
    async exclusion(personId) {
      const excludedAccounts = [{ source: 'forge', externalId: personId }];
      const action = actionOf(clock.now());
      const then = await store.transaction((transaction) =>
        readPeopleThen(transaction, action, excludedAccounts),
      );
      // To gain is to be excluded no longer: only the very author, or whoever is one with her.
      return async () =>
        !(await isExcluded(world, action, { excludedAccounts, asThen: then, personId }));
    },
    async quorum(personId) {
      // Otto was found to be the same person: two approvals of theirs are one.
      for (const accountExternalId of [personId, 'otto']) {
        await approvers.grant(world.admin, { accountSource: 'forge', accountExternalId });
      }
      const asAdmin = context(world.admin);
      await mergePeople(asAdmin, 'otto', personId, vouchedProof(world.admin));
      return async () => {
        const one = await canonicalPerson(store.read, workspaceId, personId);
        return one !== (await canonicalPerson(store.read, workspaceId, 'otto'));
      };
    },
  };
  return {
    world,
    context,
    give: (kind, personId) => give[kind](personId),
    declare: (accounts) =>
      resolveIdentities({
        ...{ store, workspaceId, clock, reach: () => undefined },
        declaredPeople: [
          {
            name: 'One',
            accounts: accounts.map((named) =>
              typeof named === 'string' ? { source: 'forge', externalId: named } : named,
            ),
          },
        ],
      }),
  };
}

type CountedAction = Pick<ActionRow, 'id' | 'workspaceId' | 'sponsorPersonId' | 'createdAt'>;

function actionOf(createdAt: number): CountedAction {
  return { id: 'action-1', workspaceId, sponsorPersonId: null, createdAt };
}

async function isExcluded(
  { store }: ApproverWorld,
  action: CountedAction,
  kept: {
    excludedAccounts: { source: string; externalId: string }[];
    asThen: PeopleThen;
    personId: string;
  },
): Promise<boolean> {
  const preview = storedPreviewSchema.parse({
    ...{ targetUrl: null, facts: [], recipients: [], content: null, conditions: {} },
    ...{ raisedRisk: null, nudges: [], masked: null, excludedAccounts: kept.excludedAccounts },
    peopleThen: peopleThenSchema.parse(kept.asThen),
  });
  const circle = await loadCircle(store.read, action, preview);
  return circle.excluded.has(kept.personId);
}

function mayDecide({ store }: ApproverWorld, personId: string): Promise<boolean> {
  const question = { workspaceId, personId, type: 'pr.merge', escalationLevel: 0 };
  return store.transaction((transaction) => grantedRights.mayDecide(transaction, question));
}

async function addAccount({ store }: ApproverWorld, externalId: string): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.insert(tables.accounts).values({
      ...{ id: `account-${externalId}`, workspaceId, source: 'forge', externalId },
      ...{ login: externalId, name: externalId, email: null, emailVerified: false },
      ...{ vendorId: `forge:${externalId}`, timeZone: null, kind: 'human', isBot: false },
    });
  });
}
