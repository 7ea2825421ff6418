import { dirname, join } from 'node:path';
import type { Person } from '@adjutant/core/domain';
import type { ServedGateway } from '@adjutant/gateway';
import type { OpenAdjutant } from '../open-adjutant.ts';
import { demoStoreName } from './demo-config.ts';

/** Somebody of the demo's team, and the link that signs them in once. */
export interface DemoSignIn {
  name: string;
  role: Person['role'];
  link: string;
}

const firstByName =
  "select id from people where role = 'member' and merged_into_person_id is null order by display_name, id limit 1";

/**
 * Makes one of the team its lead, so that the page can be seen as each role sees it. No call gives a
 * role to anybody yet, so it is written into the demo's own store, before it is opened.
 */
export async function makeDemoLead(configPath: string): Promise<void> {
  const { default: Database } = await import('libsql');
  const database = new Database(join(dirname(configPath), demoStoreName), { timeout: 5_000 });
  try {
    database.prepare(`update people set role = 'lead' where id = (${firstByName})`).run([]);
  } finally {
    database.close();
  }
}

/** Returns a link for the owner, and for one of the team in each other role. */
export async function demoSignIns(
  { adjutant, handle, loaded }: Pick<OpenAdjutant, 'adjutant' | 'handle' | 'loaded'>,
  page: ServedGateway,
): Promise<DemoSignIn[]> {
  const owner = await adjutant.owner();
  // Of those whom the configuration names: a stray account may be anybody.
  const named = new Set(loaded.config.people.map(({ name }) => name));
  const { items } = await handle.findPeople({ text: '', limit: 50 });
  const people = items.filter(({ displayName }) => named.has(displayName));
  const roles: readonly Person['role'][] = ['lead', 'member'];
  const others = roles.flatMap((role) => people.find((person) => person.role === role) ?? []);
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
