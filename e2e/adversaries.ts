// Everybody who wants an effect that no person agreed to, one after the other, over real processes: an
// MCP server, the page's HTTP, the command in a pseudo-terminal, the database's file. One line each:
// who, what was tried → how it ended [the entries of the ledger that tell of it].
import { adversaries, judge } from './adversaries/judge.ts';
import { openScene } from './adversaries/scene.ts';
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
} finally {
  await scene.close();
}
const passed = adversaries.length - failed - skipped;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
