#!/usr/bin/env node
// The file behind the `adjutant` command. It imports nothing by name, so that a Node that is too
// old for the rest still reads it and answers in one line instead of a syntax error.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `adjutant needs Node 22.12 or newer; this is ${process.versions.node}. ` +
      `Run: npx -y -p node@24 -p @adjutant/cli adjutant ${process.argv.slice(2).join(' ')}\n`,
  );
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  await import('./bin.ts');
}
