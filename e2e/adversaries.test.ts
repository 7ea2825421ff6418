import { afterAll, beforeAll, expect, test } from 'vitest';
import { adversaries, judge, nothingSent } from './adversaries/judge.ts';
import { openScene, type Scene } from './adversaries/scene.ts';
import { hasPseudoTerminal } from './whole-way/pseudo-terminal.ts';

// In order, over one set of processes: what a later one does to the database must not help an earlier.

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.exportCheckpoint();
}, 60_000);
afterAll(async () => scene.close(), 60_000);

test.each(adversaries.map((adversary) => [adversary.name, adversary] as const))(
  '%s ends without an effect, and is told of',
  { timeout: 60_000 },
  async (_name, adversary) => {
    if (adversary.needsTerminal === true && !hasPseudoTerminal()) return;
    expect(await judge(scene, adversary)).toContain('[');
  },
);

test('nothing but what a person agreed to was merged', () => {
  const [repository] = scene.world.twin.data.repositories;
  const merged = [...(repository?.pullRequests.values() ?? [])].filter(
    ({ state }) => state === 'MERGED',
  );
  expect(merged.map(({ number }) => number).toSorted()).toEqual(scene.agreed.toSorted());
  expect(scene.agreed).toHaveLength(6);
  expect(() => nothingSent(scene, scene.agreed)).toThrow(/was merged/);
});
