import type { Person } from '@adjutant/core/domain';
import type { ServedGateway } from '@adjutant/gateway';
import type { OpenAdjutant } from '../open-adjutant.ts';

/** Somebody of the demo's team, and the link that signs them in once. */
export interface DemoSignIn {
  name: string;
  role: Person['role'];
  link: string;
}

/**
 * Returns a link for the owner, and for one of the team in each other role: the first by name is made
 * its lead, so that the page can be seen as each role sees it.
 */
export async function demoSignIns(
  { adjutant, handle, loaded }: Pick<OpenAdjutant, 'adjutant' | 'handle' | 'loaded'>,
  page: ServedGateway,
): Promise<DemoSignIn[]> {
  const owner = await adjutant.owner();
  // Of those whom the configuration names: a stray account may be anybody.
  const named = new Set(loaded.config.people.map(({ name }) => name));
  const { items } = await handle.findPeople({ text: '', limit: 50 });
  const [lead, member] = items.filter(({ displayName }) => named.has(displayName));
  if (lead !== undefined) await handle.identityReview.setRole(lead.id, 'lead');
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
