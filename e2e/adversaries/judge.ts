import assert from 'node:assert/strict';
import { canonicalJson } from '../../packages/core/src/canonical-json.ts';
import type { Adversary, ToldEntry } from './adversary.ts';
import { editedRows } from './edited-rows.ts';
import { hiddenWords } from './hidden-words.ts';
import { hostileClone } from './hostile-clone.ts';
import { joinedPeople } from './joined-people.ts';
import { narrowTokens } from './narrow-tokens.ts';
import { sameUser } from './same-user.ts';
import type { Scene } from './scene.ts';
import { throughClients } from './through-clients.ts';

/** All of them, those last that leave a database in ruins. */
export const adversaries: readonly Adversary[] = [
  ...throughClients,
  ...narrowTokens,
  ...joinedPeople,
  ...hiddenWords,
  ...hostileClone,
  ...sameUser,
  ...editedRows,
];

/** Lets one try, holds what happened against what must not, and returns a line about it. */
export async function judge(scene: Scene, adversary: Adversary): Promise<string> {
  const { name, tries } = adversary;
  const seqBefore = await lastSeq(scene);
  const { ended, pulls, actions, told, found = [] } = await adversary.run(scene);
  assert.ok(told.length > 0, 'nothing in the ledger tells of it');
  for (const id of actions) {
    const { status } = await scene.handle.actions.get(id);
    assert.ok(status === 'pending' || status === 'failed', `${id} is ${status}`);
  }
  nothingSent(scene, pulls);
  const entries = [];
  for (const wanted of told) entries.push(await findEntry(scene, wanted, seqBefore));
  if (found.length > 0) {
    const verified = await scene.world.run('audit', 'verify', '--checkpoint', scene.checkpoints);
    assert.notEqual(verified.code, 0, verified.output);
    for (const finding of found) assert.match(verified.output.replaceAll(/\s+/g, ' '), finding);
    entries.push('found by audit verify --checkpoint');
  }
  return `${name}: ${tries} → ${ended} [${entries.join('; ')}]`;
}

/** The target must not have been asked, and must not have changed. */
export function nothingSent({ world }: Scene, pulls: readonly number[]): void {
  const [repository] = world.twin.data.repositories;
  for (const number of pulls) {
    assert.equal(repository?.pullRequests.get(number)?.state, 'OPEN', `#${number} was merged`);
    const sent = world.twin.writes.filter(({ path }) => path.endsWith(`/pulls/${number}/merge`));
    assert.equal(sent.length, 0, `#${number} was asked to be merged`);
  }
}

async function lastSeq({ handle }: Scene): Promise<number> {
  return (await handle.audit.list({ limit: 1 })).items[0]?.seq ?? 0;
}

async function findEntry({ handle }: Scene, wanted: ToldEntry, after: number): Promise<string> {
  const { event, subject, detail = {} } = wanted;
  const about = subject === null ? {} : { subject };
  const { items } = await handle.audit.list({ event, ...about, limit: 100 });
  const entry = items.find(
    (item) =>
      (item.seq ?? 0) > after &&
      Object.entries(detail).every(
        ([key, value]) => canonicalJson(item.detail[key] ?? null) === canonicalJson(value),
      ),
  );
  assert.ok(
    entry !== undefined,
    `the ledger has no ${event} ${JSON.stringify({ subject, detail })}`,
  );
  const reason = entry.detail['reason'];
  return `${entry.seq} ${event}${typeof reason === 'string' ? ` (${reason})` : ''}`;
}
