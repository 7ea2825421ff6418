import type { PersonSummary } from '@adjutant/core';
import type { Person } from '@adjutant/core/domain';
import type { ServedGateway } from '@adjutant/gateway';
import type { CommandContext } from '../command-context.ts';
import { openAdjutant, type OpenAdjutant } from '../open-adjutant.ts';
import { demoWorkspaceId } from './demo-workspace.ts';

/** Somebody of the demo's team, and the link that signs them in once. */
export interface DemoSignIn {
  name: string;
  role: Person['role'];
  link: string;
}

type Opened = Pick<OpenAdjutant, 'adjutant' | 'handle' | 'loaded'>;

/**
 * Syncs once more, so that the teams are known and who joined them, and makes the first of the team by
 * name its lead. Only a workspace that is the demo's takes no passkey for that.
 */
export async function makeDemoLead(place: CommandContext): Promise<void> {
  const opened = await openAdjutant(place, { demoWorkspaceId });
  try {
    await opened.adjutant.sync({ mode: 'census', signal: place.io.signal });
    const [lead] = await namedPeople(opened);
    if (lead !== undefined) await opened.handle.identityReview.setRole(lead.id, 'lead');
  } finally {
    await opened.adjutant.close();
  }
}

/** Those whom the configuration names: a stray account may be anybody. */
async function namedPeople({ handle, loaded }: Opened): Promise<PersonSummary[]> {
  const named = new Set(loaded.config.people.map(({ name }) => name));
  const { items } = await handle.findPeople({ text: '', limit: 50 });
  return items.filter(({ displayName }) => named.has(displayName));
}

/**
 * Returns a link for the owner, and for one of the team in each other role, so that the page can be seen
 * as each role sees it.
 */
export async function demoSignIns(opened: Opened, page: ServedGateway): Promise<DemoSignIn[]> {
  const { adjutant } = opened;
  const owner = await adjutant.owner();
  const [lead, member] = await namedPeople(opened);
  const others = [lead && { ...lead, role: 'lead' as const }, member].filter(
    (person) => person !== undefined,
  );
  const linkFor = async (personId?: string): Promise<string> =>
    page.linkFor((await adjutant.approvers().createLoginLink(owner, personId)).token);
  return [
    { name: 'Owner', role: 'admin', link: await linkFor() },
    ...(await Promise.all(
      others.map(async ({ id, displayName, role }) => ({
        name: displayName,
        role,
        link: await linkFor(id),
      })),
    )),
  ];
}
