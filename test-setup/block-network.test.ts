import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ledgerVariable, recordedHosts } from './ledger-files.ts';

// Processes with a ledger of their own: what is provoked here must not count for the suite.
function runScript(script: string): { output: string; hosts: string[] } {
  const ledger = mkdtempSync(join(tmpdir(), 'adjutant-block-'));
  onTestFinished(() => rmSync(ledger, { recursive: true, force: true }));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, [ledgerVariable]: ledger },
    encoding: 'utf8',
  });
  return { output: stdout + stderr, hosts: recordedHosts(ledger) };
}

const attempts: [string, string, string?][] = [
  ['a socket', "(await import('node:net')).connect(443, 'one.example')"],
  ['a socket with options', "(await import('node:net')).connect({ port: 1, host: 'one.example' })"],
  ['an address', "(await import('node:net')).connect(443, '192.0.2.1')", '192.0.2.1'],
  ['TLS', "(await import('node:tls')).connect(443, 'one.example')"],
  ['https', "(await import('node:https')).get('https://one.example/')"],
  ['fetch', "await fetch('https://one.example/')"],
  ['a name', "(await import('node:dns')).lookup('one.example', () => {})"],
  ['an imported name', "import { lookup } from 'node:dns/promises'; await lookup('one.example')"],
  ['a mail record', "(await import('node:dns')).resolveMx('one.example', () => {})"],
  [
    'a datagram',
    "(await import('node:dgram')).createSocket('udp4').send('x', 53, '192.0.2.1')",
    '192.0.2.1',
  ],
];

test.each(attempts)(
  '%s fails at once with the host in the message, and is recorded',
  (_, script, host) => {
    const { output, hosts } = runScript(script);
    expect(output).toContain(`to ${host ?? 'one.example'}.`);
    expect(hosts).toEqual([host ?? 'one.example']);
  },
);

test('this machine stays reachable, by address, name and path, and nothing is printed', () => {
  const { output, hosts } = runScript(`
    import { createServer, get } from 'node:http';
    import { join } from 'node:path';
    const server = createServer((_, response) => response.end('x')).listen(0, 'localhost');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address();
    await (await fetch('http://localhost:' + port)).text();
    const pipe = join(process.env.${ledgerVariable}, 'socket');
    const local = createServer((_, response) => response.end('x')).listen(pipe);
    await new Promise((resolve) => local.once('listening', resolve));
    await new Promise((resolve) => get({ socketPath: pipe }, (answer) => answer.resume().on('end', resolve)));
    process.exit();
  `);
  expect({ output, hosts }).toEqual({ output: '', hosts: [] });
});
