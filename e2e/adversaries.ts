// Everybody who wants an effect that no person agreed to, one after the other, over real processes: an
// MCP server, the page's HTTP, the command in a pseudo-terminal, the database's file. One line each:
// who, what was tried → how it ended [the entries of the ledger that tell of it].
import assert from 'node:assert/strict';
import { adversaries, judge, nothingSent } from './adversaries/judge.ts';
import { openScene, type Scene } from './adversaries/scene.ts';
import { hasPseudoTerminal } from './whole-way/pseudo-terminal.ts';

const scene = await openScene();
let failed = 0;
let skipped = 0;
try {
  await scene.exportCheckpoint();
  for (const adversary of adversaries) {
    if (adversary.needsTerminal === true && !hasPseudoTerminal()) {
      skipped += 1;
      process.stdout.write(`- ${adversary.name}: skipped, no pseudo-terminal can be had here\n`);
      continue;
    }
    try {
      process.stdout.write(`✓ ${await judge(scene, adversary)}\n`);
    } catch (error) {
      failed += 1;
      const message = error instanceof Error ? error.message : String(error);
      process.stdout.write(`✗ ${adversary.name}: ${adversary.tries}\n${message}\n`);
    }
  }
  judgeMerges(scene);
} finally {
  await scene.close();
}
const passed = adversaries.length - failed - skipped;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** Nothing but what a person agreed to was merged; and a merge that was agreed to fails the judgement. */
function judgeMerges({ world, agreed }: Scene): void {
  const [repository] = world.twin.data.repositories;
  const merged = [...(repository?.pullRequests.values() ?? [])].filter(
    ({ state }) => state === 'MERGED',
  );
  const numbers = merged.map(({ number }) => number).toSorted((a, b) => a - b);
  assert.deepEqual(
    numbers,
    agreed.toSorted((a, b) => a - b),
  );
  assert.equal(agreed.length, 6);
  assert.throws(() => nothingSent(scene, agreed), /was merged/);
}
