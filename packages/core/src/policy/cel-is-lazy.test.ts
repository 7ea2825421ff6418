import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Modules live on from one file of tests to the next: these are loaded anew, and let go afterwards.
let parse: (text: string) => Promise<{ policy: Parameters<typeof compile>[0] }>;
let compile: typeof import('./compile-policy.ts').compilePolicy;
let actionTypes: Parameters<typeof compile>[1];

beforeAll(async () => {
  vi.resetModules();
  vi.doMock('./cel.ts', () => {
    throw new Error('the expression language was loaded');
  });
  const { parsePolicy } = await import('./parse-policy.ts');
  const { policyActionTypes } = await import('./action-types.ts');
  compile = (await import('./compile-policy.ts')).compilePolicy;
  actionTypes = policyActionTypes();
  parse = (text) => parsePolicy(text, { fileName: 'p.yaml', actionTypes });
});

afterAll(() => {
  vi.doUnmock('./cel.ts');
  vi.resetModules();
});

test('a policy without an expression never loads the expression language', async () => {
  const { policy } = await parse('actions: {pr.label: {mode: {base: auto, ask_if: [deploys]}}}');
  await expect(compile(policy, actionTypes)).resolves.toHaveProperty('hash');
});

test('one with an expression does', async () => {
  await expect(parse('actions: {pr.label: {when: deploys}}')).rejects.toThrow();
});
