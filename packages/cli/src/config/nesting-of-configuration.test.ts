import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addDemoTeams } from '../demo/demo-teams.ts';
import { readCondition } from '../read-condition.ts';
import { readPayload } from '../read-payload.ts';
import { readSection, writeSection } from '../setup/edit-config.ts';
import { parseConfig } from './parse-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'nesting-'));
afterAll(() => rmSync(folder, { recursive: true }));

const many = 20_000;
const lines = (line: (at: number) => string): string =>
  Array.from({ length: many }, (_, at) => line(at)).join('\n');

const shapes: Readonly<Record<string, string>> = {
  brackets: `a: ${'['.repeat(many)}`,
  'both brackets': `a: ${'[{a: '.repeat(many)}`,
  indentation: lines((at) => `${' '.repeat(Math.min(at, 60))}a:`),
  aliases: `- &a 1\n${lines(() => '- *a')}`,
  'flat keys': lines((at) => `k${at}: 1`),
  'flat keys as in JSON': `{${lines((at) => `"k${at}":1,`)}}`,
  'flat keys without a value': lines((at) => `? k${at}`),
  'one huge text': `a: ${'x'.repeat(600_000)}`,
};

const doors: Readonly<Record<string, (text: string, place: string) => unknown>> = {
  'is read': (text, place) => parseConfig(text, place, {}),
  'is looked into': (_, place) => readSection(place, ['teams']),
  'is edited': (_, place) => writeSection(place, ['teams'], [], { store: 'file:a.db' }),
  'of a demo gets teams': (_, place) => addDemoTeams(place, ['acme/api']),
};

test.each(
  Object.keys(doors).flatMap((door) => Object.keys(shapes).map((shape) => [door, shape] as const)),
)('a configuration that %s, of %s, is refused with the limit said', (door, shape) => {
  const place = join(folder, 'adjutant.config.yaml');
  const text = shapes[shape] ?? '';
  writeFileSync(place, text);
  expect(() => doors[door]?.(text, place)).toThrow(
    /the file (?:is nested more than 40 levels deep|has more than \d+ (?:keys|entries|anchors|characters))/,
  );
});

const nested = '[{"a":'.repeat(many);

test.each<[string, () => unknown]>([
  ['payload', () => readPayload(folder, nested)],
  ['condition', () => readCondition(`labels=${nested}`)],
])('a %s that is nested is refused with the limit said', (_, read) => {
  expect(read).toThrow('nested more than 100 levels');
});

test('the configuration of a large organisation is read', () => {
  const count = (most: number, line: (at: number) => string): string =>
    Array.from({ length: most }, (_, at) => line(at)).join('\n');
  const text = `
connectors:
  git:
    repositories:
${count(200, (at) => `      - ../services/repository-${at}`)}
  github:
    repositories:
${count(200, (at) => `      - acme/repository-${at}`)}
  jira:
    site: https://acme.atlassian.net
    projects:
${count(60, (at) => `      - P${at}`)}
  slack:
    channels:
${count(300, (at) => `      - C0000000${at}`)}
teams:
${count(40, (at) => `  - key: team-${at}\n    name: Team ${at}\n    repositories: [${Array.from({ length: 5 }, (_, one) => `repository-${at * 5 + one}`).join(', ')}]`)}
people:
${count(150, (at) => `  - name: Person ${at}\n    accounts:\n${count(5, (one) => `      - ${['git', 'github', 'jira', 'slack', 'pagerduty'][one]}:account-${at}`)}`)}
`;
  const { config } = parseConfig(text, 'adjutant.config.yaml', {});
  expect(config.people).toHaveLength(150);
  expect(config.connectors.github).toBeDefined();
});
