import { AdjutantError } from '@adjutant/core/ports';
import { expect, test } from 'vitest';
import { reportError } from './error-report.ts';
import { redact, secretsOf } from './known-secrets.ts';

const secret = 'canary-secret-4711';
const options = { redact: (text: string) => redact(text, [secret]), isDebug: false };

test('an error of ours is told with message, hint and exit code, without secrets', () => {
  const error = new AdjutantError('StoreBusy', `locked by ${secret}`, { hint: `ask ${secret}` });
  expect(reportError(error, options)).toEqual({
    code: 'StoreBusy',
    message: 'locked by [secret]',
    hint: 'ask [secret]',
    exitCode: 4,
    stack: null,
  });
});

test('an unknown error is told in one line and without a stack', () => {
  const report = reportError(new Error(`${secret} broke\n  at line 2`), options);
  expect(report).toMatchObject({ exitCode: 1, stack: null });
  expect(report.message).toBe('Something unexpected went wrong: [secret] broke');
  expect(report.hint).toContain('ADJUTANT_DEBUG');
});

test('with ADJUTANT_DEBUG the stack is there, causes and all, still without secrets', () => {
  const error = new Error('outer', { cause: new Error(secret) });
  const { stack } = reportError(error, { ...options, isDebug: true });
  expect(stack).toContain('caused by Error: [secret]');
  expect(stack).not.toContain(secret);
});

test('something thrown that is no error is survived', () => {
  expect(reportError('text', options).exitCode).toBe(1);
  expect(reportError(undefined, options).exitCode).toBe(1);
});

test('variables that are named like secrets are known as such', () => {
  const env = {
    GITHUB_TOKEN: 'ghp_canary',
    DB_PASSWORD: 'hunter22',
    PATH: '/usr/bin',
    X_TOKEN: 'ab',
  };
  expect(secretsOf(env)).toEqual(['ghp_canary', 'hunter22']);
});

test.each([
  ['https://ada:pa@ss@host.example/x.git', 'https://[secret]@host.example/x.git'],
  ['/home/ada/https:/token@host.example/x', '/home/ada/https:/[secret]@host.example/x'],
  ['C:/ada@work/x and git@host.example:x', 'C:/ada@work/x and git@host.example:x'],
])('of the address %s no user or password is told', (text, told) => {
  expect(redact(text, [])).toBe(told);
});
