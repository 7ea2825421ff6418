// A server for the tests of the protocol: the fake workspace, and everything that a careless
// dependency may print, at import, at opening and inside a call.
import { guardStdout } from '../stdout-guard.ts';

guardStdout();
const { defineTool, serveAdjutantStdio, tools } = await import('../index.ts');
const { z } = await import('zod');
const { fakeMetricSet } = await import('./fake-metrics.ts');
const { fakeWorkspace } = await import('./fake-workspace.ts');

// oxlint-disable no-console, no-restricted-properties -- what a careless dependency does
function provoke(where: string): void {
  console.log(`log ${where}`);
  console.info(`info ${where}`);
  console.dir({ where });
  console.table([{ where }]);
  process.emitWarning(`warning ${where}`);
  process.stdout.write(`write ${where}\n`);
}

const noisy = defineTool({
  name: 'make_noise',
  scope: 'read',
  title: 'Make noise',
  description: 'Prints wherever it can.',
  inputSchema: z.strictObject({ fail: z.boolean().optional() }),
  outputSchema: z.object({ printed: z.boolean() }),
  annotations: {
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  async handler({ fail }) {
    provoke('in a call');
    if (fail === true) throw new Error('canary-secret-in-a-foreign-error');
    return { printed: true };
  },
});

provoke('at start');
const server = serveAdjutantStdio({
  version: '0.0.0-test',
  metrics: fakeMetricSet,
  tools: [...tools, noisy],
  open: async () => {
    provoke('at opening');
    return fakeWorkspace();
  },
});
await server.closed;
provoke('at exit');
