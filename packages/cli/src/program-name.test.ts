import { expect, test } from 'vitest';
import { programNames } from './program-name.ts';

const self = { nodePath: '', scriptPath: '', nodeVersion: '24.0.0' };
const fromSources = { ...self, nodeArguments: ['--conditions=@adjutant/source'] };
const installed = { ...self, nodeArguments: [] };

test.each(['adjutant', 'demo'])(
  'from a script of a clone, %s, the command is what works there',
  (npm_lifecycle_event) => {
    expect(programNames({ self: fromSources, env: { npm_lifecycle_event } })).toEqual({
      adjutant: 'npx -y pnpm@12 adjutant',
      demo: 'npx -y pnpm@12 demo',
    });
  },
);

test.each([
  ['installed', { self: installed, env: {} }],
  ['installed, and started by npx', { self: installed, env: { npm_lifecycle_event: 'npx' } }],
  ['the sources by an alias', { self: fromSources, env: {} }],
])('%s, it has its own name', (_case, io) => {
  expect(programNames(io)).toEqual({ adjutant: 'adjutant', demo: 'adjutant demo' });
});
