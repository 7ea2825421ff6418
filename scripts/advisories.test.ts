import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  exitCodeOf,
  judgeAnswer as judge,
  linesOf,
  type AuditRun,
} from './advisories/judge-answer.ts';
import { shippedNames } from './advisories/shipped-names.ts';
import { repositoryRoot } from './package-build/repository-root.ts';

// Answers in the forms in which a package manager prints them, trimmed.

const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const;
const judgeAnswer = (run: AuditRun) => judge(run, new Set(['package-0']));
type Level = (typeof severities)[number];

function answered(...levels: Level[]): string {
  const advisories = Object.fromEntries(
    levels.map((severity, at) => [
      String(at),
      {
        module_name: `package-${at}`,
        severity,
        title: `Fault ${at}`,
        patched_versions: '>=2.0.0',
        findings: [{ version: '1.0.0', paths: ['packages__core>package'] }],
      },
    ]),
  );
  const vulnerabilities = Object.fromEntries(
    severities.map((one) => [one, levels.filter((level) => level === one).length]),
  );
  return JSON.stringify({ actions: [], advisories, muted: [], metadata: { vulnerabilities } });
}

function refused(code: string): string {
  return JSON.stringify({ error: { code, message: 'The audit endpoint does not answer.' } });
}

describe('an answer', () => {
  test('without advisories passes, whether or not one is required', () => {
    const answer = judgeAnswer({ exitCode: 0, output: answered() });
    expect(answer).toEqual({ kind: 'answered', blocking: [], others: [] });
    expect([exitCodeOf(answer, false), exitCodeOf(answer, true)]).toEqual([0, 0]);
  });

  test.each(severities.map((level) => [level] as const))('with one of level %s', (level) => {
    const answer = judgeAnswer({ exitCode: 1, output: answered(level) });
    const fails = level !== 'info' && level !== 'low';
    for (const isRequired of [false, true]) {
      expect(exitCodeOf(answer, isRequired)).toBe(fails ? 1 : 0);
      expect(linesOf(answer, isRequired).join('\n')).toContain(`${level}: package-0: Fault 0`);
    }
  });
});

test('an advisory of a tool is named and does not fail; one of a shipped package beside it does', () => {
  const run = { exitCode: 1, output: answered('low', 'critical') };
  const tool = judgeAnswer(run);
  expect(exitCodeOf(tool, true)).toBe(0);
  expect(linesOf(tool, true).join('\n')).toContain('critical: package-1');
  expect(exitCodeOf(judge(run, new Set(['package-1'])), true)).toBe(1);
});

test('what is shipped is what is installed and what is bundled', () => {
  for (const name of ['zod', '@libsql/client', 'hono', 'octokit', '@clack/core'])
    expect(shippedNames()).toContain(name);
});

describe('no answer', () => {
  const counted = JSON.parse(answered('high')) as Record<string, unknown>;
  test.each([
    ['a route that is not there', 1, refused('ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS')],
    ['a status 404', 1, refused('ERR_PNPM_AUDIT_BAD_RESPONSE')],
    ['a status 405 in plain text', 1, 'Method Not Allowed'],
    ['a refusal that ends well', 0, refused('ERR_PNPM_AUDIT_BAD_RESPONSE')],
    ['time that ran out', null, ''],
    ['time that ran out after half of it', null, answered()],
    ['nothing', 0, ''],
    ['a page', 0, '<html>Sign in</html>'],
    ['another object', 0, '{}'],
    ['a list', 0, '[]'],
    ['null', 0, 'null'],
    ['half of it', 0, answered('high').slice(0, 80)],
    ['counts without names', 1, JSON.stringify({ ...counted, advisories: {} })],
    ['a level that nobody knows', 1, answered('high').replaceAll('"high"', '"grave"')],
    ['a failure of the command', 3, answered()],
    ['no command', 127, ''],
  ])('%s is not none', (_, exitCode, output) => {
    const answer = judgeAnswer({ exitCode, output });
    expect(answer.kind).toBe('unanswered');
    expect([exitCodeOf(answer, false), exitCodeOf(answer, true)]).toEqual([0, 2]);
    expect(linesOf(answer, false).join('\n')).toContain('ADVISORIES WERE NOT CHECKED');
    expect(linesOf(answer, true).join('\n')).toContain('so this fails');
  });
});

describe('CI', () => {
  const workflow = z
    .object({
      on: z.object({ schedule: z.array(z.object({ cron: z.string() })).min(1) }).loose(),
      jobs: z.object({
        advisories: z.object({ steps: z.array(z.object({ run: z.string().optional() })) }).loose(),
      }),
    })
    .parse(parse(read('.github/workflows/ci.yml')));

  test('on the code host requires an answer, on every change and on a schedule', () => {
    const { advisories } = workflow.jobs;
    expect(advisories.steps.map(({ run }) => run)).toContain('npx -y pnpm@12 advisories --require');
    expect(advisories).not.toHaveProperty('continue-on-error');
    expect(advisories).not.toHaveProperty('if');
  });

  test('on any machine asks too', () => {
    expect(read('.ci/run')).toMatch(/^step advisories pnpm advisories$/m);
  });
});

function read(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
