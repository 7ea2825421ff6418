import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { dataHomeOf, runCli, temporaryFolder } from '../testing/run-cli.ts';

const entrySchema = z.strictObject({
  type: z.literal('stdio'),
  command: z.string().refine(isAbsolute),
  args: z.array(z.string()),
});
const files = [
  ['claude', '.mcp.json', 'mcpServers'],
  ['cursor', '.cursor/mcp.json', 'mcpServers'],
  ['vscode', '.vscode/mcp.json', 'servers'],
] as const;

function project(config = 'store: a.db\n'): string {
  const folder = temporaryFolder(onTestFinished);
  writeFileSync(join(folder, 'adjutant.config.yaml'), config);
  return folder;
}

const readJson = (path: string): Record<string, Record<string, unknown>> =>
  z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .parse(JSON.parse(readFileSync(path, 'utf8')));

test.each(files)('%s gets %s with absolute paths and no token', async (client, place, key) => {
  const folder = project();
  const env = { GITHUB_TOKEN: 'canary-token-4711' };
  const result = await runCli(['mcp', 'install', '--client', client], { cwd: folder, env });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const entry = entrySchema.parse(readJson(join(folder, place))[key]?.['adjutant']);
  expect(entry.args.slice(1)).toEqual([
    expect.stringMatching(/^\/.*bin\.ts$/),
    'mcp',
    '--config',
    join(folder, 'adjutant.config.yaml'),
  ]);
  expect(readFileSync(join(folder, place), 'utf8')).not.toContain('canary');
});

test('other servers, other keys and the indentation stay; a second time changes nothing', async () => {
  const folder = project();
  const path = join(folder, '.mcp.json');
  writeFileSync(
    path,
    '{\n\t"mcpServers": {\n\t\t"other": { "command": "x" }\n\t},\n\t"note": 1\n}',
  );
  await runCli(['mcp', 'install', '--client', 'claude'], { cwd: folder });
  const text = readFileSync(path, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ note: 1, mcpServers: { other: { command: 'x' } } });
  expect(text).toContain('\n\t"mcpServers"');
  const again = await runCli(['mcp', 'install', '--client', 'claude', '--json'], { cwd: folder });
  expect(JSON.parse(again.stdout)).toMatchObject({ isChanged: false });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('from a folder below, the file goes beside the configuration', async () => {
  const folder = project();
  mkdirSync(join(folder, 'src'));
  const options = { cwd: join(folder, 'src'), env: { XDG_DATA_HOME: dataHomeOf(folder) } };
  await runCli(['mcp', 'install', '--client', 'claude'], options);
  expect(readJson(join(folder, '.mcp.json'))).toHaveProperty('mcpServers.adjutant');
});

test.each(['{ "a": 1, }', '// comment\n{}', '[]', '{"mcpServers": []}', '{"mcpServers": "x"}'])(
  'a file holding %j is refused and left as it is',
  async (text) => {
    const folder = project();
    writeFileSync(join(folder, '.mcp.json'), text);
    const result = await runCli(['mcp', 'install', '--client', 'claude'], { cwd: folder });
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--print') });
    expect(readFileSync(join(folder, '.mcp.json'), 'utf8')).toBe(text);
  },
);

test('--print writes nothing', async () => {
  const folder = project();
  const result = await runCli(['mcp', 'install', '--client', 'vscode', '--print'], { cwd: folder });
  expect(JSON.parse(result.stdout)).toHaveProperty('servers.adjutant.command');
  expect(() => readFileSync(join(folder, '.vscode', 'mcp.json'))).toThrow('ENOENT');
});

test('variables that the configuration needs and the form on Windows are told', async () => {
  const folder = project('store: ${ADJUTANT_STORE}\n');
  const options = {
    cwd: folder,
    platform: 'win32' as const,
    env: { ADJUTANT_STORE: 'libsql://db.example.com' },
  };
  const result = await runCli(['mcp', 'install', '--client', 'claude'], options);
  expect(result.stdout).toContain('ADJUTANT_STORE');
  expect(result.stdout).toContain('"/c"');
});
