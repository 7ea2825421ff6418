#!/usr/bin/env node
// The file behind the `adjutant` command. It imports nothing by name, so that a Node that is too
// old for the rest still reads it and answers in one line instead of a syntax error.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  const words = ['adjutant', ...process.argv.slice(2)].join(' ');
  process.stderr.write(
    `adjutant needs Node 22.12 or newer, this is ${process.versions.node}. ` +
      `This works: npx -y -p node@24 -p @adjutant/cli -- ${words}\n`,
  );
  process.exitCode = 3;
} else {
  module.enableCompileCache();
  const [command, flag, value, ...more] = process.argv.slice(2);
  const isPlain = flag === undefined || (flag === '--config' && value !== undefined);
  const { createProcessIo } = await import('./process-io.ts');
  if (command === 'mcp' && isPlain && more.length === 0) {
    const { runAssistantProgram } = await import('./assistant-program.ts');
    process.exitCode = await runAssistantProgram(createProcessIo());
  } else {
    // A sync makes much short-lived garbage: a heap that grows late keeps it within a third of the
    // memory. The assistant's server makes little, and would spend half of its time collecting it.
    const { default: v8 } = await import('node:v8');
    if (command !== 'mcp') v8.setFlagsFromString('--optimize-for-size');
    const { runProgram } = await import('./program.ts');
    process.exitCode = await runProgram(createProcessIo());
  }
}
