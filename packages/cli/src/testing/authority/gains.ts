import { createTestAuthenticator, vouchedProof } from '@adjutant/core/testing';
import type { PersonViewer, AuthorityPeople } from './authority-people.ts';
import { onlyRefused, origin } from './authority-people.ts';

/** What somebody could come to have by what is said about who is who. */
export const gains = [
  'role',
  'grant',
  'passkey',
  'link',
  'session',
  'token',
  'private_rows',
  'exclusion',
  'quorum',
] as const;
export type Gain = (typeof gains)[number];

/** Something that Vera has, or that keeps her from something. */
export interface Given {
  /** Whether somebody else has it by now; who does not matter where Vera herself is freed of something. */
  hasGained: (personId: string) => Promise<boolean>;
  /** Whether the question above can find anything: it is asked of whoever rightly has it. */
  control: () => Promise<boolean>;
}

type Give = (people: AuthorityPeople) => Promise<Given>;

/** Gives Vera one kind of authority; the ways to it are those that hosts and people have. */
export const giveVera: Readonly<Record<Gain, Give>> = {
  async role({ adjutant, as, ids, viewers }) {
    const before = await rolesOf(adjutant, ids);
    const hasGained = async (personId: string): Promise<boolean> =>
      rank((await adjutant.approvers().viewerOfPerson(personId))?.role) >
      rank(before.get(personId));
    await as(viewers.owner).identityReview.setRole(ids.vera, 'lead', vouchedProof(viewers.owner));
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async grant(people) {
    const { ids } = people;
    await grant(people, 'vera');
    const action = await people.propose('deploy.one');
    const hasGained = (personId: string) => people.approveAs(action, [personId]);
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async passkey({ adjutant, device, ids }) {
    const approvers = adjutant.approvers();
    const hers = createTestAuthenticator({ origin });
    const { challengeId, options } = await approvers.beginEnrolment(ids.vera);
    const made = { challengeId, response: hers.register(options), label: 'Laptop' };
    const result = await approvers.finishEnrolment(ids.vera, made);
    if (result.state !== 'needs_signature') throw new Error('This passkey had to wait.');
    const { requestId } = result;
    const asked = await approvers.beginSigning(ids.owner, requestId);
    const response = device.assert(asked.options);
    await approvers.finishSigning(ids.owner, {
      ...{ requestId, challengeId: asked.challengeId, response },
    });
    const hasGained = async (personId: string): Promise<boolean> => {
      const question = await approvers.beginSignIn();
      const signed = hers.assert(question.options);
      const opened = await approvers.finishSignIn({
        ...{ challengeId: question.challengeId, response: signed },
      });
      await approvers.endSession(opened.cookie);
      return opened.session.viewer.personId === personId;
    };
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async link({ adjutant, device, ids }) {
    const approvers = adjutant.approvers();
    const account = { accountSource: 'chat', accountExternalId: 'vera' };
    const { challengeId, options } = await approvers.beginLink(ids.owner, account);
    const response = device.assert(options);
    await approvers.finishLink(ids.owner, { ...account, challengeId, response });
    const hasGained = async (personId: string): Promise<boolean> =>
      (await approvers.listLinks()).some((link) => link.counts && link.personId === personId);
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async session({ adjutant, ids }) {
    const approvers = adjutant.approvers();
    const vouched = { personId: ids.vera, issuer: 'https://id.example', subject: 'vera' };
    const opened = await approvers.openVouchedSession(vouched);
    const isOf = async (cookie: string, personId: string): Promise<boolean> =>
      (await approvers.readSession(cookie))?.viewer.personId === personId;
    return {
      hasGained: (personId) => isOf(opened.cookie, personId),
      // A merge to which the administrator agreed has ended the first one.
      control: async () => isOf((await approvers.openVouchedSession(vouched)).cookie, ids.vera),
    };
  },
  async token({ adjutant, ids }) {
    const vera = memberOf(ids.vera);
    const { token } = await adjutant.accessTokens(vera).create({
      ...{ name: 'script', scopes: ['write'], agentName: null, expiresInDays: 1 },
    });
    const hasGained = async (personId: string): Promise<boolean> => {
      const verified = await adjutant.verifyAccessToken(token);
      return verified?.viewer.kind === 'person' && verified.viewer.personId === personId;
    };
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async private_rows({ as, ids, viewers }) {
    const { id } = await as(memberOf(ids.vera)).reports.submit({ did: 'Mine' });
    const hasGained = async (personId: string): Promise<boolean> => {
      const viewer = personId === ids.lena ? viewers.lena : memberOf(personId);
      try {
        await as(viewer).reports.get(id);
        return true;
      } catch (error) {
        onlyRefused(error);
        return false;
      }
    };
    return { hasGained, control: () => hasGained(ids.vera) };
  },
  async exclusion(people) {
    const { ids } = people;
    await grant(people, 'vera');
    await grant(people, 'otto');
    const action = await people.propose('deploy.of_vera');
    return {
      hasGained: () => people.approveAs(action, [ids.vera]),
      control: () => people.approveAs(action, [ids.otto]),
    };
  },
  async quorum(people) {
    const { as, ids, viewers } = people;
    for (const name of ['vera', 'otto', 'pat'] as const) await grant(people, name);
    const action = await people.propose('deploy.two');
    // Otto was found to be the same person: two approvals of theirs are one.
    await as(viewers.owner).mergePeople(ids.otto, ids.vera, vouchedProof(viewers.owner));
    return {
      hasGained: () => people.approveAs(action, [ids.vera, ids.otto]),
      control: () => people.approveAs(action, [ids.vera, ids.pat]),
    };
  },
};

async function grant(
  { adjutant, viewers }: AuthorityPeople,
  accountExternalId: string,
): Promise<void> {
  await adjutant.approvers().grant(viewers.owner, { accountSource: 'forge', accountExternalId });
}

function memberOf(personId: string): PersonViewer {
  return { kind: 'person', personId, role: 'member' };
}

function rank(role: string | undefined): number {
  return ['member', 'lead', 'admin'].indexOf(role ?? 'member');
}

async function rolesOf(
  adjutant: AuthorityPeople['adjutant'],
  ids: AuthorityPeople['ids'],
): Promise<Map<string, string>> {
  const roles = new Map<string, string>();
  for (const id of Object.values(ids)) {
    roles.set(id, (await adjutant.approvers().viewerOfPerson(id))?.role ?? 'member');
  }
  return roles;
}
