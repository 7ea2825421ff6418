#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  const words = ['adjutant', ...process.argv.slice(2)].join(' ');
  process.stderr.write(
    `adjutant needs Node 22.12 or newer, this is ${process.versions.node}. ` +
      `This works: npx -y -p node@24 -p @adjutant/cli -- ${words}\n`,
  );
  process.exitCode = 3;
} else {
  // Not a static import: older versions have no such name, and must still get to the line above.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  // A sync makes much short-lived garbage: a heap that grows late keeps it within a third of the
  // memory. The assistant's server makes little, and would spend half of its time collecting it.
  if (process.argv[2] !== 'mcp') {
    const { setFlagsFromString } = await import('node:v8');
    setFlagsFromString('--optimize-for-size');
  }
  const { runProgram } = await import('./program.ts');
  const { createProcessIo } = await import('./process-io.ts');
  process.exitCode = await runProgram(createProcessIo());
}
