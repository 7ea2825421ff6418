import type { PrincipalName } from '../../packages/gateway/src/testing/api-principals.ts';
import { type ApiWorld, words } from '../../packages/gateway/src/testing/api-world.ts';

const roles = ['member', 'lead', 'admin'] as const;
const birds = { member: 'heron', lead: 'plover', admin: 'godwit' } as const;

/** Words that stand where only some may look. */
export interface Canaries {
  /** Private reports of each of the three, by id: nobody else may have them. */
  reports: readonly string[];
  /** Returns the words in an answer that whoever asked must not see. */
  seenBy(who: PrincipalName, workspace: 'default' | 'other', text: string): string[];
}

/** Keeps a private report of each person, and knows whose words are whose. */
export async function plantCanaries(world: ApiWorld): Promise<Canaries> {
  const reports: string[] = [];
  for (const role of roles) {
    const viewer = { kind: 'person', personId: world.castOf('default')[role], role } as const;
    const { id } = await world.as(viewer).reports.submit({ day: '2026-10-05', did: birds[role] });
    reports.push(id);
  }
  const { id } = await world.admin().reports.submit({ day: '2026-10-06', did: 'Shared.' });
  await world.admin().reports.share(id, 'team');
  await requireShown(world, '/v1/reports', birds.member);
  await requireShown(world, '/v1/work', words.default);
  return { reports, seenBy };
}

function seenBy(who: PrincipalName, workspace: 'default' | 'other', text: string): string[] {
  const mine = who === 'nobody' ? [] : [words[workspace], ownBird(who, workspace)];
  return [...Object.values(words), ...Object.values(birds)].filter(
    (word) => !mine.includes(word) && text.includes(word),
  );
}

/** What nobody is shown cannot be found where it should not be: those whose it is see it. */
async function requireShown(world: ApiWorld, path: string, word: string): Promise<void> {
  const answer = await world.ask('member', { method: 'GET', path });
  const text = await answer.text();
  const isFound = text.includes(word) && seenBy('nobody', 'default', text).includes(word);
  if (!isFound) throw new Error(`${path} shows no ${word}.`);
}

/** Tokens are an administrator's; the assistant works for the member. */
function ownBird(who: PrincipalName, workspace: 'default' | 'other'): string {
  if (workspace === 'other') return '';
  if (who === 'agent') return birds.member;
  const role = roles.find((name) => name === who) ?? 'admin';
  return birds[role];
}
