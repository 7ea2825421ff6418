import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const child = `
  import { createProcessIo } from ${JSON.stringify(new URL('process-io.ts', import.meta.url).href)};
  const { signal } = createProcessIo();
  signal.addEventListener('abort', () => process.stdout.write('stopping'));
  setInterval(() => undefined, 1_000);
  process.stdout.write('ready');
`;

test('the second Ctrl-C ends the process as the signal itself does', {
  timeout: 60_000,
}, async () => {
  const running = spawn(process.execPath, [
    '--conditions=@adjutant/source',
    '--input-type=module',
    '--eval',
    child,
  ]);
  const exited = once(running, 'exit');
  expect(String(await once(running.stdout, 'data'))).toBe('ready');
  running.kill('SIGINT');
  expect(String(await once(running.stdout, 'data'))).toBe('stopping');
  running.kill('SIGINT');
  // A shell tells it as 130. Leaving through Node would take threads with it that write.
  expect(await exited).toEqual([null, 'SIGINT']);
});
